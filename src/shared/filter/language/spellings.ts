/** How other filter languages and plain words say what this one does: taken where one meaning is clear, else refused with ours. */
import type { FilterOperator } from './completion';

export type Joint = 'OR' | 'AND';

/** Between two terms, in any case. */
const joints: ReadonlyMap<string, Joint> = new Map([
  ['or', 'OR'],
  ['and', 'AND'],
  ['或', 'OR'],
  ['且', 'AND'],
  ['||', 'OR'],
  ['&&', 'AND'],
]);
const negations: ReadonlySet<string> = new Set(['not', '非']);

/** Operators by their signs. */
const signs: ReadonlyMap<string, FilterOperator | '!~'> = new Map([
  ['==', '='],
  ['===', '='],
  ['!==', '!='],
  ['<>', '!='],
  ['≠', '!='],
  ['=>', '>='],
  [':>=', '>='],
  ['≥', '>='],
  ['=<', '<='],
  [':<=', '<='],
  ['≤', '<='],
  [':>', '>'],
  [':<', '<'],
  ['=~', '~'],
]);
/** Operators by their names, which stand by themselves. */
const names: ReadonlyMap<string, FilterOperator | 'contains'> = new Map([
  ['eq', '='],
  ['ne', '!='],
  ['gt', '>'],
  ['ge', '>='],
  ['lt', '<'],
  ['le', '<='],
  ['contains', 'contains'],
  ['matches', '~'],
  ['等于', '='],
  ['不等于', '!='],
  ['大于', '>'],
  ['小于', '<'],
  ['包含', 'contains'],
]);

export const jointOf = (word: string): Joint | null => joints.get(word.toLowerCase()) ?? null;
export const isNegation = (word: string): boolean => negations.has(word.toLowerCase());
export const operatorOf = (written: string): FilterOperator | 'contains' | '!~' =>
  signs.get(written) ?? names.get(written.toLowerCase()) ?? (written as FilterOperator | '!~');

/** With a blank before it, and a value to come. */
export const namedOperator = new RegExp(`\\s+(${[...names.keys()].join('|')})(?=[\\s("]|$)`, 'iy');
export const signOperator = /\s*(===|!==|:>=|:<=|==|=~|=>|=<|!=|!~|<>|>=|<=|:>|:<|≠|≥|≤|[:=><~])/y;

/** Whether it can't stand for itself without quotation marks. */
export const isReserved = (word: string): boolean =>
  jointOf(word) !== null || isNegation(word) || names.has(word.toLowerCase());
