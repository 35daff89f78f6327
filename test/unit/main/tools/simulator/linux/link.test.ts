/** Connection, login and heartbeat of the linux program, and how it notices a lost server [field3]. */
import { describe, expect, test } from 'vitest';
import { makeSign } from '../../../../../../src/main/core/protocol/sign';
import {
  FakeClock,
  FakeServer,
  number,
  politeAnswers,
  startMachine,
} from '../../../../../builders/simulatedMachine';

const refuses = [{ cmd: 'login_r', vmc_no: number, ret: 1 }];
const login_r = { cmd: 'login_r', vmc_no: number, date_time: '2024-05-01 08:00:00', ret: 0 };

describe('login', () => {
  test('as in the document', () => {
    const { server } = startMachine('linux');
    expect(server.received[0]).toMatchObject({ head: 'decimal', findings: [] });
    expect(server.received[0]?.body).toEqual({
      cmd: 'login',
      vmc_no: number,
      timestamp: 20240501,
      sign: makeSign('codeNumber', { timestamp: null, vmcNo: number }, 'ABCD1234'),
      version: '1.2.8.8',
      linuxDriverVersion: '1.3',
    });
    expect(Buffer.from(server.writes[0]?.bytes ?? []).toString('latin1', 0, 12)).toMatch(/^\d{4}00000000$/);
  });

  test('with le48 as in the field, and then decimal answers are not understood', () => {
    const { server, machine } = startMachine('linux', { head: 'le48' });
    expect(server.received[0]?.head).toBe('le48');
    expect(machine.status).toBe('loggingIn');
  });

  test('without a number it does not dial', () => {
    const { server, machine } = startMachine('linux', { number: 0 });
    expect([server.connections, machine.status]).toEqual([0, 'waiting']);
  });

  test('every 10 s on the same connection until ret 0; the next check continues without an answer', () => {
    const { server, clock, machine } = startMachine('linux');
    machine.stop();
    server.answers['login'] = () => [{ cmd: 'hb' }];
    machine.start();
    const since = clock.elapsed;
    clock.advance(119_000);
    const logins = server.of('login').filter(({ connection }) => connection === 2);
    expect(logins.map(({ at }) => at - (logins[0]?.at ?? 0))).toEqual(
      Array.from({ length: 12 }, (_, i) => i * 10_000),
    );
    // Before that, all frames but LOGIN are dropped, not queued.
    expect(machine.status).toBe('loggingIn');
    machine.cabinet.reportDoor();
    clock.advance(2_000);
    expect(server.of('machinestatus').filter(({ at }) => at > since)).toEqual([]);
    expect(machine.status).toBe('ready');
    machine.cabinet.reportDoor();
    expect(server.of('machinestatus').filter(({ at }) => at > since)).toHaveLength(1);
    server.sends(login_r);
    const before = server.of('login').length;
    clock.advance(60_000);
    expect(server.of('login')).toHaveLength(before);
  });

  test('a ret other than 0 switches its network off until a restart', () => {
    const { server, clock, machine } = startMachine('linux');
    server.sends(...refuses);
    expect(machine.status).toBe('refused');
    expect(server.closings).toHaveLength(1);
    clock.advance(3_600_000);
    expect(server.connections).toBe(1);
    // A warning that survives a restart is stored.
    expect(machine.cabinet.faults).toMatchObject([{ persistent: true }]);
    machine.stop();
    machine.start();
    clock.advance(10);
    expect(server.of('login')).toHaveLength(2);
  });

  test.each([
    ['2031-02-03 04:05:06', new Date(2031, 1, 3, 4, 5, 6).getTime()],
    ['2031-2-3 4:5:6', null],
    ['', null],
  ])('its clock accepts %j in that form only', (date_time, time) => {
    const { server, clock, machine } = startMachine('linux', { clockOffset: 7_000 });
    machine.cabinet.clockOffset = 7_000;
    server.sends({ ...login_r, date_time });
    expect(machine.cabinet.now()).toBe(time ?? clock.now() + 7_000);
  });
});

describe('connecting', () => {
  /** A machine whose servers do not answer. */
  const lonely = (seed: number, servers = 1) => {
    const clock = new FakeClock();
    const dials: { readonly at: number; readonly server: number }[] = [];
    const dial = (server: number) => (events: { closed(): void }) => {
      dials.push({ at: clock.elapsed, server });
      clock.after(1, () => events.closed());
      return { write: () => true, end: () => undefined, reset: () => undefined };
    };
    const otherServers = Array.from({ length: servers - 1 }, (_, i) => dial(i + 1));
    const { machine } = startMachine('linux', { clock, dial: dial(0), otherServers }, seed);
    return { clock, dials, machine };
  };

  test('a failure is followed by another attempt after 5 to 14 s, drawn once', () => {
    const retries = new Set<number>();
    for (let seed = 1; seed < 60; seed += 1) {
      const { clock, dials } = lonely(seed);
      clock.advance(100_000);
      const gaps = new Set(dials.slice(1).map(({ at }, i) => at - (dials[i]?.at ?? 0) - 1));
      expect(gaps.size).toBe(1);
      for (const gap of gaps) retries.add(gap);
    }
    expect([...retries].toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 10 }, (_, i) => 5_000 + i * 1_000),
    );
  });

  test('it continues with the third of its list, then through the whole list', () => {
    const { clock, dials } = lonely(3, 4);
    clock.advance(100_000);
    expect(dials.slice(0, 6).map(({ server }) => server)).toEqual([0, 2, 3, 0, 1, 2]);
  });

  test('no answer within 2 s is a failure', () => {
    const clock = new FakeClock();
    const ended: number[] = [];
    const silent = () => ({
      write: () => true,
      end: () => void ended.push(clock.elapsed),
      reset: () => undefined,
    });
    const { machine } = startMachine('linux', { clock, dial: silent });
    clock.advance(1_900);
    expect([machine.status, ended]).toEqual(['dialling', []]);
    clock.advance(200);
    expect([machine.status, ended]).toEqual(['waiting', [2_000]]);
  });

  test('equal seeds draw the same values', () => {
    const [one, other] = [lonely(9), lonely(9)];
    one.clock.advance(60_000);
    other.clock.advance(60_000);
    expect(one.dials).toEqual(other.dials);
  });
});

describe('a lost server', () => {
  test.each([
    ['closes', (server: FakeServer) => server.hangsUp()],
    ['is silent', (server: FakeServer) => server.dies()],
  ])('one that %s is noticed only by the check: 120 to 240 s after the last byte', (_how, goes) => {
    const { server, clock, machine } = startMachine('linux');
    clock.advance(100_000);
    const last = clock.elapsed;
    server.sends({ cmd: 'hb' });
    goes(server);
    clock.advance(130_000);
    expect([server.connections, machine.status]).toEqual([1, 'ready']);
    clock.advance(20_000);
    expect(server.connections).toBe(2);
    expect((server.of('login')[1]?.at ?? 0) - last).toBeGreaterThanOrEqual(120_000);
    expect((server.of('login')[1]?.at ?? 0) - last).toBeLessThanOrEqual(240_000);
  });

  test('its frames are lost meanwhile, and it ends its old connection when it dials again', () => {
    const { server, clock, machine, deeds } = startMachine('linux');
    clock.advance(1_000);
    server.dies();
    machine.cabinet.reportDoor();
    clock.advance(245_000);
    expect(server.closings).toHaveLength(1);
    expect(server.of('machinestatus').filter(({ connection }) => connection === 1)).toEqual([]);
    expect(deeds.filter(({ did }) => did === 'reconnected')).toMatchObject([{ cause: { by: 'itself' } }]);
  });

  test('a silent server: 120 s', () => {
    const clock = new FakeClock();
    const mute = new FakeServer(clock, 'decimal', {});
    startMachine('linux', { clock, dial: mute.dial });
    clock.advance(119_900);
    expect(mute.connections).toBe(1);
    clock.advance(200);
    expect(mute.connections).toBe(2);
  });
});

describe('heartbeat', () => {
  test('30 s after the last handled frame, then every 30 s', () => {
    const { server, clock } = startMachine('linux');
    server.answers['hb'] = () => [];
    server.answers['machinestatus'] = () => [];
    clock.advance(20_000);
    server.sends({ cmd: 'nothing it knows' });
    const handled = clock.elapsed;
    clock.advance(95_000);
    expect(server.of('hb').map(({ at }) => at - handled)).toEqual([30_000, 60_000, 90_000]);
    expect(server.of('hb')[0]?.text).toBe(`{"cmd":"hb","vmc_no":${number}}`);
  });

  test('a server that sends more often never receives one', () => {
    const { server, clock } = startMachine('linux');
    for (let i = 0; i < 20; i += 1) {
      clock.advance(29_000);
      server.sends({ cmd: 'hb' });
    }
    expect(server.of('hb')).toEqual([]);
  });

  test('its own frames do not delay it', () => {
    const { server, clock, machine } = startMachine('linux');
    server.answers = { ...politeAnswers(number), hb: () => [] };
    clock.advance(25_000);
    machine.cabinet.reportDoor();
    clock.advance(6_000);
    expect(server.of('hb')).toHaveLength(1);
  });
});

test('stopping leaves no timer behind and closes the line', () => {
  const { server, clock, machine } = startMachine('linux', { pace: 20, lives: true });
  clock.advance(60_000);
  machine.stop();
  clock.advance(10); // answers under way
  expect(clock.timers).toBe(0);
  expect(server.closings).toHaveLength(1);
});
