import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tryFolder } from '../../../../../src/main/lib/launch/dataFolder';
import { makeFolder } from '../../../../../src/main/lib/files/makeFolder';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'crema-folder-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('returns the first folder that it made', () => {
  const inner = join(folder, 'a', 'b', 'c');
  expect(makeFolder(inner)).toBe(join(folder, 'a'));
  expect(existsSync(inner)).toBe(true);
  expect(makeFolder(inner)).toBeUndefined();
  expect(makeFolder(join(inner, 'd'))).toBe(join(inner, 'd'));
});

it('accepts a link to a folder as a folder, and nothing else', () => {
  mkdirSync(join(folder, 'real'));
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  symlinkSync(join(folder, 'gone'), join(folder, 'dangling'));
  writeFileSync(join(folder, 'file'), '');
  expect(makeFolder(join(folder, 'link'))).toBeUndefined();
  expect(() => makeFolder(join(folder, 'file'))).toThrow('EEXIST');
  expect(() => makeFolder(join(folder, 'file', 'inner'))).toThrow('ENOTDIR');
  expect(() => makeFolder(join(folder, 'dangling', 'inner'))).toThrow('EEXIST');
});

it.runIf(process.platform === 'linux')('ends on a file system that refuses folders with ENOENT', () => {
  expect(() => makeFolder('/proc/crema/data')).toThrow('ENOENT');
  expect(tryFolder('/proc/crema')).toMatchObject({ kind: 'unusable' });
});
