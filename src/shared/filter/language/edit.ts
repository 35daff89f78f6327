/** "Only this" and "not this": a term put into a text that a person may have typed, leaving the rest as it was typed. */
import { findWord, specOf } from './fields';
import { formatFilter, formatTerm } from './format';
import { foldCase } from './patterns';
import { readPieces } from './parse';
import { not, term, type Choice, type FieldName, type Filter, type Moment, type Term } from './tree';
import { readNumber } from './units';

/** A field, or a member of the body by its names from the outside in. */
export type EditField = Exclude<FieldName, 'body'> | readonly string[];
/** Whatever it is, there is one. */
export const anyValue = { kind: 'any' } as const;
/**
 * As the data has it: fen for `amount`, ms since 1970 or a longer moment for `time`, a machine's number or name. `null`: there
 * is none.
 */
export type EditValue = string | number | boolean | null | Moment | typeof anyValue;

/** Of a longer value its beginning is asked for, so that the filter stays short enough to read. */
const longestValue = 200;
/** Fields of which an entry may have several values, so that two terms don't contradict each other. */
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
  // What a person typed is kept, also when it can't be read: the error is shown where it stands.
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

/** What is left of a piece beside `wanted`: itself, less, or nothing (`null`). */
function without(piece: Filter, wanted: Filter): Filter | null {
  const condition = wanted.kind === 'not' ? wanted.of : wanted;
  const here = piece.kind === 'not' ? piece.of : piece;
  if (condition.kind !== 'term' || here.kind !== 'term' || keyOf(condition) !== keyOf(here)) return piece;
  const isOnly = wanted.kind !== 'not';
  if (isOnly && !many.has(here.field)) return null;
  // Both of one sign don't contradict each other.
  if ((piece.kind === 'not') === (wanted.kind === 'not')) return piece;
  const keys = new Set(condition.any.map((choice) => keyOfChoice(condition, choice)));
  const any = here.any.filter((choice) => !keys.has(keyOfChoice(here, choice)));
  if (any.length === here.any.length) return piece;
  if (any.length === 0) return null;
  const left = term(here.field, any, here.path);
  return piece.kind === 'not' ? not(left) : left;
}
