import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { lockFolder } from '../../../../../src/main/lib/files/folderLock';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder();

it('only one holder at a time', () => {
  const lock = lockFolder(folder());
  expect(lock).not.toBeNull();
  expect(lockFolder(folder())).toBeNull();
  lock?.release();
  const again = lockFolder(folder());
  expect(again).not.toBeNull();
  again?.release();
});

it('a foreign file in place of the lock does not prevent the start', () => {
  writeFileSync(folder('crema.lock'), 'x'.repeat(5_000));
  const lock = lockFolder(folder());
  expect(lock).not.toBeNull();
  expect(lockFolder(folder())).toBeNull();
  lock?.release();
});
