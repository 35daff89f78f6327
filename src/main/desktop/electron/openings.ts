/** Links and files that a person opens with Crema: from the command line, another start, or macOS, each checked before anything is done. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from 'electron';
import { openings as openingsSchema, openingsLimit, parseLink, type Opening } from '#shared/outside';

export type ReadArgument =
  | { readonly kind: 'opening'; readonly opening: Opening }
  /** A link that leads nowhere: nothing is done about it, whoever wrote it. */
  | { readonly kind: 'ignored'; readonly sentence: string }
  | { readonly kind: 'wrong'; readonly sentence: string };

const shown = (text: string): string => JSON.stringify(text.slice(0, 200));

const isLink = (text: string): boolean => /^crema:/i.test(text);

/**
 * The arguments that are no switches. A link may come from a page, and where a system puts it between quotes, quotes in it make several
 * arguments of it: beside one nothing else is opened, or so much as looked for.
 */
export function readArguments(all: readonly string[]): readonly ReadArgument[] {
  const some = all.slice(0, openingsLimit);
  if (!some.some(isLink)) return some.map(readArgument);
  return some.map((text) =>
    isLink(text)
      ? readArgument(text)
      : { kind: 'ignored', sentence: `${shown(text)} stands beside a link, so it is not opened.` },
  );
}

/** A desktop gives files as paths or as `file:` URLs. */
export function readArgument(text: string): ReadArgument {
  if (isLink(text)) {
    const link = parseLink(text);
    return link === null
      ? { kind: 'ignored', sentence: `the link ${shown(text)} leads nowhere.` }
      : { kind: 'opening', opening: link };
  }
  const file = fileOf(text);
  return file === null
    ? { kind: 'wrong', sentence: `Neither a switch nor a file to open: ${shown(text)}. See --help.` }
    : { kind: 'opening', opening: { to: 'capture', file } };
}

function fileOf(text: string): string | null {
  try {
    const file = /^file:/i.test(text) ? localFile(text) : resolve(text);
    return statSync(file).isFile() ? file : null;
  } catch {
    return null;
  }
}

/** Files of another computer, which a URL may name too, are not fetched. */
function localFile(url: string): string {
  if (!['', 'localhost'].includes(new URL(url).hostname)) throw new Error('not of this computer');
  return fileURLToPath(url);
}

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
