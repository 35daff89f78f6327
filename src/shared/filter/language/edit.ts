/** "Only this" and "not this": adds a term to a typed text and keeps the rest unchanged. */
import { findWord, specOf } from './fields';
import { formatFilter, formatTerm } from './format';
import { foldCase } from './patterns';
import { readPieces } from './parse';
import { not, term, type Choice, type FieldName, type Filter, type Moment, type Term } from './tree';
import { readNumber } from './units';

/** A field, or the path of a body member, outermost name first. */
export type EditField = Exclude<FieldName, 'body'> | readonly string[];
/** Any value at all. */
export const anyValue = { kind: 'any' } as const;
/**
 * The value as in the data: fen for `amount`, ms since 1970 or a longer span for `time`, a machine's number or name.
 * `null`: absent.
 */
export type EditValue = string | number | boolean | null | Moment | typeof anyValue;

/** Longer values are reduced to their beginning, so that the filter stays readable. */
const longestValue = 200;
/** Fields with several values per entry, in which two terms do not contradict each other. */
const many: ReadonlySet<FieldName> = new Set(['text', 'finding', 'note']);

export function addTerm(
  text: string,
  field: EditField,
  value: EditValue,
  mode: 'only' | 'not',
  { now }: { readonly now: number },
): string {
  const name = typeof field === 'string' ? field : 'body';
  const make = (choice: Choice): Term => term(name, [choice], typeof field === 'string' ? [] : field);
  const condition = value === null ? not(make({ is: 'present' })) : make(choiceOf(name, value));
  const wanted = mode === 'only' ? condition : not(condition);
  const added = formatFilter(wanted);
  const read = readPieces(text, now);
  // Unreadable input is kept, and its error is shown in place.
  if (!read.ok) return `${text.trimEnd()} ${added}`.trim();
  const whole = text.trim();
  if (read.pieces.length === 1 && read.pieces[0]?.filter.kind === 'or') return `(${whole}) ${added}`;
  const kept = read.pieces.flatMap((piece) => {
    if (formatFilter(piece.filter) === added) return [];
    const left = without(piece.filter, wanted);
    if (left === piece.filter) return [text.slice(piece.at, piece.end)];
    return left === null ? [] : [formatFilter(left)];
  });
  return [...kept, added].join(' ');
}

function choiceOf(field: FieldName, value: Exclude<EditValue, null>): Choice {
  if (typeof value === 'object')
    return value.kind === 'any' ? { is: 'present' } : { is: 'time', op: '=', when: value };
  const spec = specOf(field);
  if (spec.isTime && typeof value === 'number')
    return { is: 'time', op: '=', when: { kind: 'at', from: value, to: value + 1 } };
  if (spec.number !== null && typeof value === 'number') return { is: 'number', op: '=', value };
  const text = String(value);
  const word = findWord(spec, text);
  if (word !== null) return { is: 'word', op: '=', word };
  const number = spec.number !== null && spec.text === null ? readNumber('plain', text) : null;
  if (number !== null) return { is: 'number', op: '=', value: number };
  const isPart = field === 'text' && text !== '';
  if (text.length > longestValue)
    return { is: 'text', how: isPart ? 'contains' : 'starts', value: text.slice(0, longestValue) };
  return { is: 'text', how: isPart ? 'contains' : 'equals', value: text };
}

const keyOf = ({ field, path }: Term): string => foldCase([field, ...path].join('\n'));
const keyOfChoice = ({ field, path }: Term, choice: Choice): string =>
  foldCase(formatTerm(term(field, [choice], path)));

/** The piece without `wanted`: unchanged, reduced, or `null` if nothing remains. */
function without(piece: Filter, wanted: Filter): Filter | null {
  const condition = wanted.kind === 'not' ? wanted.of : wanted;
  const here = piece.kind === 'not' ? piece.of : piece;
  if (condition.kind !== 'term' || here.kind !== 'term' || keyOf(condition) !== keyOf(here)) return piece;
  const isOnly = wanted.kind !== 'not';
  if (isOnly && !many.has(here.field)) return null;
  // Two terms with the same sign do not contradict each other.
  if ((piece.kind === 'not') === (wanted.kind === 'not')) return piece;
  const keys = new Set(condition.any.map((choice) => keyOfChoice(condition, choice)));
  const any = here.any.filter((choice) => !keys.has(keyOfChoice(here, choice)));
  if (any.length === here.any.length) return piece;
  if (any.length === 0) return null;
  const left = term(here.field, any, here.path);
  return piece.kind === 'not' ? not(left) : left;
}
