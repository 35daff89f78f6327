/** A machine's page in the real app: bare TCP clients and the actions of a person. */
import type { Locator } from 'playwright-core';
import { dayOf, secondOf } from '#shared/messages/times';
import type { TestApp } from './app';
import { decimalFrame, RawClient } from './server';

const facts = {
  linux: '"linuxDriverVersion":"1.3"',
  android: '"io_version":"2.0","login_count":2,"comp_id":"1001"',
} as const;

export async function machine(
  app: Pick<TestApp, 'machinePort'>,
  vmcNo: number,
  platform: keyof typeof facts = 'linux',
  version = '1.2.8.8',
): Promise<RawClient> {
  const client = await RawClient.open(app.machinePort);
  client.send(
    decimalFrame(
      `{"cmd":"login","vmc_no":${vmcNo},"timestamp":${dayOf(Date.now())},"sign":"x","version":"${version}",${facts[platform]}}`,
    ),
  );
  await client.until(() => client.received.includes('"login_r"'));
  // As at each login of android machines.
  if (platform === 'android')
    client.send(decimalFrame(`{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"doorclose"}`));
  return client;
}

export async function hears(client: RawClient, text: string): Promise<void> {
  await client.until(() => client.received.includes(text));
}
export const says = (client: RawClient, body: string): void => client.send(decimalFrame(body));
/** The end of a drink: a customer's under `order`; without it android's ordered drink, under a number of its own. */
export const drinkDone = (vmcNo: number, id: number, ok: boolean, order?: string): string => {
  const [payType, orderNo] =
    order === undefined ? ['remote_production', `${secondOf(Date.now())}${vmcNo}10001`] : ['fastcode', order];
  return `{"cmd":"productdone","vmc_no":${vmcNo},"ProductName":"Latte","ProductId":${id},"ProductAmount":1000,"PayType":"${payType}","isok":${ok},"failreason":"ERROR:5300","order_no":"${orderNo}"}`;
};

export async function go(app: TestApp, vmcNo: number, tab = 'overview'): Promise<void> {
  await app.page.evaluate((place) => {
    location.hash = place;
  }, `#/machines/${vmcNo}/${tab}`);
  await app.page.getByRole('heading', { name: String(vmcNo), level: 1 }).waitFor();
}

/** Presses an action of the header, in the menu if the header has no space for it. */
export async function act(app: TestApp, name: string): Promise<void> {
  const actions = app.page.getByRole('group', { name: 'Actions', exact: true });
  const button = actions.getByRole('button', { name, exact: true });
  if ((await button.count()) > 0) return button.click();
  await actions.getByRole('button', { name: 'More' }).click();
  await app.page.getByRole('menuitem', { name, exact: true }).click();
}
export async function answer(app: TestApp, button: string, warning: RegExp): Promise<void> {
  const dialog = app.page.getByRole('dialog');
  await dialog.getByText(warning).first().waitFor();
  await dialog.getByRole('button', { name: button, exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

export const line = (app: TestApp, name: string): Locator =>
  app.page
    .getByRole('region', { name: 'Running commands' })
    .locator('[data-command]')
    .filter({ hasText: name });
export const history = (app: TestApp): Locator =>
  app.page.getByRole('listbox', { name: 'Commands, newest first' });
