import { describe, expect, test } from 'vitest';
import { readLinux } from '../../../../../../src/main/tools/simulator/linux/reader';
import { frame } from '../../../../../builders/simulatedMachine';

const hb = { cmd: 'hb', vmc_no: 1 };
const beat = frame(hb, 'decimal');
const sized = (total: number) => frame(`{"x":"${'a'.repeat(total - 12 - 8)}"}`, 'decimal');
const read = (...parts: readonly Uint8Array[]) => readLinux(Buffer.concat(parts), ['decimal']);

describe('one read is one text', () => {
  test('both halves of a split frame are lost, and the next read is understood', () => {
    for (let cut = 1; cut < beat.length; cut += 1) {
      expect(read(beat.subarray(0, cut)), `first ${cut}`).toEqual({ messages: [], lost: 1 });
      expect(read(beat.subarray(cut)), `rest after ${cut}`).toEqual({ messages: [], lost: 1 });
    }
    expect(read(beat).messages).toEqual([hb]);
  });

  test('dropped: twelve characters, or a thirteenth other than a brace', () => {
    expect(read(Buffer.from('001200000000')).messages).toEqual([]);
    expect(read(Buffer.from('001400000000 {}')).messages).toEqual([]);
  });

  test('a single frame has no limit', () => {
    for (const total of [1_023, 1_024, 1_025, 5_000, 9_999])
      expect(read(sized(total)), String(total)).toMatchObject({ lost: 0 });
  });

  test('several in one read: 13 to 1023 characters each; the first invalid one drops the rest', () => {
    expect(read(beat, frame({ cmd: 'reboot' }, 'decimal'))).toEqual({
      messages: [hb, { cmd: 'reboot' }],
      lost: 0,
    });
    expect(read(beat, sized(1_023), beat)).toMatchObject({ messages: [hb, {}, hb], lost: 0 });
    expect(read(beat, sized(1_024), beat)).toEqual({ messages: [hb], lost: 1 });
    expect(read(sized(1_024), beat)).toEqual({ messages: [], lost: 1 });
    expect(read(beat, beat.subarray(0, 20))).toEqual({ messages: [hb], lost: 1 });
    expect(read(beat, Buffer.from('001200000000'), beat)).toEqual({ messages: [hb], lost: 1 });
  });

  test('lengths count characters: a byte count is longer than the read', () => {
    expect(read(frame({ x: '咖啡' }, 'decimal'))).toEqual({ messages: [], lost: 1 });
    const text = '{"x":"咖啡"}';
    const total = String(12 + text.length).padStart(4, '0');
    expect(read(Buffer.from(`${total}00000000${text}`)).messages).toEqual([{ x: '咖啡' }]);
  });

  test('bodies that are not objects; the other head', () => {
    const bytes = [frame('{"a":1,}', 'decimal'), frame('{"cmd":}', 'decimal'), beat];
    expect(read(...bytes)).toEqual({ messages: [hb], lost: 2 });
    expect(read(frame(hb, 'le48'))).toEqual({ messages: [], lost: 1 });
    expect(readLinux(frame(hb, 'le48'), ['decimal', 'le48']).messages).toEqual([hb]);
    expect(read()).toEqual({ messages: [], lost: 1 });
  });
});
