/** Misbehaviour of a whole connection; that of single frames is in writer.test.ts. */
import { describe, expect, test } from 'vitest';
import type { FindingCode } from '#shared/findings';
import { floodDuration } from '../../../../../src/main/tools/simulator/line';
import { number, startMachine } from '../../../../builders/simulatedMachine';

const codes = (frames: readonly { readonly findings: readonly { readonly code: FindingCode }[] }[]) =>
  frames.flatMap(({ findings }) => findings.map(({ code }) => code));

test('a misbehaviour shows as soon as it is switched on', () => {
  const { server, machine } = startMachine('linux');
  const before = server.received.length;
  machine.setMisbehaviour('jsonComment', true);
  expect(codes(server.received.slice(before))).toEqual(['json.lenient']);
  machine.setMisbehaviour('jsonComment', true); // again: nothing new
  expect(server.received).toHaveLength(before + 1);
  machine.setMisbehaviour('jsonComment', false);
  machine.cabinet.reportDoor();
  expect(server.received.at(-1)?.findings).toEqual([]);
});

test('silence: the connection stays and sends nothing until it is switched off', () => {
  const { server, clock, machine } = startMachine('linux');
  machine.setMisbehaviour('silence', true);
  const before = server.writes.length;
  machine.cabinet.reportDoor();
  clock.advance(90_000);
  expect(server.writes).toHaveLength(before);
  expect(server.closings).toHaveLength(0);
  machine.setMisbehaviour('silence', false);
  clock.advance(31_000);
  expect(server.writes.length).toBeGreaterThan(before);
});

test('reset: at once, and again after each return', () => {
  const { server, clock, machine } = startMachine('android', { pace: 1 });
  machine.setMisbehaviour('reset', true);
  expect(server.closings).toEqual([{ at: expect.any(Number) as number, how: 'reset' }]);
  clock.advance(30_000);
  expect(server.closings.length).toBeGreaterThanOrEqual(3);
  expect(server.closings.every(({ how }) => how === 'reset')).toBe(true);
  machine.setMisbehaviour('reset', false);
  clock.advance(60_000);
  const { connections } = server;
  clock.advance(60_000);
  expect(server.connections).toBe(connections);
});

test('halfFrame: half a frame, then nothing; on the next connection again', () => {
  const { server, clock, machine } = startMachine('linux', { pace: 1 });
  machine.setMisbehaviour('halfFrame', true);
  const half = server.writes.at(-1)?.bytes ?? new Uint8Array();
  const text = Buffer.from(half).toString();
  expect(half.length).toBeLessThan(Number(text.slice(0, 4)));
  expect(half.length).toBeGreaterThan(12);
  const writes = server.writes.length;
  clock.advance(60_000);
  expect(server.writes).toHaveLength(writes);
  clock.advance(190_000);
  expect(server.writes).toHaveLength(writes + 2); // the complete login, then half a frame
});

test('headSwitched: the heads alternate, and answers with either are understood', () => {
  const { server, machine } = startMachine('linux');
  machine.setMisbehaviour('headSwitched', true);
  for (let i = 0; i < 5; i += 1) machine.cabinet.reportDoor();
  const last = server.received.slice(-5);
  expect(new Set(last.map(({ head }) => head))).toEqual(new Set(['decimal', 'le48']));
  expect(codes(last).filter((code) => code === 'head.changed')).toHaveLength(5);
  for (const head of ['decimal', 'le48'] as const) {
    server.head = head;
    const before = server.received.length;
    server.sends({ cmd: 'statusquery', vmc_no: number });
    expect(server.received.length, head).toBe(before + 1);
  }
});

test('wrongSign: logs in again with a sign that matches no formula', () => {
  const { server, clock, machine } = startMachine('linux', { pace: 1 });
  const right = server.of('login')[0]?.body['sign'];
  machine.setMisbehaviour('wrongSign', true);
  clock.advance(5_000);
  expect(server.of('login')).toHaveLength(2);
  expect(server.of('login')[1]?.body['sign']).not.toBe(right);
});

describe('flood', () => {
  test('thousands of heartbeats for a limited time, then a pause, then again', () => {
    const { server, clock, machine } = startMachine('android');
    const before = server.received.length;
    machine.setMisbehaviour('flood', true);
    clock.advance(30);
    expect(server.received.length - before).toBeGreaterThan(5_000);
    expect(server.received.slice(before).every(({ body }) => body['cmd'] === 'hb')).toBe(true);
    const sequences = server.received.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.map((_, i) => i));
    machine.setMisbehaviour('flood', false);
    const after = server.received.length;
    clock.advance(floodDuration);
    expect(server.received.length - after).toBeLessThanOrEqual(1);
  });
});
