import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tryFolder } from '../../../../../src/main/lib/launch/dataFolder';
import { makeFolder } from '../../../../../src/main/lib/files/makeFolder';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

it('returns the first folder that it made', () => {
  const inner = folder('a', 'b', 'c');
  expect(makeFolder(inner)).toBe(folder('a'));
  expect(existsSync(inner)).toBe(true);
  expect(makeFolder(inner)).toBeUndefined();
  expect(makeFolder(join(inner, 'd'))).toBe(join(inner, 'd'));
});

it('accepts a link to a folder as a folder, and nothing else', () => {
  mkdirSync(folder('real'));
  symlinkSync(folder('real'), folder('link'));
  symlinkSync(folder('gone'), folder('dangling'));
  writeFileSync(folder('file'), '');
  expect(makeFolder(folder('link'))).toBeUndefined();
  expect(() => makeFolder(folder('file'))).toThrow('EEXIST');
  expect(() => makeFolder(folder('file', 'inner'))).toThrow('ENOTDIR');
  expect(() => makeFolder(folder('dangling', 'inner'))).toThrow('EEXIST');
});

it.runIf(process.platform === 'linux')('ends on a file system that refuses folders with ENOENT', () => {
  expect(() => makeFolder('/proc/crema/data')).toThrow('ENOENT');
  expect(tryFolder('/proc/crema')).toMatchObject({ kind: 'unusable' });
});
