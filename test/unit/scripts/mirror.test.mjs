import { expect, it } from 'vitest';
import { strayTests } from '../../../scripts/lib/mirror.mjs';

const sources = [
  'src/main/core/state/machine.ts',
  'src/renderer/src/ui/Split.tsx',
  'scripts/lib/lock.mjs',
  'test/builders/playbook.ts',
];

it('a test is in the folder of its source', () => {
  const good = [
    'tables.test.ts',
    'main/core/state/machine.test.ts',
    'main/core/state/machine.restart.test.ts',
    'main/core/state/index.test.ts',
    'renderer/ui/Split.test.tsx',
    'scripts/lock.test.mjs',
    'builders/playbook.test.ts',
  ];
  expect(strayTests(good, sources)).toEqual([]);
});

it('a test of nothing, a test in another folder and files that are not tests are named', () => {
  const stray = [
    'main/core/state/small.test.ts',
    'main/machine.test.ts',
    'main/index.test.ts',
    'renderer/machine.test.ts',
    'main/core/state/machine.ts',
    'main/core/state/machine.a.b.test.ts',
  ];
  expect(strayTests(stray, sources)).toEqual(stray);
});
