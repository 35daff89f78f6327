import { expect, it } from 'vitest';
import { fileErrorOf, SpoiltFiles } from '../../../../../src/main/packages/library/spoiltFiles';

it('the last check decides, however late an earlier one is reported; only changes are reported', () => {
  let reported = 0;
  const files = new SpoiltFiles(
    () => 10,
    () => (reported += 1),
  );
  files.saw({ id: 'a', error: null, at: 1 });
  expect([files.all, reported]).toEqual([[], 0]);
  files.saw({ id: 'a', error: 'changed', at: 5 });
  files.saw({ id: 'b', error: 'gone', at: 5 });
  expect([files.all, reported]).toEqual([
    [
      { id: 'a', error: 'changed' },
      { id: 'b', error: 'gone' },
    ],
    2,
  ]);
  // It began earlier and took longer.
  files.saw({ id: 'a', error: null, at: 4 });
  files.saw({ id: 'a', error: 'changed', at: 6 });
  expect(reported).toBe(2);
  files.saw({ id: 'a', error: null, at: 7 });
  files.saw({ id: 'a', error: 'changed', at: 6 });
  expect([files.all, reported]).toEqual([[{ id: 'b', error: 'gone' }], 3]);
  files.keep(new Set(['a']));
  expect([files.all, reported]).toEqual([[], 4]);
  files.keep(new Set());
  expect(reported).toBe(4);
});

it('a clock that was set back does not keep a repaired error', () => {
  let now = 5_000;
  const files = new SpoiltFiles(
    () => now,
    () => undefined,
  );
  files.saw({ id: 'a', error: 'gone', at: 5_000 });
  now = 1_000;
  files.saw({ id: 'a', error: null, at: 900 });
  expect(files.all).toEqual([]);
});

it('a missing file is gone; a file that the disk or its permissions refuse is not', () => {
  expect(fileErrorOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('gone');
  expect(fileErrorOf(Object.assign(new Error('x'), { code: 'EACCES' }))).toBe('unreadable');
  expect(fileErrorOf('x')).toBe('unreadable');
});
