/** Output to the terminal. Texts may quote a machine or a file, so each passes through `severalLines`. */
import { oneLine, severalLines } from '#shared/visible';

export const printLine = (text: string, done?: () => void): void =>
  void process.stdout.write(`${severalLines(text)}\n`, done);

export const complain = (sentence: string, done?: () => void): void =>
  void process.stderr.write(`crema: ${severalLines(sentence)}\n`, done);

/** Longest line of another process, in characters. */
const mostOfLine = 8_000;

/**
 * Prints stderr of another Crema process, from chunks that may end within a line. Each line is indented, so that none looks like a line
 * of this process. Call `end` after the last chunk.
 */
export class PassedLines {
  #unfinished = '';

  add(chunk: string): void {
    const lines = (this.#unfinished + chunk).split(/\r?\n/);
    this.#unfinished = (lines.pop() ?? '').slice(0, mostOfLine);
    for (const line of lines) this.#print(line);
  }

  end(): void {
    if (this.#unfinished !== '') this.#print(this.#unfinished);
    this.#unfinished = '';
  }

  #print(line: string): void {
    process.stderr.write(`  ${oneLine(line, mostOfLine)}\n`);
  }
}

/** Crema's own text, unchanged. */
export const printOwn = (text: string, done?: () => void): void => void process.stdout.write(text, done);

/** A closed pipe (`npm start | head`) must not end the app. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
