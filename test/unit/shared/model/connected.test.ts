/** "Is it connected?" has one answer: in the headline, list row, chips, counts, table, filter, selling panel and diagnosis. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allSeen, type RuleName } from '#shared/diagnosis/index';
import { machineTest } from '#shared/filter/machines';
import { closeReasons, type CloseReason } from '#shared/model/closeReasons';
import { comebackOf, connectionOf } from '#shared/model/connected';
import { defaultMachineConfig, type MachineRow, type MachineState } from '#shared/model/machine';
import { isInTrouble, lastProblemOf, stateOf, statusOf, statusOrder } from '#shared/model/problems';
import { sellingNow } from '#shared/model/glance';
import { machineRow } from '../../../../src/main/core/state/machineRow';
import { countsOf, emptyOrder, orderMachines, type Only } from '../../../../src/renderer/src/store/machines';
import { firstView, tableRows } from '../../../../src/renderer/src/store/machineTable';
import { nextStepWords, statusSentence, statusWord } from '../../../../src/renderer/src/text/machineWords';
import { connection, World, type TestConnection } from '../../../builders/connection';
import { row } from '../../../builders/rows';
import { wordsOf } from '../../../builders/wordsOf';

const vmc_no = 7;
const words = wordsOf('en');
const login = { cmd: 'login', vmc_no, linuxDriverVersion: '1.3' };
const reasons = Object.keys(closeReasons) as readonly CloseReason[];
const gone = (reason: CloseReason): MachineRow => row(vmc_no, { online: false, gone: reason });

describe('a disconnected machine', () => {
  it.each(reasons)('is offline or unknown after %s, and never anything else', (reason) => {
    const isAway = ['shutdown', 'killed', 'serverStopped', 'slept'].includes(reason);
    expect(connectionOf(gone(reason), 60_000)).toEqual({ is: isAway ? 'unknown' : 'offline', since: 0 });
    expect(statusOf(gone(reason), 60_000)).toBe(isAway ? 'unknown' : 'offline');
  });

  it('is offline, although it kept reconnecting, shares its number or sent half a frame', () => {
    const link = {
      loopFrom: 0,
      loopTo: 50_000,
      noLogin: null,
      refused: null,
      halfFrame: 55_000,
      shared: 55_000,
    };
    const away = { ...gone('reset'), link };
    expect(statusOf(away, 60_000)).toBe('offline');
    expect(isInTrouble(away, 60_000)).toBe(true);
    expect(statusSentence(words, away, null, 60_000)).toMatch(
      /^Offline for 1 min: the connection was interrupted\. Two machines use this number/,
    );
    expect(statusWord(words, away, 60_000)).toBe('offline 1 min: number used twice');
  });

  it('keeps its last error as the last known one', () => {
    const worst = {
      code: 'ERROR:5300',
      severity: 'fatal',
      selling: 'no',
      since: 0,
      unconfirmed: false,
    } as const;
    const away = { ...gone('reset'), worst, errorCount: 1 };
    expect(statusSentence(words, away, null, 400_000)).toBe(
      'Offline for 6 min 40 s. Before that: no cups (ERROR:5300).',
    );
    // A person's act or Crema's is stated all the same.
    expect(statusSentence(words, { ...away, gone: 'byPerson' }, null, 400_000)).toMatch(
      /^Offline for 6 min 40 s: .+ Before that: no cups/,
    );
    const silent = row(vmc_no, { worst, errorCount: 1 });
    expect(statusOf(silent, 76_000)).toBe('silence');
    expect(statusSentence(words, silent, null, 76_000)).toBe(
      'No data for 1 min 16 s. After 2 min it counts as offline. Before that: no cups (ERROR:5300).',
    );
  });

  it('has the duration of its return after Crema closed its working connection', () => {
    const away = gone('byPerson');
    expect(nextStepWords(words, away, 30_000)).toContain('Linux machines reconnect 2 to 4 min');
    expect(nextStepWords(words, { ...away, platform: 'android' }, 30_000)).toContain('another server');
    expect(comebackOf(away, 'linux', 300_000)).toBeNull();
    expect(comebackOf(gone('machineClosed'), 'linux', 30_000)).toBeNull();
    expect(comebackOf(gone('killed'), null, 30_000)).toBe('unknown');
  });

  it('is restarting for at most five minutes', () => {
    const away = { ...gone('machineClosed'), restarting: 0 };
    expect(connectionOf(away, 299_999).is).toBe('restarting');
    expect(connectionOf(away, 300_000).is).toBe('offline');
  });
});

/** Events of a machine, caused by itself or by Crema. */
type Step =
  | { readonly do: 'connect'; readonly from: 7 | 8 }
  | { readonly do: 'say'; readonly body: keyof typeof bodies }
  | { readonly do: 'half' | 'hangUp' | 'reset' | 'reboot' }
  | { readonly do: 'close'; readonly reason: CloseReason }
  | { readonly do: 'wait'; readonly ms: number };
const bodies = {
  login,
  hb: { cmd: 'hb', vmc_no },
  doorOpen: { cmd: 'machinestatus', vmc_no, status: 'dooropen' },
  cup: { cmd: 'machinestatus', vmc_no, status: 'cupblock' },
  noCups: { cmd: 'error', vmc_no, error_code: 'ERROR:5300', isSet: true },
  noBeans: { cmd: 'error', vmc_no, error_code: 'WARNING:10009', isSet: true },
  clear: { cmd: 'machinestatus', vmc_no, status: 'clearerror' },
} as const;
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('connect' as const), from: fc.constantFrom(7 as const, 8 as const) }),
  fc.record({
    do: fc.constant('say' as const),
    body: fc.constantFrom(...(Object.keys(bodies) as (keyof typeof bodies)[])),
  }),
  fc.record({ do: fc.constantFrom('half' as const, 'hangUp' as const, 'reset' as const, 'reboot' as const) }),
  fc.record({ do: fc.constant('close' as const), reason: fc.constantFrom(...reasons) }),
  fc.record({
    do: fc.constant('wait' as const),
    ms: fc.constantFrom(100, 5_000, 31_000, 70_000, 80_000, 301_000, 900_000),
  }),
);

function played(steps: readonly Step[]): { readonly world: World; readonly state: MachineState } {
  const world = new World();
  let link: TestConnection = connection({}, world).receives(login);
  for (const one of steps) {
    if (one.do === 'wait') {
      for (const each of world.connections) if (each.isOpen) each.after(0);
      const end = world.now + one.ms;
      for (const each of world.connections) if (each.isOpen && world.now < end) each.after(end - world.now);
      world.now = end;
    } else if (one.do === 'connect') link = connection({ address: `192.0.2.${one.from}` }, world);
    else if (link.isOpen) {
      if (one.do === 'say') link.receives(bodies[one.body]);
      else if (one.do === 'half') link.receivesBytes(new TextEncoder().encode('010000000000{"cmd":"mach'));
      else if (one.do === 'reboot') link.tells({ cmd: 'reboot', vmc_no });
      else if (one.do === 'close') link.ended(one.reason);
      else link.hangsUp(one.do === 'reset' ? 'reset' : 'end');
    }
  }
  const state = world.fleet.machine(vmc_no);
  if (state === null) throw new Error('nothing is known of the machine');
  return { world, state };
}

/** The beginnings of the headline and of the list row. */
const beginnings: Readonly<Record<string, { readonly sentence: RegExp; readonly word: RegExp }>> = {
  silent: { sentence: /^No data for /, word: /^silent / },
  restarting: { sentence: /^Restarting for /, word: /^restarting / },
  offline: { sentence: /^Offline for /, word: /^offline / },
  unknown: { sentence: /^Unknown for /, word: /^unknown / },
};
/** Diagnoses of a machine that is sending frames. */
const ofConnected: ReadonlySet<RuleName> = new Set([
  'loginMissing',
  'heartbeatMissing',
  'heartbeatSlow',
  'heartbeatIrregular',
]);

const listed = (text: string, one: MachineRow, now: number): boolean => {
  const test = machineTest(text, now);
  if (!test.ok) throw new Error(text);
  const status = statusOf(one, now);
  return test.matches({
    row: one,
    status,
    lastProblem: lastProblemOf(one, now),
    isTroubled: isInTrouble(one, now),
    orders: null,
  });
};

const seenBy = (one: MachineRow, state: MachineState, now: number): readonly RuleName[] =>
  allSeen({
    now,
    machine: state,
    config: defaultMachineConfig,
    platform: one.platform,
    isHere: true,
    updates: 'listening',
    upgrade: null,
  }).map(({ rule }) => rule);

/** The views that contradict `connectionOf`. */
function disagreeing(one: MachineRow, state: MachineState, now: number): readonly string[] {
  const { is } = connectionOf(one, now);
  const isOpen = is === 'online' || is === 'silent';
  const status = statusOf(one, now);
  const list = orderMachines(new Map([[vmc_no, one]]), now, emptyOrder);
  const counts = countsOf(list);
  const facts = { rows: new Map([[vmc_no, one]]), list, orders: null, now, matches: () => true };
  const foundOnly = (only: Only): number => tableRows({ ...facts, only }, firstView).found.length;
  const sentence = statusSentence(words, one, null, now);
  const word = statusWord(words, one, now);
  const rules = seenBy(one, state, now);
  const named = is === 'silent' ? 'silence' : is;
  const hasProblem =
    one.errorCount > 0 || ['fault', 'error', 'warning', 'doorOpen', 'silence', 'offline'].includes(status);
  const views: Readonly<Record<string, boolean>> = {
    link: isOpen === (state.link.status === 'online'),
    status:
      is === 'online' ? !['silence', 'restarting', 'unknown', 'offline'].includes(status) : status === named,
    'list row, chip and top bar': statusOrder.every(
      (name) => counts[name] === Number(name === stateOf(one, now)),
    ),
    'the states add up to all': statusOrder.reduce((sum, name) => sum + counts[name], 0) === counts.all,
    'each chip lists what it counts': (['trouble', ...statusOrder] as const).every(
      (name) => foundOnly(name) === counts[name],
    ),
    'state filter': listed(`state:${status}`, one, now),
    'trouble filter': list.troubled.has(vmc_no) === listed('state:trouble', one, now),
    'trouble counts every problem': !hasProblem || list.troubled.has(vmc_no),
    'offline filter': listed('state:offline', one, now) === (is === 'offline'),
    'unknown filter': listed('state:unknown', one, now) === (is === 'unknown'),
    [`headline: ${sentence}`]: Object.entries(beginnings).every(
      ([name, begins]) => begins.sentence.test(sentence) === (name === is),
    ),
    [`word: ${word}`]: Object.entries(beginnings).every(
      ([name, begins]) => begins.word.test(word) === (name === is),
    ),
    selling: (sellingNow(one, now) === 'unknown') === (is !== 'online'),
    diagnosis: isOpen || !rules.some((rule) => ofConnected.has(rule)),
    'diagnosis of a silent machine': is !== 'silent' || !rules.includes('heartbeatMissing'),
  };
  return Object.keys(views).filter((name) => views[name] === false);
}

it('every view gives the same answer, after any events', () => {
  const met = new Set<string>();
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), fc.nat(400_000), (steps, later) => {
      const { world, state } = played(steps);
      const now = world.now + later;
      const one = machineRow(state, defaultMachineConfig, false);
      met.add(connectionOf(one, now).is);
      expect(disagreeing(one, state, now)).toEqual([]);
    }),
    { numRuns: 400 },
  );
  expect(met).toEqual(new Set(['online', 'silent', 'restarting', 'offline', 'unknown']));
});
