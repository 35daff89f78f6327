/** A data folder at its usual location, and a copied, moved or restored folder. */
import { cpSync, mkdirSync, readdirSync, renameSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { homeOf } from '../../../../../src/main/lib/files/home';
import { useFolder } from '../../../../builders/useFolder';

const at = useFolder();
beforeEach(() => {
  mkdirSync(at('data'));
});

const workshop = { system: 'workshop', adapters: [] };

/** A start in that folder. Returns true for a copy. */
function starts(name: string, system = 'workshop', adapters: readonly string[] = []): boolean {
  const { isCopy, settle } = homeOf(at(name), () => ({ system, adapters }));
  settle();
  return isCopy;
}

it('a folder that stays in place or is renamed is not a copy', () => {
  expect(starts('data')).toBe(false);
  expect(starts('data')).toBe(false);
  renameSync(at('data'), at('renamed'));
  expect(starts('renamed')).toBe(false);
  expect(readdirSync(at('renamed')).toSorted()).toEqual(['home.copy.json', 'home.json']);
});

it('a copy is detected once, on another computer and on this one; the original stays an original', () => {
  starts('data');
  cpSync(at('data'), at('copy'), { recursive: true });
  expect([starts('copy'), starts('copy')]).toEqual([true, false]);
  expect([starts('data', 'laptop'), starts('data', 'laptop')]).toEqual([true, false]);
});

it('a cloned disk on another computer is detected by the adapters alone, once', () => {
  expect(starts('data', 'workshop', ['wired', 'wireless'])).toBe(false);
  // Same system, path, inode and time; the other computer's own adapters.
  const clone = ['other wired', 'other wireless'];
  expect([starts('data', 'workshop', clone), starts('data', 'workshop', clone)]).toEqual([true, false]);
  // Back in the first computer, the folder was used elsewhere meanwhile.
  expect(starts('data', 'workshop', ['wired', 'wireless'])).toBe(true);
});

it('a computer whose adapters are replaced one by one, or are unknown, stays the same', () => {
  starts('data', 'workshop', ['wired', 'wireless']);
  for (const adapters of [['wired'], ['wired', 'new wireless'], ['new wireless'], [], ['new wireless']])
    expect(starts('data', 'workshop', adapters)).toBe(false);
  expect(starts('data', 'workshop', ['wired'])).toBe(true);
});

it('a note of an earlier version, without adapters, gets them', () => {
  starts('data');
  expect(starts('data', 'workshop', ['wired'])).toBe(false);
  expect(starts('data', 'workshop', ['other'])).toBe(true);
});

it('a copy in place of the original is detected too', () => {
  starts('data');
  // File systems date new files by clock ticks of some milliseconds.
  const born = (name: string): bigint => statSync(at(name), { bigint: true }).birthtimeMs;
  mkdirSync(at('later'));
  while (born('later') === born('data')) {
    rmdirSync(at('later'));
    mkdirSync(at('later'));
  }
  cpSync(at('data'), at('backup'), { recursive: true });
  // The original keeps its inode, so that the copy gets another one.
  renameSync(at('data'), at('original'));
  cpSync(at('backup'), at('data'), { recursive: true });
  expect(starts('data')).toBe(true);
});

it('is stored only by settle, and counts as a copy if the note is damaged', () => {
  starts('data');
  cpSync(at('data'), at('copy'), { recursive: true });
  expect(homeOf(at('copy'), () => workshop).isCopy).toBe(true);
  expect(starts('copy')).toBe(true);
  for (const name of ['home.json', 'home.copy.json']) writeFileSync(join(at('data'), name), '{');
  expect([starts('data'), starts('data')]).toEqual([true, false]);
});

it('a folder made later is not a copy, and gets its location then', () => {
  const home = homeOf(at('later'), () => workshop);
  home.settle();
  mkdirSync(at('later'));
  home.settle();
  expect([home.isCopy, starts('later')]).toEqual([false, false]);
  expect(readdirSync(at('later')).toSorted()).toEqual(['home.copy.json', 'home.json']);
});

it('identifies this computer the same way each time', () => {
  homeOf(at('data')).settle();
  expect(homeOf(at('data')).isCopy).toBe(false);
});
