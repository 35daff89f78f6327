/**
 * Diagnoses in the journal: the newest row of each, by machine. Open ones continue in
 * the next launch; closed ones are deleted with their entries.
 */
import { DatabaseSync } from '@photostructure/sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Diagnosis } from '#shared/model/diagnosis';
import type { DamagedKind } from '#shared/model/journal';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
let store: JournalStore;
const damaged: DamagedKind[] = [];
const file = (): string => directory('journal.sqlite');
function open(): void {
  store = openStore(file(), undefined, (kind) => damaged.push(kind));
}
beforeEach(() => {
  damaged.length = 0;
  open();
});
afterEach(() => {
  store.close();
});

const diagnosis = (id: number, over: Partial<Diagnosis> = {}): Diagnosis => ({
  id,
  vmcNo: 33_232,
  rule: 'materialEmpty',
  cause: 'usedUp',
  since: 1_000,
  until: null,
  evidence: [4],
  params: { materials: '10009' },
  ...over,
});
const keep = (...diagnoses: readonly Diagnosis[]): void => store.append(batchOf({ diagnoses }));

it('the newest row of each is kept across launches', () => {
  keep(
    diagnosis(1),
    diagnosis(2, { vmcNo: 7 }),
    diagnosis(3, { rule: 'soldOut', cause: 'materials', params: {} }),
  );
  keep(diagnosis(1, { until: 5_000 }));
  store.close();
  open();
  expect(store.history.diagnoses({ vmcNo: 33_232, limit: 10 })).toEqual([
    diagnosis(3, { rule: 'soldOut', cause: 'materials', params: {} }),
    diagnosis(1, { until: 5_000 }),
  ]);
  expect(store.history.diagnoses({ vmcNo: 33_232, limit: 1 }).map(({ id }) => id)).toEqual([3]);
  expect(store.history.openDiagnoses().map(({ id }) => id)).toEqual([2, 3]);
  expect(store.last().diagnosis).toBe(3);
});

it('an unreadable row is moved aside and its number is not used again', () => {
  keep(diagnosis(1), diagnosis(8));
  const db = new DatabaseSync(file());
  db.exec(`UPDATE diagnoses SET body = replace(body, 'materialEmpty', 'materialEmptz') WHERE id = 8`);
  db.close();
  expect(store.history.openDiagnoses()).toEqual([diagnosis(1)]);
  expect(damaged).toEqual(['diagnoses']);
  expect(store.history.diagnoses({ vmcNo: 33_232, limit: 9 })).toEqual([diagnosis(1)]);
  expect(store.last().diagnosis).toBe(8);
});
