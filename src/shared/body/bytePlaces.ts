/** Maps the characters of a body's text to its bytes. */

/**
 * The offset of the first byte for every character (UTF-16 unit) of `text`, and for its end. The strings of a body may be in UTF-8 or
 * GB18030. `null`: text and bytes do not match, so the offsets are unknown.
 */
export function bytePlaces(bytes: Uint8Array, text: string): Uint32Array | null {
  const places = new Uint32Array(text.length + 1);
  let at = 0;
  for (let i = 0; i < text.length;) {
    const point = text.codePointAt(i) ?? 0;
    const units = point > 0xffff ? 2 : 1;
    const isCut = point === 0xfffd && /^\uFFFD+(?:"|$)/.test(text.slice(i, i + maxCut + 1));
    const size = sizeOf(bytes, at, point, isCut);
    if (size === null) return null;
    places[i] = at;
    if (units === 2) places[i + 1] = at;
    at += size;
    i += units;
  }
  if (at !== bytes.length) return null;
  places[text.length] = at;
  return places;
}

/** The character that contains the byte at `offset`: the last character that does not begin after it. */
export function characterAt(places: Uint32Array, offset: number): number {
  let low = 0;
  let high = places.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((places[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** U+FFFD before the end of a string stands for the bytes of a truncated character. */
const maxCut = 3;

/** The number of bytes of the character `point` at `at`; `null`: these are not its bytes. */
function sizeOf(bytes: Uint8Array, at: number, point: number, isCut: boolean): number | null {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return first === point ? 1 : null;
  const size = utf8Size(point);
  if (isUtf8(bytes, at, size, point)) return size;
  if (point !== 0xfffd) return first === 0x80 && point !== 0x20ac ? null : gb18030Size(bytes, at);
  if (!isCut || first === 0xff) return null;
  let to = at;
  while (to < bytes.length && bytes[to] !== 0x22) to += 1;
  return to - at <= maxCut ? to - at : null;
}

function isUtf8(bytes: Uint8Array, at: number, size: number, point: number): boolean {
  if (size < 2) return false;
  for (let i = 1; i < size; i += 1)
    if (bytes[at + i] !== (0x80 | ((point >> (6 * (size - 1 - i))) & 0x3f))) return false;
  const mark = [0, 0, 0xc0, 0xe0, 0xf0][size] ?? 0;
  return bytes[at] === (mark | (point >> (6 * (size - 1))));
}

function utf8Size(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

/** Two bytes, or four if the second is a digit. */
function gb18030Size(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first <= 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  return second >= 0x30 && second <= 0x39 ? 4 : 2;
}
