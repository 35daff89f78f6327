import { expect, test } from 'vitest';
import { readAndroid } from '../../../../../../src/main/tools/simulator/android/reader';
import { frame } from '../../../../../builders/simulatedMachine';

const hb = { cmd: 'hb', vmc_no: 1 };
const beat = frame(hb, 'le48');
const sized = (total: number) => frame(`{"x":"${'a'.repeat(total - 12 - 8)}"}`, 'le48');
const read = (...parts: readonly Uint8Array[]) => readAndroid(Buffer.concat(parts), ['le48']);

test('several frames in one read; a cut one is lost', () => {
  expect(read(beat, frame({ cmd: 'reboot' }, 'le48'))).toEqual({
    messages: [hb, { cmd: 'reboot' }],
    lost: 0,
  });
  expect(read(beat, beat.subarray(0, 20))).toEqual({ messages: [hb], lost: 1 });
  for (let cut = 1; cut < beat.length; cut += 1)
    expect(read(beat.subarray(0, cut)), `first ${cut}`).toEqual({ messages: [], lost: 1 });
});

test('a frame of 4,096 bytes or more is dropped', () => {
  expect(read(sized(4_095))).toMatchObject({ lost: 0 });
  expect(read(sized(4_096))).toEqual({ messages: [], lost: 1 });
});

test('a decimal head is misread and loses the read', () => {
  for (const body of [hb, { cmd: 'reboot', vmc_no: 1, padding: 'a'.repeat(300) }])
    expect(read(frame(body, 'decimal'), beat)).toEqual({ messages: [], lost: 1 });
  expect(readAndroid(frame(hb, 'decimal'), ['decimal', 'le48']).messages).toEqual([hb]);
});

test('lengths count bytes; a body that is not an object loses only itself', () => {
  expect(read(frame({ x: '咖啡' }, 'le48'), beat).messages).toEqual([{ x: '咖啡' }, hb]);
  expect(read(frame('{"cmd":}', 'le48'), beat)).toEqual({ messages: [hb], lost: 1 });
});
