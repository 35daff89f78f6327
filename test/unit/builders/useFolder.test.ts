import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { useFolder } from '../../builders/useFolder';

const of = { each: useFolder(), all: useFolder('all') };
const made: string[] = [];

describe('a temporary folder', () => {
  it.each(['first', 'second'])('is empty in each test, and has the files of the test: %s', () => {
    for (const earlier of made) expect(existsSync(earlier)).toBe(false);
    made.push(of.each());
    expect(existsSync(of.each('file'))).toBe(false);
    writeFileSync(of.each('file'), '');
    expect(existsSync(of.each('file'))).toBe(true);
  });

  it.each(['first', 'second'])('of all tests stays until the last: %s', (which) => {
    writeFileSync(of.all(which), '');
    expect(existsSync(of.all('first'))).toBe(true);
  });

  // Hooks run in reverse order: this runs before the folder of all tests is removed.
  afterAll(() => {
    expect(made.map((folder) => existsSync(folder))).toEqual([false, false]);
    expect(existsSync(of.all('second'))).toBe(true);
  });
});
