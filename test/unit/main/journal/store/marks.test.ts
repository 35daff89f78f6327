import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
beforeEach(() => {
  store = openStore(directory('journal.sqlite'));
});
afterEach(() => store.close());

it('a change leaves the other part of the row as it is', () => {
  const { marks } = store;
  expect(marks.change({ entry: 7, marked: true })).toEqual({ entry: 7, marked: true, note: '' });
  expect(marks.change({ entry: 7, note: 'ask the vendor' })).toEqual({
    entry: 7,
    marked: true,
    note: 'ask the vendor',
  });
  marks.change({ entry: 8, note: 'odd' });
  marks.change({ entry: 8, marked: true });
  marks.change({ entry: 8, note: '' });
  expect(marks.all()).toEqual([
    { entry: 7, marked: true, note: 'ask the vendor' },
    { entry: 8, marked: true, note: '' },
  ]);
});

it('an entry without mark and note has no row', () => {
  const { marks } = store;
  marks.change({ entry: 7, marked: true });
  marks.change({ entry: 7, marked: false });
  expect(marks.all()).toEqual([]);
});

it('a change builds on a row that another process has written', () => {
  const other = openStore(directory('journal.sqlite'));
  expect(store.marks.byEntry().size).toBe(0);
  other.marks.set({ entry: 7, marked: true, note: '' });
  other.close();
  expect(store.marks.change({ entry: 7, note: 'new' })).toEqual({ entry: 7, marked: true, note: 'new' });
});
