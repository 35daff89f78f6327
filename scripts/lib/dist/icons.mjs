import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { at } from '../paths.mjs';

const iconSource = at('resources', 'icon.svg');

/** Sizes of the freedesktop icon theme, and the sizes that Windows and macOS scale down from. */
export const iconSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

/** @param {Buffer} svg @param {number} size @returns {Promise<Buffer>} a PNG */
async function drawn(svg, size) {
  const { Resvg } = await import('@resvg/resvg-js');
  return new Resvg(svg, { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } })
    .render()
    .asPng();
}

/** The icon of the window, which Linux takes from the program itself. @param {string} file */
export async function drawWindowIcon(file) {
  await writeFile(file, await drawn(await readFile(iconSource), 256));
}

/**
 * All sizes as `<size>x<size>.png`, `icon.ico` and `icon.icns`.
 * @param {string} folder
 */
export async function drawIcons(folder) {
  const { default: png2icons } = await import('png2icons');
  await mkdir(folder, { recursive: true });
  const svg = await readFile(iconSource);
  for (const size of iconSizes) await writeFile(join(folder, `${size}x${size}.png`), await drawn(svg, size));
  const largest = await drawn(svg, 1024);
  const ico = png2icons.createICO(largest, png2icons.BICUBIC2, 0, true, true);
  const icns = png2icons.createICNS(largest, png2icons.BICUBIC2, 0);
  if (!ico || !icns) throw new Error('the icons of Windows and macOS could not be made');
  await writeFile(join(folder, 'icon.ico'), ico);
  await writeFile(join(folder, 'icon.icns'), icns);
}
