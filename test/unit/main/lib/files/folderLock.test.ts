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

it('one at a time has it', () => {
  const lock = lockFolder(folder);
  expect(lock).not.toBeNull();
  expect(lockFolder(folder)).toBeNull();
  lock?.release();
  const again = lockFolder(folder);
  expect(again).not.toBeNull();
  again?.release();
});

it('a file that is no lock of ours is no reason not to begin', () => {
  writeFileSync(join(folder, 'crema.lock'), 'x'.repeat(5_000));
  const lock = lockFolder(folder);
  expect(lock).not.toBeNull();
  expect(lockFolder(folder)).toBeNull();
  lock?.release();
});
