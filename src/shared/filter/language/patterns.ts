/** How texts are compared: the one meaning of upper and lower case, stars and error codes in filters. */
import { lookupErrorCode } from '../../errors/codes';
import type { Choice, ChoiceOf } from './tree';

/** The only two letters beyond ASCII whose small form is, or begins with, an ASCII letter. */
const strange = /[\u0130\u212a]/;

/**
 * Small letters. A letter beyond ASCII never becomes an ASCII one, so that for ASCII needles a store that knows only ASCII
 * letters (SQLite's `lower`) agrees.
 */
export function foldCase(text: string): string {
  if (!strange.test(text)) return text.toLowerCase();
  return text
    .split(/([\u0130\u212a])/)
    .map((piece, i) => (i % 2 === 1 ? piece : piece.toLowerCase()))
    .join('');
}

/** Whether folding the ASCII letters alone finds `needle` wherever `foldCase` does. */
export function isPlainNeedle(needle: string): boolean {
  for (const char of needle) if (char > '\u007f' && char.toLowerCase() !== char.toUpperCase()) return false;
  return true;
}

/** Judges a text that has been through `foldCase`. */
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

/** One spelling for one error code, as the catalogue has it. */
export const codeKey = (code: string): string => lookupErrorCode(code)?.id ?? code.trim().toUpperCase();

/** Judges an error code as a machine wrote it: the whole code in any spelling, or, with stars, with or without its prefix. */
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
/** `foldCase`, remembered for the text that is being judged. */
export function foldedText(text: string): string {
  if (text !== lastText) {
    lastFolded = foldCase(text);
    lastText = text;
  }
  return lastFolded;
}

/**
 * What the text as received must hold for a member's value to be so. Only of characters that no program escapes in JSON, and
 * part of the meaning: a value is found only where it can be read in the text. That lets a store skip rows by their text.
 */
export function needleOf(choice: Choice): string | null {
  if (choice.is !== 'text') return null;
  const value = foldCase(choice.how === 'equals' ? choice.value.trim() : choice.value);
  return /^[a-z0-9 ._:-]{3,}$/.test(value) ? value : null;
}
