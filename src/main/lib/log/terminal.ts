/** All that Crema says on a terminal. Texts may quote a machine or a file, so that each passes through `severalLines`. */
import { severalLines, visible } from '#shared/visible';

export const printLine = (text: string, done?: () => void): void =>
  void process.stdout.write(`${severalLines(text)}\n`, done);

export const complain = (sentence: string, done?: () => void): void =>
  void process.stderr.write(`crema: ${severalLines(sentence)}\n`, done);

/** What another process of ours writes to stderr, in pieces that may end within a line. */
export const passOn = (text: string): void => void process.stderr.write(visible(text));

/** Words of ours alone, as they stand. */
export const printOwn = (text: string, done?: () => void): void => void process.stdout.write(text, done);

/** A closed pipe (`npm start | head`) must not end the app. */
export function ignoreClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
