/**
 * Finds texts that look private in values with a known meaning. Examples: a card or telephone number in a sentence, an e-mail address,
 * an order number that no `order_no` contains, a payment address. Names of people and places in a sentence cannot be recognised.
 */
import { wireMoment } from '#shared/messages/common';

interface Piece {
  readonly from: number;
  readonly to: number;
}

const forms: readonly RegExp[] = [
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s"'<>]+/gi,
  /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8}/gu,
  // Hexadecimal digits, or letters and eight digits among them.
  /\b(?=[A-Za-z_]*\d)[0-9A-Fa-f]{16,}\b/g,
  /\b(?=(?:[A-Za-z_]*\d){8})[A-Za-z0-9_]{12,}\b/g,
  // At least nine digits, also in groups.
  /\+?\d(?:[ -]?\d){8,}/g,
];

/** Dates and times stay: a support file needs them. */
const isTime = (text: string): boolean => wireMoment(text) !== null;

/** Replaces each private piece with a placeholder word. */
export function withoutPrivate(text: string): string {
  let kept = '';
  let from = 0;
  for (const piece of privatePieces(text)) {
    kept += `${text.slice(from, piece.from)}[withheld]`;
    from = piece.to;
  }
  return kept + text.slice(from);
}

/** The pieces in order, without overlaps. */
export function privatePieces(text: string): readonly Piece[] {
  // Every form has one of these. A timestamp with separators is not a digit group.
  if (!/\d|@|:\/\//.test(text) || isTime(text)) return [];
  const pieces: Piece[] = [];
  for (const form of forms)
    for (const { 0: what, index: from } of text.matchAll(form)) {
      const to = from + what.length;
      const isWithin = pieces.some((one) => from < one.to && one.from < to);
      if (!isWithin && !isTime(what)) pieces.push({ from, to });
    }
  return pieces.toSorted((a, b) => a.from - b.from);
}
