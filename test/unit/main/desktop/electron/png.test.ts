import { describe, expect, it } from 'vitest';
import { isPng } from '../../../../../src/main/desktop/electron/png';

/** The header of a PNG: signature and first chunk. */
function head(width: number, height: number, name = 'IHDR'): Uint8Array {
  const bytes = new Uint8Array(40);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, 13);
  bytes.set(new TextEncoder().encode(name), 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

describe('a copied picture', () => {
  it('is a PNG no larger than a screen', () => {
    expect(isPng(head(600, 200))).toBe(true);
    expect(isPng(head(16_384, 1))).toBe(true);
  });

  it.each([
    ['empty', new Uint8Array()],
    ['cut', head(600, 200).slice(0, 30)],
    ['a JPEG', Uint8Array.from(head(600, 200), (byte, place) => (place === 0 ? 0xff : byte))],
    ['without a head', head(600, 200, 'IDAT')],
    ['of no width', head(0, 200)],
    ['too large', head(16_385, 200)],
  ])('and not one that is %s', (_name, bytes) => {
    expect(isPng(bytes)).toBe(false);
  });
});
