import { expect, it } from 'vitest';
import { growthLines, proseBreaches } from '../../../scripts/lib/prose-check.mjs';

/** @param {string} file @param {string} rule */
const breach = (file, rule) => ({ file, line: 1, rule, excerpt: 'text' });
const growth = { room: 'src/main/core', rule: 'word', count: 3, stored: 2 };
const breaches = [
  breach('src/main/core/a.ts', 'word'),
  breach('src/main/core/b/c.ts', 'word'),
  breach('src/main/core/a.ts', 'name'),
  breach('src/main/lib/a.ts', 'word'),
];

it('a count that grew lists the breaches of changed files, or all without any', () => {
  const head = 'src/main/core: 3 × word, at most 2';
  const changed = new Set(['src/main/core/a.ts', 'src/main/lib/a.ts']);
  expect(growthLines([growth], breaches, changed)).toEqual([head, '  src/main/core/a.ts:1 word text']);
  expect(growthLines([growth], breaches, new Set())).toHaveLength(3);
  const many = Array.from({ length: 32 }, () => breach('src/main/core/a.ts', 'word'));
  expect(growthLines([growth], many, changed).at(-1)).toBe(
    '  and 2 more: node scripts/prose.mjs src/main/core',
  );
});

it('a path chooses files, and one without any is refused', async () => {
  const found = await proseBreaches(['../../../docs'], import.meta.dirname);
  expect(found.filter(({ file }) => !file.startsWith('docs/'))).toEqual([]);
  await expect(proseBreaches(['none.ts'])).rejects.toThrow('No page or source to check: none.ts');
});
