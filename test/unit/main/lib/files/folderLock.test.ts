import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from '../../../../../src/main/lib/files/folderLock';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('only one holder at a time', () => {
  const lock = lockFolder(folder);
  expect(lock).not.toBeNull();
  expect(lockFolder(folder)).toBeNull();
  lock?.release();
  const again = lockFolder(folder);
  expect(again).not.toBeNull();
  again?.release();
});

it('a foreign file in place of the lock does not prevent the start', () => {
  writeFileSync(join(folder, 'crema.lock'), 'x'.repeat(5_000));
  const lock = lockFolder(folder);
  expect(lock).not.toBeNull();
  expect(lockFolder(folder)).toBeNull();
  lock?.release();
});
