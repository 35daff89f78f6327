import { afterEach, beforeEach, expect, it } from 'vitest';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import type { KeptState } from '../../../../../src/main/journal/store/machineStates';
import { packEntries } from '../../../../../src/main/journal/client/packed';
import { openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
beforeEach(() => {
  store = openStore(directory('journal.sqlite'));
});
afterEach(() => store.close());

const keep = (...machines: readonly KeptState[]): void =>
  store.append({ entries: packEntries([]), faults: [], orders: [], commands: [], machines });
const state = (vmcNo: number, entry: number): KeptState => ({ vmcNo, entry, state: `{"vmcNo":${vmcNo}}` });
const removed = (vmcNo: number, entry: number): KeptState => ({ vmcNo, entry, state: null });

it('of removed machines only the newest entry is kept', () => {
  keep(state(7, 10), state(8, 10), state(9, 10));
  keep(removed(7, 12), removed(8, 11));
  expect(store.machines()).toEqual([{ vmcNo: 7, entry: 12, state: '' }, state(9, 10)]);
  keep(state(7, 20), removed(9, 20));
  expect(store.machines()).toEqual([state(7, 20), { vmcNo: 9, entry: 20, state: '' }]);
});

it('a machine removed between checkpoints has no row, and leaves the kept entry as it is', () => {
  keep(state(7, 10), removed(8, 10));
  keep(removed(7, 0));
  expect(store.machines()).toEqual([{ vmcNo: 8, entry: 10, state: '' }]);
});
