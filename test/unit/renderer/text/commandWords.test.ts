import { describe, expect, it } from 'vitest';
import { commandNames, commands } from '#shared/commands/index';
import { riskOn, rowOf } from '#shared/commands/kit/rows';
import { sharedSteps } from '#shared/commands/kit/steps';
import { riskOf } from '#shared/compose/sendRisk';
import type { CommandState, CommandStep, StepName } from '#shared/model/command';
import { i18n } from '../../../../src/renderer/src/text';
import {
  briefWords,
  commandLength,
  commandWords,
  groupSteps,
  stepGroupWords,
  outcomeNote,
  outcomeWords,
  retryWords,
  stepWords,
  waitingWords,
} from '../../../../src/renderer/src/text/commandWords';
import { sendQuestion } from '../../../../src/renderer/src/text/detailWords';
import { command } from '../../../builders/rows';
import { wordsOf } from '../../../builders/wordsOf';

const step = (what: StepName, params: CommandStep['params'] = {}): CommandStep => ({
  what,
  at: 0,
  entry: null,
  params,
});

/** Every step of every command, with main's parameters: rows have an example of each. */
const steps = commandNames.flatMap((name) =>
  Object.entries({ ...sharedSteps, ...rowOf(name).steps }).map(
    ([what, params]) => [name, what as StepName, params] as const,
  ),
);

const states: Record<CommandState, true> = {
  queued: true,
  sent: true,
  confirmed: true,
  failed: true,
  expired: true,
  unconfirmable: true,
  cancelled: true,
};

describe.each(['en', 'zh-CN'] as const)('%s', (language) => {
  const words = wordsOf(language);

  it.each(steps)('%s: the text of step %s has all its parameters', (name, what, params) => {
    const said = stepWords(words, name, step(what, params));
    expect(said).not.toContain('{{');
    expect(said).not.toMatch(/command[A-Z]?\w*\./);
    expect(said).not.toMatch(/\b(undefined|null)\b/);
  });

  it.each(['Z0023', 'Z0024', 'Z0016'])('shows the meaning of refusal code %s', (reason) => {
    const said = stepWords(words, 'rinse', step('machineSaidFailed', { reason }));
    expect(said).toContain(reason);
    expect(said).toContain(words.errorPhrase(reason));
    expect(words.errorPhrase(reason)).not.toContain(reason);
  });

  it.each(['Z0024', 'Z0027', 'ERROR:5300'])('shows why a drink was not made: code %s', (reason) => {
    const said = stepWords(words, 'makeDrink', step('drinkFailed', { reason }));
    expect(said).toContain(reason);
    expect(said).toContain(words.errorPhrase(reason));
    const sentence = stepWords(words, 'makeDrink', step('drinkFailed', { reason: 'cancel order' }));
    expect(sentence).toBe(words.t('commandStep.drinkFailed', { reason: 'cancel order' }));
  });

  it('has amounts in yuan, sizes with units, and a missing reason', () => {
    expect(stepWords(words, 'setPrices', step('amountDiffers', sharedSteps.amountDiffers))).toMatch(
      /9\.50.*10\.00/,
    );
    expect(stepWords(words, 'upgrade', step('downloadBroke', commands.upgrade.steps.downloadBroke))).toMatch(
      /KiB.*4\.8 MiB/,
    );
    const reasons = ['', undefined].map((reason) =>
      stepWords(words, 'makeDrink', step('drinkFailed', reason === undefined ? {} : { reason })),
    );
    expect(reasons[0]).toBe(reasons[1]);
    expect(reasons[0]).not.toContain('{{');
    expect(stepWords(words, 'reboot', step('loggedIn', { version: '' }))).toBe(
      words.t('commandStep.loggedIn'),
    );
  });

  it('has the delay of a proof that came after the time limit', () => {
    const said = stepWords(words, 'rinse', step('late', { waited: 180_000 }));
    const wanted = {
      en: 'confirmed late, 3 min after the wait ended',
      'zh-CN': '逾期才确认：停止等待3分钟后才收到',
    };
    expect(said).toBe(wanted[language]);
  });

  it('has a different text for every state', () => {
    const all = Object.keys(states) as readonly CommandState[];
    const each = all.map((state) => command(1, { state, sentAt: 5 }));
    expect(new Set(each.map((one) => outcomeWords(words, one))).size).toBe(all.length);
    for (const one of each) expect(outcomeNote(words, one).length).toBeGreaterThan(5);
    const unsent = command(1, { state: 'expired', sentAt: null });
    expect(outcomeWords(words, unsent)).not.toBe(
      outcomeWords(words, command(1, { state: 'expired', sentAt: 5 })),
    );
  });

  it('does not claim that an uncertain command was sent', () => {
    const wanted = { en: 'possibly sent', 'zh-CN': '可能已发送' };
    for (const state of ['sent', 'expired', 'unconfirmable'] as const) {
      const one = command(1, { state, sentAt: 5, steps: [step('sentPerhaps', {})] });
      expect(outcomeWords(words, one)).toBe(wanted[language]);
    }
    const proved = command(1, { state: 'confirmed', sentAt: 5, steps: [step('sentPerhaps', {})] });
    expect(outcomeWords(words, proved)).toBe(words.t('commandState.confirmed.name'));
  });

  it.each(commandNames)('describes the request of %s', (name) => {
    for (const input of rowOf(name).examples) {
      const said = commandWords(words, { name, input });
      expect(said).not.toContain('{{');
      expect(said).not.toMatch(/command\.\w+\./);
    }
  });

  it.each(commandNames.filter((name) => rowOf(name).offered === 'order'))(
    'has a short label for %s',
    (name) => {
      for (const input of rowOf(name).examples)
        expect(briefWords(words, { name, input })).not.toMatch(/command\.\w+\./);
    },
  );

  it.each(commandNames)('labels all inputs of %s, and describes its effect', (name) => {
    const { fields, offered, preview, retry, examples } = rowOf(name);
    const asked = (offered === 'order' ? [] : (fields ?? [])).filter(({ hidden }) => !hidden);
    const options = asked.flatMap((field) =>
      field.kind === 'choice' ? field.options.map((option) => `${field.name}Values.${option}`) : [],
    );
    const keys = [...asked.map((field) => field.name), ...options];
    expect(keys.filter((key) => !i18n.exists(`command.${name}.form.${key}`))).toEqual([]);
    expect(i18n.exists(`command.${name}.form.preview`)).toBe(preview !== null);
    expect(i18n.exists(`command.${name}.retry.why`)).toBe(retry !== null);
    if (retry === null) return;
    const params = { ...examples[0], time: '15 s' };
    for (const what of ['why', 'send'] as const)
      expect(retryWords(words, name, what, params)).not.toMatch(/\{\{|command\./);
  });

  it('an open command names the awaited event, an ended one does not', () => {
    for (const name of commandNames) {
      for (const platform of ['linux', 'android'] as const) {
        const open = waitingWords(words, command(1, { name, state: 'sent', platform }));
        expect(open, name).not.toMatch(/command[A-Z]?\w*\./);
        expect(waitingWords(words, command(1, { name, state: 'confirmed', platform }))).toBeNull();
      }
    }
  });
});

describe('in words', () => {
  const words = wordsOf('en');
  it.each([
    ['openDoor', { spelling: 'opendoor' }, 'Open door'],
    ['openDoor', { spelling: 'door open' }, 'Open door (spelled “door open”)'],
    [
      'makeDrink',
      { productId: 101, strength: 3, milk: 2, sugar: 0 },
      'Brew product 101, strength 3, milk 2, sugar 0',
    ],
    [
      'makeDrink',
      { productId: 810, strength: 3, milk: 2, sugar: 0 },
      'Brew Latte (810), strength 3, milk 2, sugar 0',
    ],
    ['setDiscount', { percent: 80, percentBefore: 100 }, 'Discount: 80% of the price'],
    ['setPrices', { prices: [{ productId: 101, price: 950, type: 0 }] }, 'Price of product 101: ¥9.50'],
    [
      'payResult',
      { orderNo: 'A1', amount: 1_000, paid: true, payType: 'wx_pub' },
      'Report order A1 as paid: ¥10.00, wx_pub',
    ],
    ['upgrade', { packageId: 'a'.repeat(64), version: '1.3', fileName: 'a.zip' }, 'Upgrade to 1.3 (a.zip)'],
    ['makeDrink', { productId: 'what an older version wrote' }, 'Brew'],
  ] as const)('%s %j', (name, input, said) => {
    const facts = { productName: (id: number) => (id === 810 ? 'Latte' : null) };
    expect(commandWords(words, { name, input }, facts)).toBe(said);
  });

  it('has a name for every command without its input', () => {
    const names = commandNames.map((name) => words.t(`command.${name}.name`));
    expect(new Set(names).size).toBe(commandNames.length);
    const risks = commandNames.map((name) => words.t(`commandRisk.${riskOn(name, null)}`));
    expect(risks.every((risk) => risk.endsWith('.'))).toBe(true);
  });

  it.each(['setPrices', 'setDiscount'] as const)('%s: mentions a restart only if there is one', (name) => {
    const told = (language: 'en' | 'zh-CN', platform: 'linux' | 'android'): string => {
      const { t } = wordsOf(language);
      return `${t(`commandRisk.${riskOn(name, platform)}`)} ${t(`command.${name}.ask`)} ${t(`command.${name}.send`)}`;
    };
    expect(told('en', 'linux')).toMatch(/restarts/);
    expect(told('en', 'android')).not.toMatch(/restart/);
    expect(told('zh-CN', 'linux')).toMatch(/重启/);
    expect(told('zh-CN', 'android')).not.toMatch(/重启/);
  });

  it('a reboot waits for the end of the connection, then for the login', () => {
    const sentNow = command(1, { name: 'reboot', state: 'sent', steps: [step('sent')] });
    expect(waitingWords(words, sentNow)).toBe('waiting for the connection to close');
    const closed = { ...sentNow, steps: [step('sent'), step('connectionClosed')] };
    expect(waitingWords(words, closed)).toBe('waiting for login');
  });

  it('a command that waits for another shows this once', () => {
    const queued = command(1, { name: 'rinse', state: 'queued', sentAt: null, steps: [step('queued')] });
    expect(waitingWords(words, queued)).toBe('waiting for the machine to connect');
    expect(waitingWords(words, { ...queued, steps: [] })).toBe('waiting for its turn');
    const behind = { ...step('waitsFor'), params: { behind: 'reboot' } };
    expect(stepWords(words, 'rinse', behind)).toBe('waiting until “Restart” has ended');
    expect(waitingWords(words, { ...queued, steps: [behind] })).toBeNull();
  });

  it.each([
    [
      'openDoor',
      'doorOpened',
      'door reported open some time after the command; the machine does not report who opened it, or when',
    ],
    ['reboot', 'loggedIn', 'restarted after the command and logged in'],
    ['rinse', 'rinsed', 'rinse recorded; by the machine’s clock some time after the command or later'],
  ] as const)('%s: %s claims no more than the machine reported', (name, what, said) => {
    // As an earlier version stored it.
    expect(stepWords(words, name, { ...step(what), params: {} })).toBe(said);
  });

  it.each([
    [
      'openDoor',
      'doorOpened',
      { after: 4_200 },
      'door reported open 4.2 s after the command; the machine does not report who opened it, or when',
      '指令发出4.2秒后上报门已开；机器不上报由谁、何时打开',
    ],
    [
      'queryStatus',
      'statusReported',
      { status: 'normal', after: 900 },
      'status “normal” reported 0.9 s after the query; the machine updates it every 3 minutes',
      '查询0.9秒后上报状态“normal”，机器每3分钟更新一次',
    ],
    [
      'rinse',
      'rinsed',
      { after: 75_000 },
      'rinse recorded; by the machine’s clock 1 min 15 s after the command or later',
      '有冲洗完成的记录，按机器时钟在指令发出1分15秒后或更晚',
    ],
  ] as const)('%s: %s shows the time since the command', (name, what, params, en, zh) => {
    const said = { ...step(what), params };
    expect([stepWords(words, name, said), stepWords(wordsOf('zh-CN'), name, said)]).toEqual([en, zh]);
  });

  it('confirmed means that the machine reported it afterwards, for any cause', () => {
    expect(outcomeNote(words, command(1, { state: 'confirmed' }))).toBe(
      'The machine reported the requested result after the command.',
    );
  });

  it('an upgrade waits for the download, again after an interruption, then for the login', () => {
    const waits = (...what: readonly StepName[]) =>
      waitingWords(
        words,
        command(1, {
          name: 'upgrade',
          input: { field: 'version' },
          state: 'sent',
          steps: what.map((one) => step(one)),
        }),
      );
    expect(waits('sent')).toBe('waiting until the download is complete');
    expect(waits('sent', 'downloadBegan', 'downloadBroke')).toBe('waiting for the machine to download again');
    expect(waits('sent', 'downloadBroke', 'downloadBegan')).toBe('waiting until the download is complete');
    expect(waits('sent', 'downloadBegan', 'downloadEnded')).toBe('waiting for installation and login');
  });

  it('equal steps are grouped', () => {
    const groups = groupSteps([step('sent'), step('sent'), step('connectionClosed'), step('sent')]);
    expect(groups.map((group) => stepGroupWords(words, 'reboot', group))).toEqual([
      'sent (×2)',
      'connection closed',
      'sent',
    ]);
  });

  it('short times are shown to a tenth', () => {
    const done = command(1, { createdAt: 0, endedAt: 1_240, state: 'confirmed' });
    expect(commandLength(words, done, 99_999)).toBe('1.2 s');
    expect(commandLength(words, command(1, { createdAt: 0 }), 75_000)).toBe('1 min 15 s');
  });
});

describe.each(['en', 'zh-CN'] as const)('the confirmation of a custom message, in %s', (language) => {
  const words = wordsOf(language);

  it.each([
    '{"cmd":"reboot"}',
    '{"cmd":"pay_done","paydone":true}',
    '{"cmd":"login_r","ret":2}',
    '{"cmd":"login_r","ret":0,"carrier_code":"7"}',
    '{"cmd":"passwords"}',
    'no message at all',
  ])('%s', (text) => {
    const { what, mind } = sendQuestion(words, riskOf(text));
    for (const said of [what, mind]) {
      expect(said).toBeTruthy();
      expect(said).not.toMatch(/compose\.|command\w*\.|control\.|\{\{/);
    }
  });

  it('a refused login has its own text', () => {
    const refused = sendQuestion(words, riskOf('{"cmd":"login_r","ret":2}'));
    expect(refused.mind).toContain('Linux');
    expect(refused).not.toEqual(sendQuestion(words, null));
  });
});

it('an ignored notice shows its claim, the reason and its count', () => {
  const words = wordsOf('en');
  const from = { why: 'otherAddress', remoteAddress: '198.51.100.9', status: 'failed', reason: 'Z0024' };
  const said = (params: CommandStep['params']): string =>
    stepWords(words, 'reboot', step('noticeNotTrusted', { ...from, times: 1, ...params }));
  expect(said({})).toBe(
    'notice “failed: Z0024” from 198.51.100.9 ignored: the machine’s connection has another address',
  );
  expect(said({ status: 'accepted', reason: '', why: 'unsigned', times: 7 })).toBe(
    'notice “accepted” from 198.51.100.9 ignored: it has no sign (×7)',
  );
  expect(said({ times: 100 })).toContain('(×100 or more)');
});

it('an earlier command for a removed part keeps its name', () => {
  expect(commandWords(wordsOf('en'), { name: 'restartPart', input: { part: 'io' } })).toBe('Restart a part');
});

it('a proof from an unverified connection is marked', () => {
  const words = wordsOf('en');
  const report = [step('provedUnverified', {}), step('doorOpened', { after: 4_000 })];
  const ended = command(1, { name: 'openDoor', state: 'unconfirmable', steps: report });
  expect(outcomeWords(words, ended)).toBe('reported by an unverified connection');
  expect(outcomeNote(words, ended)).toContain('is not verified');
  expect(outcomeWords(words, { ...ended, steps: report.slice(1) })).toBe('can’t be confirmed');
});
