import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { filesBelow } from './files.mjs';
import { root } from './paths.mjs';

const warnAbove = 300;
const failAbove = 500;

/** Files with a shorter limit, for each group together: they only join other parts. */
const together = [{ files: ['src/main/index.ts', 'src/main/desktop/start.ts'], below: 200 }];

/** @param {string} base @param {string} file */
const linesOf = async (base, file) => (await readFile(join(base, file), 'utf8')).split('\n').length - 1;

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
        const lines = await linesOf(base, file);
        return { file, lines, tooLong: lines > failAbove };
      }),
  );
  return sized.filter(({ lines }) => lines > warnAbove).toSorted((a, b) => b.lines - a.lines);
}

/**
 * Those of `groups` that are together as long as their limit, or longer.
 * @param {string} base
 * @param {readonly { files: readonly string[], below: number }[]} groups
 * @returns {Promise<string[]>} a line of each
 */
export async function longTogether(base, groups) {
  const summed = await Promise.all(
    groups.map(async ({ files, below }) => {
      const lines = await Promise.all(files.map((file) => linesOf(base, file)));
      const sum = lines.reduce((all, each) => all + each, 0);
      return sum < below ? [] : [`${files.join(' and ')}: ${sum} lines (below ${below})`];
    }),
  );
  return summed.flat();
}

/** @param {{ file: string, lines: number }} of */
const sizeLine = ({ file, lines }) => `${file}: ${lines} lines`;

/** The step of `npm run check`. @returns {Promise<{ code: number, output: string, notes: string[] }>} */
export async function checkSizes() {
  const long = await longFiles(root, ['src', 'test', 'scripts', 'deploy']);
  const tooLong = [
    ...long.filter((file) => file.tooLong).map((file) => `${sizeLine(file)} (at most ${failAbove})`),
    ...(await longTogether(root, together)),
  ];
  return {
    code: tooLong.length > 0 ? 1 : 0,
    output: `Too long:\n  ${tooLong.join('\n  ')}`,
    notes: long.filter((file) => !file.tooLong).map((file) => `${sizeLine(file)} (aim for ${warnAbove})`),
  };
}
