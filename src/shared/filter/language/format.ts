/** Converts a tree to its canonical text, which parses to the same tree. */
import { findField, specOf, type FieldSpec } from './fields';
import { asciiOf } from './scan';
import { isMember } from './terms';
import { foreignValue, foreignWord, isReserved } from './spellings';
import { writeMoment } from './times';
import type { Choice, Filter, Term } from './tree';
import { readNumber, writeNumber } from './units';

export function formatFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'all':
      return '';
    case 'and':
      return filter.of
        .map((each) => (each.kind === 'or' ? `(${formatFilter(each)})` : formatFilter(each)))
        .join(' ');
    case 'or':
      return filter.of.map(formatFilter).join(' OR ');
    case 'not':
      return filter.of.kind === 'term' ? `-${formatTerm(filter.of)}` : `-(${formatFilter(filter.of)})`;
    case 'term':
      return formatTerm(filter);
  }
}

export const quote = (text: string): string => `"${text.replace(/[\\"]/g, '\\$&')}"`;

const bareWord = /^[\p{L}\p{N}_][\p{L}\p{N}_./+-]*$/u;
const bareValue = /^[\p{L}\p{N}_][\p{L}\p{N}_.:/+-]*$/u;
const bareRegex = /^(?!\/)(?:(?!&&|\|\|)[^\s"()])+$/;

export function formatTerm({ field, path, any }: Term): string {
  const spec = specOf(field);
  const name = formatName(field, path);
  const [first] = any;
  if (any.length === 1 && first !== undefined) {
    if (first.is === 'regex') return `${name}~${formatRegex(first.source)}`;
    if (first.is === 'text' && field === 'text' && first.how === 'contains') return formatWords(first.value);
    if ((first.is === 'number' || first.is === 'time' || first.is === 'word') && first.op !== '=')
      return `${name}${first.op}${formatPoint(spec, first)}`;
    if (first.is === 'member' && first.op !== '=')
      return `${name}${first.op}${formatName('body', first.path)}`;
  }
  // ":" and "=" differ where ":" means "contains".
  const op =
    spec.text === 'contains' && any.some((choice) => choice.is === 'text' && choice.how === 'equals')
      ? '='
      : ':';
  return `${name}${op}${any.map((choice) => formatChoice(spec, op, choice)).join(',')}`;
}

export const formatName = (field: string, path: readonly string[]): string =>
  [field, ...path.map((each) => (/^[\p{L}\p{N}_-]+$/u.test(each) ? each : quote(each)))].join('.');

function formatWords(value: string): string {
  const isPlain = bareWord.test(value) && foreignWord(value) === null;
  // A bare field name followed by a word would be ambiguous.
  return isPlain && !isReserved(value) && findField(value) === null ? value : quote(value);
}

function formatRegex(source: string): string {
  if (bareRegex.test(asciiOf(source))) return source;
  // Keeps escape pairs intact: `\\` is such a pair, and a quotation mark is never the second part of one.
  return `"${source.replace(/\\[^]|"/g, (found) => (found === '"' ? '\\"' : found))}"`;
}

function formatPoint(spec: FieldSpec, choice: Extract<Choice, { is: 'number' | 'time' | 'word' }>): string {
  if (choice.is === 'word') return choice.word;
  return choice.is === 'number' ? formatNumber(spec, choice.value) : formatMoment(choice.when);
}

const formatNumber = (spec: FieldSpec, value: number): string => writeNumber(spec.number ?? 'plain', value);

function formatMoment(when: Parameters<typeof writeMoment>[0]): string {
  const text = writeMoment(when);
  return text.includes(' ') ? `"${text}"` : text;
}

function formatChoice(spec: FieldSpec, op: ':' | '=', choice: Choice): string {
  switch (choice.is) {
    case 'present':
      return '*';
    case 'word':
    case 'number':
    case 'time': {
      const point = formatPoint(spec, choice);
      if (choice.op === '>=') return `${point}..`;
      return choice.op === '<=' ? `..${point}` : point;
    }
    case 'range':
      return `${formatNumber(spec, choice.from)}..${formatNumber(spec, choice.to)}`;
    case 'timeRange':
      return `${formatMoment(choice.from)}..${formatMoment(choice.to)}`;
    case 'text': {
      const { how, value } = choice;
      const plain = formatValue(spec, value, how);
      if (how === 'starts') return `${plain}*`;
      if (how === 'ends') return `*${plain}`;
      return how === 'contains' && (op === '=' || spec.text === 'equals') ? `*${plain}*` : plain;
    }
    case 'regex':
      return formatRegex(choice.source);
    case 'member':
      return formatName('body', choice.path);
  }
}

function formatValue(spec: FieldSpec, value: string, how: string): string {
  if (!bareValue.test(value) || foreignValue(spec, value) !== null) return quote(value);
  if (spec.name === 'body' && isMember(value)) return quote(value);
  const hasStar = how === 'starts' || how === 'ends';
  const isNumber = spec.number !== null && !hasStar && readNumber(spec.number, value) !== null;
  return isNumber || (spec.number !== null && value.includes('..')) ? quote(value) : value;
}
