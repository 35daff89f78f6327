/** Completion of a filter's text. Never throws, whatever the input. */
import { ranked, valuesFor } from './completeValues';
import {
  filterOperators,
  type Completion,
  type CompletionContext,
  type Completions,
  type FilterOperator,
  type Hint,
} from './completion';
import { frameVocabulary, takesComparisons, type FieldSpec, type Vocabulary } from './fields';
import { quote } from './format';
import { maxTextLength } from './parse';
import { asciiOf } from './scan';
import { machineFieldNames, type FieldName } from './tree';

const most = 50;
const head =
  /^([\p{L}_][\p{L}\p{N}_]*)(?:\.(?:"(?:[^"\\]|\\[^])*"|[^\s.:=<>~!()",*]+))*\s*(!=|>=|<=|[:=><~])\s*/u;
const bodyHead = /^([\p{L}_][\p{L}\p{N}_]*)\./u;
const lastMember = /\.(?:"((?:[^"\\]|\\[^])*)"|([^\s.:=<>~!()",*]+))\s*(?:!=|>=|<=|[:=><~])\s*$/u;
const nameChars = /[^\s:=<>~!()",]/;

export function complete(
  text: string,
  caret: number,
  context: CompletionContext,
  vocabulary: Vocabulary<string> = frameVocabulary,
): Completions {
  const at = Math.max(0, Math.min(Math.trunc(caret) || 0, text.length));
  if (text.length > maxTextLength) return { from: at, to: at, items: [] };
  const { ascii, start, inQuote } = locate(text, at);
  const token = ascii.slice(start, at);
  const [whole, name, op] = head.exec(token) ?? [];
  const spec = name === undefined ? null : vocabulary.find(name);
  if (whole !== undefined && spec !== null) {
    const from = start + elementStart(token, whole.length, op === '~');
    const to = endOf(ascii, at, /[\s(),]/, inQuote);
    const typed = ascii.charAt(from) === '"' ? text.slice(from + 1, at) : text.slice(from, at);
    const [, quoted, plain] = spec.name === 'body' ? (lastMember.exec(whole) ?? []) : [];
    const member = quoted ?? plain ?? null;
    const items = valuesFor(spec, op as FilterOperator, typed, context, member);
    return { from, to, items: items.slice(0, most) };
  }
  if (inQuote) return { from: at, to: at, items: [] };
  let to = at;
  while (to < text.length && nameChars.test(ascii.charAt(to))) to += 1;
  const typed = text.slice(start, at);
  const followed = /^\s*[:=<>~!]/.test(ascii.slice(to));
  const isAlone = text.slice(0, start).trim() === '' && text.slice(to).trim() === '';
  const member = bodyHead.exec(typed);
  const items =
    member?.[1] !== undefined && vocabulary.find(member[1])?.name === 'body'
      ? members(member[0], typed.slice(member[0].length), followed, context)
      : [
          ...fields(typed, followed, vocabulary),
          ...(followed ? [] : beginnings(typed, isAlone, context, vocabulary)),
        ];
  return { from: start, to, items: items.slice(0, most) };
}

/** The start of the term at the caret, after its minus. */
function locate(text: string, caret: number): { ascii: string; start: number; inQuote: boolean } {
  const ascii = asciiOf(text);
  let start = 0;
  let inQuote = false;
  for (let i = 0; i < caret; i += 1) {
    const char = ascii.charAt(i);
    if (inQuote && char === '\\') i += 1;
    else if (char === '"') inQuote = !inQuote;
    // Blanks after an operator belong to the term.
    else if (
      !inQuote &&
      /[\s()]/.test(char) &&
      head.exec(ascii.slice(start, i))?.[0] !== ascii.slice(start, i)
    )
      start = i + 1;
  }
  while (start < caret && ascii.charAt(start) === '-') start += 1;
  return { ascii, start, inQuote };
}

/** The start of a list's last value. */
function elementStart(token: string, valueStart: number, isWhole: boolean): number {
  let start = valueStart;
  let inQuote = false;
  for (let i = valueStart; i < token.length; i += 1) {
    const char = token.charAt(i);
    if (inQuote && char === '\\') i += 1;
    else if (char === '"') inQuote = !inQuote;
    else if (char === ',' && !inQuote && !isWhole) start = i + 1;
  }
  return start;
}

function endOf(ascii: string, at: number, stops: RegExp, inQuote: boolean): number {
  let end = at;
  if (inQuote) {
    while (end < ascii.length && ascii.charAt(end) !== '"') end += ascii.charAt(end) === '\\' ? 2 : 1;
    return Math.min(end + 1, ascii.length);
  }
  while (end < ascii.length && !stops.test(ascii.charAt(end))) end += 1;
  return end;
}

/** Countable fields, which usually need a minimum. */
const counted: ReadonlySet<string> = new Set(['size', 'amount', 'errors', 'orders']);
const usualOperator = ({ name, isTime }: FieldSpec<string>): FilterOperator =>
  isTime || counted.has(name) ? '>=' : ':';

const hintOf = (name: string, vocabulary: Vocabulary<string>): Hint => {
  const ofMachines = machineFieldNames.find((one) => one === name);
  // The frame vocabulary has only its own fields.
  return vocabulary === frameVocabulary || ofMachines === undefined
    ? { of: 'field', field: name as FieldName }
    : { of: 'machineField', field: ofMachines };
};

function operatorsOf(spec: FieldSpec<string>): readonly FilterOperator[] {
  return filterOperators.filter(
    (op) =>
      op === ':' || op === '=' || op === '!=' || (op === '~' ? spec.text !== null : takesComparisons(spec)),
  );
}

function fields(typed: string, followed: boolean, vocabulary: Vocabulary<string>): readonly Completion[] {
  const wanted = typed.toLowerCase();
  // Chinese names also match in the middle: 编号 in 机器编号.
  const isFound = (name: string): boolean =>
    name.startsWith(wanted) || (/\p{Script=Han}/u.test(wanted) && name.includes(wanted));
  const offered = vocabulary.specs.flatMap((spec): readonly Completion[] => {
    // Offers the name that is being typed.
    const name = [spec.name, ...spec.aliases].find(isFound);
    if (name === undefined) return [];
    const after = spec.name === 'body' ? '.' : followed ? '' : usualOperator(spec);
    return [
      {
        insert: `${name}${after}`,
        label: name,
        kind: 'field',
        hint: hintOf(spec.name, vocabulary),
      },
    ];
  });
  const exact = followed ? null : vocabulary.find(typed);
  if (exact === null || exact.name === 'body') return offered;
  return [
    ...operatorsOf(exact).map((op): Completion => ({
      insert: `${typed}${op}`,
      label: `${typed}${op}`,
      kind: 'operator',
      hint: { of: 'operator', op },
    })),
    ...offered.filter(({ hint }) => !('field' in hint) || hint.field !== exact.name),
  ];
}

/** Whole terms that contain the typed text, joining words, and saved filters. */
function beginnings(
  typed: string,
  isAlone: boolean,
  context: CompletionContext,
  { specs }: Vocabulary<string>,
): readonly Completion[] {
  const terms =
    typed.length < 2
      ? []
      : specs
          .filter(({ name }) => name === 'cmd' || name === 'vmc')
          .flatMap((spec) =>
            valuesFor(spec, ':', typed, context).map(({ kind, hint, ...item }) => ({
              kind,
              hint,
              insert: `${spec.name}:${item.insert}`,
              label: `${spec.name}:${item.label}`,
            })),
          );
  const keywords = (['OR', 'NOT'] as const)
    .filter((word) => !isAlone && word.startsWith(typed.toUpperCase()))
    .map((word): Completion => ({
      insert: `${word} `,
      label: word,
      kind: 'keyword',
      hint: { of: 'keyword', word },
    }));
  const saved = ranked(context.saved, typed, ({ name }) => [name]).map(({ name, text }): Completion => ({
    insert: isAlone ? text : `(${text})`,
    label: name,
    kind: 'saved',
    hint: { of: 'saved', text },
  }));
  return [...terms, ...saved, ...keywords];
}

function members(
  before: string,
  typed: string,
  followed: boolean,
  { members: known }: CompletionContext,
): readonly Completion[] {
  return ranked(known, typed, (name) => [name]).map((name) => ({
    insert: `${before}${/^[\p{L}\p{N}_-]+$/u.test(name) ? name : quote(name)}${followed ? '' : ':'}`,
    label: name,
    kind: 'field',
    hint: { of: 'member' },
  }));
}
