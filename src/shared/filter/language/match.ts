/** Compiles a filter once to a test of entries or other facts. Cheap tests run first. */
import type { FilterFacts } from './facts';
import { termTest } from './matchTerm';
import type { Filter, Term } from './tree';

export interface Costed<Facts> {
  readonly test: (facts: Facts) => boolean;
  readonly cost: number;
}

/** The filter as a test of frames. */
export const matcher = (filter: Filter): ((facts: FilterFacts) => boolean) => matcherOf(filter, termTest);

/** The filter as a test of everything that `ofTerm` can test. */
export const matcherOf = <F extends string, Facts>(
  filter: Filter<F>,
  ofTerm: (term: Term<F>) => Costed<Facts>,
): ((facts: Facts) => boolean) => costed(filter, ofTerm).test;

function costed<F extends string, Facts>(
  filter: Filter<F>,
  ofTerm: (term: Term<F>) => Costed<Facts>,
): Costed<Facts> {
  switch (filter.kind) {
    case 'all':
      return { test: () => true, cost: 0 };
    case 'and':
      return joined(
        filter.of.map((part) => costed(part, ofTerm)),
        (tests) => (facts) => {
          for (const test of tests) if (!test(facts)) return false;
          return true;
        },
      );
    case 'or':
      return joined(
        filter.of.map((part) => costed(part, ofTerm)),
        (tests) => (facts) => {
          for (const test of tests) if (test(facts)) return true;
          return false;
        },
      );
    case 'not': {
      const { test, cost } = costed(filter.of, ofTerm);
      return { test: (facts) => !test(facts), cost };
    }
    case 'term':
      return ofTerm(filter);
  }
}

function joined<Facts>(
  parts: readonly Costed<Facts>[],
  join: (tests: readonly Costed<Facts>['test'][]) => Costed<Facts>['test'],
): Costed<Facts> {
  const all = parts.toSorted((a, b) => a.cost - b.cost);
  return { test: join(all.map(({ test }) => test)), cost: all.reduce((sum, { cost }) => sum + cost, 0) };
}
