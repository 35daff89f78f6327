/** Log in, beat, read, come back: the platforms' manners on the link. */
import { describe, expect, test } from 'vitest';
import { makeSign } from '../../../../src/main/protocol/sign';
import { frame, number, startMachine } from '../../../builders/simulatedMachine';

/** A hundredth of the pace: no act of its own for a quarter of an hour. */
const still = { pace: 0.01 };

describe('login', () => {
  test('linux, as the document has it', () => {
    const { server } = startMachine('linux', still);
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

  test('android: its own fields, le48 with the sequence in the padding', () => {
    const { server } = startMachine('android', still);
    expect(server.received[0]).toMatchObject({ head: 'le48', findings: [] });
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

  test('after it the state is reported', () => {
    for (const platform of ['linux', 'android'] as const) {
      const { server } = startMachine(platform, still);
      expect(server.of('machinestatus').map(({ body }) => body['status'])).toEqual(['doorclose', 'supply']);
    }
  });

  test('linux with le48 where the field has it', () => {
    const { server, machine } = startMachine('linux', { ...still, head: 'le48' });
    expect(server.received[0]?.head).toBe('le48');
    expect(machine.status).toBe('loggingIn'); // decimal answers are not understood
  });

  test('no login_r in 30 s: connects anew; login_count and sequence go on, a restart begins them anew', () => {
    const { server, clock, machine } = startMachine('android');
    const { login } = server.answers;
    delete server.answers['login'];
    server.hangsUp();
    clock.advance(180_000);
    const lonely = server.of('login').filter(({ connection }) => connection > 1);
    expect(lonely.length).toBeGreaterThanOrEqual(3);
    expect(server.received.filter(({ connection }) => connection > 1)).toHaveLength(lonely.length);
    expect(lonely.map(({ body }) => body['login_count'])).toEqual(lonely.map((_, i) => 2 * i + 4));
    expect(server.received.map(({ sequence }) => sequence)).toEqual(server.received.map((_, i) => i));
    if (login !== undefined) server.answers['login'] = login;
    machine.stop();
    machine.start();
    clock.advance(10);
    expect(server.of('login').at(-1)).toMatchObject({ sequence: 0, body: { login_count: 2 } });
    expect(machine.status).toBe('ready');
  });

  test('a ret other than 0 makes linux give up its network until it is restarted', () => {
    const { server, clock, machine } = startMachine('linux', still);
    server.answers['login'] = () => [{ cmd: 'login_r', vmc_no: number, ret: 1 }];
    server.hangsUp();
    clock.advance(3_600_000);
    expect(machine.status).toBe('refused');
    expect(server.of('login')).toHaveLength(2);
    machine.stop();
    machine.start();
    clock.advance(10);
    expect(server.of('login')).toHaveLength(3);
  });

  test('and android try again, later each time', () => {
    const { server, clock, machine } = startMachine('android', { pace: 1 });
    server.answers['login'] = () => [{ cmd: 'login_r', vmc_no: number, ret: 1 }];
    server.hangsUp();
    clock.advance(600_000);
    const logins = server.of('login');
    expect(logins.map(({ body }) => body['login_count'])).toEqual(logins.map((_, i) => 2 * i + 2));
    const gaps = logins.slice(1).map(({ at }, i) => at - (logins[i]?.at ?? 0));
    expect(gaps.length).toBeGreaterThanOrEqual(8);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(75_002);
    expect(gaps.at(-1)).toBeGreaterThan(40_000);
    expect(machine.status).not.toBe('refused');
  });
});

describe('heartbeat', () => {
  test('linux: every 20 s, whatever else it says', () => {
    const { server, clock, machine } = startMachine('linux', still);
    clock.advance(10_000);
    machine.cabinet.reportSupply();
    clock.advance(90_000);
    const beats = server.of('hb').map(({ at }) => at);
    expect(beats.slice(1).map((at, i) => at - (beats[i] ?? 0))).toEqual(Array(5).fill(20_000));
    expect(server.of('hb')[0]?.text).toBe(`{"cmd":"hb","vmc_no":${number}}`);
  });

  test('android: after 30 s of silence, at the latest every 60 s, lengthened by padding', () => {
    const { server, clock, machine } = startMachine('android', still);
    clock.advance(30_000);
    expect(server.of('hb')).toHaveLength(2);
    for (let i = 0; i < 7; i += 1) {
      clock.advance(10_000);
      machine.cabinet.reportSupply();
    }
    const beats = server.of('hb').map(({ at }) => at);
    expect((beats[1] ?? 0) - (beats[0] ?? 0)).toBe(30_000);
    expect((beats[2] ?? 0) - (beats[1] ?? 0)).toBe(60_000);
    expect(server.of('hb')[0]?.body['padding']).toBe('padding');
  });

  test('nothing from the server for two minutes: connects anew', () => {
    const { server, clock } = startMachine('linux', still);
    delete server.answers['hb'];
    clock.advance(119_000);
    expect(server.closings).toHaveLength(0);
    clock.advance(30_000);
    expect(server.closings).toEqual([{ at: expect.any(Number) as number, how: 'end' }]);
    expect(server.of('login').length).toBe(1);
    clock.advance(300_000);
    expect(server.of('login').length).toBeGreaterThanOrEqual(2);
  });
});

describe('reading', () => {
  test('a command split over two reads is lost, whole it is obeyed', () => {
    const { server, clock, counters } = startMachine('linux', { pace: 1 });
    const bytes = frame({ cmd: 'opendoor', vmc_no: number }, 'decimal');
    server.delivers(bytes.subarray(0, 20));
    server.delivers(bytes.subarray(20));
    clock.advance(5_000);
    expect(counters.lost).toBe(2);
    expect(server.received.filter(({ body }) => body['status'] === 'dooropen')).toHaveLength(0);
    server.delivers(bytes);
    clock.advance(5_000);
    expect(server.received.filter(({ body }) => body['status'] === 'dooropen')).toHaveLength(1);
  });

  test.each([
    ['linux', 1024],
    ['android', 4096],
  ] as const)('%s drops frames over %d bytes', (platform, limit) => {
    const { server, counters } = startMachine(platform, still);
    const sized = (total: number) => {
      const message = (y: string) => frame({ cmd: 'x', vmc_no: number, y }, server.head);
      return message('a'.repeat(total - message('').length));
    };
    const { received } = counters;
    expect(sized(limit)).toHaveLength(limit);
    server.delivers(sized(limit));
    expect(counters).toMatchObject({ received: received + 1, lost: 0 });
    server.delivers(sized(limit + 1));
    expect(counters).toMatchObject({ received: received + 1, lost: 1 });
  });

  test('android drops every message without its own number', () => {
    const { server, clock } = startMachine('android', { pace: 1 });
    const open = { cmd: 'remote', operation: 'opendoor', session_id: '1' };
    server.sends(open);
    server.sends({ ...open, vmc_no: number + 1 });
    clock.advance(5_000);
    const opened = () => server.received.filter(({ body }) => body['status'] === 'dooropen').length;
    expect(opened()).toBe(0);
    server.sends({ ...open, vmc_no: number });
    clock.advance(5_000);
    expect(opened()).toBe(1);
  });

  test('a server whose heartbeats lack the number is dead to android after two minutes, not to linux', () => {
    for (const [platform, closings] of [
      ['android', 1],
      ['linux', 0],
    ] as const) {
      const { server, clock } = startMachine(platform, still);
      server.answers['hb'] = () => [{ cmd: 'hb' }];
      clock.advance(200_000);
      expect(server.closings, platform).toHaveLength(closings);
    }
  });
});

test('stopping leaves no timer behind and closes the line', () => {
  for (const platform of ['linux', 'android'] as const) {
    const { server, clock, machine } = startMachine(platform, { pace: 20 });
    clock.advance(60_000);
    machine.stop();
    clock.advance(10); // answers that were on their way
    expect(clock.timers).toBe(0);
    expect(server.closings).toHaveLength(1);
  }
});
