/** Determines the findings of a term in advance, so that entries need no pattern matching. */
import { findings, type FindingCode } from '../../findings';
import { compare, stringTest } from './compare';
import { rankOf, specOf } from './fields';
import { foldCase } from './patterns';
import type { Choice } from './tree';

const codes = Object.keys(findings) as FindingCode[];
const spec = specOf('finding');

/** The codes; `null`: every finding. */
export function findingSet(any: readonly Choice[]): ReadonlySet<FindingCode> | null {
  if (any.some(({ is }) => is === 'present')) return null;
  const tests = any.map((choice): ((code: FindingCode) => boolean) => {
    if (choice.is === 'word') {
      const test = compare(choice.op, rankOf(spec, choice.word));
      return (code) => test(rankOf(spec, findings[code]));
    }
    const test = stringTest(choice);
    return (code) => test(code, foldCase(code));
  });
  return new Set(codes.filter((code) => tests.some((test) => test(code))));
}
