import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { drawIcons, iconSizes } from '../../../../scripts/lib/dist/icons.mjs';
import { useFolder } from '../../../builders/useFolder';

const folder = useFolder('all');
beforeAll(async () => {
  await drawIcons(folder());
});

describe('icons', () => {
  it('every size is a PNG of that size', async () => {
    for (const size of iconSizes) {
      const png = await readFile(folder(`${size}x${size}.png`));
      expect(png.toString('latin1', 1, 4)).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
  });
  it('Windows and macOS have theirs', async () => {
    const ico = await readFile(folder('icon.ico'));
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    // 16 pixels for a list, 256 (written as 0) for the desktop.
    const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico[6 + index * 16]);
    expect(widths).toEqual(expect.arrayContaining([16, 32, 48, 0]));
    const icns = await readFile(folder('icon.icns'));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
  });
});
