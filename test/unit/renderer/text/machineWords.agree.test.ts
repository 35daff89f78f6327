/** One machine, one answer: headline, list, status, panel, notification, Errors screen and diagnosis, over random reports. */
import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { severityOf } from '#shared/errors/codes';
import { setOwnErrors } from '#shared/errors/own';
import { soldOut } from '#shared/diagnosis/supplies';
import type { DiagnosisFacts } from '#shared/diagnosis/kit/rule';
import { fatalFlags } from '#shared/diagnosis/fatalFlags';
import type { JsonObject } from '#shared/model/frame';
import type { Fault } from '#shared/model/history';
import { defaultMachineConfig, type ErrorSeverity, type MachineState } from '#shared/model/machine';
import { connectionOf } from '#shared/model/connected';
import { sellingNow } from '#shared/model/glance';
import { problemList } from '#shared/model/problemList';
import { problemCount, problemsOf, statusOf } from '#shared/model/problems';
import { isUnverified } from '#shared/model/verified';
import { severityOfSum } from '../../../../src/renderer/src/features/errors/sums';
import { statusSentence, statusWord } from '../../../../src/renderer/src/text/machineWords';
import { closing } from '../../../../src/main/core/state/closings';
import { machineRow } from '../../../../src/main/core/state/machineRow';
import { connection, World } from '../../../builders/connection';
import { wordsOf } from '../../../builders/wordsOf';

const vmc_no = 7;
const logins = {
  linux: { cmd: 'login', vmc_no, linuxDriverVersion: '1.3' },
  android: { cmd: 'login', vmc_no, io_version: '9', login_count: 2 },
  unknown: { cmd: 'login', vmc_no },
} as const;
const codes = [
  'ERROR:5300',
  'error:5300',
  'ERROR:9998',
  'ERROR:0881',
  'ERROR:8899',
  'ERROR:Z0005',
  'WARNING:10009',
  'EC_2',
];

const body = fc.oneof(
  fc.record({
    cmd: fc.constant('error'),
    vmc_no: fc.constant(vmc_no),
    error_code: fc.constantFrom(...codes),
    isSet: fc.boolean(),
    is_fatal_error: fc.constantFrom(true, false, null),
    is_persistence_error: fc.boolean(),
  }),
  fc.record({
    cmd: fc.constant('machinestatus'),
    vmc_no: fc.constant(vmc_no),
    status: fc.constantFrom('clearerror', 'cupblock', 'dooropen', 'doorclose'),
  }),
  fc.record({
    cmd: fc.constant('machinestatus'),
    vmc_no: fc.constant(vmc_no),
    status: fc.constant('machinelock'),
    islock: fc.boolean(),
  }),
  fc.record({
    cmd: fc.constant('productdone'),
    vmc_no: fc.constant(vmc_no),
    ProductId: fc.constant(810),
    isok: fc.boolean(),
    order_no: fc.integer({ min: 1, max: 40 }).map(String),
  }),
);
const event = fc.oneof(
  { weight: 6, arbitrary: body.map((json) => ({ does: 'says', json: json as JsonObject }) as const) },
  { weight: 1, arbitrary: fc.constant({ does: 'reconnects' } as const) },
  { weight: 1, arbitrary: fc.constant({ does: 'hangsUp' } as const) },
  { weight: 2, arbitrary: fc.constant({ does: 'isClosed' } as const) },
  {
    weight: 3,
    arbitrary: fc.integer({ min: 100, max: 119_000 }).map((ms) => ({ does: 'waits', ms }) as const),
  },
);
const story = fc.record({
  platform: fc.constantFrom('linux', 'android', 'unknown'),
  events: fc.array(event, { minLength: 1, maxLength: 25 }),
  own: fc.constantFrom<ErrorSeverity | null>(null, null, 'fatal', 'info'),
  hasCode: fc.boolean(),
});

function told({
  platform,
  events,
}: {
  platform: keyof typeof logins;
  events: readonly (typeof event extends fc.Arbitrary<infer E> ? E : never)[];
}) {
  const world = new World();
  const faults = new Map<number, Fault>();
  const keep = (changed: readonly Fault[]): void => changed.forEach((fault) => faults.set(fault.id, fault));
  world.entryLog.onEntry((_entry, change) => keep(change?.faults ?? []));
  world.entryLog.onSettled((change) => keep(change.faults));
  let link = connection({}, world).receives(logins[platform]);
  for (const one of events) {
    const machine = world.fleet.machine(vmc_no);
    if (one.does === 'waits') {
      world.now += one.ms;
      world.entryLog.settle(world.now);
    } else if (one.does === 'hangsUp') {
      if (link.isOpen) link.hangsUp();
    } else if (one.does === 'reconnects' || !link.isOpen) {
      link = connection({}, world).receives(logins[platform]);
    } else if (one.does === 'says') link.receives(one.json);
    else {
      const error = machine?.errors[0];
      if (machine !== null && error !== undefined)
        world.entryLog.record(
          closing(machine, { fault: error.entry, code: error.code, note: 'x', by: 'Anna', at: world.now }),
        );
    }
  }
  world.entryLog.settle(world.now);
  const machine = world.fleet.machine(vmc_no);
  if (machine === null) throw new Error('the machine is known');
  return { machine, now: world.now, faults: [...faults.values()] };
}

const isMild = ({ severity }: { readonly severity: ErrorSeverity }): boolean => severity === 'info';

const order: readonly ErrorSeverity[] = ['fatal', 'fault', 'warning', 'info'];
const en = wordsOf('en');

/** Contradictions between views; empty if all agree. */
function disagreements(
  machine: MachineState,
  now: number,
  faults: readonly Fault[],
  hasCode: boolean,
): readonly string[] {
  const row = machineRow(machine, defaultMachineConfig, false, { hasCode });
  const answer = sellingNow(row, now);
  const problems = problemList(row, machine, [], now);
  const [first] = problems;
  const [inRow] = problemsOf(row, now);
  const sentence = statusSentence(en, row, null, now);
  const status = statusOf(row, now);
  const keeps = problems.some(({ kind, selling }) => kind === 'error' && selling === 'no');
  const isConnected = connectionOf(row, now).is === 'online';
  const active = faults.filter(({ clearedAt }) => clearedAt === null);
  const severities = new Set(active.map(({ code, isFatal }) => severityOf(code, isFatal, row.platform)));
  const worst = order.find((severity) => severities.has(severity)) ?? 'info';
  const summed = active.map(({ code }) => {
    const flags = active
      .filter((one) => one.code === code)
      .map(({ isFatal }) => ({ isFatal, platform: row.platform }));
    return order.indexOf(severityOfSum({ code, flags }));
  });
  const facts: DiagnosisFacts = {
    now,
    machine,
    config: defaultMachineConfig,
    platform: row.platform,
    isHere: true,
    updates: 'off',
    upgrade: null,
  };
  const ids = (all: readonly number[]): string => JSON.stringify(all.toSorted((one, two) => one - two));
  const same: Readonly<Record<string, boolean>> = {
    'what has not proved its identity is not all right':
      !isUnverified(row) ||
      connectionOf(row, now).is !== 'online' ||
      (status === 'error' && answer === 'unknown' && sentence.startsWith('Identity not verified')),
    'headline says can’t sell': sentence.includes('Can’t sell') === (answer === 'no'),
    'headline says that it is not known': sentence.includes('Not known whether') === (answer === 'doubtful'),
    'status of what can’t sell': answer !== 'no' || status === 'fault',
    'status follows the severity': !isConnected || (status === 'fault') === (inRow?.severity === 'fatal'),
    'status of what can sell':
      (answer !== 'yes' && answer !== 'pending') || ['online', 'error', 'warning'].includes(status),
    'headline and list begin with the same problem':
      first?.kind === inRow?.kind && first?.severity === inRow?.severity && first?.selling === inRow?.selling,
    'list and row count the same problems': problems.length === problemCount(row, now),
    'green is what has no problem': !isConnected || status !== 'online' || problems.every(isMild),
    'headline names what keeps it':
      sentence.startsWith('The machine is locked') === (answer === 'no' && !keeps),
    'headline names what a person closed':
      status !== 'online' ||
      sentence.startsWith('Closed by Anna') === (machine.closed.length > 0 && machine.errors.length === 0),
    'errors of history and page':
      ids(active.map(({ id }) => id)) === ids(machine.errors.map(({ entry }) => entry)),
    'severity of headline and Errors screen':
      !keeps || (row.worst?.severity === 'fatal' && worst === 'fatal'),
    'severity by time and by code': active.length === 0 || Math.min(...summed) === order.indexOf(worst),
    'headline says that all is well':
      !isConnected ||
      (problems.length === 0) === /^(?:No problems reported|Just logged in|Connected, no)/.test(sentence),
    'list says that all is well':
      ['no problems', 'just logged in'].includes(statusWord(en, row, now)) ===
      (isConnected && problems.length === 0),
    'sold out': soldOut.when(facts) === null || row.worst?.selling === 'no',
    'fatal flags': fatalFlags.when(facts) === null || row.platform === 'android',
  };
  return Object.entries(same).flatMap(([what, is]) =>
    is ? [] : [`${what}: ${sentence} ${answer} ${status}`],
  );
}

afterEach(() => setOwnErrors({}));

it('all views agree on any report of a machine', () => {
  fc.assert(
    fc.property(story, ({ own, hasCode, ...said }) => {
      setOwnErrors(own === null ? {} : { 'ERROR:5300': { severity: own } });
      const { machine, now, faults } = told(said);
      expect(disagreements(machine, now, faults, hasCode)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
