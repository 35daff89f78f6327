import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  base64Text,
  byteAtColumn,
  cArray,
  columnsOf,
  hexLines,
  hexStream,
  hexText,
  pythonBytes,
  readHex,
} from '../../../../src/renderer/src/ui/hex';

const bytes = new TextEncoder().encode('003900000000{"cmd":"咖"}');
const dump = (some: Uint8Array, perLine: 8 | 16): string[] => hexLines(some, perLine).map(({ text }) => text);

describe('bytes as hexadecimal text', () => {
  it('sixteen a line, in two halves, with printable characters', () => {
    expect(dump(bytes, 16)).toEqual([
      '0000  30 30 33 39 30 30 30 30  30 30 30 30 7B 22 63 6D  003900000000{"cm',
      '0010  64 22 3A 22 E5 92 96 22  7D                       d":"..."}',
    ]);
  });

  it('eight a line with less space', () => {
    expect(dump(bytes, 8)).toEqual([
      '0000  30 30 33 39 30 30 30 30  00390000',
      '0008  30 30 30 30 7B 22 63 6D  0000{"cm',
      '0010  64 22 3A 22 E5 92 96 22  d":"..."',
      '0018  7D                       }',
    ]);
  });

  it('no bytes give no text', () => {
    expect(dump(new Uint8Array(), 16)).toEqual([]);
    expect(hexText(new Uint8Array())).toBe('');
  });

  it('as a hex stream, Base64 and Python: programs read the same bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (some) => {
        const stream = hexStream(some);
        expect(stream).toMatch(/^[\da-f]*$/);
        expect([...Buffer.from(stream, 'hex')]).toEqual([...some]);
        expect(readHex(stream)).toEqual(some);
        expect([...Buffer.from(base64Text(some), 'base64')]).toEqual([...some]);
        expect(pythonBytes(some)).toMatch(/^b'[ -~]*'$/);
      }),
    );
    const odd = Buffer.from('it\'s\\\r\n\t\0"é"', 'latin1');
    expect(pythonBytes(odd)).toBe(String.raw`b'it\'s\\\r\n\t\x00"\xe9"'`);
  });
  it.runIf(spawnSync('python3', ['--version']).error === undefined)(
    'Python reads every byte of its literal',
    () => {
      const all = Uint8Array.from({ length: 256 }, (_, i) => i);
      const said = execFileSync('python3', ['-c', `print((${pythonBytes(all)}).hex())`], {
        encoding: 'utf8',
      });
      expect(said.trim()).toBe(hexStream(all));
    },
  );

  it('as a C array', () => {
    expect(cArray(bytes.subarray(0, 13), 'frame_7')).toBe(
      [
        'const unsigned char frame_7[13] = {',
        '  0x30, 0x30, 0x33, 0x39, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30,',
        '  0x7B,',
        '};',
      ].join('\n'),
    );
  });

  it('every written form can be read again', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (some) => {
        expect(readHex(hexText(some))).toEqual(some);
        expect(readHex(cArray(some, 'x'))).toEqual(some);
        expect(readHex(hexText(some).replaceAll(' ', '').toLowerCase())).toEqual(some);
      }),
    );
  });

  it.each(['3', '30 3', 'zz', '0x', '30 0x3'])('%s is not hexadecimal', (text) => {
    expect(readHex(text)).toBeNull();
  });
});

describe('columns of a dump', () => {
  it.each([8, 16] as const)('lead back to their bytes, with %i a line', (perLine) => {
    const [line] = hexLines(bytes, perLine);
    if (line === undefined) throw new Error('no line');
    for (let n = 0; n < perLine; n += 1) {
      const [[from, to], [ascii, end]] = columnsOf(n, n + 1, perLine);
      expect(line.text.slice(from, to)).toBe(hexText(bytes.subarray(n, n + 1)));
      expect(line.text.slice(ascii, end)).toBe(String.fromCharCode(bytes[n] ?? 0));
      expect(byteAtColumn(from, line.size, perLine)).toBe(n);
      expect(byteAtColumn(to - 1, line.size, perLine)).toBe(n);
      expect(byteAtColumn(ascii, line.size, perLine)).toBe(n);
    }
  });

  it('the offset and the space after the end are not bytes', () => {
    expect(byteAtColumn(0, 16, 16)).toBeNull();
    expect(byteAtColumn(40, 3, 16)).toBeNull();
    expect(byteAtColumn(76, 3, 16)).toBeNull();
  });
});
