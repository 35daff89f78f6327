import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setAside } from '../../../../../src/main/lib/files/setAside';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();
/** A dot in the folder's name is not that of an extension. */
const directory = (...names: readonly string[]): string => folder('a.b', ...names);
beforeEach(() => {
  mkdirSync(directory());
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const now = new Date(2026, 1, 3, 4, 5, 6, 789).getTime();
const write = (name: string, text: string): string => {
  writeFileSync(directory(name), text);
  return directory(name);
};

describe('setting a file aside', () => {
  it('keeps it in its folder, named with the reason and the time', () => {
    const file = write('settings.json', '{');
    const copy = setAside(file, { why: 'damaged', now });
    expect(copy).toBe(directory('settings.damaged-2026-02-03T04-05-06.json'));
    expect(readdirSync(directory())).toEqual(['settings.damaged-2026-02-03T04-05-06.json']);
    expect(readFileSync(copy, 'utf8')).toBe('{');
  });

  it('names it with local time', () => {
    vi.stubEnv('TZ', 'Asia/Shanghai');
    const file = write('settings.json', '{');
    const copy = setAside(file, { why: 'damaged', now: Date.UTC(2026, 10, 26, 23, 14, 5) });
    expect(copy).toBe(directory('settings.damaged-2026-11-27T07-14-05.json'));
  });

  it('takes its companion files along', () => {
    const file = write('journal.sqlite', 'rows');
    write('journal.sqlite-wal', 'log');
    setAside(file, { why: 'other-version', now, companions: ['-wal', '-shm'] });
    expect(readdirSync(directory()).toSorted()).toEqual([
      'journal.other-version-2026-02-03T04-05-06.sqlite',
      'journal.other-version-2026-02-03T04-05-06.sqlite-wal',
    ]);
  });

  it('never overwrites an earlier copy of the same second', () => {
    const copies = ['one', 'two', 'three'].map((text) =>
      setAside(write('packages.json', text), { why: 'damaged', now }),
    );
    expect(copies.map((copy) => readFileSync(copy, 'utf8'))).toEqual(['one', 'two', 'three']);
    expect(new Set(copies).size).toBe(3);
  });

  it('fails if the file does not exist', () => {
    expect(() => setAside(directory('none.json'), { why: 'damaged', now })).toThrow('ENOENT');
  });
});
