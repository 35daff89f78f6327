import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from './files.mjs';
import { root } from './paths.mjs';

const warnAbove = 300;
const failAbove = 500;

/**
 * The files that are too long to be read in one go, longest first.
 * @param {string} base
 * @param {readonly string[]} folders
 * @returns {Promise<{ file: string, lines: number, tooLong: boolean }[]>} those over 300 lines; `tooLong` over 500
 */
export async function longFiles(base, folders) {
  const files = (await Promise.all(folders.map((folder) => filesBelow(base, folder)))).flat();
  const sized = await Promise.all(
    files
      .filter((file) => /\.(ts|tsx|mjs|cjs|css)$/.test(file))
      .map(async (file) => {
        const lines = (await readFile(join(base, file), 'utf8')).split('\n').length - 1;
        return { file, lines, tooLong: lines > failAbove };
      }),
  );
  return sized.filter(({ lines }) => lines > warnAbove).toSorted((a, b) => b.lines - a.lines);
}

/** @param {{ file: string, lines: number }} of */
const sizeLine = ({ file, lines }) => `${file}: ${lines} lines`;

/** The step of `npm run check`. @returns {Promise<{ code: number, output: string, notes: string[] }>} */
export async function checkSizes() {
  const long = await longFiles(root, ['src', 'test', 'scripts']);
  const tooLong = long.filter((file) => file.tooLong);
  return {
    code: tooLong.length > 0 ? 1 : 0,
    output: `Over ${failAbove} lines:\n  ${tooLong.map(sizeLine).join('\n  ')}`,
    notes: long.filter((file) => !file.tooLong).map((file) => `${sizeLine(file)} (aim for ${warnAbove})`),
  };
}
