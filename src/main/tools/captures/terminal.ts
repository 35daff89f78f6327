/** Output of the command line: data goes to the standard output, all other text to the standard error. */
import { severalLines } from '#shared/visible';
import type { Write } from '../../core/captures/types';

const { stdout, stderr } = process;

// A closed pipe (`… | head`) is not a failure.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});
stderr.on('error', () => undefined);

export const toStdout: Write = (chunk) =>
  new Promise((done, failed) => {
    stdout.write(chunk, (error) => (error == null ? done() : failed(error)));
  });

let shown: number | null = null;

/** Shows a progress line that updates in place, only on a terminal. */
export function showProgress({ done, total }: { readonly done: number; readonly total: number }): void {
  if (!stderr.isTTY) return;
  const percent = total === 0 ? 100 : Math.min(100, Math.floor((100 * done) / total));
  if (percent === shown) return;
  shown = percent;
  stderr.write(`\r${percent} %`);
}

export function clearProgress(): void {
  if (shown !== null) stderr.write('\r\u001B[K');
  shown = null;
}

export const printUsage = (usage: string): void => void stderr.write(usage);

export function printStatus(line: string): void {
  clearProgress();
  stderr.write(`${severalLines(line)}\n`);
}

const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6\p{Emoji_Presentation}]/u;

/** Terminal columns of a text: East Asian characters take two, combining marks none. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += wide.test(character) ? 2 : /\p{Mark}/u.test(character) ? 0 : 1;
  return columns;
}

/** Aligned columns: texts to the left, numbers to the right. The first row has the headings. */
export function tableText(rows: readonly (readonly string[])[], isText: (column: number) => boolean): string {
  const widths = (rows[0] ?? []).map((_, i) =>
    rows.reduce((most, row) => Math.max(most, columnsOf(row[i] ?? '')), 0),
  );
  const lines = rows.map((row) =>
    row
      .map((cell, i) => {
        const space = ' '.repeat((widths[i] ?? 0) - columnsOf(cell));
        return isText(i) ? cell + space : space + cell;
      })
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n`;
}
