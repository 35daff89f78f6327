/** Each item has the arrival time of its last byte, even if it is decided later. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FrameReceiver, settleAfter, type Received } from '../../../../../src/main/core/protocol/frame';
import { frame } from '../../../../builders/frames';

const hb = frame({ cmd: 'hb', vmc_no: 7 });
const kinds = (received: readonly Received[]) => received.map(({ item, at }) => [item.kind, at]);

describe('times', () => {
  it('two frames of one chunk share its time', () => {
    expect(kinds(new FrameReceiver().push(Buffer.concat([hb, hb]), 5))).toEqual([
      ['frame', 5],
      ['frame', 5],
    ]);
  });
  it('a frame in three chunks has the third’s', () => {
    const receiver = new FrameReceiver();
    expect(receiver.push(hb.subarray(0, 5), 1)).toEqual([]);
    expect(receiver.push(hb.subarray(5, 20), 2)).toEqual([]);
    expect(kinds(receiver.push(hb.subarray(20), 3))).toEqual([['frame', 3]]);
  });
  it('a frame inside an earlier chunk has the earlier time', () => {
    const receiver = new FrameReceiver();
    // Its head declares too many bytes: only the following frames show where it ends.
    const lying = Buffer.concat([Buffer.from('009900000000'), hb.subarray(12)]);
    expect(receiver.push(lying, 1)).toEqual([]);
    expect(kinds(receiver.push(Buffer.concat([hb, hb, hb]), 2))).toEqual([
      ['frame', 1],
      ['frame', 2],
      ['frame', 2],
      ['frame', 2],
    ]);
  });
  it('data decided by silence has its arrival time', () => {
    const receiver = new FrameReceiver();
    receiver.push(Buffer.from('009900000000'), 1);
    receiver.push(hb.subarray(12), 2);
    expect(receiver.settleAt).toBe(2 + settleAfter);
    expect(kinds(receiver.settle())).toEqual([['frame', 2]]);
    expect(receiver.settleAt).toBeNull();
  });
  it('data held at the end has its arrival time', () => {
    const receiver = new FrameReceiver();
    receiver.push(hb.subarray(0, 20), 1);
    receiver.push(hb.subarray(20, 21), 4);
    expect(kinds(receiver.end())).toEqual([['junk', 4]]);
  });
  it('an overflow has the time of its last byte', () => {
    const receiver = new FrameReceiver();
    const half = Buffer.alloc(40_000, 'x');
    receiver.push(half, 1);
    expect(kinds(receiver.push(half, 2))).toEqual([
      ['junk', 2],
      ['overflow', 2],
    ]);
  });
});

describe('data that is held', () => {
  it('is held since its first byte arrived', () => {
    const receiver = new FrameReceiver();
    expect(receiver.heldSince).toBeNull();
    receiver.push(hb.subarray(0, 5), 1);
    receiver.push(hb.subarray(5, 9), 2);
    expect(receiver.heldSince).toBe(1);
    // The frame is whole; the first byte of the next arrived with its last.
    receiver.push(Buffer.concat([hb.subarray(9), hb.subarray(0, 3)]), 3);
    expect(receiver.heldSince).toBe(3);
    receiver.push(hb.subarray(3), 4);
    expect(receiver.heldSince).toBeNull();
  });
  it('wait for quiet only while something is undecided', () => {
    const receiver = new FrameReceiver();
    receiver.push(hb, 1);
    expect(receiver.settleAt).toBeNull();
    receiver.push(hb.subarray(0, 13), 2);
    expect(receiver.settle()).toEqual([]);
    // The receiver still waits for an unfinished frame, and has nothing to decide about it.
    expect(receiver.settleAt).toBeNull();
    expect(receiver.heldSince).toBe(2);
  });
});

const piece = fc.oneof(
  fc.record({ cmd: fc.constantFrom('hb', 'login', 'x'), n: fc.nat() }).map((body) => frame(body)),
  fc.record({ cmd: fc.constant('hb') }).map((body) => frame(body, 'le48', 3)),
  fc
    .constantFrom('009900000000{"cmd":"hb"}', '{"cmd":"hb",}', '0040', 'junk', '{"a":"', '}', '\0')
    .map((text) => Buffer.from(text, 'latin1')),
  fc.uint8Array({ maxLength: 8 }).map((bytes) => Buffer.from(bytes)),
);

it('in every chunking, with silence in between: all bytes are emitted in order, each item at its last byte’s time', () => {
  const steps = fc.array(
    fc.record({
      size: fc.integer({ min: 1, max: 40 }),
      ms: fc.constantFrom(0, 1, 7, 30),
      quiet: fc.boolean(),
    }),
    { minLength: 1 },
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), steps, (pieces, chunks) => {
      const bytes = Buffer.concat(pieces);
      const receiver = new FrameReceiver();
      const times: number[] = [];
      const out: Received[] = [];
      let now = 0;
      for (let at = 0, n = 0; at < bytes.length; n += 1) {
        const { size, ms, quiet } = chunks[n % chunks.length] ?? { size: 1, ms: 0, quiet: false };
        now += ms;
        const chunk = bytes.subarray(at, at + size);
        for (let i = 0; i < chunk.length; i += 1) times.push(now);
        out.push(...receiver.push(chunk, now));
        at += chunk.length;
        if (quiet && receiver.settleAt !== null) {
          now = receiver.settleAt;
          out.push(...receiver.settle());
        }
        const given = out.reduce(
          (sum, { item }) => sum + (item.kind === 'overflow' ? 0 : item.bytes.length),
          0,
        );
        expect([given + receiver.pending, receiver.heldSince]).toEqual([
          times.length,
          receiver.pending === 0 ? null : times[given],
        ]);
      }
      now += 1_000;
      out.push(...receiver.end());
      const items = out.flatMap(({ item, at }) =>
        item.kind === 'overflow' ? [] : [{ bytes: item.bytes, at }],
      );
      expect(Buffer.concat(items.map((item) => item.bytes)).toString('hex')).toBe(bytes.toString('hex'));
      let end = 0;
      expect(items.map(({ at }) => at)).toEqual(items.map((item) => times[(end += item.bytes.length) - 1]));
    }),
    { numRuns: 500 },
  );
});
