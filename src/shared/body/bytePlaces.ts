/** Which bytes of a body each character of its text came from. */

/** How a body's bytes became its text. */
export type TextEncodingName = 'utf8' | 'gb18030';

/**
 * For every character (UTF-16 unit) of `text` and for its end, the offset of the first byte. `null`: the two do not fit together
 * byte by byte, so that nothing can be said.
 */
export function bytePlaces(bytes: Uint8Array, text: string, encoding: TextEncodingName): Uint32Array | null {
  const places = new Uint32Array(text.length + 1);
  let at = 0;
  for (let i = 0; i < text.length;) {
    const point = text.codePointAt(i) ?? 0;
    const units = point > 0xffff ? 2 : 1;
    const size = encoding === 'utf8' ? utf8Size(point) : gb18030Size(bytes, at);
    // One byte is a character of ASCII, or the euro sign, which the web's GB18030 reads 0x80 as.
    if (size === 1 && bytes[at] !== point && !(encoding === 'gb18030' && bytes[at] === 0x80)) return null;
    places.fill(at, i, i + units);
    at += size;
    i += units;
  }
  if (at !== bytes.length) return null;
  places[text.length] = at;
  return places;
}

/** The character that has the byte at `offset` in it: the last one that does not begin after it. */
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

function utf8Size(point: number): number {
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  return point < 0x10000 ? 3 : 4;
}

/** Two bytes, or four where the second is a digit. */
function gb18030Size(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0;
  if (first <= 0x80) return 1;
  const second = bytes[at + 1] ?? 0;
  return second >= 0x30 && second <= 0x39 ? 4 : 2;
}
