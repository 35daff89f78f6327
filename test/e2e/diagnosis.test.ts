/** Connect, see the fault, understand it, see it gone: in the real app, in both languages, and after a restart of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, expect, it } from 'vitest';
import { ruleNames, type RuleName } from '#shared/diagnosis/index';
import { accessibilityProblems } from '../builders/accessibility';
import type { TestApp } from '../builders/app';
import { go, openFile, tab } from '../builders/captureScreens';
import type { RuleCase, Scene } from '../builders/diagnosing';
import { recordedScenes } from '../builders/recordedScenes';
import { upgrade } from '../builders/rows';
import { decimalFrame, RawClient } from '../builders/server';
import { sharedApp } from '../builders/sharedApp';
import { diagnosisCases } from '../fixtures/diagnosisCases';
import { makeSign } from '../../src/main/protocol/sign';

const shared = sharedApp();
const clients: RawClient[] = [];
let folder = '';
afterEach(async () => {
  for (const client of clients.splice(0)) client.socket.destroy();
  if (folder !== '') await rm(folder, { recursive: true, force: true });
});

const vmc_no = 33_232;
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
  const app = await shared();
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
  await page.evaluate(() => window.crema.setSettings({ language: 'zh-CN' }));
  // Four minutes ago it was told to upgrade.
  const minutesAgo = Date.now() - 240_000;
  const told = upgrade(1, {
    vmcNo: vmc_no,
    createdAt: minutesAgo,
    sentAt: minutesAgo,
    until: minutesAgo + 3_600_000,
  });
  const next = await shared.restart({
    meanwhile: (data) => {
      const db = new DatabaseSync(join(data, 'journal.sqlite'));
      const row = [1, vmc_no, told.name, told.state, JSON.stringify(told)] as const;
      db.prepare('INSERT INTO commands VALUES (?, ?, ?, ?, ?)').run(...row);
      db.close();
    },
  });
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

async function speak({ page }: TestApp, language: Language): Promise<void> {
  await page.evaluate((to) => {
    if (document.documentElement.lang !== to) void window.crema.setSettings({ language: to });
  }, language);
  await page.locator(`html[lang="${language}"]`).waitFor();
}

const pictures = process.env['CREMA_PICTURES'];

type Language = 'en' | 'zh-CN';

/** What the card of the rule says, opened, on the page of its machine. */
async function seen(app: TestApp, rule: RuleName, language: Language): Promise<string> {
  const { page } = app;
  const card = page.locator(`[data-rule="${rule}"]`).first();
  await card.waitFor();
  await card.evaluate((element) => {
    const sentence = element.querySelector('button');
    if (sentence?.getAttribute('aria-expanded') === 'false') sentence.click();
  });
  const text = await card.filter({ hasText: language === 'en' ? 'What to do' : '处理' }).innerText();
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, `${rule} ${language}.png`) });
  return text;
}

const pageOf = (app: TestApp, rule: RuleName): Promise<void> =>
  go(app, `#/machines/${numberOf(rule)}/overview`);

/** Every card in both languages: each page is gone to once, and the language changed there. */
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
  expect(text, rule).toMatch(
    language === 'en' ? /Why[^]+What it leads to[^]+What to do/ : /原因[^]+影响[^]+处理/,
  );
}

it(
  'every rule is seen on the screen, in both languages, with words for all it says',
  { timeout: 400_000 },
  async () => {
    folder = await mkdtemp(join(tmpdir(), 'crema-diagnosis-'));
    const recorded = ruleNames.filter((rule) => !isOfSettings(rule) && rule !== 'upgradeNotFetched');
    const file = join(folder, 'rules.pcap');
    const scenes = new Map(recorded.map((rule) => [numberOf(rule), sceneOf(rule)]));
    await writeFile(file, recordedScenes(scenes, Date.UTC(2026, 5, 1, 4)));
    const app = await shared();
    const { page } = app;
    const chosen = ruleNames.filter(isOfSettings);
    for (const rule of chosen) {
      const vmcNo = numberOf(rule);
      if (rule === 'headForced')
        await page.evaluate((of) => window.crema.setMachine({ vmcNo: of, patch: { head: 'le48' } }), vmcNo);
      else await page.evaluate((args) => window.crema.setMachineCode(args), { vmcNo, code });
      await machine(app, ofSettings[rule](vmcNo));
    }
    await areWhole(app, chosen);
    // What a card proposes leads there.
    await pageOf(app, 'headForced');
    await seen(app, 'headForced', 'en');
    await page.locator('[data-rule="headForced"]').getByRole('button', { name: 'Open “Frame head”' }).click();
    await page.getByText('As it came').first().waitFor();

    await go(app, '#/inspector');
    await openFile(app, file);
    await tab(app, 'rules.pcap').waitFor();
    await areWhole(app, recorded);
    // Of what was recorded only its lists can be opened.
    await pageOf(app, 'soldOut');
    await seen(app, 'soldOut', 'en');
    await page.locator('[data-rule="soldOut"]').getByRole('button', { name: 'Show Errors' }).click();
    await page.waitForURL(/\/errors$/);
    await pageOf(app, 'fieldsUnknown');
    await seen(app, 'fieldsUnknown', 'en');
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
  },
);
