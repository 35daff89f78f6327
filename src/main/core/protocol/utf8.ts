import { isAscii } from 'node:buffer';

/** Fewer bytes are read faster one by one: a part of an array costs as much as reading them. */
const short = 160;

/** Whether `bytes[from..to)` are ASCII. */
export function isAsciiPart(bytes: Uint8Array, from: number, to: number): boolean {
  if (to - from >= short) return isAscii(bytes.subarray(from, to));
  for (let i = from; i < to; i += 1) if ((bytes[i] ?? 0) > 127) return false;
  return true;
}

/** A UTF-8 validator, byte by byte: `state = utf8Next(state, byte)`. State 0 is the start and lies between characters. */
export const utf8Broken = -1;

// 1-3: number of continuation bytes that follow. 4-7: after E0, ED, F0, F4, whose second byte has narrower bounds.
export function utf8Next(state: number, byte: number): number {
  switch (state) {
    case 0:
      return first(byte);
    case 1:
    case 2:
    case 3:
      return byte >= 0x80 && byte <= 0xbf ? state - 1 : utf8Broken;
    case 4:
      return byte >= 0xa0 && byte <= 0xbf ? 1 : utf8Broken;
    case 5:
      return byte >= 0x80 && byte <= 0x9f ? 1 : utf8Broken;
    case 6:
      return byte >= 0x90 && byte <= 0xbf ? 2 : utf8Broken;
    case 7:
      return byte >= 0x80 && byte <= 0x8f ? 2 : utf8Broken;
    default:
      return utf8Broken;
  }
}

function first(byte: number): number {
  if (byte < 0x80) return 0;
  if (byte < 0xc2 || byte > 0xf4) return utf8Broken;
  if (byte < 0xe0) return 1;
  if (byte < 0xf0) return byte === 0xe0 ? 4 : byte === 0xed ? 5 : 2;
  return byte === 0xf0 ? 6 : byte === 0xf4 ? 7 : 3;
}
