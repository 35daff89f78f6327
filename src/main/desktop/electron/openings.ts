/** Links and files that the user opens with Crema: from the command line, another launch, or macOS. */
import type { App } from 'electron';
import { openings as openingsSchema, openingsLimit, type Opening } from '#shared/outside';
import { readArgument } from '../../lib/launch/openArguments';

/** Reads the requests of another launch. Any program of this user can send them, so invalid ones are dropped. */
export function readOpenings(data: unknown): readonly Opening[] {
  const parsed = openingsSchema.safeParse(data);
  return parsed.success ? parsed.data.open : [];
}

/** Keeps openings until the app can handle them. */
export class Openings {
  readonly #waiting: Opening[] = [];
  #open: ((opening: Opening) => void) | null = null;

  take(openings: readonly Opening[]): void {
    if (this.#open === null) this.#waiting.push(...openings.slice(0, openingsLimit - this.#waiting.length));
    else for (const one of openings) this.#open(one);
  }

  /** macOS sends events where other systems use the command line; these may arrive before `ready`. */
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

  /** An argument that macOS delivers as an event. */
  takeArgument(text: string, problem: (sentence: string) => void): void {
    const read = readArgument(text);
    if (read.kind === 'opening') this.take([read.opening]);
    else problem(read.sentence);
  }

  /** From now on each opening goes to `open`, the waiting ones first. */
  start(open: (opening: Opening) => void): void {
    this.#open = open;
    for (const one of this.#waiting.splice(0)) open(one);
  }
}
