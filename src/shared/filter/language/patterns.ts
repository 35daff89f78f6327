/** Text comparison: the single definition of case, stars and error codes in filters. */
import { lookupErrorCode } from '../../errors/codes';
import type { Choice, ChoiceOf } from './tree';

/** The only two letters outside ASCII whose lower case is, or begins with, an ASCII letter. */
const strange = /[\u0130\u212a]/;

/**
 * Lower case. Letters outside ASCII never become ASCII letters, so for ASCII needles the result equals that of a store that folds only
 * ASCII (SQLite's `lower`).
 */
export function foldCase(text: string): string {
  if (!strange.test(text)) return text.toLowerCase();
  return text
    .split(/([\u0130\u212a])/)
    .map((piece, i) => (i % 2 === 1 ? piece : piece.toLowerCase()))
    .join('');
}

/** Whether folding only ASCII letters finds `needle` wherever `foldCase` does. */
export function isPlainNeedle(needle: string): boolean {
  for (const char of needle) if (char > '\u007f' && char.toLowerCase() !== char.toUpperCase()) return false;
  return true;
}

/** Tests a text that went through `foldCase`. */
export function textTest({ how, value }: ChoiceOf<'text'>): (folded: string) => boolean {
  const wanted = foldCase(value);
  switch (how) {
    case 'equals': {
      const trimmed = wanted.trim();
      return (text) => text.trim() === trimmed;
    }
    case 'contains':
      return (text) => text.includes(wanted);
    case 'starts':
      return (text) => text.startsWith(wanted);
    case 'ends':
      return (text) => text.endsWith(wanted);
  }
}

/** The catalogue's spelling of an error code. */
export const codeKey = (code: string): string => lookupErrorCode(code)?.id ?? code.trim().toUpperCase();

/** Tests an error code as received: the whole code in any spelling, or, with stars, with or without its prefix. */
export function codeTest(choice: ChoiceOf<'text'>): (code: string) => boolean {
  if (choice.how === 'equals') {
    const wanted = codeKey(choice.value);
    return (code) => codeKey(code) === wanted;
  }
  const test = textTest(choice);
  return (code) => {
    const key = foldCase(codeKey(code));
    return test(key) || test(key.replace(/^(?:error|warning):/, ''));
  };
}

let lastText = '';
let lastFolded = '';
/** `foldCase` with a cache of the last text. */
export function foldedText(text: string): string {
  if (text !== lastText) {
    lastFolded = foldCase(text);
    lastText = text;
  }
  return lastFolded;
}

/**
 * A text that the received body must contain if a member has this value. Only for characters that no program escapes in JSON.
 * It is part of the definition: a value matches only if it is readable in the text. A store can therefore skip rows by their text.
 */
export function needleOf(choice: Choice): string | null {
  if (choice.is !== 'text') return null;
  const value = foldCase(choice.how === 'equals' ? choice.value.trim() : choice.value);
  return /^[a-z0-9 ._:-]{3,}$/.test(value) ? value : null;
}
