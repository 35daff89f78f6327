/** Links and files on the command line, each checked before use. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openingsLimit, parseLink, type Opening } from '#shared/outside';

export type ReadArgument =
  | { readonly kind: 'opening'; readonly opening: Opening }
  /** An invalid link. It is ignored on purpose: any program can open one. */
  | { readonly kind: 'ignored'; readonly sentence: string }
  | { readonly kind: 'wrong'; readonly sentence: string };

const shown = (text: string): string => JSON.stringify(text.slice(0, 200));

const isLink = (text: string): boolean => /^crema:/i.test(text);

/**
 * Arguments that are not switches. A link may come from a web page, and quotes in it can become several
 * arguments on some systems. So next to a link no other argument is opened or checked on disk.
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

/** Desktops pass files as paths or as `file:` URLs. */
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

/** A URL may name a file of another computer. Such files are not opened. */
function localFile(url: string): string {
  if (!['', 'localhost'].includes(new URL(url).hostname)) throw new Error('not of this computer');
  return fileURLToPath(url);
}
