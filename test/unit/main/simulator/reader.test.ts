import { describe, expect, test } from 'vitest';
import { readFrames } from '../../../../src/main/simulator/reader';
import { frame } from '../../../builders/simulatedMachine';

const hb = { cmd: 'hb', vmc_no: 1 };
const beat = frame(hb, 'decimal');

describe('one read() is whole frames', () => {
  test.each(['decimal', 'le48'] as const)('several frames in one read, %s', (head) => {
    const bytes = Buffer.concat([frame(hb, head), frame({ cmd: 'reboot' }, head)]);
    expect(readFrames(bytes, [head], 1024)).toEqual({ messages: [hb, { cmd: 'reboot' }], lost: 0 });
  });

  test('a frame split anywhere is lost, both halves, and the next read is understood', () => {
    for (let cut = 1; cut < beat.length; cut += 1) {
      expect(readFrames(beat.subarray(0, cut), ['decimal'], 1024), `first ${cut}`).toEqual({
        messages: [],
        lost: 1,
      });
      expect(readFrames(beat.subarray(cut), ['decimal'], 1024), `rest after ${cut}`).toEqual({
        messages: [],
        lost: 1,
      });
    }
    expect(readFrames(beat, ['decimal'], 1024).messages).toEqual([hb]);
  });

  test('what comes before a split frame is understood', () => {
    const bytes = Buffer.concat([beat, beat.subarray(0, 20)]);
    expect(readFrames(bytes, ['decimal'], 1024)).toEqual({ messages: [hb], lost: 1 });
  });

  test('a frame of exactly the limit is read, one byte more is dropped, the next is read', () => {
    const long = (total: number) => frame(`{"x":"${'a'.repeat(total - 12 - 8)}"}`, 'decimal');
    expect(long(1024)).toHaveLength(1024);
    expect(readFrames(long(1024), ['decimal'], 1024)).toMatchObject({ lost: 0 });
    const bytes = Buffer.concat([long(1025), beat]);
    expect(readFrames(bytes, ['decimal'], 1024)).toEqual({ messages: [hb], lost: 1 });
  });

  test('the other head is not understood', () => {
    expect(readFrames(frame(hb, 'le48'), ['decimal'], 1024)).toEqual({ messages: [], lost: 1 });
    expect(readFrames(frame(hb, 'le48'), ['decimal', 'le48'], 1024)).toEqual({ messages: [hb], lost: 0 });
  });

  test('bodies that are no object', () => {
    const bytes = Buffer.concat([frame('{"a":1,}', 'decimal'), frame('{"cmd":}', 'decimal'), beat]);
    expect(readFrames(bytes, ['decimal'], 1024)).toEqual({ messages: [hb], lost: 2 });
  });
});
