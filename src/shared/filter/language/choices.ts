/** Converts a written value to its meaning for the field. */
import { findings, type FindingCode } from '../../findings';
import { closest, Refusal } from './errors';
import { findWord, type FieldSpec, rankOf, specOf } from './fields';
import { asciiOf, type Part } from './scan';
import { endOf, readMoment, startOf } from './times';
import type { Choice, ChoiceOf, Comparison, How, Moment } from './tree';
import { readNumber } from './units';
import { compare, stringTest } from './compare';
import { foldCase } from './patterns';

/** Operators with values. `!=` becomes `NOT` and `=`; `~` has its own kind of value. */
export type ValueOp = ':' | Comparison;

export interface Reading {
  readonly spec: FieldSpec<string>;
  /** The field as written. */
  readonly name: string;
  readonly op: ValueOp;
  readonly now: number;
}

export const isOrdering = (op: ValueOp): op is Exclude<Comparison, '='> => op !== ':' && op !== '=';
const comparisonOf = (op: ValueOp): Comparison => (op === ':' ? '=' : op);

function refuse(
  code: ConstructorParameters<typeof Refusal>[0],
  part: Part,
  params: Readonly<Record<string, string>>,
): Refusal {
  return new Refusal(code, part.at, part.end - part.at, params);
}

export function readChoice(reading: Reading, part: Part): Choice {
  const { spec, name, op, now } = reading;
  const hasStar = part.starBefore || part.starAfter;
  if (part.text === '' && !hasStar && !part.quoted) throw refuse('valueMissing', part, { field: name });
  if (hasStar && isOrdering(op)) throw refuse('starWrong', part, { op });
  if (hasStar && part.text === '') return { is: 'present' };
  if (spec.isTime) {
    const when = hasStar ? null : readMoment(part.text, now);
    if (when === null) throw refuse('timeWrong', part, { value: part.text });
    // "time:-2h" means everything since then.
    return { is: 'time', op: when.kind === 'ago' && !isOrdering(op) ? '>=' : comparisonOf(op), when };
  }
  const word = hasStar ? null : findWord(spec, part.text);
  if (word !== null) return { is: 'word', op: comparisonOf(op), word };
  const isText = part.quoted && spec.text !== null && !isOrdering(op);
  const value = spec.number === null || hasStar || isText ? null : readNumber(spec.number, part.text);
  if (value !== null) return { is: 'number', op: comparisonOf(op), value };
  if (spec.text !== null && !isOrdering(op)) return readText(reading, part, spec.text);
  throw spec.number === null ? wordUnknown(reading, part) : numberWrong(reading, part);
}

function readText({ spec, name, op }: Reading, part: Part, usual: How): Choice {
  if (!part.quoted && asciiOf(part.text).includes('*'))
    throw refuse('starInside', part, { value: part.text });
  const { starBefore, starAfter } = part;
  const how: How = starBefore
    ? starAfter
      ? 'contains'
      : 'ends'
    : starAfter
      ? 'starts'
      : op === '='
        ? 'equals'
        : usual;
  if (part.text === '' && how !== 'equals') throw refuse('valueMissing', part, { field: name });
  const choice: ChoiceOf<'text'> = { is: 'text', how, value: part.text };
  if (spec.name === 'finding' && findingSet([choice])?.size === 0) {
    const known = [...spec.words.map(({ word }) => word), ...Object.keys(findings)];
    const suggestion = closest(part.text, known);
    throw suggestion === null
      ? refuse('findingUnknown', part, { value: part.text })
      : refuse('findingUnknownNear', part, { value: part.text, suggestion });
  }
  return choice;
}

function wordUnknown({ spec, name }: Reading, part: Part): Refusal {
  const known = spec.words.map(({ word }) => word);
  const suggestion = closest(part.text, known);
  const params = { field: name, value: part.text };
  return suggestion === null
    ? refuse('wordUnknown', part, { ...params, allowed: known.join(', ') })
    : refuse('wordUnknownNear', part, { ...params, suggestion });
}

function numberWrong({ spec, name }: Reading, part: Part): Refusal {
  return spec.number === 'fen'
    ? refuse('amountWrong', part, { value: part.text })
    : refuse('numberWrong', part, { field: name, value: part.text });
}

/** Whether `from..to` can be a range of the field. In other fields, two dots are part of a text. */
export function isRange({ spec }: Reading, from: Part, to: Part): boolean {
  if (spec.isTime || (spec.number !== null && spec.text === null)) return true;
  const { number } = spec;
  return (
    number !== null &&
    [from, to].every(({ text }) => text === '' || readNumber(number, text) !== null) &&
    (from.text !== '' || to.text !== '')
  );
}

/** `from..to`, both inclusive and optional. */
export function readRange(reading: Reading, from: Part, to: Part): Choice {
  const { spec, name, now } = reading;
  const whole = { ...from, end: to.end };
  if (from.text === '' && to.text === '') throw refuse('valueMissing', whole, { field: name });
  const backwards = (): Refusal => refuse('rangeBackwards', whole, { from: from.text, to: to.text });
  if (spec.isTime) {
    const moment = (part: Part): Moment | null => {
      const when = part.text === '' ? null : readMoment(part.text, now);
      if (when === null && part.text !== '') throw refuse('timeWrong', part, { value: part.text });
      return when;
    };
    const [first, last] = [moment(from), moment(to)];
    if (first === null || last === null) {
      const when = first ?? last;
      if (when === null) throw refuse('valueMissing', whole, { field: name });
      return { is: 'time', op: first === null ? '<=' : '>=', when };
    }
    if (startOf(first) >= endOf(last)) throw backwards();
    return { is: 'timeRange', from: first, to: last };
  }
  const number = (part: Part): number | null => {
    const value = part.text === '' || spec.number === null ? null : readNumber(spec.number, part.text);
    if (value === null && part.text !== '') throw numberWrong(reading, part);
    return value;
  };
  const [low, high] = [number(from), number(to)];
  if (low === null || high === null) {
    const value = low ?? high;
    if (value === null) throw refuse('valueMissing', whole, { field: name });
    return { is: 'number', op: low === null ? '<=' : '>=', value };
  }
  if (low > high) throw backwards();
  return { is: 'range', from: low, to: high };
}

const findingCodes = Object.keys(findings) as FindingCode[];
const findingSpec = specOf('finding');

/** The codes of a term, found in advance, so that entries need no pattern matching; `null`: every finding. */
export function findingSet(any: readonly Choice[]): ReadonlySet<FindingCode> | null {
  if (any.some(({ is }) => is === 'present')) return null;
  const tests = any.map((choice): ((code: FindingCode) => boolean) => {
    if (choice.is === 'word') {
      const test = compare(choice.op, rankOf(findingSpec, choice.word));
      return (code) => test(rankOf(findingSpec, findings[code]));
    }
    const test = stringTest(choice);
    return (code) => test(code, foldCase(code));
  });
  return new Set(findingCodes.filter((code) => tests.some((test) => test(code))));
}
