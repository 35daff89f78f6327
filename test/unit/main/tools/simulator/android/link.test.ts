/** Connection, login and heartbeat of the android program, and how it leaves a lost server [field3]. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import {
  FakeClock,
  FakeServer,
  frame,
  number,
  politeAnswers,
  startMachine,
} from '../../../../../builders/simulatedMachine';

const opens: JsonObject = { cmd: 'remote', vmc_no: number, operation: 'opendoor', session_id: 's' };
const counts = (server: FakeServer) => server.of('login').map(({ body }) => body['login_count']);
/** Servers of one machine that answer correctly. */
const list = (count: number) => {
  const clock = new FakeClock();
  const polite = (): FakeServer => new FakeServer(clock, 'le48', politeAnswers(number));
  const first = polite();
  const others = Array.from({ length: count - 1 }, polite);
  const servers = [first, ...others];
  const otherServers = others.map(({ dial }) => dial);
  const set = startMachine('android', { clock, dial: first.dial, otherServers });
  return { ...set, servers, connections: () => servers.map(({ connections }) => connections) };
};

describe('login', () => {
  test('half a second after the start: its own fields, le48 with the sequence in the padding', () => {
    const { server } = startMachine('android');
    expect(server.received[0]).toMatchObject({ at: 501, head: 'le48', findings: [] });
    expect(server.received[0]?.body).toMatchObject({
      cmd: 'login',
      io_version: expect.any(String) as string,
      login_count: 2,
      comp_id: expect.any(String) as string,
      vmc_model: expect.any(String) as string,
    });
    expect(server.received.map(({ sequence }) => sequence)).toEqual(server.received.map((_, i) => i));
    expect(server.received.length).toBeGreaterThanOrEqual(4);
  });

  test('once per connection; its count grows by two and restarts at power on', () => {
    const { server, clock, machine } = startMachine('android');
    server.answers = {};
    clock.advance(300_000);
    const logins = server.of('login');
    expect(counts(server)).toEqual(logins.map((_, i) => 2 * i + 2));
    // 120 s without an accepted frame, then every 11 s.
    expect(logins.length).toBeGreaterThan(10);
    expect(logins.slice(2).map(({ at }, i) => at - (logins[i + 1]?.at ?? 0))).toEqual(
      Array(logins.length - 2).fill(11_000),
    );
    machine.stop();
    machine.start();
    clock.advance(600);
    expect(server.of('login').at(-1)).toMatchObject({ sequence: 0, body: { login_count: 2 } });
  });

  test('refused: it shows a message and stays connected', () => {
    const { server, clock, machine } = startMachine('android');
    server.answers = {
      ...politeAnswers(number),
      login: () => [{ cmd: 'login_r', vmc_no: number, ret: 1 }],
    };
    machine.stop();
    machine.start();
    clock.advance(600_000);
    expect([server.connections, machine.status]).toEqual([2, 'loggingIn']);
  });

  test('an answer without its number is dropped: after 120 s it dials every 11 s', () => {
    const { server, clock, machine } = startMachine('android');
    server.answers = { login: () => [{ cmd: 'login_r', ret: 0 }] };
    machine.stop();
    machine.start();
    const since = clock.elapsed;
    clock.advance(119_000);
    expect(server.connections).toBe(2);
    clock.advance(60_000);
    expect(machine.status).toBe('loggingIn');
    const again = server.of('login').flatMap(({ at }) => (at > since + 1_000 ? [at - since] : []));
    expect(again[0]).toBeGreaterThanOrEqual(120_000);
    expect(again.length).toBeGreaterThanOrEqual(5);
  });

  test('frames and commands work before it', () => {
    const { server, clock, machine } = startMachine('android');
    machine.stop();
    server.answers = {};
    machine.start();
    clock.advance(600);
    const since = clock.elapsed;
    server.sends(opens);
    clock.advance(2_000);
    expect(machine.status).toBe('loggingIn');
    expect(server.of('machinestatus').filter(({ at }) => at > since)).toMatchObject([
      { body: { status: 'dooropen' } },
    ]);
  });

  test('date_time is not read', () => {
    const { server, clock, machine } = startMachine('android', { clockOffset: 5_000 });
    server.sends({ cmd: 'login_r', vmc_no: number, ret: 0, date_time: '2031-02-03 04:05:06' });
    expect(machine.cabinet.now()).toBe(clock.now() + 5_000);
  });

  test('without a number it does not dial', () => {
    expect(startMachine('android', { number: 0 }).server.connections).toBe(0);
  });
});

describe('a lost server', () => {
  test.each([
    ['closes', (server: FakeServer) => server.hangsUp()],
    ['is silent', (server: FakeServer) => server.dies()],
  ])(
    'a server that %s: 120 s after the last accepted frame it dials the next of its list, in a cycle',
    (_how, goes) => {
      const { clock, servers, connections, deeds } = list(3);
      const last = clock.elapsed;
      for (const server of servers) {
        if (servers[0] !== server) server.refuses = true;
      }
      if (servers[0] !== undefined) goes(servers[0]);
      clock.advance(118_000);
      expect(connections()).toEqual([1, 0, 0]);
      clock.advance(40_000);
      // The second and third refuse; the first is back.
      expect(connections()).toEqual([2, 0, 0]);
      const [, again] = servers[0]?.of('login') ?? [];
      expect((again?.at ?? 0) - last).toBeGreaterThan(120_000 + 2 * 11_000 - 1_500);
      expect(deeds.filter(({ did }) => did === 'reconnected')).toHaveLength(1);
    },
  );

  test('the next one accepts', () => {
    const { clock, servers, connections } = list(2);
    servers[0]?.dies();
    clock.advance(125_000);
    expect(connections()).toEqual([1, 1]);
    expect(servers[1]?.of('login')).toMatchObject([{ body: { login_count: 4 } }]);
    clock.advance(600_000);
    expect(connections()).toEqual([1, 1]);
  });

  test('a server that does not answer: every 11 s', () => {
    const clock = new FakeClock();
    const dials: number[] = [];
    startMachine('android', {
      clock,
      dial: (events) => {
        dials.push(clock.elapsed);
        clock.after(1, () => events.closed());
        return { write: () => true, end: () => undefined, reset: () => undefined };
      },
    });
    clock.advance(50_000);
    expect(dials).toEqual([500, 11_500, 22_500, 33_500, 44_500]);
  });

  test('no answer within 3 s is a failure', () => {
    const clock = new FakeClock();
    const { machine } = startMachine('android', {
      clock,
      dial: () => ({ write: () => true, end: () => undefined, reset: () => undefined }),
    });
    clock.advance(2_000);
    expect(machine.status).toBe('dialling');
    clock.advance(300);
    expect(machine.status).toBe('waiting');
  });

  test('without its own network it does nothing; with it and without a socket, it dials the first server', () => {
    const { clock, servers, machine, connections } = list(2);
    for (const server of servers) server.refuses = true;
    servers[0]?.dies();
    clock.advance(135_000);
    expect(machine.status).toBe('waiting');
    machine.setNetwork(false);
    clock.advance(600_000);
    for (const server of servers) server.refuses = false;
    expect(connections()).toEqual([1, 0]);
    machine.setNetwork(true);
    clock.advance(600);
    expect(connections()).toEqual([2, 0]);
  });
});

describe('heartbeat', () => {
  test('60 s after its own last one, independent of accepted frames', () => {
    const { server, clock } = startMachine('android');
    const [first] = server.of('hb');
    for (let i = 0; i < 13; i += 1) {
      clock.advance(10_000);
      server.sends({ cmd: 'x', vmc_no: number });
    }
    expect(server.of('hb').map(({ at }) => Math.round((at - (first?.at ?? 0)) / 1_000))).toEqual([
      0, 60, 120,
    ]);
  });

  test('30 s later if nothing was accepted for 30 s', () => {
    const { server, clock } = startMachine('android');
    server.answers = {};
    clock.advance(95_000);
    const beats = server.of('hb').map(({ at }) => at);
    const waits = beats.slice(1).map((at, i) => at - (beats[i] ?? 0));
    expect(waits).toHaveLength(3);
    // It is sent at a tick.
    expect(waits.every((wait) => wait >= 30_000 && wait <= 32_000)).toBe(true);
  });
});

describe('reading', () => {
  test('a message without its own number is dropped', () => {
    const { server, clock, machine } = startMachine('android');
    const { vmc_no: _own, ...nameless } = opens;
    server.sends(nameless);
    server.sends({ ...opens, vmc_no: number + 1 });
    clock.advance(2_000);
    expect(machine.cabinet.door).toBe('closed');
    server.sends(opens);
    clock.advance(2_000);
    expect(machine.cabinet.door).toBe('open');
  });

  test('a repeated session_id is executed again', () => {
    const { server, clock, deeds } = startMachine('android');
    const asks = { ...opens, operation: 'reboot' };
    for (let times = 0; times < 2; times += 1) {
      server.sends(asks);
      clock.advance(15_000);
    }
    expect(deeds.filter(({ did }) => did === 'stopped')).toHaveLength(2);
  });

  test('commands during its login reports wait, and are read together: 4,096 bytes at a time', () => {
    const { server, clock, machine, deeds } = startMachine('android');
    const accepts = { cmd: 'login_r', vmc_no: number, ret: 0 };
    server.sends(accepts);
    clock.advance(100);
    server.sends(opens);
    clock.advance(400);
    expect(machine.cabinet.door).toBe('closed');
    clock.advance(1_500);
    expect(machine.cabinet.door).toBe('open');
    // A command that the 4,096-byte read cuts is lost.
    machine.technician.closeDoor();
    const long = frame({ cmd: 'x', vmc_no: number, y: 'a'.repeat(3_900) }, 'le48');
    server.sends(accepts);
    clock.advance(100);
    server.delivers(
      Buffer.concat([long, frame({ cmd: 'x', z: 'a'.repeat(120) }, 'le48'), frame(opens, 'le48')]),
    );
    clock.advance(3_000);
    expect(deeds.filter(({ did }) => did === 'openedDoor')).toHaveLength(1);
  });
});

test('frames of 208 to 212 bytes are padded', () => {
  const { server, machine } = startMachine('android');
  const lengths: number[] = [];
  for (let size = 1; size < 160; size += 1) {
    machine.cabinet.report('fault', {
      code: 'x',
      description: 'd'.repeat(size),
      isSet: true,
      isFatal: true,
      isPersistent: false,
    });
    const { text = '' } = server.received.at(-1) ?? {};
    if (text.includes('"padding":"padding"')) lengths.push(text.length - '"padding":"padding",'.length);
  }
  expect(lengths).toEqual([196, 197, 198, 199, 200]);
});

test('neighbours may overtake each other', () => {
  const { server, clock, machine } = startMachine('android', { swaps: 0.5 });
  for (let i = 0; i < 40; i += 1) machine.cabinet.reportDoor();
  clock.advance(100);
  const sequences = server.received.map(({ at }) => at);
  expect(new Set(sequences.slice(-40)).size).toBeGreaterThan(5);
  expect(server.of('machinestatus').length).toBeGreaterThanOrEqual(40);
});

test('stopping leaves no timer behind and closes the line', () => {
  const { server, clock, machine } = startMachine('android', { pace: 20, lives: true });
  clock.advance(60_000);
  machine.stop();
  clock.advance(10); // answers under way
  expect(clock.timers).toBe(0);
  expect(server.closings).toHaveLength(1);
});
