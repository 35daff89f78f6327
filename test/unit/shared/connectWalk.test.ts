/** Each case in which no machine connects, and the step that fails. */
import { describe, expect, it } from 'vitest';
import { connectWalk, startTime, walkSteps, type StepName, type WalkFacts } from '#shared/connectWalk';
import type { Arrival } from '#shared/model/arrivals';
import type { ListenerState } from '#shared/model/listener';

const now = 1_000_000_000;
const host = '192.168.1.20';
const listening = { status: 'listening', host, port: 4567, since: now - 600_000, others: [] } as const;
const eth = { name: 'eth0', kind: 'ethernet' as const, link: 'up' as const, addresses: [host], shared: null };
const answered = { host, port: 4567, answered: true, detail: '' };

function arrival(change: Partial<Arrival> = {}): Arrival {
  return {
    conn: 1,
    address: '192.168.1.77',
    port: 40_000,
    since: now - 14_000,
    bytes: 0,
    frames: 0,
    lastHeard: null,
    first: '',
    vmcNo: null,
    relay: null,
    loggedIn: false,
    unnamed: null,
    ret: null,
    lastWords: null,
    refused: null,
    ended: null,
    ...change,
  };
}
const loggedIn = { bytes: 120, frames: 1, lastHeard: now - 14_000, loggedIn: true, vmcNo: 33_232, ret: 0 };
const unnamed = { ...loggedIn, vmcNo: null, ret: null };
const relayed = { ...loggedIn, relay: 'relayed' as const };

function facts(change: Partial<WalkFacts> = {}): WalkFacts {
  return {
    now,
    listener: listening,
    network: [eth],
    selfTest: answered,
    arrivals: [],
    crowd: null,
    online: [],
    expected: null,
    waitingSince: now - 600_000,
    ...change,
  };
}
function stopOf(change: Partial<WalkFacts>): string {
  const { steps, stop } = connectWalk(facts(change));
  const step = steps.find(({ name }) => name === stop);
  return stop === null ? 'there' : `${stop} ${step?.code}`;
}
const trapsOf = (change: Partial<WalkFacts>): readonly string[] =>
  connectWalk(facts(change)).steps.find(({ state }) => state === 'stop')?.traps ?? [];
const paramsOf = (change: Partial<WalkFacts>, name: StepName) =>
  connectWalk(facts(change)).steps.find((step) => step.name === name)?.params;

describe('the step at which the walk stops', () => {
  const failed = (reason: 'inUse' | 'denied' | 'other'): ListenerState => ({
    status: 'failed',
    host,
    port: 4567,
    reason,
    holder: { pid: 7, name: 'nc' },
    nextFree: 4568,
    detail: 'EADDRINUSE',
    others: [],
  });
  const waiting: ListenerState = { status: 'waiting', host, port: 4567, since: now, others: [] };
  const all: ListenerState = { ...listening, host: '0.0.0.0', since: now };
  const cases: readonly (readonly [string, Partial<WalkFacts>, string])[] = [
    ['no listener', { listener: { status: 'off' } }, 'listening off'],
    ['the port is in use', { listener: failed('inUse') }, 'listening inUse'],
    ['listening not permitted', { listener: failed('denied') }, 'listening denied'],
    ['another listening error', { listener: failed('other') }, 'listening other'],
    ['loopback', { listener: { ...listening, host: '127.0.0.1' } }, 'reachable loopback'],
    ['loopback of IPv6', { listener: { ...listening, host: '::1' } }, 'reachable loopback'],
    ['no link', { network: [{ ...eth, link: 'down' }] }, 'adapter noLink'],
    [
      'its address is gone, another adapter has no link',
      { listener: waiting, network: [{ ...eth, link: 'down', addresses: [] }] },
      'adapter noLink',
    ],
    [
      'its address is gone',
      { listener: waiting, network: [{ ...eth, addresses: ['10.0.0.2'] }] },
      'adapter gone',
    ],
    [
      'a link-local address',
      { listener: { ...listening, host: '169.254.3.4' }, network: [{ ...eth, addresses: ['169.254.3.4'] }] },
      'adapter selfGiven',
    ],
    ['all adapters, none found', { listener: all, network: [] }, 'adapter none'],
    [
      'all adapters, none with a link',
      { listener: all, network: [{ ...eth, link: 'down', addresses: [] }] },
      'adapter noLink',
    ],
    [
      'all adapters, all link-local',
      { listener: all, network: [{ ...eth, addresses: ['169.254.3.4'] }] },
      'adapter selfGiven',
    ],
    [
      'Crema’s own address does not answer',
      { selfTest: { ...answered, answered: false, detail: 'TIMEOUT' } },
      'selfTest failed',
    ],
    ['nothing arrives', {}, 'arrives nothing'],
    ['nothing arrives, not tested yet', { selfTest: null }, 'arrives nothing'],
    ['no byte', { arrivals: [arrival()] }, 'bytes none'],
    ['bytes but no frame', { arrivals: [arrival({ bytes: 3, first: '686921' })] }, 'frames none'],
    ['a browser', { arrivals: [arrival({ bytes: 4, first: '47455420' })] }, 'frames http'],
    ['TLS', { arrivals: [arrival({ bytes: 2, first: '1603' })] }, 'frames tls'],
    ['frames, but no login', { arrivals: [arrival({ bytes: 60, frames: 2, vmcNo: 7 })] }, 'login none'],
    ['another number', { arrivals: [arrival(loggedIn)], expected: 7 }, 'number other'],
    [
      'another number, which is online',
      { arrivals: [arrival(loggedIn)], online: [{ vmcNo: 33_232, address: null }], expected: 7 },
      'number other',
    ],
    ['reserved', { arrivals: [arrival({ ...loggedIn, refused: 'reserved' })] }, 'policy reserved'],
    [
      'sign',
      { arrivals: [arrival({ ...loggedIn, ret: 1 })], online: [{ vmcNo: 33_232, address: null }] },
      'policy sign',
    ],
    ['another ret', { arrivals: [arrival({ ...loggedIn, ret: 2 })] }, 'policy ret'],
    ['no answer', { arrivals: [arrival({ ...loggedIn, ret: null })] }, 'policy unanswered'],
    ['no number', { arrivals: [arrival({ ...unnamed, unnamed: { value: null } })] }, 'number missing'],
    [
      'an invalid number',
      { arrivals: [arrival({ ...unnamed, unnamed: { value: 'abc' } })] },
      'number invalid',
    ],
    [
      'an invalid number beside a served machine',
      {
        arrivals: [arrival({ ...unnamed, unnamed: { value: '0' } }), arrival({ ...loggedIn, conn: 2 })],
        online: [{ vmcNo: 33_232, address: null }],
      },
      'number invalid',
    ],
    [
      'the same, with the served machine awaited',
      {
        arrivals: [arrival({ ...unnamed, unnamed: { value: '0' } }), arrival({ ...loggedIn, conn: 2 })],
        online: [{ vmcNo: 33_232, address: null }],
        expected: 33_232,
      },
      'there',
    ],
    ['relayed, refused', { arrivals: [arrival({ ...relayed, ret: 1 })] }, 'policy serverRefused'],
    ['relayed, no answer', { arrivals: [arrival({ ...relayed, ret: null })] }, 'policy serverSilent'],
    ['its server is gone', { arrivals: [arrival({ ...loggedIn, relay: 'cutOff' })] }, 'policy cutOff'],
    [
      'relayed without a number',
      { arrivals: [arrival({ ...relayed, vmcNo: null, unnamed: { value: null } })] },
      'there',
    ],
    ['numbers', { arrivals: [arrival({ ...loggedIn, refused: 'numbers' })] }, 'policy numbers'],
    ['no free place before any byte', { arrivals: [arrival({ refused: 'crowded' })] }, 'policy crowded'],
    [
      'full',
      { crowd: { places: 10, address: '192.168.1.9', held: 0, turnedAway: 1, at: now - 5 } },
      'policy full',
    ],
    [
      'full of machines that are not awaited',
      {
        crowd: { places: 10, address: '192.168.1.9', held: 0, turnedAway: 1, at: now - 5 },
        arrivals: [arrival(loggedIn), arrival({ conn: 2 })],
        online: [{ vmcNo: 33_232, address: null }],
        expected: 7,
      },
      'policy full',
    ],
    [
      'full, but the awaited machine is online',
      {
        crowd: { places: 10, address: '192.168.1.9', held: 0, turnedAway: 1, at: now - 5 },
        arrivals: [arrival(loggedIn), arrival({ conn: 2 })],
        online: [{ vmcNo: 33_232, address: null }],
        expected: 33_232,
      },
      'there',
    ],
    [
      'connected and left',
      { arrivals: [arrival({ ...loggedIn, ended: { at: now - 4_000, reason: 'machineClosed' } })] },
      'stays left',
    ],
    ['online', { arrivals: [arrival(loggedIn)], online: [{ vmcNo: 33_232, address: null }] }, 'there'],
    [
      'online for a long time',
      { online: [{ vmcNo: 33_232, address: '192.168.1.77' }], expected: 33_232 },
      'there',
    ],
  ];
  it.each(cases)('%s', (_case, change, stop) => {
    expect(stopOf(change)).toBe(stop);
  });

  it('the steps after the first failure have no result', () => {
    for (const [, change] of cases) {
      const { steps, stop } = connectWalk(facts(change));
      expect(steps.map(({ name }) => name)).toEqual(walkSteps);
      const after = stop === null ? [] : steps.slice(walkSteps.indexOf(stop) + 1);
      expect(new Set(after.map(({ state, code }) => `${state}${code}`)).size).toBeLessThanOrEqual(1);
      expect(after.every(({ state }) => state === 'after')).toBe(true);
      expect(steps.filter(({ state }) => state === 'stop')).toHaveLength(stop === null ? 0 : 1);
    }
  });
});

describe('evidence', () => {
  const isOk = (change: Partial<WalkFacts>, name: StepName) =>
    connectWalk(facts(change)).steps.find((step) => step.name === name)?.code;

  it('a connection from outside proves the adapter and the address, whatever happened before', () => {
    const change = {
      network: [{ ...eth, link: 'down' as const }],
      selfTest: { ...answered, answered: false, detail: 'TIMEOUT' },
      arrivals: [arrival()],
    };
    expect([isOk(change, 'adapter'), isOk(change, 'selfTest')]).toEqual(['proved', 'proved']);
  });

  it('a connection from this computer proves no adapter', () => {
    const network = [{ ...eth, link: 'down' as const }];
    for (const address of ['127.0.0.1', host])
      expect(stopOf({ network, arrivals: [arrival({ address })] })).toBe('adapter noLink');
  });

  it('a self-test of another address or port proves nothing', () => {
    const bad = { ...answered, answered: false };
    expect(stopOf({ selfTest: { ...bad, host: '10.0.0.1' } })).toBe('arrives nothing');
    expect(stopOf({ selfTest: { ...bad, port: 9700 } })).toBe('arrives nothing');
  });

  it('the first adapter with a link and an address of the network is tested', () => {
    const listener = { ...listening, host: '0.0.0.0' };
    const network = [
      { ...eth, name: 'a', link: 'down' as const, addresses: ['10.0.0.1'] },
      { ...eth, name: 'b', link: 'up' as const, addresses: ['169.254.1.1'] },
      { ...eth, name: 'c', link: 'unknown' as const, addresses: ['10.0.0.3'] },
    ];
    expect(connectWalk(facts({ listener, network })).testHost).toBe('10.0.0.3');
    expect(connectWalk(facts({ listener, network: network.slice(0, 2) })).testHost).toBe('169.254.1.1');
    expect(connectWalk(facts({ listener: { status: 'off' } })).testHost).toBeNull();
  });
});

describe('the chosen connection', () => {
  const connOf = (change: Partial<WalkFacts>) => connectWalk(facts(change)).arrival?.conn;
  const ended = { at: now - 1_000, reason: 'machineClosed' } as const;

  it('has the awaited number, otherwise is open, otherwise is the furthest, otherwise the newest', () => {
    const left = arrival({ ...loggedIn, conn: 5, ended });
    const mute = arrival({ conn: 4 });
    const speaks = arrival({ conn: 3, bytes: 5 });
    expect(connOf({ arrivals: [left, mute, speaks] })).toBe(3);
    expect(connOf({ arrivals: [left, mute, speaks], expected: 33_232 })).toBe(5);
    expect(connOf({ arrivals: [left, arrival({ conn: 4, ended })] })).toBe(5);
    expect(connOf({ arrivals: [arrival({ conn: 9 }), mute] })).toBe(9);
  });

  it('is never one that ended long ago, or before the current listener', () => {
    const old = arrival({ ended: { at: now - 900_000, reason: 'reset' } });
    const before = arrival({ ended: { at: now - 700_000, reason: 'reset' } });
    expect(connOf({ arrivals: [old] })).toBeUndefined();
    expect(connOf({ arrivals: [before] })).toBeUndefined();
    expect(connOf({ arrivals: [arrival({ ended })] })).toBe(1);
  });

  it('has its duration, who closed it, and its count', () => {
    const one = (conn: number, at: number) =>
      arrival({ ...loggedIn, conn, ended: { at, reason: 'silence' } });
    const arrivals = [one(3, now - 1_000), one(2, now - 60_000), one(1, now - 950_000)];
    expect(paramsOf({ arrivals }, 'stays')).toEqual({ ms: 13_000, by: 'server', times: 2 });
    expect(stopOf({ crowd: { places: 1, address: 'x', held: 0, turnedAway: 1, at: now - 900_000 } })).toBe(
      'arrives nothing',
    );
    expect(stopOf({ crowd: { places: 1, address: 'x', held: 3, turnedAway: 1, at: now } })).toBe(
      'arrives nothing',
    );
  });
});

describe('the first two minutes', () => {
  const isEarly = (change: Partial<WalkFacts>): boolean => connectWalk(facts(change)).isEarly;

  it('without a connection are no failure: a machine takes as long to start', () => {
    expect(isEarly({ waitingSince: now })).toBe(true);
    expect(isEarly({ waitingSince: now - startTime + 1 })).toBe(true);
    expect(isEarly({ waitingSince: now - startTime })).toBe(false);
  });

  it('excuse nothing else', () => {
    expect(isEarly({ waitingSince: now, listener: { status: 'off' } })).toBe(false);
    expect(isEarly({ waitingSince: now, arrivals: [arrival({})] })).toBe(false);
    expect(isEarly({ waitingSince: now, online: [{ vmcNo: 1, address: null }] })).toBe(false);
  });
});

describe('notes appear where they apply', () => {
  it('the port that machines append appears only if it differs', () => {
    expect(trapsOf({})).toEqual([
      'address',
      'powerCycle',
      'firewall',
      'cable',
      'offlineMode',
      'serverList',
      'guestNetwork',
    ]);
    const listener = { ...listening, port: 9700 };
    expect(trapsOf({ listener, selfTest: { ...answered, port: 9700 } })[0]).toBe('port');
  });
  it('two machines with one number, a server list to another server, a code', () => {
    const gone = (reason: 'replaced' | 'machineClosed') =>
      trapsOf({ arrivals: [arrival({ ...loggedIn, ended: { at: now, reason } })] });
    expect([gone('replaced'), gone('machineClosed')]).toEqual([
      ['twoMachines'],
      ['serverList', 'offlineMode', 'restart'],
    ]);
    expect(trapsOf({ arrivals: [arrival({ ...loggedIn, ret: 1 })] })).toEqual(['code', 'restart']);
    const contested = arrival({ ...loggedIn, vmcNo: null, refused: 'contested' });
    expect(trapsOf({ arrivals: [contested] })).toEqual(['code', 'twoMachines']);
  });
});
