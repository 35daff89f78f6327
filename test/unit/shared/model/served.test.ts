/** "Is it served?" has one answer: the server's reaction to the bytes, and its display in Connect and the machine list. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { connectWalk, type WalkStep } from '#shared/connectWalk';
import { serviceOfArrival, type Arrival } from '#shared/model/arrivals';
import type { JsonValue } from '#shared/model/json';
import { defaultMachineConfig, isServed } from '#shared/model/machine';
import { Arrivals } from '../../../../src/main/core/state/arrivals';
import { machineRow } from '../../../../src/main/core/state/machineRow';
import { connection, World, type ConnectionOptions } from '../../../builders/connection';

const host = '192.168.1.20';
const code = 'abcdefgh';
const sign = createHash('md5').update(`20150624${code}`).digest('hex');

interface LoginBody {
  readonly cmd: 'login' | 'hb';
  /** `undefined`: no such member. */
  readonly vmc_no: JsonValue | undefined;
  readonly sign: string;
}
const login = (vmc_no: JsonValue | undefined, how = sign): LoginBody => ({ cmd: 'login', vmc_no, sign: how });

interface Outcome {
  /** The server answered the last login with ret 0 and kept the connection. */
  readonly accepted: boolean;
  readonly arrival: Arrival | undefined;
  readonly stop: WalkStep | undefined;
  /** Whether the machine list shows the machine as served; `null`: not listed. */
  readonly listed: boolean | null;
}

/** The results of these bytes, and their later display. */
function outcome(logins: readonly LoginBody[], options: ConnectionOptions = {}, end = false): Outcome {
  const world = new World();
  const link = connection(options, world);
  /** To the last login. */
  const rets: (number | null)[] = [];
  link.onOutput((output) => {
    if (output.type !== 'sent' || output.entry.kind !== 'frame') return;
    const { message } = output.entry;
    if (message.from === 'server' && message.body.cmd === 'login_r') rets.push(message.body.ret);
  });
  for (const { cmd, vmc_no, ...rest } of logins) {
    if (!link.isOpen) break;
    if (cmd === 'login') rets.length = 0;
    const about =
      cmd === 'login' ? { timestamp: '20150624', version: '1', linuxDriverVersion: '1', ...rest } : {};
    link.receives(JSON.stringify({ cmd, vmc_no, ...about })).after(1_000);
  }
  if (end && link.isOpen) link.hangsUp();
  const arrivals = new Arrivals({ isVirtual: () => false });
  for (const entry of world.entries) arrivals.apply(entry);
  const list = arrivals.list(() => undefined);
  const state = world.fleet.machine(link.vmcNo);
  const row = state === null ? null : machineRow(state, defaultMachineConfig, false);
  const now = world.now + 10_000;
  const walk = connectWalk({
    now,
    listener: { status: 'listening', host, port: 4567, since: world.now - 600_000, others: [] },
    network: [{ name: 'eth0', kind: 'ethernet', link: 'up', addresses: [host], shared: null }],
    selfTest: null,
    arrivals: list,
    crowd: null,
    online: row !== null && isServed(row) ? [{ vmcNo: row.vmcNo, address: row.address }] : [],
    expected: null,
    waitingSince: world.now - 600_000,
  });
  const [arrival] = list;
  return {
    accepted: rets.at(-1) === 0 && link.isOpen,
    arrival,
    stop: walk.steps.find(({ name }) => name === walk.stop),
    listed: row === null ? null : isServed(row),
  };
}

describe('a machine number', () => {
  it.each([1, 33_232, '33232', ' 33232 ', 33_232.0, '33232.0', 2_147_483_648, Number.MAX_SAFE_INTEGER])(
    '%j is served',
    (vmc_no) => {
      const { accepted, stop, listed } = outcome([login(vmc_no)]);
      expect([accepted, stop, listed]).toEqual([true, undefined, true]);
    },
  );

  it.each([
    ['abc', 'abc'],
    ['', ''],
    [null, 'null'],
    [0, '0'],
    ['0', '0'],
    [-5, '-5'],
    [7.5, '7.5'],
    [true, 'true'],
    [[7], '[7]'],
    ['12345678901234567890', '12345678901234567890'],
  ])('%j is invalid, and Connect shows it', (vmc_no, value) => {
    const { accepted, stop, arrival } = outcome([login(vmc_no), login(vmc_no)]);
    expect(accepted).toBe(false);
    expect(stop).toMatchObject({ name: 'number', code: 'invalid', params: { value } });
    expect(arrival?.unnamed).toEqual({ value });
  });

  it('that is missing is invalid, and Connect shows it', () => {
    const { accepted, stop } = outcome([login(undefined)]);
    expect(accepted).toBe(false);
    expect(stop).toMatchObject({ name: 'number', code: 'missing' });
  });

  it('of an earlier frame is valid for a login without one', () => {
    const { accepted, stop } = outcome([{ cmd: 'hb', vmc_no: 7, sign }, login(null)]);
    expect([accepted, stop]).toEqual([true, undefined]);
  });

  it('of a later frame does not answer the login before it', () => {
    const { accepted, stop, listed } = outcome([login('abc'), { cmd: 'hb', vmc_no: 7, sign }]);
    expect([accepted, stop?.code, listed]).toEqual([false, 'invalid', false]);
  });
});

describe('a refused login', () => {
  it.each<[string, ConnectionOptions, string]>([
    ['by the sign policy', { code: 'other123', config: { signPolicy: 'enforce' } }, 'sign'],
    ['by the direct link', { directLink: { vmcNo: 5, tells: false } }, 'reserved'],
    ['by the direct link, with an answer', { directLink: { vmcNo: 5, tells: true } }, 'reserved'],
  ])('%s stops at that step', (_how, options, stopCode) => {
    const { accepted, stop } = outcome([login(7)], options);
    expect([accepted, stop?.name, stop?.code]).toEqual([false, 'policy', stopCode]);
  });
});

const value: fc.Arbitrary<JsonValue | undefined> = fc.oneof(
  fc.constantFrom<JsonValue | undefined>(
    undefined,
    null,
    '',
    ' ',
    'abc',
    '7',
    ' 7 ',
    '7.0',
    '7.5',
    0,
    -1,
    -0,
    1.5,
    7,
    8,
    9,
    10,
    true,
    1e21,
    2 ** 53,
    '99999999999999999999',
    [7],
    { a: 7 },
  ),
  fc.integer({ min: -5, max: 40_000 }),
  fc.string({ maxLength: 6 }),
);
const saidArbitrary: fc.Arbitrary<LoginBody> = fc.record({
  cmd: fc.constantFrom('login' as const, 'login' as const, 'hb' as const),
  vmc_no: value,
  sign: fc.constantFrom(sign, 'wrong', ''),
});
const optionsArbitrary: fc.Arbitrary<ConnectionOptions> = fc.record(
  {
    code: fc.constant(code),
    directLink: fc.record({ vmcNo: fc.constantFrom(7, null), tells: fc.boolean() }),
    config: fc.record({
      signPolicy: fc.constantFrom('ignore' as const, 'warn' as const, 'enforce' as const),
      replyProfile: fc.constantFrom('extended' as const, 'document' as const),
    }),
    upstream: fc.constant({ host: '192.0.2.9', port: 4567, is: 'meanwhile' as const }),
  },
  { requiredKeys: [] },
);

it('Connect and the machine list show the server’s real reaction to the same bytes', () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(
      fc.array(saidArbitrary, { minLength: 1, maxLength: 6 }),
      optionsArbitrary,
      fc.boolean(),
      (logins, options, end) => {
        const { accepted, arrival, stop, listed } = outcome(logins, options, end);
        const service = arrival === undefined ? 'none' : serviceOfArrival(arrival);
        met.set(service, (met.get(service) ?? 0) + 1);
        expect(stop === undefined, `${service}: ${stop?.name} ${stop?.code}`).toBe(accepted);
        expect(service === 'served' && arrival?.ended === null).toBe(accepted);
        expect(listed ?? false).toBe(accepted);
      },
    ),
    { numRuns: 1_500 },
  );
  expect([...met.keys()].toSorted()).toEqual([
    'noLogin',
    'noNumber',
    'numbers',
    'reserved',
    'served',
    'sign',
  ]);
});
