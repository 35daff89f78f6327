/** Equal seeds give equal random events, and all kinds of events occur. */
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import { drawEvent, type RandomEvent } from '../../../../../src/main/tools/simulator/randomEvents';
import { Random } from '../../../../../src/main/tools/simulator/random';
import { startMachine } from '../../../../builders/simulatedMachine';

const acts = (seed: number, n: number): RandomEvent[] => {
  const random = new Random(seed);
  return Array.from({ length: n }, () => drawEvent(random));
};

describe('acts', () => {
  test('are equal for equal seeds, different for others', () => {
    expect(acts(1, 200)).toEqual(acts(1, 200));
    expect(acts(1, 200)).not.toEqual(acts(2, 200));
  });

  test('calm: every 20 to 150 s; all kinds occur, mostly sales', () => {
    const drawn = acts(3, 2_000);
    expect(drawn.every(({ pause }) => pause >= 20_000 && pause <= 150_000)).toBe(true);
    const kinds = drawn.map(({ kind }) => kind);
    expect([...new Set(kinds)].toSorted()).toEqual(['breakdown', 'cupBlocked', 'sale', 'service', 'warning']);
    expect(kinds.filter((kind) => kind === 'sale').length).toBeGreaterThan(1_000);
  });
});

/** Messages of a machine without their times. */
function messagesOf(
  platform: 'linux' | 'android',
  seed: number,
  minutes: number,
  pays: boolean,
): JsonObject[] {
  const { server, clock } = startMachine(platform, { pace: 4, lives: true }, seed);
  server.answers['qrcode'] = ({ order_no = null, Amount = null, vmc_no = null }) => [
    { cmd: 'qrcode_r', vmc_no, qr_type: 'wx_pub', qrcode: 'weixin://test', order_no },
    ...(pays
      ? [{ cmd: 'pay_done', vmc_no, product_amount: Amount, order_no, paydone: true, paytype: 'wx_pub' }]
      : []),
  ];
  clock.advance(minutes * 60_000);
  return server.received.map(({ body }) => body);
}

describe.each(['linux', 'android'] as const)('random events, %s', (platform) => {
  test('equal seeds send identical messages, other seeds do not', () => {
    const once = messagesOf(platform, 11, 20, true);
    expect(once.length).toBeGreaterThan(100);
    expect(messagesOf(platform, 11, 20, true)).toEqual(once);
    expect(messagesOf(platform, 12, 20, true)).not.toEqual(once);
  });

  test('events do not depend on the server’s answers', () => {
    const eventsOf = (pays: boolean) =>
      messagesOf(platform, 11, 60, pays).flatMap(({ cmd, product_id, status }) => {
        if (cmd === 'qrcode') return [product_id];
        return status === 'cupblock' ? ['cupblock'] : [];
      });
    const [paid, unpaid] = [eventsOf(true), eventsOf(false)];
    const both = Math.min(paid.length, unpaid.length);
    expect(both).toBeGreaterThan(20);
    expect(paid.slice(0, both)).toEqual(unpaid.slice(0, both));
  });

  test('an hour contains sales, errors and their ends, an opened and closed door, and supply reports', () => {
    const sent = messagesOf(platform, 11, 60, true);
    const count = (wanted: JsonObject) =>
      sent.filter((body) => Object.entries(wanted).every(([key, value]) => body[key] === value)).length;
    expect(count({ cmd: 'productdone', isok: true })).toBeGreaterThan(40);
    expect(count({ cmd: 'qrcode' })).toBeGreaterThan(10);
    expect(count({ cmd: 'error', isSet: true })).toBeGreaterThan(3);
    expect(count({ status: 'clearerror' })).toBeGreaterThan(2);
    // linux reports supplies after a login only.
    expect(count({ status: 'supply' })).toBeGreaterThan(platform === 'linux' ? 0 : 5);
    expect(count({ status: 'dooropen' })).toBeGreaterThan(2);
    expect(Math.abs(count({ status: 'dooropen' }) + 1 - count({ status: 'doorclose' }))).toBeLessThanOrEqual(
      1,
    );
    expect(count({ cmd: 'error', isSet: false })).toBe(0);
  });
});
