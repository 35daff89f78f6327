/**
 * Why no machine connects: the steps of a connection, up to the first that fails. Pure, based on facts about this computer and the received
 * connections. Later events prove the steps before them. Texts: `connectWalk` in locales/<language>/connectWalk.ts.
 */
import { serviceOfArrival, type AdapterLink, type Arrival, type SelfTest } from './model/arrivals';
import { isSelfGiven } from './model/chosenAdapters';
import { isLoopback, type Crowd, type ListenerState } from './model/listener';
import { closeReasons } from './model/closeReasons';
import type { NotServed } from './model/served';

export const walkSteps = [
  'listening',
  'reachable',
  'adapter',
  'selfTest',
  'arrives',
  'bytes',
  'frames',
  'login',
  'number',
  'policy',
  'stays',
] as const;
export type StepName = (typeof walkSteps)[number];

/** Possible results of each step. Their texts have the same names. */
interface Codes {
  listening: 'on' | 'waiting' | 'off' | 'inUse' | 'denied' | 'other';
  reachable: 'network' | 'loopback';
  adapter: 'link' | 'proved' | 'noLink' | 'gone' | 'selfGiven' | 'none';
  selfTest: 'answered' | 'proved' | 'notYet' | 'failed';
  arrives: 'came' | 'nothing';
  bytes: 'some' | 'none';
  frames: 'some' | 'none' | 'http' | 'tls';
  login: 'came' | 'unnamed' | 'none';
  number: 'expected' | 'any' | 'other' | 'missing' | 'invalid';
  policy:
    | 'served'
    | 'relayed'
    | Exclude<NotServed, 'noLogin' | 'noNumber'>
    | 'serverRefused'
    | 'serverSilent'
    | 'full';
  stays: 'connected' | 'left';
}
export type CodeOf<S extends StepName> = Codes[S];

/** Typical causes of a failed step [field]. */
export type Trap =
  | 'cable'
  | 'firewall'
  | 'address'
  | 'port'
  | 'powerCycle'
  | 'offlineMode'
  | 'serverList'
  | 'guestNetwork'
  | 'restart'
  | 'otherProgram'
  | 'numberMenu'
  | 'code'
  | 'twoMachines'
  | 'fixedAddresses';

/** unknown: undetermined, and not needed by the following steps. after: not checked, because an earlier step failed. */
export type StepState = 'ok' | 'stop' | 'unknown' | 'after';

export interface WalkStep {
  readonly name: StepName;
  readonly state: StepState;
  /** '': no text. */
  readonly code: Codes[StepName] | '';
  readonly params: Readonly<Record<string, string | number>>;
  readonly traps: readonly Trap[];
}

export interface Walk {
  readonly steps: readonly WalkStep[];
  /** The failed step; `null`: a machine is connected. */
  readonly stop: StepName | null;
  /** The connection with the most progress; `null`: none, or a machine connected before it. */
  readonly arrival: Arrival | null;
  /** Number of connections from its address that have ended. */
  readonly times: number;
  /** Nothing has arrived, but a machine that was just switched on may still be starting. */
  readonly isEarly: boolean;
  /** This computer's address to test; `null`: none is testable. */
  readonly testHost: string | null;
}

export interface WalkFacts {
  readonly now: number;
  readonly listener: ListenerState;
  readonly network: readonly AdapterLink[];
  /** The last test. It only counts for the present address and port. */
  readonly selfTest: SelfTest | null;
  /** Without virtual machines, newest first. */
  readonly arrivals: readonly Arrival[];
  readonly crowd: Crowd | null;
  /** Connected and served machines without virtual ones. */
  readonly online: readonly { readonly vmcNo: number; readonly address: string | null }[];
  /** The expected machine number; `null`: any. */
  readonly expected: number | null;
  /** Since when Crema listens without a machine. */
  readonly waitingSince: number;
}

/** [field] ms from switching a machine on to its connection. */
export const startTime = 120_000;
/** [ours] ms in which a login is answered. */
const answerTime = 3_000;
/** [ours] ms after which a closed or refused connection is no longer relevant. */
const recent = 900_000;
const everywhere: ReadonlySet<string> = new Set(['0.0.0.0', '::']);
/** The port that a machine appends to an address without a port [field]. */
export const appendedPort = 4567;

/** A step's result without its name. */
type StepResult<S extends StepName> = Pick<WalkStep, 'state' | 'params'> & {
  readonly code: Codes[S];
  readonly traps?: readonly Trap[];
};
type Judges = { readonly [S in StepName]: (seen: Seen) => StepResult<S> | null };

interface Seen extends WalkFacts {
  readonly arrival: Arrival | null;
  readonly there: WalkFacts['online'][number] | null;
  readonly times: number;
  readonly testHost: string | null;
}

export function connectWalk(facts: WalkFacts): Walk {
  const there = machineThere(facts);
  const arrival = there === null ? furthest(facts) : arrivalOf(facts, there.vmcNo);
  const times = arrival === null ? 0 : leftAs(facts, arrival);
  const seen: Seen = { ...facts, there, arrival, times, testHost: testHostOf(facts) };
  let stop: StepName | null = null;
  const steps = walkSteps.map((name): WalkStep => {
    const result = stop === null ? judges[name](seen) : null;
    if (result === null)
      return { name, state: stop === null ? 'unknown' : 'after', code: '', params: {}, traps: [] };
    const { state, code, params, traps = [] } = result;
    if (state === 'stop') stop = name;
    return { name, state, code, params, traps };
  });
  const isEarly = steps.some(({ code }) => code === 'nothing') && facts.now - facts.waitingSince < startTime;
  return { steps, stop, arrival, times, isEarly, testHost: seen.testHost };
}

const judges: Judges = {
  listening: ({ listener }) => {
    switch (listener.status) {
      case 'off':
        return stops('off');
      case 'failed': {
        const { host, port, detail, holder, reason } = listener;
        const holding = holder === null ? '' : ` (${holder.name}, ${holder.pid})`;
        return stops(reason, { host, port, detail, holder: holding });
      }
      case 'waiting':
        // The server waits for the adapter.
        return { state: 'unknown', code: 'waiting', params: { host: listener.host, port: listener.port } };
      case 'listening':
        return fine('on', { host: listener.host, port: listener.port });
    }
  },
  reachable: ({ listener }) =>
    listener.status !== 'off' && isLoopback(listener.host) ? stops('loopback') : fine('network'),
  adapter: (seen) => {
    const { listener, network } = seen;
    if (isProvedFromOutside(seen)) return fine('proved', {}, []);
    const host = listener.status === 'off' ? '' : listener.host;
    const down = network.filter(({ link }) => link === 'down').map(({ name }) => name);
    if (everywhere.has(host)) {
      const linked = network.filter(({ link, addresses }) => link !== 'down' && addresses.length > 0);
      const good = linked.find(({ addresses }) => !addresses.every(isSelfGiven));
      if (good !== undefined)
        return fine('link', { name: good.name, address: good.addresses.find((a) => !isSelfGiven(a)) ?? '' });
      const [given] = linked;
      if (given !== undefined) return selfGiven(given.name, given.addresses[0] ?? '');
      return down.length > 0 ? noLink(down.join(', ')) : stops('none', {}, ['cable']);
    }
    const own = network.find(({ addresses }) => addresses.includes(host));
    if (own === undefined) {
      if (network.length === 0) return stops('none', {}, ['cable']);
      // The list contains no IPv6 addresses.
      if (host.includes(':') && listener.status === 'listening') return null;
      return down.length > 0
        ? noLink(down.join(', '))
        : stops('gone', { host, others: network.map(({ name }) => name).join(', ') }, ['cable']);
    }
    if (own.link === 'down') return noLink(own.name);
    return isSelfGiven(host) ? selfGiven(own.name, host) : fine('link', { name: own.name, address: host });
  },
  selfTest: ({ selfTest, testHost, arrival, there, listener }) => {
    const port = listener.status === 'off' ? 0 : listener.port;
    const ofNow = selfTest?.host === testHost && selfTest.port === port ? selfTest : null;
    const params = { host: testHost ?? '', port, detail: ofNow?.detail ?? '' };
    if (ofNow?.answered === true) return fine('answered', params);
    if (arrival !== null || there !== null) return fine('proved', params);
    if (ofNow !== null) return stops('failed', params);
    return { state: 'unknown', code: 'notYet', params };
  },
  arrives: ({ arrival, there, listener, crowd, now }) => {
    if (arrival !== null) return fine('came', { address: arrival.address, vmcNo: arrival.vmcNo ?? '' });
    if (there !== null) return fine('came', { address: there.address ?? '', vmcNo: there.vmcNo });
    // A connection was refused for lack of space: the policy step reports it.
    if (isFull(crowd, now)) return fine('came', { address: crowd?.address ?? '', vmcNo: '' });
    const port = listener.status === 'off' ? 0 : listener.port;
    // Likeliest first.
    const traps: readonly Trap[] = [
      'address',
      'powerCycle',
      'firewall',
      'cable',
      'offlineMode',
      'serverList',
      'guestNetwork',
    ];
    return stops('nothing', { port }, port === appendedPort ? traps : ['port', ...traps]);
  },
  bytes: ({ arrival }) => {
    if (arrival === null) return null;
    if (arrival.bytes > 0) return fine('some', { bytes: arrival.bytes });
    return arrival.refused === null ? stops('none', {}, ['restart', 'otherProgram']) : null;
  },
  frames: ({ arrival }) => {
    if (arrival === null) return null;
    const { frames, refused, first, bytes } = arrival;
    if (frames > 0) return fine('some', { frames });
    return refused === null ? stops(notOurs(first), { bytes }, ['otherProgram', 'restart']) : null;
  },
  login: ({ arrival }) => {
    if (arrival === null) return null;
    if (arrival.loggedIn && arrival.unnamed !== null) return fine('unnamed');
    if (arrival.loggedIn) return fine('came', { vmcNo: arrival.vmcNo ?? '' });
    return arrival.refused === null
      ? stops('none', { frames: arrival.frames, vmcNo: arrival.vmcNo ?? '' }, ['restart', 'otherProgram'])
      : null;
  },
  number: ({ expected, arrival, there }) => {
    if (arrival !== null && serviceOfArrival(arrival) === 'noNumber') {
      const value = arrival.unnamed?.value ?? null;
      return value === null
        ? stops('missing', {}, ['numberMenu'])
        : stops('invalid', { value }, ['numberMenu']);
    }
    const vmcNo = there?.vmcNo ?? arrival?.vmcNo ?? null;
    if (vmcNo === null) return null;
    if (expected === null) return fine('any', { vmcNo });
    return vmcNo === expected
      ? fine('expected', { vmcNo })
      : stops('other', { vmcNo, expected }, ['numberMenu', 'twoMachines']);
  },
  policy: ({ arrival, there, crowd, now }) => {
    if (arrival !== null) return policyOf(arrival, now);
    if (there === null && isFull(crowd, now))
      return stops('full', { places: crowd?.places ?? 0, address: crowd?.address ?? '' });
    return fine('served');
  },
  stays: ({ arrival, there, times }) => {
    if (arrival?.ended == null) return fine('connected', { vmcNo: there?.vmcNo ?? arrival?.vmcNo ?? '' });
    const { ended, since } = arrival;
    const by = closeReasons[ended.reason].by;
    const traps: readonly Trap[] =
      ended.reason === 'replaced' ? ['twoMachines'] : ['serverList', 'offlineMode', 'restart'];
    return stops('left', { ms: ended.at - since, by, times }, traps);
  },
};

const trapsOf: Readonly<Partial<Record<NotServed, readonly Trap[]>>> = {
  sign: ['code', 'restart'],
  contested: ['code', 'twoMachines'],
};

/** The policy step of a connection that logged in or was refused before. */
function policyOf(arrival: Arrival, now: number): StepResult<'policy'> | null {
  const { relay, ret, lastHeard } = arrival;
  const isRelayed = relay === 'relayed';
  const params = { vmcNo: arrival.vmcNo ?? '', ret: ret ?? '' };
  const service = serviceOfArrival(arrival);
  switch (service) {
    case 'served':
      return fine(isRelayed ? 'relayed' : 'served');
    case 'unanswered': {
      const code = isRelayed ? 'serverSilent' : 'unanswered';
      return lastHeard !== null && now - lastHeard < answerTime
        ? { state: 'unknown', code, params }
        : stops(code, params);
    }
    case 'ret':
      return stops(isRelayed ? 'serverRefused' : 'ret', params);
    // An earlier step reports these.
    case 'noLogin':
    case 'noNumber':
      return null;
    default:
      return stops(service, params, trapsOf[service] ?? []);
  }
}

const stops = <const C>(
  code: C,
  params: WalkStep['params'] = {},
  traps: readonly Trap[] = [],
): {
  readonly state: 'stop';
  readonly code: C;
  readonly params: WalkStep['params'];
  readonly traps: readonly Trap[];
} => ({
  state: 'stop',
  code,
  params,
  traps,
});
const fine = <const C>(code: C, params: WalkStep['params'] = {}, traps: readonly Trap[] = []) =>
  ({ state: 'ok', code, params, traps }) as const;
const noLink = (name: string) => stops('noLink', { name }, ['cable']);
const selfGiven = (name: string, address: string) =>
  stops('selfGiven', { name, address }, ['fixedAddresses', 'cable']);

/** No counted connection was evicted: the new one itself was refused. */
const isFull = (crowd: Crowd | null, now: number): boolean => crowd?.held === 0 && now - crowd.at < recent;

/** Open, logged in and not served: a known failure. */
function hasFailed(arrival: Arrival): boolean {
  const service = serviceOfArrival(arrival);
  return arrival.ended === null && arrival.loggedIn && service !== 'served' && service !== 'unanswered';
}

/** A served machine. If any machine is expected, a failed one is more relevant. */
function machineThere({ online, arrivals, expected }: WalkFacts): Seen['there'] {
  const failed = arrivals.filter(hasFailed);
  if (expected === null && failed.length > 0) return null;
  const isWanted = (vmcNo: number): boolean => expected === null || vmcNo === expected;
  return online.find(({ vmcNo }) => isWanted(vmcNo) && failed.every((one) => one.vmcNo !== vmcNo)) ?? null;
}

const arrivalOf = ({ arrivals }: WalkFacts, wanted: number): Arrival | null =>
  arrivals.find(({ vmcNo, ended, loggedIn }) => vmcNo === wanted && ended === null && loggedIn) ?? null;

/** The most relevant connection: the expected number first, then open ones, the most progress, the newest. */
function furthest({ arrivals, listener, expected, crowd, now }: WalkFacts): Arrival | null {
  const from = listener.status === 'listening' ? listener.since : 0;
  // Then the refused connections are relevant, not the connected machines.
  const isOther = (vmcNo: number | null): boolean =>
    expected !== null && vmcNo !== expected && isFull(crowd, now);
  const candidates = arrivals.filter(
    ({ ended, vmcNo }) =>
      (ended === null || (ended.at >= from && now - ended.at < recent)) && !isOther(vmcNo),
  );
  const rank = (one: Arrival): readonly number[] => [
    Number(expected !== null && one.vmcNo === expected),
    Number(one.ended === null),
    one.refused !== null || hasFailed(one)
      ? 4
      : one.loggedIn
        ? 3
        : one.frames > 0
          ? 2
          : one.bytes > 0
            ? 1
            : 0,
  ];
  // The list is newest first, and sorting is stable.
  return candidates.toSorted((a, b) => compared(rank(b), rank(a)))[0] ?? null;
}

function compared(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - (b[i] ?? 0);
  return 0;
}

const leftAs = ({ arrivals, now }: WalkFacts, { address }: Arrival): number =>
  arrivals.filter((one) => one.address === address && one.ended !== null && now - one.ended.at < recent)
    .length;

/** A connection arrived that is not from this computer. */
function isProvedFromOutside({ arrival, there, network }: Seen): boolean {
  const own = (address: string): boolean =>
    isLoopback(address) || network.some(({ addresses }) => addresses.includes(address));
  const address = arrival?.address ?? there?.address ?? null;
  return address !== null && !own(address);
}

function testHostOf({ listener, network }: WalkFacts): string | null {
  if (listener.status !== 'listening') return null;
  if (!everywhere.has(listener.host)) return listener.host;
  const linked = network.filter(({ link }) => link !== 'down').flatMap(({ addresses }) => addresses);
  return linked.find((address) => !isSelfGiven(address)) ?? linked[0] ?? null;
}

/** Bytes of other programs, recognised by their beginning. */
function notOurs(first: string): 'http' | 'tls' | 'none' {
  if (/^(?:474554|504f5354|48454144|4f5054494f4e53|505554)20/.test(first)) return 'http';
  return first.startsWith('1603') ? 'tls' : 'none';
}
