/** A site's journal is folded in batches, in another thread and ahead of its file. It has the rows of one fold over all entries, also after kills. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EntryLog } from '../../src/main/core/state/entryLog';
import { Fleet } from '../../src/main/core/state/fleet';
import { readStored } from '../../src/main/core/state/readStored';
import { keepOrder, packEntries, unpacked } from '../../src/main/journal/api';
import { Folds } from '../../src/main/sites/fold/folds';
import { SiteJournal } from '../../src/main/sites/reader/siteJournal';
import { decodeBatch, encodeBatch, type ReceivedBatch } from '../../src/main/sites/wire/batch';
import type { StoredEntry } from '#shared/model/frame';
import type { Fault, OrderRecord } from '#shared/model/history';
import { appBundles, type Bundles } from '../builders/bundles';
import { openStore } from '../builders/journal';
import { Day, type DayInput } from '../builders/recordedDay';
import { useFolder } from '../builders/useFolder';

const folder = useFolder('all');
let entries: readonly StoredEntry[];
let bundles: Bundles;
let folds: Folds;
/** The tables of a journal that was folded and written at once. */
let expected: Readonly<Record<string, string>>;

beforeAll(() => {
  const inputs = gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/recordedDay.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DayInput);
  const day = new Day(inputs[0]?.at ?? 0);
  for (const input of inputs) day.do(input);
  entries = [...unpacked(packEntries(day.world.entries))];
  expected = rowsOf(foldedAtOnce(folder('at once.sqlite')));
  bundles = appBundles();
  folds = new Folds(
    () => new Worker(join(bundles.directory, 'sitesFoldWorker.js')),
    (error) => {
      throw error;
    },
  );
}, 60_000);
afterAll(async () => {
  await folds.end();
  bundles.remove();
});

function foldedAtOnce(file: string): string {
  const fleet = new Fleet();
  const log = new EntryLog(fleet);
  const faults = new Map<number, Fault>();
  const orders = new Map<string, OrderRecord>();
  log.onEntry((_entry, change) => {
    for (const fault of change?.faults ?? []) faults.set(fault.id, fault);
    for (const order of change?.orders ?? []) keepOrder(orders, order);
  });
  for (const entry of entries) log.take(readStored(entry));
  const entry = entries.at(-1)?.id ?? 0;
  const machines = [...fleet.machines.values()].map((machine) => ({
    vmcNo: machine.vmcNo,
    entry,
    state: JSON.stringify(machine),
  }));
  const store = openStore(file);
  const rows = { faults: [...faults.values()], orders: [...orders.values()], commands: [], machines };
  store.append({ entries: packEntries(entries), ...rows });
  store.close();
  return file;
}

/** Each table as a hash: their rows are compared too slowly. */
function rowsOf(file: string): Readonly<Record<string, string>> {
  const db = new DatabaseSync(file, { readOnly: true });
  const hashOf = (table: string): string => {
    const hash = createHash('sha256');
    for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).iterate())
      hash.update(
        JSON.stringify(row, (_key, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
        ),
      );
    return hash.digest('hex');
  };
  const tables = [
    'entries',
    'owners',
    'machines',
    'faults',
    'orders',
    'blocks',
    'tokens',
    'facts',
    'numbers',
  ];
  const found = Object.fromEntries(tables.map((table) => [table, hashOf(table)]));
  db.close();
  return found;
}

/** As it comes from the broker. */
function received(from: number, count: number): ReceivedBatch {
  const part = entries.slice(from, from + count);
  return decodeBatch(encodeBatch({ after: (part[0]?.id ?? 1) - 1, entries: packEntries(part) }));
}

it('has the rows of one fold over all entries', async () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 4_096 }), { minLength: 3, maxLength: 8 });
  /** Batches after which the reader is killed, and entries that come again then. */
  const kills = fc.array(fc.record({ after: fc.nat(10), again: fc.nat(300) }), { maxLength: 3 });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(sizes, kills, async (counts, killed) => {
      const file = folder(`${(run += 1)}.sqlite`);
      let journal = await SiteJournal.open(file, folds);
      for (let [at, n] = [0, 0]; at < entries.length; n += 1) {
        const count = counts[n % counts.length] ?? 1;
        await journal.take(received(at, count));
        at += count;
        const kill = killed.find(({ after }) => after === n);
        if (kill === undefined) continue;
        const { written } = journal;
        journal.abandon();
        journal = await SiteJournal.open(file, folds);
        // Exactly the entries that count as stored are there.
        expect(journal.last).toBe(written);
        at = Math.max(0, entries.findIndex(({ id }) => id > written) - kill.again);
      }
      await journal.close();
      expect(rowsOf(file)).toEqual(expected);
    }),
    { numRuns: 6 },
  );
}, 240_000);

it('stores a batch while the next one is folded, and not before', async () => {
  const journal = await SiteJournal.open(folder('ahead.sqlite'), folds);
  await journal.take(received(0, 100));
  const [first, second] = [entries[99]?.id, entries[199]?.id];
  expect([journal.written, journal.last]).toEqual([0, first]);
  await journal.take(received(100, 100));
  expect([journal.written, journal.last]).toEqual([first, second]);
  // Nothing is new, so nothing waits any more.
  await journal.take(received(100, 100));
  expect([journal.written, journal.last]).toEqual([second, second]);
  await journal.close();
});
