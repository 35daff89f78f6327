import { expect, it } from 'vitest';
import { faultOf, SpoiltFiles } from '../../../../../src/main/packages/library/spoiltFiles';

it('the last look says what a file is, however late an earlier one is told; only changes are told on', () => {
  let told = 0;
  const files = new SpoiltFiles(
    () => 10,
    () => (told += 1),
  );
  files.saw({ id: 'a', fault: null, at: 1 });
  expect([files.all, told]).toEqual([[], 0]);
  files.saw({ id: 'a', fault: 'changed', at: 5 });
  files.saw({ id: 'b', fault: 'gone', at: 5 });
  expect([files.all, told]).toEqual([
    [
      { id: 'a', fault: 'changed' },
      { id: 'b', fault: 'gone' },
    ],
    2,
  ]);
  // It began before, and took longer.
  files.saw({ id: 'a', fault: null, at: 4 });
  files.saw({ id: 'a', fault: 'changed', at: 6 });
  expect(told).toBe(2);
  files.saw({ id: 'a', fault: null, at: 7 });
  files.saw({ id: 'a', fault: 'changed', at: 6 });
  expect([files.all, told]).toEqual([[{ id: 'b', fault: 'gone' }], 3]);
  files.keep(new Set(['a']));
  expect([files.all, told]).toEqual([[], 4]);
  files.keep(new Set());
  expect(told).toBe(4);
});

it('a clock that was set back does not keep a fault that is mended', () => {
  let now = 5_000;
  const files = new SpoiltFiles(
    () => now,
    () => undefined,
  );
  files.saw({ id: 'a', fault: 'gone', at: 5_000 });
  now = 1_000;
  files.saw({ id: 'a', fault: null, at: 900 });
  expect(files.all).toEqual([]);
});

it('a file that is not there is gone; one that the disk or its permissions refuse is not', () => {
  expect(faultOf(Object.assign(new Error('x'), { code: 'ENOENT' }))).toBe('gone');
  expect(faultOf(Object.assign(new Error('x'), { code: 'EACCES' }))).toBe('unreadable');
  expect(faultOf('x')).toBe('unreadable');
});
