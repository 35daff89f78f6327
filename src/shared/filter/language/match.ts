/** Compiles a filter once into a test of entries. Cheap tests run first. */
import { termTest, type Costed, type Test } from './matchTerm';
import type { Filter } from './tree';

/** The filter as a question. */
export const matcher = (filter: Filter): Test => costed(filter).test;

function costed(filter: Filter): Costed {
  switch (filter.kind) {
    case 'all':
      return { test: () => true, cost: 0 };
    case 'and':
      return joined(filter.of, (tests) => (facts) => {
        for (const test of tests) if (!test(facts)) return false;
        return true;
      });
    case 'or':
      return joined(filter.of, (tests) => (facts) => {
        for (const test of tests) if (test(facts)) return true;
        return false;
      });
    case 'not': {
      const { test, cost } = costed(filter.of);
      return { test: (facts) => !test(facts), cost };
    }
    case 'term':
      return termTest(filter);
  }
}

function joined(filters: readonly Filter[], join: (tests: readonly Test[]) => Test): Costed {
  const all = filters.map(costed).toSorted((a, b) => a.cost - b.cost);
  return { test: join(all.map(({ test }) => test)), cost: all.reduce((sum, { cost }) => sum + cost, 0) };
}
