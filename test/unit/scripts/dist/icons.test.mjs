import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawIcons, iconSizes } from '../../../../scripts/lib/dist/icons.mjs';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crema-icons-'));
  await drawIcons(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('icons', () => {
  it('every size is a PNG of that size', async () => {
    for (const size of iconSizes) {
      const png = await readFile(join(folder, `${size}x${size}.png`));
      expect(png.toString('latin1', 1, 4)).toBe('PNG');
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
  });
  it('Windows and macOS have theirs', async () => {
    const ico = await readFile(join(folder, 'icon.ico'));
    expect([ico.readUInt16LE(0), ico.readUInt16LE(2)]).toEqual([0, 1]);
    // 16 pixels for a list, 256 (written as 0) for the desktop.
    const widths = Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico[6 + index * 16]);
    expect(widths).toEqual(expect.arrayContaining([16, 32, 48, 0]));
    const icns = await readFile(join(folder, 'icon.icns'));
    expect(icns.toString('latin1', 0, 4)).toBe('icns');
    expect(icns.readUInt32BE(4)).toBe(icns.length);
  });
});
