import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '#shared/filter/language/parse';
import { fieldNames } from '#shared/filter/language/tree';
import { now } from '../../../../builders/filterArbitraries';

const page = readFileSync(new URL('../../../../../docs/filter.md', import.meta.url), 'utf8');
const opening = /```filter\n([^]*?)```/.exec(page)?.[1] ?? '';
/** Rows of the field table: the cells of each. */
const rows = [...page.matchAll(/^\| `(\w+)(?:\.…)?`\s*\|([^|]*)\|([^|]*)\|([^|]*)\|$/gm)];
const code = (cell: string | undefined): string[] =>
  [...(cell ?? '').matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '');

const examples = [
  ...opening.split('\n').flatMap((line) => line.split(/ {2,}/)[0] ?? []),
  ...rows.flatMap((row) => code(row[4])),
].filter((text) => text !== '');

describe('docs/filter.md', () => {
  it('has every field', () => {
    expect(rows.map((row) => row[1])).toEqual([...fieldNames]);
  });

  it('has the Chinese names', () => {
    for (const row of rows)
      for (const name of (row[2] ?? '').trim().split(' '))
        expect(parseFilter(`${name}${row[1] === 'body' ? '.x' : ''}:*`, { now }).ok, name).toBe(true);
  });

  it.each(examples)('has valid examples: %s', (text) => {
    expect(parseFilter(text, { now })).toMatchObject({ ok: true });
  });
});
