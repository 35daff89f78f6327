/** The size of a JPEG picture, read from its markers without decoding. `null`: not a JPEG. */
export function jpegSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  const at = (place: number): number => bytes[place] ?? 0;
  const two = (place: number): number => at(place) * 256 + at(place + 1);
  const isWhole = two(0) === 0xff_d8 && two(bytes.length - 2) === 0xff_d9;
  if (!isWhole) return null;
  let place = 2;
  while (place + 4 <= bytes.length && at(place) === 0xff) {
    const marker = at(place + 1);
    const length = two(place + 2);
    // Start of frame; C4, C8 and CC are tables.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return place + 9 <= bytes.length ? { height: two(place + 5), width: two(place + 7) } : null;
    // Picture data without a frame before it, or an invalid length.
    if (marker === 0xda || length < 2) return null;
    place += 2 + length;
  }
  return null;
}
