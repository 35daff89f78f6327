/** Connect, see the fault, understand it, see it gone: in the real app, in both languages, and after a restart of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, expect, it } from 'vitest';
import { ruleNames, type RuleName } from '#shared/diagnosis/index';
import { accessibilityProblems } from '../builders/accessibility';
import { startApp, type TestApp } from '../builders/app';
import { go, openFile, tab } from '../builders/captureScreens';
import type { RuleCase, Scene } from '../builders/diagnosing';
import { recordedScenes } from '../builders/recordedScenes';
import { upgrade } from '../builders/rows';
import { decimalFrame, RawClient } from '../builders/server';
import { diagnosisCases } from '../fixtures/diagnosisCases';
import { makeSign } from '../../src/main/protocol/sign';

const open: TestApp[] = [];
const clients: RawClient[] = [];
let folder = '';
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy();
  for (const app of open.splice(0)) await app.close();
  await rm(folder, { recursive: true, force: true });
});

const vmc_no = 33_232;
const size = { width: 1366, height: 768 };
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

it('a machine that can’t sell says why, what to do, and what the frame was; once mended it is over and stays on record', async () => {
  folder = await mkdtemp(join(tmpdir(), 'crema-diagnosis-'));
  const app = await startApp({ size, dataDirectory: folder });
  open.push(app);
  const { page } = app;
  const says = await machine(app);
  await go(app, `#/machines/${vmc_no}/overview`);
  const state = page.getByRole('region', { name: 'State', exact: true });
  const diagnosis = page.getByRole('region', { name: 'Diagnosis' });
  await state.getByText('It has reported nothing that keeps it from selling.').waitFor();

  says({ cmd: 'error', error_code: 'ERROR:9998', isSet: true, is_fatal_error: true });
  says({ cmd: 'machinestatus', status: 'supply', supply: { '10009': '-3', '10007': '100000' } });
  await state.locator('[data-answer="no"]').getByText('everything sold out (ERROR:9998)').waitFor();
  const soldOut = diagnosis.locator('[data-rule="soldOut"]');
  await soldOut.getByText('It says that everything is sold out.').waitFor();
  await soldOut.getByText('Refill, and reset the amounts in the machine’s menu.').waitFor();
  await diagnosis.locator('[data-rule="materialEmpty"]').getByText('coffee beans').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await page.getByRole('img', { name: 'Heartbeats of the last hour, minute by minute' }).waitFor();

  // The frame behind it.
  await soldOut.getByRole('button', { name: 'Show the frame' }).click();
  await page
    .getByRole('region', { name: /^Frame \d+$/ })
    .getByRole('treeitem', { name: /ERROR:9998/ })
    .waitFor();

  // Of the next start: this one was told its language.
  await page.evaluate(() => window.crema.setSettings({ language: 'zh-CN' }));

  says({ cmd: 'error', error_code: 'ERROR:9998', isSet: false });
  says({ cmd: 'machinestatus', status: 'supply', supply: { '10009': '200' } });
  await soldOut.waitFor({ state: 'detached' });
  await state.locator('[data-answer="yes"]').waitFor();
  await diagnosis.locator('[data-rule="materialEmpty"]').waitFor({ state: 'detached' });
  const clock = diagnosis.locator('[data-rule="clockWrong"]');
  await clock.waitFor();
  await diagnosis.getByRole('button', { name: 'Earlier' }).click();
  const earlier = diagnosis.getByRole('list', { name: 'Earlier' });
  await earlier.getByText('It says that everything is sold out.').waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);

  // What was found survives a restart; what is known last is visibly old.
  clients[0]?.socket.destroy();
  await state.getByText(/^Last known, as of /).waitFor();
  await state.locator('[data-answer="unknown"]').waitFor();
  open.length = 0;
  await app.close({ keepData: true });
  // Four minutes ago it was told to upgrade.
  const minutesAgo = Date.now() - 240_000;
  const told = upgrade(1, {
    vmcNo: vmc_no,
    createdAt: minutesAgo,
    sentAt: minutesAgo,
    until: minutesAgo + 3_600_000,
  });
  const db = new DatabaseSync(join(folder, 'journal.sqlite'));
  db.prepare('INSERT INTO commands VALUES (?, ?, ?, ?, ?)').run(
    1,
    vmc_no,
    told.name,
    told.state,
    JSON.stringify(told),
  );
  db.close();
  const next = await startApp({ size, dataDirectory: folder, language: null });
  open.push(next);
  await go(next, `#/machines/${vmc_no}/overview`);
  const again = next.page.getByRole('region', { name: '诊断' });
  await again
    .locator('[data-rule="clockWrong"]')
    .getByText(/机器日期为 2015-06-24/)
    .waitFor();
  await again.getByRole('button', { name: '以往' }).click();
  await again.getByRole('list', { name: '以往' }).getByText('机器上报全部售罄。').waitFor();
  await next.page.getByText(/^以下为截至 /).waitFor();
  const upgrading = again.locator('[data-rule="upgradeNotFetched"]');
  await upgrading.getByRole('button', { name: '查看升级' }).click();
  await next.page.waitForURL(/#\/upgrades$/);
  expect(await accessibilityProblems(next)).toEqual([]);
});

const code = 'ABCDEFGH';
/** Those that follow from what is chosen or stored here, which no capture has: what such a machine says when it logs in. */
const ofSettings = {
  signMismatch: (vmcNo: number) => ({ vmc_no: vmcNo, sign: 'x' }),
  signAbsent: (vmcNo: number) => ({ vmc_no: vmcNo, sign: '' }),
  signOlder: (vmcNo: number) => ({
    vmc_no: vmcNo,
    sign: makeSign('codeNumber', { timestamp: null, vmcNo }, code),
  }),
  signLoose: (vmcNo: number) => ({
    vmc_no: vmcNo,
    sign: makeSign('timestampCode', { timestamp: '20150624', vmcNo }, code).toUpperCase(),
  }),
  headForced: (vmcNo: number) => ({ vmc_no: vmcNo }),
} satisfies Partial<Record<RuleName, (vmcNo: number) => object>>;
type OfSettings = keyof typeof ofSettings;
const isOfSettings = (rule: RuleName): rule is OfSettings => Object.hasOwn(ofSettings, rule);
const numberOf = (rule: RuleName): number => 33_301 + ruleNames.indexOf(rule);
/** Its first cause. */
const sceneOf = (rule: RuleName): Scene => {
  const { is }: RuleCase<string> = diagnosisCases[rule];
  const [scene] = Object.values(is);
  if (scene === undefined) throw new Error(`no case of ${rule}`);
  return scene;
};

async function speak({ page }: TestApp, language: 'en' | 'zh-CN'): Promise<void> {
  await page.evaluate((to) => window.crema.setSettings({ language: to }), language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

const pictures = process.env['CREMA_PICTURES'];

/** What the card of each says, opened. */
async function seen(
  app: TestApp,
  rules: readonly RuleName[],
  language: 'en' | 'zh-CN',
): Promise<ReadonlyMap<RuleName, string>> {
  const { page } = app;
  await speak(app, language);
  const said = new Map<RuleName, string>();
  for (const rule of rules) {
    await go(app, `#/machines/${numberOf(rule)}/overview`);
    const card = page.locator(`[data-rule="${rule}"]`).first();
    await card.waitFor();
    const sentence = card.getByRole('button').first();
    if ((await sentence.getAttribute('aria-expanded')) === 'false') await sentence.click();
    said.set(rule, await card.innerText());
    if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${rule} ${language}.png`) });
  }
  return said;
}

function areWhole(said: ReadonlyMap<RuleName, string>, language: 'en' | 'zh-CN'): void {
  for (const [rule, text] of said) {
    expect(text, rule).not.toMatch(/undefined|NaN|null|\{\{|\b[a-z]+\.[a-z]+\.[a-z]/);
    expect(text, rule).toMatch(
      language === 'en' ? /Why[^]+What it leads to[^]+What to do/ : /原因[^]+影响[^]+处理/,
    );
  }
}

it('every rule is seen on the screen, in both languages, with words for all it says', async () => {
  folder = await mkdtemp(join(tmpdir(), 'crema-diagnosis-'));
  const recorded = ruleNames.filter((rule) => !isOfSettings(rule) && rule !== 'upgradeNotFetched');
  const file = join(folder, 'rules.pcap');
  const scenes = new Map(recorded.map((rule) => [numberOf(rule), sceneOf(rule)]));
  await writeFile(file, recordedScenes(scenes, Date.UTC(2026, 5, 1, 4)));
  const app = await startApp({ size, dataDirectory: join(folder, 'data'), language: null });
  open.push(app);
  const { page } = app;
  await speak(app, 'en');
  const chosen = ruleNames.filter(isOfSettings);
  for (const rule of chosen) {
    const vmcNo = numberOf(rule);
    if (rule === 'headForced')
      await page.evaluate((of) => window.crema.setMachine({ vmcNo: of, patch: { head: 'le48' } }), vmcNo);
    else await page.evaluate((args) => window.crema.setMachineCode(args), { vmcNo, code });
    await machine(app, ofSettings[rule](vmcNo));
  }
  for (const language of ['zh-CN', 'en'] as const) areWhole(await seen(app, chosen, language), language);
  // What a card proposes leads there.
  await seen(app, ['headForced'], 'en');
  await page.locator('[data-rule="headForced"]').getByRole('button', { name: 'Open “Frame head”' }).click();
  await page.getByText('As it came').first().waitFor();

  await go(app, '#/inspector');
  await openFile(app, file);
  await tab(app, 'rules.pcap').waitFor();
  for (const language of ['zh-CN', 'en'] as const) areWhole(await seen(app, recorded, language), language);
  // Of what was recorded only its lists can be opened.
  await seen(app, ['soldOut'], 'en');
  await page.locator('[data-rule="soldOut"]').getByRole('button', { name: 'Show Errors' }).click();
  await page.waitForURL(/\/errors$/);
  await seen(app, ['fieldsUnknown'], 'en');
  // What the help says of it stands there, and the search has it.
  await page
    .locator('[data-rule="fieldsUnknown"]')
    .getByRole('link', { name: /^What “Its messages/ })
    .click();
  const help = page
    .getByRole('listitem')
    .filter({ hasText: 'Its messages have fields that Crema does not know (last: …).' });
  await help.and(page.locator('[data-wanted]')).waitFor();
  expect(await accessibilityProblems(app)).toEqual([]);
  await page.getByLabel('Search the help').fill('reconnects again and again');
  await page.getByRole('heading', { name: /It reconnects again and again \(… connections/ }).waitFor();
});
