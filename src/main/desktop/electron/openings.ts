/** Links and files that a person opens with Crema: from the command line, another start, or macOS. */
import type { App } from 'electron';
import { openings as openingsSchema, openingsLimit, type Opening } from '#shared/outside';
import { readArgument } from '../../lib/launch/openArguments';

/** What another start asks of this one. Any program of this person may send it: what does not fit is nothing. */
export function readOpenings(data: unknown): readonly Opening[] {
  const parsed = openingsSchema.safeParse(data);
  return parsed.success ? parsed.data.open : [];
}

/** Keeps what comes before there is anybody to open it. */
export class Openings {
  readonly #waiting: Opening[] = [];
  #open: ((opening: Opening) => void) | null = null;

  take(openings: readonly Opening[]): void {
    if (this.#open === null) this.#waiting.push(...openings.slice(0, openingsLimit - this.#waiting.length));
    else for (const one of openings) this.#open(one);
  }

  /** macOS has events for what other systems put into the command line; they may come before `ready`. */
  takeEvents(app: Pick<App, 'on'>, problem: (sentence: string) => void): void {
    app.on('open-url', (event, url) => {
      event.preventDefault();
      this.takeArgument(url, problem);
    });
    app.on('open-file', (event, file) => {
      event.preventDefault();
      this.takeArgument(file, problem);
    });
  }

  /** An argument that macOS gives by an event of its own. */
  takeArgument(text: string, problem: (sentence: string) => void): void {
    const read = readArgument(text);
    if (read.kind === 'opening') this.take([read.opening]);
    else problem(read.sentence);
  }

  /** From here on each goes to `open`, those that waited first. */
  start(open: (opening: Opening) => void): void {
    this.#open = open;
    for (const one of this.#waiting.splice(0)) open(one);
  }
}
