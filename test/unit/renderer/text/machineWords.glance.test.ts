/**
 * The glance test: a stranger reads what is wrong, whether the machine can sell, and what to do. Each line is a machine folded from
 * frames, with the expected headline, answer and next step in both languages.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { problemList } from '#shared/model/problemList';
import { diagnosesAtEnd } from '#shared/model/diagnosis';
import { problemsOf, statusOf } from '#shared/model/problems';
import type { Command, CommandStep } from '#shared/model/command';
import { command } from '../../../builders/rows';
import {
  headlineWords,
  nextStepWords,
  sellingWords,
  statusWord,
} from '../../../../src/renderer/src/text/machineWords';
import {
  again,
  closes,
  diagnosed,
  drink,
  error,
  hb,
  later,
  onAndroid,
  onLinux,
  status,
  unnamed,
  type GlanceCase,
} from '../../../builders/glance';
import { wordsOf } from '../../../builders/wordsOf';

const minute = 60_000;
const code = '12345678';

const states: Readonly<Record<string, () => GlanceCase>> = {
  'linux: logged in': () => onLinux(),
  'linux: in order': () => onLinux(later),
  'linux: no cups': () => onLinux((m) => later(m).receives(error('ERROR:5300')).after(minute)),
  'linux: no cups within the first minutes': () => onLinux((m) => m.receives(error('ERROR:5300'))),
  'linux: no cups, not repeated after a reconnect': () =>
    onLinux((m, next) => {
      m.receives(error('ERROR:5300')).hangsUp();
      next().receives(again.linux);
    }),
  'linux: no cups, but a drink was made': () =>
    onLinux((m) => m.receives(error('ERROR:5300')).after(minute).receives(drink)),
  'linux: no cups, not fatal for the machine': () =>
    onLinux((m) => m.receives(error('ERROR:5300', { is_fatal_error: false }))),
  'linux: a drink failed': () =>
    onLinux((m) =>
      later(m).receives({ ...drink, ProductName: 'Latte', isok: false, failreason: 'ERROR:5300' }),
    ),
  'linux: a drink without a name failed': () => onLinux((m) => later(m).receives({ ...drink, isok: false })),
  'linux: no cups and two more': () =>
    onLinux((m) =>
      m
        .receives(error('WARNING:10009', { is_fatal_error: false }))
        .receives(error('ERROR:5300'))
        .receives(error('ERROR:0881', { is_fatal_error: false })),
    ),
  'linux: sugar low': () => onLinux((m) => later(m).receives(error('WARNING:01', { is_fatal_error: false }))),
  'linux: an unlisted code with the machine’s words': () =>
    onLinux((m) =>
      later(m).receives(error('ERROR:8899', { error_description: 'steam arm heater over temp' })),
    ),
  'linux: an unlisted code without words': () => onLinux((m) => later(m).receives(error('ERROR:8899'))),
  'linux: everything sold out': () => onLinux((m) => later(m).receives(error('ERROR:9998'))),
  'linux: a refusal, Z0023': () =>
    onLinux((m) => later(m).receives(error('Z0023', { is_fatal_error: false }))),
  'linux: locked': () => onLinux((m) => later(m).receives(status('machinelock', { islock: true }))),
  'linux: locked and no cups': () =>
    onLinux((m) =>
      later(m)
        .receives(status('machinelock', { islock: true }))
        .receives(error('ERROR:5300')),
    ),
  'linux: door open': () => onLinux((m) => later(m).receives(status('dooropen')).after(minute)),
  'linux: drink not collected': () => onLinux((m) => later(m).receives(status('cupblock'))),
  'linux: no cups, closed by a person': () => onLinux((m) => closes(later(m).receives(error('ERROR:5300')))),
  'linux: silent': () => onLinux((m) => m.after(80_000)),
  'linux: silent, no cups before': () => onLinux((m) => m.receives(error('ERROR:5300')).after(80_000)),
  'linux: offline': () =>
    onLinux((m) =>
      later(m)
        .hangsUp()
        .after(7 * minute),
    ),
  'linux: offline, no beans before': () =>
    onLinux((m) =>
      later(m)
        .receives(error('ERROR:5700'))
        .hangsUp('reset')
        .after(7 * minute),
    ),
  'linux: offline, locked before': () =>
    onLinux((m) =>
      later(m)
        .receives(status('machinelock', { islock: true }))
        .hangsUp()
        .after(7 * minute),
    ),
  'linux: disconnected by a person': () => onLinux((m) => later(m).ended('byPerson').after(minute)),
  'linux: disconnected for the direct link': () => onLinux((m) => later(m).ended('reserved').after(minute)),
  'linux: the relay’s server can’t be reached': () =>
    onLinux((m) => later(m).ended('noUpstream').after(minute)),
  'linux: no free connection': () => onLinux((m) => later(m).ended('crowded').after(minute)),
  'linux: Crema was down': () => onLinux((m) => later(m).ended('killed').after(minute)),
  'linux: restarting': () =>
    onLinux((m) => {
      later(m).tells({ cmd: 'reboot', vmc_no: 33_232 });
      m.after(1_000).hangsUp().after(20_000);
    }),
  'linux: not back after a restart': () =>
    onLinux((m) => {
      later(m).tells({ cmd: 'reboot', vmc_no: 33_232 });
      m.after(1_000)
        .hangsUp()
        .after(6 * minute);
    }),
  'linux: login refused, offline': () =>
    onLinux((m) => m.after(1_000).hangsUp().after(minute), { code, config: { signPolicy: 'enforce' } }),
  'linux: not verified': () => onLinux((m) => later(m), { code }, { hasCode: true }),
  'linux: virtual machine, stopped': () => onLinux((m) => later(m).hangsUp(), {}, { isVirtual: true }),
  'unknown: connected, no login yet': () => unnamed((m) => m.receives(hb)),
  'linux: two machines, one number': () =>
    onLinux((_first, next) => {
      for (let turn = 0; turn < 6; turn += 1) {
        const other = turn % 2 === 0;
        next({ address: other ? '192.0.2.8' : '192.0.2.7' })
          .receives({ ...again.linux, version: other ? '1.2.9.0' : '1.2.8.8' })
          .after(5_000);
      }
    }),
  'android: in order at once': () => onAndroid(),
  'android: no cups': () => onAndroid((m) => m.receives(error('ERROR:5300')).after(minute)),
  'android: a part fails, marked fatal as always': () => onAndroid((m) => m.receives(error('ERROR:0881'))),
  'android: low on beans, marked fatal as always': () => onAndroid((m) => m.receives(error('WARNING:10009'))),
  'android: an unlisted code with the machine’s words': () =>
    onAndroid((m) => m.receives(error('ERROR:8899', { error_description: '蒸汽臂超温' }))),
  'android: door open and beans low': () =>
    onAndroid((m) => m.receives(error('WARNING:10009')).receives(status('dooropen'))),
  'android: drink not collected': () => onAndroid((m) => m.receives(error('ERROR:CUP_01'))),
  'android: silent': () => onAndroid((m) => m.after(80_000)),
  'android: offline': () => onAndroid((m) => m.hangsUp('reset').after(7 * minute)),
  'android: disconnected by a person': () => onAndroid((m) => m.ended('byPerson').after(minute)),
  'connected without a login': () => diagnosed('loginMissing'),
  'login refused': () => diagnosed('loginRefused'),
  'reconnects again and again': () => diagnosed('reconnectLoop'),
  'incomplete frames': () => diagnosed('halfFrames'),
  'no heartbeat': () => diagnosed('heartbeatMissing'),
  'wrong clock': () => diagnosed('clockWrong'),
  'frames lost': () => diagnosed('framesLost'),
  'price 0': () => diagnosed('priceZero'),
  'beans used up': () => diagnosed('materialEmpty'),
  'payment not answered': () => diagnosed('paymentUnanswered'),
  'fields unknown to Crema': () => diagnosed('fieldsUnknown'),
};

/** The name of a state, the status, then headline, answer and next step in English and in Chinese. */
const expected = new Map(
  readFileSync(new URL('../../../fixtures/glance.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n\n')
    .map((block) => {
      const [name = '', ...lines] = block.split('\n');
      return [name, lines] as const;
    }),
);

const seen = ({ row, now }: GlanceCase): readonly string[] => [
  statusOf(row, now),
  ...(['en', 'zh-CN'] as const).map((language) => {
    const words = wordsOf(language);
    return [
      headlineWords(words, row, null, now),
      sellingWords(words, row, now),
      nextStepWords(words, row, now),
    ].join(' | ');
  }),
];

const never = (): never => {
  throw new Error('no such state');
};

describe('at a glance', () => {
  it.each(Object.keys(states))('%s', (name) => {
    const one = states[name]?.();
    expect(one === undefined ? null : seen(one)).toEqual(expected.get(name));
  });

  const rowWith = ({ row, now }: GlanceCase, left: Command) => ({
    ...row,
    leftCommand: { ...left, endedAt: now - minute },
  });

  it('a running command is what to wait for, unless there is a problem', () => {
    const words = wordsOf('en');
    const said = (name: string, running: Command): string => {
      const { row, now } = states[name]?.() ?? never();
      return nextStepWords(words, row, now, { running: { ...running, until: now + 9 * minute } });
    };
    const rinse = command(1, { name: 'rinse', state: 'sent' });
    expect(said('android: in order at once', rinse)).toBe('Wait for the result of “Rinse”.');
    expect(said('android: no cups', rinse)).toBe('Refill cups. If there are cups, check the cup sensor.');
  });

  it('an upgrade that the machine restarted without is a problem while it may still be installed', () => {
    const { row, now } = states['android: in order at once']?.() ?? never();
    const steps: readonly CommandStep[] = [
      { what: 'notApplied', at: 0, entry: null, params: { version: '1.2', expected: '1.3' } },
    ];
    const leftCommand = { ...command(1, { name: 'upgrade', state: 'sent', steps }), until: now + 9 * minute };
    const waiting = { ...row, leftCommand };
    expect(statusOf(waiting, now)).toBe('warning');
    expect(statusWord(wordsOf('zh-CN'), waiting, now)).toBe('升级还没装上');
    const words = wordsOf('en');
    expect(headlineWords(words, waiting, null, now)).toBe(
      'Upgrade not installed yet: the machine restarted without it.',
    );
    expect(nextStepWords(words, waiting, now, { running: leftCommand })).toBe(
      'Wait 9 min. If it is still not installed, send the upgrade again.',
    );
    expect(sellingWords(words, waiting, now)).toBe('Can sell.');
  });

  it('the next step of several errors that stop sales says how many more there are', () => {
    const { row, machine, config, now } = states['linux: locked and no cups']?.() ?? never();
    const problems = problemList(row, machine, diagnosesAtEnd(machine, config, now), now);
    expect(nextStepWords(wordsOf('en'), row, now, { problems })).toMatch(
      / 1 more problem below stops sales too\.$/,
    );
    const one = states['linux: no cups']?.() ?? never();
    const only = problemList(one.row, one.machine, diagnosesAtEnd(one.machine, one.config, one.now), one.now);
    expect(nextStepWords(wordsOf('en'), one.row, one.now, { problems: only })).toBe(
      'Refill cups. If there are cups, check the cup sensor.',
    );
  });

  it('an open order of a customer is a reason to brew a test drink later', () => {
    const { row, now } = states['linux: in order']?.() ?? never();
    expect(nextStepWords(wordsOf('en'), row, now, { hasOpenOrder: true })).toBe(
      'Nothing to do. A customer’s order is open: brew a test drink only after it.',
    );
  });

  it('after a failed test drink of Crema nobody is to be refunded', () => {
    const { row, now } = states['linux: a drink failed']?.() ?? never();
    const failed = row.failedDrink ?? never();
    expect(nextStepWords(wordsOf('en'), row, now)).toMatch(/^Check the order\. If the customer paid/);
    expect(nextStepWords(wordsOf('en'), { ...row, failedDrink: { ...failed, isTest: true } }, now)).toMatch(
      /^Brew a test drink again\./,
    );
  });

  it('a failed or unconfirmed command is the next step of a machine that has no other', () => {
    const words = wordsOf('en');
    const said = (name: string, left: Command): readonly string[] => {
      const one = states[name]?.();
      return one === undefined
        ? []
        : [
            headlineWords(words, rowWith(one, left), null, one.now),
            nextStepWords(words, rowWith(one, left), one.now),
          ];
    };
    const step = (what: CommandStep['what'], params = {}): readonly CommandStep[] => [
      { what, at: 0, entry: null, params },
    ];
    const refused = command(1, {
      name: 'rinse',
      state: 'failed',
      steps: step('machineSaidFailed', { reason: 'Z0023' }),
    });
    expect(said('linux: in order', refused)).toEqual([
      '“Rinse” failed: somebody is in the machine’s management screen.',
      'Ask the person at the machine to leave its management screen. Then send the command again.',
    ]);
    const upgrade = (...steps: readonly CommandStep[]): Command =>
      command(1, { name: 'upgrade', state: 'expired', steps });
    const [restarted] = step('notApplied', { version: '1.2.8.8', expected: '1.3.0.0' });
    const [reconnected] = step('versionSame', { version: '1.2.8.8' });
    const [downloaded] = step('downloadEnded');
    if (restarted === undefined || reconnected === undefined || downloaded === undefined) throw new Error();
    const onScreen = 'Check the machine’s screen. If it shows this version too, send the upgrade again.';
    const [headlineOfRestart, nextOfRestart] = said('linux: in order', upgrade(restarted));
    expect(headlineOfRestart).toMatch(/^“Upgrade” has had no effect: restarted after the download/);
    expect(nextOfRestart).toBe(onScreen);
    // A dropped link brings the old version too, and a later download may still be installed.
    for (const left of [
      upgrade(reconnected),
      upgrade(reconnected, downloaded),
      upgrade(restarted, downloaded),
    ])
      expect(said('linux: in order', left)[0]).toMatch(/^“Upgrade” not confirmed: /);
    expect(said('linux: in order', upgrade(reconnected))).toEqual([
      '“Upgrade” not confirmed: the machine reconnected, still with version 1.2.8.8.',
      onScreen,
    ]);
    const unheard = command(1, { name: 'rinse', state: 'expired', steps: step('noProof') });
    expect(said('linux: in order', unheard)).toEqual([
      'The machine did not confirm “Rinse”.',
      'Check at the machine whether “Rinse” worked. If it did not, send it again.',
    ]);
    const door = command(1, {
      name: 'openDoor',
      state: 'expired',
      sentAt: 0,
      input: { spelling: 'opendoor' },
      steps: step('noProof'),
    });
    expect(said('linux: in order', door)[1]).toBe(
      'Check at the machine whether “Open door” worked. If it did not, choose “Send the other form”.',
    );
    const [headline = '', next = ''] = said('linux: offline, no beans before', refused);
    expect(headline).toMatch(/^Offline/);
    expect(next).toMatch(/^Check power and network/);
  });

  it.each([
    ['linux: no cups, not repeated after a reconnect', 'no cups, perhaps solved', '缺杯，可能已解除'],
    ['linux: no cups, but a drink was made', 'no cups, but made a drink', '缺杯，之后又做出一杯'],
    [
      'linux: an unlisted code with the machine’s words',
      'the machine reports “steam arm heater over temp”',
      '机器报“蒸汽臂加热器过温”',
    ],
  ])('%s: a list gives the doubt, and marks the machine’s own text', (name, en, zh) => {
    const { row, now } = states[name]?.() ?? never();
    expect([statusWord(wordsOf('en'), row, now), statusWord(wordsOf('zh-CN'), row, now)]).toEqual([en, zh]);
  });

  it('a list names a failed command briefly', () => {
    const one = states['linux: in order']?.() ?? never();
    const left = command(1, { name: 'upgrade', state: 'expired', steps: [] });
    expect(statusWord(wordsOf('en'), rowWith(one, left), one.now)).toBe('Upgrade not confirmed');
    expect(statusWord(wordsOf('zh-CN'), rowWith(one, { ...left, state: 'failed' }), one.now)).toBe(
      '升级失败',
    );
  });

  it('every state has all three answers, in each language its own', () => {
    expect(Object.keys(states).length).toBeGreaterThanOrEqual(35);
    expect([...expected.keys()]).toEqual(Object.keys(states));
    for (const [, en = '', zh = ''] of expected.values()) {
      expect(en).toMatch(/^[^|]+ \| [^|]+ \| [^|]+$/);
      expect(zh).toMatch(
        /^[^|]*\p{Script=Han}[^|]* \| [^|]*\p{Script=Han}[^|]* \| [^|]*\p{Script=Han}[^|]*$/u,
      );
      expect(en + zh).not.toMatch(/undefined|\{\{|\b[a-z]+\.[a-z]+[A-Z]/);
    }
  });

  it.each(Object.keys(states))('%s: the list of problems begins with the headline’s', (name) => {
    const one = states[name]?.();
    if (one === undefined) throw new Error(name);
    const { row, machine, config, now } = one;
    const [listed] = problemList(row, machine, diagnosesAtEnd(machine, config, now), now);
    const [headline] = problemsOf(row, now);
    const isOfCremaOnly = listed?.kind === 'diagnosis' && listed.severity === 'info';
    const named = listed === undefined || isOfCremaOnly ? [] : [listed.kind, listed.severity];
    expect(named).toEqual(headline === undefined ? [] : [headline.kind, headline.severity]);
  });
});
