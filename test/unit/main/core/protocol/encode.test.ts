import { Buffer } from 'node:buffer';
import { describe, expect, it, test } from 'vitest';
import { encodeFrame, wireText } from '../../../../../src/main/core/protocol/encode';

const written = (encoded: ReturnType<typeof encodeFrame>): string =>
  encoded.ok ? Buffer.from(encoded.bytes).toString('latin1') : `too long: ${encoded.bytes}`;

describe('encodeFrame', () => {
  it('writes members in their order, in UTF-8, with the length in bytes', () => {
    expect(written(encodeFrame({ b: 1, a: '热' }, 'decimal'))).toBe('002900000000{"b":1,"a":"\xe7\x83\xad"}');
    expect(written(encodeFrame({ cmd: 'hb' }, 'le48', 68))).toBe('H000t0000000{"cmd":"hb"}');
  });

  it('sends any text unchanged', () => {
    expect(written(encodeFrame('{"cmd":"reboot",\n}', 'decimal'))).toBe('003000000000{"cmd":"reboot",\n}');
    expect(written(encodeFrame('', 'decimal'))).toBe('001200000000');
  });

  it('refuses more than 9999 bytes in both heads, and reports the size', () => {
    for (const head of ['decimal', 'le48'] as const) {
      expect(encodeFrame('x'.repeat(9987), head).ok).toBe(true);
      expect(encodeFrame('x'.repeat(9988), head)).toEqual({ ok: false, bytes: 10_000 });
      expect(encodeFrame('热'.repeat(3330), head)).toEqual({ ok: false, bytes: 10_002 });
    }
  });
});

test('a message of ours is ASCII: linux counts the length of a frame in characters', () => {
  expect(wireText({ qrcode: '热é😀\x7f' })).toBe('{"qrcode":"\\u70ed\\u00e9\\ud83d\\ude00\x7f"}');
  expect(JSON.parse(wireText({ 名: '热 😀' }))).toEqual({ 名: '热 😀' });
});
