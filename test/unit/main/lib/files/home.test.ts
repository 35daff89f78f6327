/** A data folder that is used where it was, and one that was copied, moved or put back. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { homeOf } from '../../../../../src/main/lib/files/home';

let root = '';
const at = (name: string): string => join(root, name);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'crema-home-'));
  mkdirSync(at('data'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A start in that folder; whether it is a copy. */
function starts(name: string, host = 'workshop'): boolean {
  const { isCopy, settle } = homeOf(at(name), () => host);
  settle();
  return isCopy;
}

it('a folder that stays where it is, or is renamed, is no copy', () => {
  expect(starts('data')).toBe(false);
  expect(starts('data')).toBe(false);
  renameSync(at('data'), at('renamed'));
  expect(starts('renamed')).toBe(false);
  expect(readdirSync(at('renamed')).toSorted()).toEqual(['home.copy.json', 'home.json']);
});

it('a copy is known once, on another computer and on this one; the first folder stays what it is', () => {
  starts('data');
  cpSync(at('data'), at('copy'), { recursive: true });
  expect([starts('copy'), starts('copy')]).toEqual([true, false]);
  expect([starts('data', 'laptop'), starts('data', 'laptop')]).toEqual([true, false]);
});

it('a copy that takes the place of the first folder is known too', () => {
  starts('data');
  // File systems date what is made by the tick of a clock, which is some milliseconds long.
  const born = (name: string): bigint => statSync(at(name), { bigint: true }).birthtimeMs;
  mkdirSync(at('later'));
  while (born('later') === born('data')) {
    rmdirSync(at('later'));
    mkdirSync(at('later'));
  }
  cpSync(at('data'), at('backup'), { recursive: true });
  rmSync(at('data'), { recursive: true });
  // Another folder may have the number that just became free.
  mkdirSync(at('between'));
  cpSync(at('backup'), at('data'), { recursive: true });
  expect(starts('data')).toBe(true);
});

it('is not settled before it is said, and counts as a copy where nobody can tell', () => {
  starts('data');
  cpSync(at('data'), at('copy'), { recursive: true });
  expect(homeOf(at('copy'), () => 'workshop').isCopy).toBe(true);
  expect(starts('copy')).toBe(true);
  for (const name of ['home.json', 'home.copy.json']) writeFileSync(join(at('data'), name), '{');
  expect([starts('data'), starts('data')]).toEqual([true, false]);
});

it('a folder that is made only later is no copy, and has its place then', () => {
  const home = homeOf(at('later'), () => 'workshop');
  home.settle();
  mkdirSync(at('later'));
  home.settle();
  expect([home.isCopy, starts('later')]).toEqual([false, false]);
  expect(readdirSync(at('later')).toSorted()).toEqual(['home.copy.json', 'home.json']);
});

it('says the same of this computer each time', () => {
  homeOf(at('data')).settle();
  expect(homeOf(at('data')).isCopy).toBe(false);
});
