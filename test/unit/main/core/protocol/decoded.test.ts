import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import {
  mayBeHead,
  readDecimal,
  readHeads,
  readLe48,
  readSequence,
} from '../../../../../src/main/core/protocol/decoded';
import { encodeHead } from '../../../../../src/main/core/protocol/encode';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('decimal head', () => {
  it('is four zero-padded digits and eight zeros', () => {
    expect(latin1(encodeHead(39, 'decimal', 7))).toBe('003900000000');
    expect(latin1(encodeHead(9999, 'decimal', 7))).toBe('999900000000');
  });

  it.each([
    ['0039', 39],
    ['39  ', 39],
    ['  39', 39],
    [' 39 ', 39],
    ['9999', 9999],
    ['0014', 14],
    ['0013', null],
    ['0000', null],
    ['    ', null],
    ['3 9 ', null],
    ['+039', null],
    ['39\0\0', null],
    ['39.0', null],
  ])('reads %j as %s', (text, total) => {
    expect(readDecimal(Buffer.from(text), 0)).toBe(total);
  });

  it('cannot state more than 9999', () => {
    expect(() => encodeHead(10_000, 'decimal', 0)).toThrow(RangeError);
  });
});

describe('le48 head', () => {
  it('is as in captured frames', () => {
    expect(latin1(encodeHead(39, 'le48', 0).subarray(0, 4))).toBe('W000');
    expect(latin1(encodeHead(256, 'le48', 0).subarray(0, 4))).toBe('0100');
    expect([...encodeHead(347, 'le48', 0).subarray(0, 4)]).toEqual([0x8b, 0x31, 0x30, 0x30]);
    expect(latin1(encodeHead(39, 'le48', 68).subarray(4))).toBe('t0000000');
  });

  it('reads back every total that it can state', () => {
    for (let total = 14; total <= 53_199; total += 1) {
      const bytes = encodeHead(total, 'le48', total);
      if (readLe48(bytes, 0) !== total || readSequence(bytes, 4) !== total) throw new Error(`total ${total}`);
    }
    expect(() => encodeHead(53_200, 'le48', 0)).toThrow(RangeError);
  });

  it('refuses invalid numbers', () => {
    expect(readLe48(Buffer.from('W001'), 0)).toBeNull();
    expect(readLe48(Buffer.from('W/00'), 0)).toBeNull();
    expect(readLe48(Buffer.from('<000'), 0)).toBeNull(); // 12: no space for a body
    expect(readLe48(Buffer.from('>000'), 0)).toBe(14);
  });

  it.each([0, 68, 207, 208, 255, 256, 62_027, 2 ** 32, Number.MAX_SAFE_INTEGER])(
    'has the sequence number %d',
    (sequence) => {
      expect(readSequence(encodeHead(39, 'le48', sequence), 4)).toBe(sequence);
    },
  );

  it('has no sequence if the padding is not a safe number', () => {
    expect(readSequence(Buffer.alloc(8), 0)).toBeNull();
  });
});

describe('a possible head', () => {
  it('is read in both ways if both are possible, the preferred one first', () => {
    const bytes = Buffer.from('0100');
    expect(readHeads(bytes, 0, 'decimal')).toEqual([
      { head: 'decimal', total: 100 },
      { head: 'le48', total: 256 },
    ]);
    expect(readHeads(bytes, 0, 'le48').map((r) => r.head)).toEqual(['le48', 'decimal']);
    expect(readHeads(Buffer.from('zzzz'), 0, 'le48')).toEqual([]);
  });

  it.each([
    ['', true],
    ['\xf0', true],
    ['00', true],
    ['{"', false],
    ['  3', true],
    ['W00', true],
    ['W0z', false],
    ['Wz0', true], // high byte 'z'
    ['W000t0', true],
    ['zzzzz', false],
  ])('cut off as %j: %s', (text, possible) => {
    const bytes = Buffer.from(text, 'latin1');
    expect(mayBeHead(bytes, 0, bytes.length)).toBe(possible);
  });
});
