import { describe, expect, test } from 'vitest';
import type { Head } from '#shared/model/frame';
import { Fleet, stoppedTogether } from '../../../../../src/main/tools/simulator/fleet';
import { fleetOptions, type FleetRequest } from '../../../../../src/main/tools/simulator/options';
import { FakeClock, FakeServer, politeAnswers } from '../../../../builders/simulatedMachine';

/** One fake server per machine: each connection of the fleet gets its own. */
function fleet(options: Partial<FleetRequest> = {}) {
  const clock = new FakeClock();
  const servers: FakeServer[] = [];
  let changes = 0;
  const made = new Fleet(
    fleetOptions.parse({ host: '127.0.0.1', port: 9, count: 4, platform: 'linux', ...options }),
    {
      clock,
      onChange: () => (changes += 1),
      dial: (events) => {
        const head: Head = options.platform === 'android' ? 'le48' : 'decimal';
        const server = new FakeServer(clock, head, {});
        server.answers['login'] = ({ vmc_no }) => politeAnswers(Number(vmc_no))['login']?.({}) ?? [];
        server.answers['hb'] = ({ vmc_no = null }) => [{ cmd: 'hb', vmc_no }];
        servers.push(server);
        // Every server has its own local port.
        return server.dial({ ...events, opened: () => events.opened(50_000 + servers.indexOf(server)) });
      },
    },
  );
  return { fleet: made, clock, servers, changes: () => changes };
}

const numbers = (servers: readonly FakeServer[]) =>
  servers.flatMap((server) => server.of('login').map(({ body }) => body['vmc_no']));

describe('a fleet', () => {
  test('connects its machines one by one, with their own numbers', () => {
    const { fleet: machines, clock, servers } = fleet({ count: 4 });
    expect(machines).toMatchObject({ running: 4, connected: 0 });
    clock.advance(5);
    expect(servers.length).toBeGreaterThan(0);
    expect(servers.length).toBeLessThan(4);
    clock.advance(100);
    expect(machines).toMatchObject({ running: 4, connected: 4 });
    expect(numbers(servers)).toEqual([90_001, 90_002, 90_003, 90_004]);
    expect(machines.ports.toSorted((a, b) => a[0] - b[0])).toEqual([
      [50_000, 90_001],
      [50_001, 90_002],
      [50_002, 90_003],
      [50_003, 90_004],
    ]);
  });

  test('mixed: both platforms', () => {
    const { servers, clock } = fleet({ count: 4, platform: 'mixed' });
    clock.advance(100);
    clock.advance(600);
    const logins = servers.flatMap((server) => server.of('login').map(({ body }) => body));
    const isAndroid = logins.map((body) => [body['vmc_no'], 'io_version' in body] as const);
    expect(isAndroid.toSorted(([a], [b]) => Number(a) - Number(b))).toEqual([
      [90_001, false],
      [90_002, true],
      [90_003, false],
      [90_004, true],
    ]);
  });

  test('stops many machines in groups, so that the server can handle it', async () => {
    const { fleet: machines, clock, servers } = fleet({ count: 250 });
    clock.advance(2_000);
    expect(machines.connected).toBe(250);
    const closed = (): number => servers.filter(({ closings }) => closings.length > 0).length;
    const stopped = machines.stop();
    const seen = [closed()];
    for (let slice = 0; slice < 3; slice += 1) {
      clock.advance(25);
      await Promise.resolve();
      seen.push(closed());
    }
    await stopped;
    expect(seen).toEqual([stoppedTogether, 2 * stoppedTogether, 250, 250]);
    expect(machines).toMatchObject({ running: 0, connected: 0 });
    clock.advance(10);
    expect(clock.timers).toBe(0);
  });

  test('leaves nothing behind when its machines are stopped', async () => {
    const { fleet: machines, clock, servers, changes } = fleet({ count: 4, first: 500 });
    clock.advance(100);
    expect(numbers(servers)).toEqual([500, 501, 502, 503]);
    const before = changes();
    await machines.stop();
    expect(changes()).toBeGreaterThan(before);
    expect(machines).toMatchObject({ running: 0, connected: 0 });
    expect(servers.map(({ closings }) => closings.length)).toEqual([1, 1, 1, 1]);
    clock.advance(10);
    expect(clock.timers).toBe(0);
    expect(machines.ports).toEqual([]);
  });

  test('connects no machine if it is stopped before', async () => {
    const { fleet: machines, clock, servers } = fleet({ count: 100 });
    clock.advance(50);
    const there = servers.length;
    expect(there).toBeLessThan(100);
    await machines.stop();
    clock.advance(10_000);
    expect(servers).toHaveLength(there);
  });

  test('counts frames', () => {
    const { fleet: machines, clock, servers } = fleet({ count: 3, pace: 0.01 });
    clock.advance(31_000);
    expect(machines.counters.sent).toBe(servers.reduce((sum, { received }) => sum + received.length, 0));
    expect(machines.counters).toMatchObject({ received: 3 * 2, lost: 0 }); // login_r and a beat each
  });
});

describe('misbehaviours', () => {
  test('for one machine and for all', () => {
    const { fleet: machines, clock } = fleet({ count: 3 });
    clock.advance(100);
    machines.setMisbehaviour(90_002, 'jsonComment', true);
    machines.setMisbehaviour(null, 'junkBefore', true);
    expect(machines.machines.map(({ misbehaviours }) => [...misbehaviours])).toEqual([
      ['junkBefore'],
      ['jsonComment', 'junkBefore'],
      ['junkBefore'],
    ]);
    expect(machines.misbehaviours).toEqual(['junkBefore']);
    machines.setMisbehaviour(null, 'junkBefore', false);
    expect(machines.machines.map(({ misbehaviours }) => misbehaviours.size)).toEqual([0, 1, 0]);
    expect(machines.misbehaviours).toEqual([]);
  });

  test('duplicateNumber: a second connection logs in with the same number, and closes when it is off', () => {
    const { fleet: machines, clock, servers } = fleet({ count: 2 });
    clock.advance(100);
    machines.setMisbehaviour(90_001, 'duplicateNumber', true);
    clock.advance(100);
    expect(numbers(servers)).toEqual([90_001, 90_002, 90_001]);
    expect(machines).toMatchObject({ running: 2, connected: 2 });
    expect(machines.ports.filter(([, vmcNo]) => vmcNo === 90_001)).toHaveLength(2);
    machines.setMisbehaviour(90_001, 'duplicateNumber', false);
    clock.advance(100);
    expect(servers[2]?.closings).toHaveLength(1);
    expect(machines.ports).toHaveLength(2);
  });
});
