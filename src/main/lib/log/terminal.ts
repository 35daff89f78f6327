/** Output to the terminal. Texts may quote a machine or a file, so each passes through `severalLines`. */
import { severalLines, visible } from '#shared/visible';

export const printLine = (text: string, done?: () => void): void =>
  void process.stdout.write(`${severalLines(text)}\n`, done);

export const complain = (sentence: string, done?: () => void): void =>
  void process.stderr.write(`crema: ${severalLines(sentence)}\n`, done);

/** stderr of another Crema process, in chunks that may end within a line. */
export const passOn = (text: string): void => void process.stderr.write(visible(text));

/** Crema's own text, unchanged. */
export const printOwn = (text: string, done?: () => void): void => void process.stdout.write(text, done);

/** A closed pipe (`npm start | head`) must not end the app. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
