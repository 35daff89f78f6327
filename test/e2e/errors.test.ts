/**
 * Errors and their effects, in the real app. History: a bare TCP client plays a machine that breaks and is repaired.
 * Diagnosis: connect, see the fault, understand it, see it end, in both languages. Each also after a restart.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { RuleName } from '#shared/diagnosis/index';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { go, logIn, openFile, tab } from '../builders/captureScreens';
import {
  loginsOf,
  numberOf,
  recordableRules,
  rulesOfSettings,
  sceneOf,
  verificationCode,
} from '../builders/diagnosedMachines';
import { batchOf, openStore } from '../builders/journal';
import { recordedScenes } from '../builders/recordedScenes';
import { upgrade } from '../builders/rows';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const shared = sharedApp();
const clients: RawClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.socket.destroy();
});

async function started(begin: () => Promise<TestApp> = shared): Promise<TestApp> {
  const app = await begin();
  await still(app);
  return app;
}
/** Lists pause under the pointer, wherever the display has put it. */
const still = ({ page }: TestApp): Promise<void> => page.mouse.move(700, 4);

const error = (vmcNo: number, code: string, isSet: boolean): string =>
  decimalFrame(
    `{"cmd":"error","vmc_no":${vmcNo},"datetime":"20161212","error_code":"${code}","error_description":"slot ${code}","isSet":${isSet},"is_fatal_error":false,"is_persistence_error":true}`,
  );
const clearAll = (vmcNo: number): string =>
  decimalFrame(`{"cmd":"machinestatus","vmc_no":${vmcNo},"status":"clearerror"}`);

const list = (app: TestApp, label = 'Errors, newest first'): Locator =>
  app.page.getByRole('listbox', { name: label });

/** The displayed lines of a list, once it has this many and contains the awaited text. */
async function lines(box: Locator, count: number, saying: string): Promise<string[]> {
  const options = box.getByRole('option');
  await options.nth(count - 1).waitFor();
  await box.getByText(saying).first().waitFor();
  expect(await options.count()).toBe(count);
  const texts = await options.allInnerTexts();
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim());
}

/** Lines of the first two machines. These codes are usually critical, but the messages mark them not fatal. */
const told = [
  /^Error No cups ERROR:5300 44401 .* (?:Active|Last known: active)$/,
  /^.* EC_2 33232 .* Ended .* · All errors cleared by the machine$/,
  /^Error No cups ERROR:5300 33232 .* Ended .* · Cleared by the machine$/,
];

describe('the error history', () => {
  it('shows each error from set to cleared, live, for all machines and for one', async () => {
    const first = await started();
    await go(first, '#/errors');
    await first.page.getByText('No error yet').waitFor();
    const client = await logIn(first, 33232);
    const other = await logIn(first, 44401);
    client.send(error(33232, 'ERROR:5300', true));
    client.send(error(33232, 'EC_2', true));
    await lines(list(first), 2, 'EC_2');
    other.send(error(44401, 'ERROR:5300', true));
    await lines(list(first), 3, '44401');
    client.send(error(33232, 'ERROR:5300', false));
    await lines(list(first), 3, 'Cleared by the machine');
    client.send(clearAll(33232));
    const shown = await lines(list(first), 3, 'All errors cleared by the machine');
    for (const [index, pattern] of told.entries()) expect(shown[index]).toMatch(pattern);

    // The machine's page shows its own errors, through the link in its tabs.
    await go(first, '#/machines/33232/overview');
    await first.page.getByRole('tab', { name: 'Errors' }).click();
    const own = await lines(list(first), 2, 'All errors cleared by the machine');
    expect(own.every((line) => !line.includes('44401'))).toBe(true);

    client.socket.destroy();
    other.socket.destroy();
  });
});

const vmc_no = 33_250;
async function machine(app: TestApp, login: object = {}): Promise<(body: object) => void> {
  const client = await RawClient.open(app.machinePort);
  clients.push(client);
  const says = (body: object): void => client.send(decimalFrame(JSON.stringify({ vmc_no, ...body })));
  says({
    cmd: 'login',
    timestamp: '20150624',
    sign: 'x',
    version: '1.2.8.8',
    linuxDriverVersion: '1.3',
    ...login,
  });
  await client.until(() => client.received.includes('login_r'));
  return says;
}

it('a machine that can’t sell shows the reason, the remedy and the frame; once repaired, the error is over and stays recorded', async () => {
  const app = await shared.asLeft();
  const { page } = app;
  const says = await machine(app);
  await go(app, `#/machines/${vmc_no}/overview`);
  const state = page.getByRole('region', { name: 'State', exact: true });
  const problems = page.getByRole('region', { name: /^Problems/ });
  const selling = page.locator('[data-selling]');
  // Linux machines report errors from before the login within three minutes.
  await page.locator('[data-selling="pending"]').getByText('Not known yet whether it can sell.').waitFor();

  says({ cmd: 'error', error_code: 'ERROR:9998', isSet: true, is_fatal_error: true });
  says({ cmd: 'machinestatus', status: 'supply', supply: { '10009': '-3', '10007': '100000' } });
  await page.getByText(/^Critical: everything sold out \(ERROR:9998\), /).waitFor();
  await page.locator('[data-selling="no"]').getByText('Can’t sell.').waitFor();
  const soldOut = problems.locator('[data-problem="error ERROR:9998"]');
  await soldOut.getByText('Everything sold out', { exact: true }).waitFor();
  await problems.locator('[data-rule="materialEmpty"]').getByText('coffee beans').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await state.getByRole('button', { name: 'Last hour' }).click();
  await page.getByRole('img', { name: 'Heartbeats of the last hour, minute by minute' }).waitFor();

  // The frame of the error.
  await soldOut.getByRole('button', { name: /^Show the frame: / }).click();
  await page
    .getByRole('region', { name: /^Frame \d+$/ })
    .getByRole('treeitem', { name: /ERROR:9998/ })
    .waitFor();

  says({ cmd: 'error', error_code: 'ERROR:9998', isSet: false });
  says({ cmd: 'machinestatus', status: 'supply', supply: { '10009': '200' } });
  await soldOut.waitFor({ state: 'detached' });
  await problems.locator('[data-rule="materialEmpty"]').waitFor({ state: 'detached' });
  // The wrong clock is the worst fact now.
  await page.getByText(/^Warning: The machine reported the date 2015-06-24/).waitFor();
  await page.locator('[data-selling="pending"]').waitFor();
  await problems.locator('[data-rule="clockWrong"]').waitFor();
  await problems.getByRole('button', { name: 'Earlier problems' }).click();
  const earlier = problems.getByRole('list', { name: 'Earlier problems' });
  await earlier.getByText('The machine reports that everything is sold out.').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  // The last known state is visibly old.
  clients[0]?.socket.destroy();
  await state.getByText(/^Last known state, from before/).waitFor();
  await page.locator('[data-selling="unknown"]').waitFor();
  expect(await selling.count()).toBe(1);
  const current = problems.getByRole('list', { name: 'Problems', exact: true });
  await current.getByText('Warning, last known').first().waitFor();
  const rows = await current.getByRole('listitem').count();
  expect(rows).toBeGreaterThan(0);
  expect(await current.getByText(/^\w+, last known$/).count()).toBe(rows);
  // Durations only, as while it was connected.
  expect(await current.getByText(/\d:\d\d/).count()).toBe(0);
});

it('after a restart errors and findings are the same', async () => {
  // An upgrade was sent four minutes ago.
  const minutesAgo = Date.now() - 240_000;
  const upgrading = upgrade(1, {
    vmcNo: vmc_no,
    createdAt: minutesAgo,
    sentAt: minutesAgo,
    until: minutesAgo + 3_600_000,
  });
  const second = await shared.restart({
    meanwhile: (data) => {
      const store = openStore(join(data, 'journal.sqlite'));
      store.append(batchOf({ commands: [upgrading] }));
      store.close();
    },
  });
  await still(second);
  // The previous app was closed, so no crash is reported.
  expect(await second.page.evaluate(() => window.crema.request('snapshot', undefined))).toMatchObject({
    ok: true,
    value: { crashes: [] },
  });
  await go(second, '#/errors');
  // The machine that could not sell has the newest error.
  const kept = await lines(list(second), 1 + told.length, 'All errors cleared by the machine');
  for (const [index, pattern] of told.entries()) expect(kept[1 + index]).toMatch(pattern);

  // The end of the error is unknown: its duration continues in list and detail, after the restart too.
  const gone = list(second).getByRole('option').filter({ hasText: '44401' });
  await gone.click();
  const opened = second.page.getByRole('region', { name: 'No cups' });
  await opened.getByText('The machine is offline').waitFor();
  await opened.getByText('Last known: active').waitFor();
  await gone.locator('svg[data-last-known]').waitFor();
  const durations = (): Promise<readonly (string | null | undefined)[]> =>
    second.page.evaluate(() => {
      const inList = document.querySelector('[aria-selected="true"] [data-fault] > span:nth-last-child(3)');
      const facts = [...document.querySelectorAll('dl > div')];
      const inDetail = facts.find(({ textContent }) => textContent.startsWith('Duration'));
      return [inList?.textContent, inDetail?.querySelector('dd')?.textContent];
    });
  // Both are written each second; the detail also when it opens.
  await expect
    .poll(async () => {
      const [inList, inDetail] = await durations();
      return inList === inDetail ? inList : null;
    })
    .toMatch(/\d s$|\d min/);
  await second.page.keyboard.press('Escape');
  await opened.waitFor({ state: 'detached' });
  await still(second);

  // Filter and search.
  await second.page.getByText('Active 1', { exact: true }).click();
  await lines(list(second), 1, '44401');
  await second.page.getByText('All', { exact: true }).click();
  await lines(list(second), 1 + told.length, '44401');
  await second.page.keyboard.press('/');
  await second.page.keyboard.type('cups 33232');
  await list(second).getByText('44401').waitFor({ state: 'detached' });
  await lines(list(second), 1, '33232');

  // From the keyboard: in the list the error opens; the frames that set and cleared it are one click away.
  await second.page.keyboard.press('Enter');
  const detail = second.page.getByRole('region', { name: 'No cups' });
  await detail.getByText('slot ERROR:5300').waitFor();
  await detail.getByText(/^Try: /).waitFor();
  // Its frames are exported from here: the button, then Enter.
  await detail.getByRole('button', { name: 'Export its frames…' }).click();
  const exporting = second.page.getByRole('dialog', { name: 'Export frames' });
  await exporting
    .getByRole('radio', { name: /^Machine 33232 from .* around this error$/, checked: true })
    .waitFor();
  await exporting.getByRole('button', { name: 'Choose file…' }).and(second.page.locator(':focus')).waitFor();
  await second.page.keyboard.press('Escape');
  await exporting.waitFor({ state: 'detached' });
  await detail.getByRole('button', { name: 'Show the ending frame' }).click();
  await second.page.waitForFunction(() => location.hash === '#/machines/33232/frames');
  const frame = second.page.getByRole('region', { name: /^Frame \d+$/ });
  await frame.getByRole('treeitem', { name: /isSet.*false/ }).waitFor();
  await second.page.keyboard.press('Escape');
  await frame.waitFor({ state: 'detached' });
  // Once viewed, it does not open by itself again.
  await go(second, '#/errors');
  await go(second, '#/machines/33232/frames');
  await second.page.getByRole('listbox', { name: 'Frames, oldest first' }).waitFor();
  expect(await frame.count()).toBe(0);

  await speak(second, 'zh-CN');
  await go(second, `#/machines/${vmc_no}/overview`);
  const again = second.page.getByRole('region', { name: /^问题/ });
  await again
    .locator('[data-rule="clockWrong"]')
    .getByText(/机器上报的日期是 2015-06-24/)
    .waitFor();
  // It stays open over the restart.
  await again.getByRole('list', { name: '以往的问题' }).getByText('机器上报全部售罄。').waitFor();
  await second.page.getByText('以下为离线前的状态。').waitFor();
  const notFetched = again.locator('[data-rule="upgradeNotFetched"]');
  await notFetched.getByRole('button', { name: '查看升级' }).click();
  await second.page.waitForURL(/#\/upgrades$/);
  expect(await accessibilityProblems(second)).toEqual([]);
});

describe('the error history', () => {
  it('pauses under the pointer and counts new ones', async () => {
    const app = await started();
    await go(app, '#/errors');
    const client = await logIn(app, 33233);
    client.send(error(33233, 'EC_2', true));
    await list(app).getByText('33233').waitFor();
    const before = await list(app).getByRole('option').count();
    await list(app).hover();
    client.send(error(33233, 'ERROR:5300', true));
    client.send(error(33233, 'ERROR:0101', true));
    await app.page.getByRole('button', { name: '2 new' }).waitFor();
    await lines(list(app), before, 'EC_2');
    await app.page.getByRole('button', { name: '2 new' }).click();
    await lines(list(app), before + 2, 'ERROR:0101');
    client.socket.destroy();
  });

  it('an error of a removed machine ends there', async () => {
    const app = await started(shared.asLeft);
    const client = await logIn(app, 33234);
    client.send(error(33234, 'EC_2', true));
    await client.until(() => client.received.includes('"error_r"'));
    client.socket.destroy();
    await go(app, '#/errors');
    const own = list(app).getByRole('option').filter({ hasText: '33234' });
    await own.getByText('EC_2').waitFor();
    await expect
      .poll(() => app.page.evaluate(() => window.crema.request('forgetMachine', { vmcNo: 33234 })))
      .toEqual({
        ok: true,
        value: null,
      });
    await own.getByText('Machine removed from the list').waitFor();
    expect(await own.count()).toBe(1);
    const again = await app.page.evaluate(() =>
      window.crema.request('faults', { vmcNo: 33234, activeOnly: true, before: null, limit: 10 }),
    );
    expect(again).toEqual({ ok: true, value: [] });
  });

  it('a long history is read only as far as scrolled', async () => {
    const app = await started(shared.asLeft);
    await go(app, '#/settings');
    const client = await logIn(app, 33235);
    let all = '';
    for (let n = 0; n < 410; n += 1) {
      const code = `EC_${1000 + n}`;
      all += error(33235, code, true) + error(33235, code, false);
    }
    // Answers come in order, and the heartbeat's is the last.
    client.send(all + decimalFrame('{"cmd":"hb","vmc_no":33235}'));
    await client.until(() => client.received.includes('"hb"'), 30_000);
    // The history is read once it is whole: until then, new errors arrive one by one.
    const heartbeats = (): Promise<number> =>
      app.page.evaluate(async () => {
        const filter = { vmcNo: 33_235, dir: null, cmd: 'hb', text: '' };
        const reply = await window.crema.request('frames', { filter, place: { before: null }, limit: 1 });
        return reply.ok ? reply.value.rows.length : 0;
      });
    await expect.poll(heartbeats).toBe(1);
    await go(app, '#/errors');
    await app.page.getByText('The newest 200 errors were searched.').waitFor();
    await app.page.getByRole('button', { name: 'Show older' }).click();
    await app.page.getByText('The newest 400 errors were searched.').waitFor();
    await list(app).focus();
    await app.page.keyboard.press('End');
    await app.page.getByText(/errors were searched/).waitFor({ state: 'detached' });
    await app.page.keyboard.press('End');
    await list(app).getByText('EC_1000', { exact: true }).waitFor();
    // Only visible lines are drawn.
    expect(await list(app).getByRole('option').count()).toBeLessThan(60);
    client.socket.destroy();
  });

  it('no accessibility problem, in both themes and languages', async () => {
    const app = await started();
    const client = await logIn(app, 33236);
    client.send(error(33236, 'EC_2', true) + error(33236, 'EC_2', false));
    for (const code of ['ERROR:5300', 'ERROR:0081', 'WARNING:10009', 'UNHEARD_OF'])
      client.send(error(33236, code, true));
    await go(app, '#/machines/33236/errors');
    // Colours do not depend on the language, and names do not depend on the theme. All machines: errorsRoom.test.ts.
    for (const [theme, language, label, active] of [
      ['light', 'en', 'Errors, newest first', 'active'],
      ['dark', 'zh-CN', '故障记录，从新到旧', '未解除'],
    ] as const) {
      await app.page.evaluate((wanted) => window.crema.request('setSettings', wanted), { theme, language });
      await app.page.locator(`html[data-mantine-color-scheme="${theme}"]`).waitFor();
      await app.page.waitForFunction(() => document.getAnimations().length === 0);
      await lines(list(app, label), 5, active);
      await list(app, label).getByText('ERROR:5300').first().click();
      await app.page.getByText('slot ERROR:5300').waitFor();
      // The list stays beside the opened error.
      expect(await accessibilityProblems(app), `in ${theme}, ${language}`).toEqual([]);
      await app.page.keyboard.press('Escape');
      await app.page.getByText('slot ERROR:5300').waitFor({ state: 'detached' });
    }
    await app.page.evaluate(() => window.crema.request('setSettings', { theme: 'system' }));
    client.socket.destroy();
  });
});

async function speak({ page }: TestApp, language: Language): Promise<void> {
  await page.evaluate((to) => {
    if (document.documentElement.lang !== to) void window.crema.request('setSettings', { language: to });
  }, language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

const pictures = process.env['CREMA_PICTURES'];
/**
 * An error says that everything is sold out, so that rule has no row. Without a window, recordedDiagnoses.test.ts has the text of each rule.
 * Here: a few kinds of rules; with pictures, all.
 */
const shownRules: readonly RuleName[] =
  pictures === undefined
    ? ['numberShared', 'fatalFlags', 'jsonLenient', 'fieldsUnknown']
    : recordableRules.filter((rule) => rule !== 'soldOut');
/** The same for rules that no recording makes true (diagnosisWords.test.ts). */
const shownOfSettings: typeof rulesOfSettings =
  pictures === undefined ? ['signMismatch', 'headForced'] : rulesOfSettings;

type Language = 'en' | 'zh-CN';

/** The text of the rule's opened card on the page of its machine. */
async function seen(app: TestApp, rule: RuleName, language: Language): Promise<string> {
  const { page } = app;
  const card = page.locator(`[data-rule="${rule}"]`).first();
  await card.waitFor();
  await card.evaluate((element) => {
    const sentence = element.querySelector('button[aria-expanded]');
    if (sentence instanceof HTMLElement && sentence.getAttribute('aria-expanded') === 'false')
      sentence.click();
  });
  const text = await card.filter({ hasText: language === 'en' ? 'Effect' : '影响' }).innerText();
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${rule} ${language}.png`) });
  return text;
}

const pageOf = (app: TestApp, rule: RuleName): Promise<void> =>
  go(app, `#/machines/${numberOf(rule)}/overview`);

/** Every card in both languages: each page is opened once, and the language changes there. */
async function areWhole(app: TestApp, rules: readonly RuleName[]): Promise<void> {
  let languages: readonly Language[] = ['en', 'zh-CN'];
  for (const rule of rules) {
    await pageOf(app, rule);
    for (const language of languages) {
      await speak(app, language);
      isWhole(rule, await seen(app, rule, language), language);
    }
    languages = languages.toReversed();
  }
  await speak(app, 'en');
}

function isWhole(rule: RuleName, text: string, language: Language): void {
  expect(text, rule).not.toMatch(/undefined|NaN|null|\{\{|\b[a-z]+\.[a-z]+\.[a-z]/);
  expect(text, rule).toMatch(language === 'en' ? /Why[^]+Effect/ : /原因[^]+影响/);
}

it(
  'rules are shown on the screen, in both languages, with complete texts',
  { timeout: 400_000 },
  async () => {
    const file = folder('rules.pcap');
    const scenes = new Map(shownRules.map((rule) => [numberOf(rule), sceneOf(rule)]));
    await writeFile(file, recordedScenes(scenes, Date.UTC(2026, 5, 1, 4)));
    const app = await shared.asLeft();
    const { page } = app;
    for (const rule of shownOfSettings) {
      const vmcNo = numberOf(rule);
      if (rule === 'headForced')
        await page.evaluate(
          (of) => window.crema.request('setMachine', { vmcNo: of, patch: { head: 'le48' } }),
          vmcNo,
        );
      else
        await page.evaluate((args) => window.crema.request('setMachineCode', args), {
          vmcNo,
          code: verificationCode,
        });
      await machine(app, loginsOf[rule](vmcNo));
    }
    await areWhole(app, shownOfSettings);
    // The action on a card leads to its place.
    await pageOf(app, 'headForced');
    await seen(app, 'headForced', 'en');
    await page.locator('[data-rule="headForced"]').getByRole('button', { name: 'Open “Frame head”' }).click();
    await page.getByText('As received').first().waitFor();

    await go(app, '#/inspector');
    await openFile(app, file);
    await tab(app, 'rules.pcap').waitFor();
    await areWhole(app, shownRules);
    // In a capture only the lists can be opened.
    await pageOf(app, 'fatalFlags');
    await seen(app, 'fatalFlags', 'en');
    await page.locator('[data-rule="fatalFlags"]').getByRole('button', { name: 'Show Errors' }).click();
    await page.waitForURL(/\/errors$/);
    await pageOf(app, 'fieldsUnknown');
    await seen(app, 'fieldsUnknown', 'en');
    // The help describes the rule, and its search finds it.
    await page
      .locator('[data-rule="fieldsUnknown"]')
      .getByRole('link', { name: /^Meaning of “The machine’s frames/ })
      .click();
    const help = page
      .getByRole('listitem')
      .filter({ hasText: 'The machine’s frames have fields unknown to Crema (last: …).' });
    await help.and(page.locator('[data-wanted]')).waitFor();
    expect(await accessibilityProblems(app)).toEqual([]);
    await page.getByLabel('Search the help').fill('reconnected');
    await page
      .getByRole('heading', { name: /^Reconnected at least … times within the last 15 min/ })
      .waitFor();
  },
);
