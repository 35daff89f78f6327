/** A search for a machine finds frames from before its login, also together with their command. */
import { expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import { DatabaseSync } from '@photostructure/sqlite';
import type { PackedReader } from '../../../../../src/main/journal/client/packed';
import { OwnerWriter } from '../../../../../src/main/journal/store/owners';
import { connection, World } from '../../../../builders/connection';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();

const rinsed = { cmd: 'rinsingrecord', c_uid: 'u-9', isok: true, rinsing_code: '1' };
const hb = (vmc_no: number) => ({ cmd: 'hb', vmc_no });

it.each([
  ['in one block with it', 0],
  ['in a block after that of the frame', 40],
])('the number arrives %s', (_, between) => {
  const store = openStore(directory('journal.sqlite'), { block: 16, segment: 16 });
  const world = new World();
  const nameless = connection({}, world).receives(rinsed);
  const other = connection({}, world);
  for (let n = 0; n < between; n += 1) other.receives(hb(8));
  nameless.receives(hb(7));
  for (let n = 0; n < 100; n += 1) other.receives(hb(8));
  store.append(batchOf({ entries: world.entries }));
  const found = (cmd: string | null) =>
    store
      .frames({
        filter: { ...everyFrame, vmcNo: 7, cmd },
        place: { before: null },
        limit: 100,
        now: world.now,
        names: {},
      })
      .entries.map((entry) => ('cmd' in entry ? entry.cmd : entry.kind));
  expect(found(null)).toContain('rinsingrecord');
  expect(found('rinsingrecord')).toEqual(['rinsingrecord']);
  store.close();
});

it('a batch that was not written leaves no trace of its connections', () => {
  const db = new DatabaseSync(directory('owners.sqlite'));
  db.exec('CREATE TABLE entries (id INTEGER PRIMARY KEY, conn INTEGER, kind TEXT, vmc_no INTEGER)');
  db.exec('CREATE TABLE owners (entry INTEGER PRIMARY KEY, vmc_no INTEGER, checksum INTEGER)');
  const found: (readonly [number, number])[] = [];
  const writer = new OwnerWriter(db, (entry, vmcNo) => found.push([entry, vmcNo]));
  const opened = (id: number, conn: number) => ({ id, conn, vmcNo: null, kind: 'opened' }) as PackedReader;
  const named = (id: number, conn: number) => ({ id, conn, vmcNo: 7, kind: 'frame' }) as PackedReader;

  writer.add(opened(1, 1));
  writer.keep();
  // Not written: an entry that continues a connection, and an entry that begins another.
  writer.add(named(2, 1));
  writer.add(opened(3, 2));
  found.length = 0;
  db.exec('DELETE FROM owners');
  writer.undo();
  writer.add(named(4, 2));
  expect(found).toEqual([]);
  writer.add(named(5, 1));
  expect(found).toEqual([[1, 7]]);
  db.close();
});
