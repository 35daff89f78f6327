/** The values offered for a field. */
import { knownErrorCodes } from '../../errors/codes';
import { findings, type FindingCode } from '../../findings';
import { valuesOfMember } from '../../messages/lookup';
import type { Completion, CompletionContext, FilterOperator, Hint } from './completion';
import type { FieldSpec } from './fields';
import { quote } from './format';

/** A value and the texts that find it. */
interface Candidate {
  readonly value: string;
  readonly found: readonly string[];
  readonly hint: Hint;
}

const plain = /^[\p{L}\p{N}_*-][\p{L}\p{N}_.:/+*-]*$/u;
const findingCodes = Object.keys(findings) as FindingCode[];
const findingGroups = [...new Set(findingCodes.map((code) => `${code.split('.')[0] ?? code}.*`))];
const ages = ['-5m', '-15m', '-1h', '-2h', '-24h', '-7d'];
const days = ['today', 'yesterday'];

/** Candidates that begin with `typed` first, then those that contain it. */
export function ranked<T>(
  candidates: readonly T[],
  typed: string,
  found: (each: T) => readonly string[],
): readonly T[] {
  const wanted = typed.toLowerCase();
  if (wanted === '') return candidates;
  const rank = (each: T): number => {
    const spellings = found(each).map((spelling) => spelling.toLowerCase());
    if (spellings.some((spelling) => spelling.startsWith(wanted))) return 0;
    return spellings.some((spelling) => spelling.includes(wanted)) ? 1 : 2;
  };
  return candidates
    .map((each) => ({ each, rank: rank(each) }))
    .filter((one) => one.rank < 2)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ each }) => each);
}

export function valuesFor(
  spec: FieldSpec<string>,
  op: FilterOperator,
  typed: string,
  context: CompletionContext,
  /** The last name of a `body` term. */
  member: string | null = null,
): readonly Completion[] {
  if (op === '~') return [];
  const isEqual = op === ':' || op === '=' || op === '!=';
  const words = isEqual || spec.ordered ? wordsOf(spec) : [];
  const others = isEqual ? [...catalogued(spec, context), ...(member === null ? [] : ofMember(member))] : [];
  const present: readonly Candidate[] = isEqual
    ? [{ value: '*', found: ['*'], hint: { of: 'present' } }]
    : [];
  const candidates = [...words, ...times(spec), ...others, ...present];
  return ranked(candidates, typed, ({ found }) => found).map(({ value, hint }) => ({
    insert: plain.test(value) ? value : quote(value),
    label: value,
    kind: 'value',
    hint,
  }));
}

function wordsOf({ name, words }: FieldSpec<string>): readonly Candidate[] {
  return words.map(({ word, aliases }) => ({
    value: word,
    found: [word, ...aliases],
    hint: { of: 'word', field: name, word },
  }));
}

function ofMember(member: string): readonly Candidate[] {
  return [...valuesOfMember(member)].map(([value, means]) => ({
    value,
    found: [value],
    hint: { of: 'memberValue', means, value },
  }));
}

function times({ isTime }: FieldSpec<string>): readonly Candidate[] {
  if (!isTime) return [];
  return [
    ...ages.map((value): Candidate => ({ value, found: [value, value.slice(1)], hint: { of: 'ago' } })),
    ...days.map((value): Candidate => ({ value, found: [value], hint: { of: 'day' } })),
  ];
}

function catalogued({ name }: FieldSpec<string>, context: CompletionContext): readonly Candidate[] {
  switch (name) {
    case 'cmd':
      return context.commands.map((cmd) => ({ value: cmd, found: [cmd], hint: { of: 'command', cmd } }));
    case 'vmc':
      return context.machines.map(({ vmcNo, name: called }) => ({
        value: String(vmcNo),
        found: called === null ? [String(vmcNo)] : [String(vmcNo), called],
        hint: { of: 'machine', name: called },
      }));
    case 'finding':
      return [
        ...findingGroups.map((value): Candidate => ({ value, found: [value], hint: { of: 'group' } })),
        ...findingCodes.map((code): Candidate => ({
          value: code,
          found: [code],
          hint: { of: 'finding', code },
        })),
      ];
    case 'code':
      return knownErrorCodes.map(({ id, title }) => ({
        value: id,
        found: [id, id.replace(/^\w+:/, ''), title.en, title.zh],
        hint: { of: 'errorCode', code: id },
      }));
    default:
      return (context.present?.[name] ?? []).map((value) => ({
        value,
        found: [value],
        hint: { of: 'seen' },
      }));
  }
}
