import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import type { StoredEntry } from '#shared/model/frame';
import {
  packEntries,
  PackedReader,
  unpacked,
  type PackedEntries,
} from '../../../../../src/main/journal/client/packed';
import { openJournal } from '../../../../../src/main/journal/store/openJournal';
import { connection, World } from '../../../../builders/connection';
import { memory } from '../../../../builders/folders';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder('each', memory);
const file = (): string => folder('journal.sqlite');
const everything = { after: 0, entries: 10_000, bytes: Infinity };

/** More entries than SQLite returns in one call. Returns them as they were recorded. */
function write(): PackedEntries {
  const world = new World();
  const machine = connection({}, world).receives({ cmd: 'login', vmc_no: 33_232, version: '1.0' });
  for (let n = 0; n < 200; n += 1) machine.receives({ cmd: 'hb', vmc_no: 33_232, n });
  machine.receivesBytes(new TextEncoder().encode('junk!')).hangsUp();
  const store = openStore(file());
  store.append(batchOf({ entries: world.entries }));
  store.close();
  return packEntries(world.entries);
}

function page(sql: string, query = everything): PackedEntries {
  const db = new DatabaseSync(file());
  db.enableDefensive(false);
  if (sql !== '') db.exec(sql);
  db.close();
  const opened = openJournal(file());
  if (opened.kind !== 'open') throw new Error('not open');
  const { entries } = opened.store.packedAfter(query);
  opened.store.close();
  return entries;
}
const all = (entries: PackedEntries): readonly StoredEntry[] => [...unpacked(entries)];
const ids = (entries: PackedEntries): readonly number[] => all(entries).map(({ id }) => id);

it('has all entries as they were recorded', () => {
  const recorded = write();
  expect(recorded.count).toBeGreaterThan(300);
  expect(new Set(all(recorded).map(({ kind }) => kind)).size).toBeGreaterThan(3);
  expect(page('')).toEqual(recorded);
});

it.each([
  ['a number of entries', { ...everything, after: 10, entries: 300 }, 310],
  ['a number within the first rows', { ...everything, entries: 7 }, 7],
  ['the entry that reaches the bytes', { ...everything, bytes: 1 }, 2],
])('ends at %s', (_what, query, last) => {
  write();
  const found = page('', query);
  expect(ids(found)).toEqual(Array.from({ length: found.count }, (_, i) => query.after + 1 + i));
  expect(ids(found).at(-1)).toBe(last);
});

it('ends before a missing number', () => {
  write();
  expect(ids(page('DELETE FROM entries WHERE id = 270')).at(-1)).toBe(269);
});

it('shows a changed entry as damaged, and the others as they were', () => {
  const recorded = write();
  const changed = page('UPDATE entries SET at = at + 1 WHERE id = 20');
  const findings = (entries: PackedEntries): readonly (string | null)[] => {
    const found: (string | null)[] = [];
    for (const entry = new PackedReader(entries); entry.next();) found.push(entry.detail);
    return found;
  };
  const before = findings(recorded);
  expect(findings(changed).flatMap((detail, i) => (detail === before[i] ? [] : [[i + 1, detail]]))).toEqual([
    [20, expect.stringContaining('record.damaged')],
  ]);
});

/** A changed byte can make a text a blob. STRICT refuses that in SQL. */
const asBlob = `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'entries';
  PRAGMA writable_schema = RESET; UPDATE entries SET cmd = CAST(cmd AS BLOB) WHERE id = 20; PRAGMA writable_schema = ON;
  UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'entries'; PRAGMA writable_schema = RESET`;

it.each([
  ['a number that JavaScript can’t hold', 'UPDATE entries SET at = 9223372036854775807 WHERE id = 20'],
  ['another checksum', 'UPDATE entries SET checksum = checksum + 1 WHERE id = 20'],
  ['a text that is a blob', asBlob],
  ['a text with other bytes', `UPDATE entries SET cmd = CAST(x'ff00' AS TEXT) WHERE id = 20`],
  ['bytes that are longer', `UPDATE entries SET bytes = zeroblob(70000) WHERE id = 20`],
  ['no bytes', `UPDATE entries SET bytes = NULL WHERE id = 20`],
])('%s costs only its entry', (_what, sql) => {
  write();
  const found = all(page(sql));
  expect(found).toHaveLength(page('').count);
  expect(
    found.filter((one) => 'findings' in one && JSON.stringify(one).includes('record.damaged')),
  ).toHaveLength(1);
});
