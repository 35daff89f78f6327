/** Checks the header of a PNG before anything decodes it. */

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Pixels a side; larger than any screen. */
const longest = 16_384;

export function isPng(bytes: Uint8Array): boolean {
  if (bytes.length < 33 || signature.some((byte, place) => bytes[place] !== byte)) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // The first chunk is the header: its length, "IHDR", width and height.
  if (view.getUint32(8) !== 13 || view.getUint32(12) !== 0x49_48_44_52) return false;
  return [view.getUint32(16), view.getUint32(20)].every((side) => side > 0 && side <= longest);
}
