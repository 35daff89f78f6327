/** Flipped bits in pages of entries: changed or missing data is never shown as valid. */
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { PagePlace, StoredEntry } from '#shared/model/frame';
import type { DamagedKind } from '#shared/model/journal';
import { exportCsv } from '../../../../../src/main/core/captures/out/exportCsv';
import { exportJsonl } from '../../../../../src/main/core/captures/out/exportJsonl';
import { marksOf, scan } from '../../../../../src/main/journal/queries/scan';
import { isEntryRow } from '../../../../../src/main/journal/salvage/begin';
import { TableLeaves } from '../../../../../src/main/journal/salvage/leaves';
import { DatabasePages } from '../../../../../src/main/journal/salvage/pages';
import { rootsOf } from '../../../../../src/main/journal/salvage/tables';
import { isDamage, type OnDamaged } from '../../../../../src/main/journal/store/damaged';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { frameRow } from '../../../../../src/main/core/state/frameRow';
import { readStored } from '../../../../../src/main/core/state/readStored';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { Random } from '../../../../../src/main/tools/simulator/random';
import { connection, World } from '../../../../builders/connection';
import { memory } from '../../../../builders/folders';
import { batchOf, openStore, openedJournal } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const flips = 30;
/** Page, byte and bit of flips that once hid or changed entries without a report. */
const pastLosses: readonly (readonly [page: number, byte: number, bit: number])[] = [
  [37, 103, 3],
  [37, 329, 7],
  [38, 30, 4],
  [38, 77, 6],
  [38, 91, 2],
  [38, 4232, 7],
  [39, 71, 3],
  [39, 8036, 7],
];
/** Some entries are in a block, others are not yet. */
const sizes = { block: 128, segment: 8 };
const folder = useFolder('each', memory);

const file = (): string => folder('journal.sqlite');

function opened(onDamaged: OnDamaged): JournalStore | null {
  const journal = openedJournal(file(), sizes, onDamaged);
  if (journal.damagedCopy === null) return journal.store;
  journal.store.close();
  return null;
}

function write(): void {
  const world = new World();
  const machines = [33_232, 33_233, 33_234].map((vmcNo) =>
    connection({}, world).receives({ cmd: 'login', vmc_no: vmcNo, version: '1.0' }),
  );
  for (let n = 0; n < 60; n += 1)
    for (const machine of machines) machine.receives({ cmd: 'hb', vmc_no: 33_232 + (n % 3), n });
  machines[0]?.receivesBytes(new TextEncoder().encode('junk!')).hangsUp();
  const store = opened(() => undefined);
  store?.append(batchOf({ entries: world.entries }));
  store?.close();
}

const text = ({ id, ...entry }: StoredEntry): string =>
  JSON.stringify([
    id,
    'bytes' in entry ? { ...entry, bytes: Buffer.from(entry.bytes).toString('hex') } : entry,
  ]);

/** The entries that a user sees: in pages of a list, and each one opened. */
function found(store: JournalStore): readonly StoredEntry[] {
  const entries: StoredEntry[] = [];
  for (let before: number | null = null; ;) {
    const query = { filter: everyFrame, place: { before }, limit: 50, now: 0, names: {} };
    const page = store.frames(query);
    entries.push(...page.entries);
    if (page.next === null) return entries;
    before = page.next;
  }
}

function entryPages(): { readonly pages: readonly number[]; readonly size: number } {
  const pages = new DatabasePages(file());
  const leaves = new TableLeaves(pages, rootsOf(pages).get('entries') ?? 0, isEntryRow);
  leaves.scan(Infinity);
  const { size } = pages;
  const numbers = leaves.inOrder().map(({ page }) => page);
  pages.close();
  return { pages: numbers, size };
}

it.each([
  ['fast', 0],
  // Each page of the list then ends at the first border of a block.
  ['slow', 1_000],
])(`${flips} flipped bits lose or change no entry unnoticed on a %s computer`, (_pace, each) => {
  if (each > 0) {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += each));
    onTestFinished(() => clock.mockRestore());
  }
  write();
  const whole = opened(() => undefined);
  if (whole === null) throw new Error('it was damaged at once');
  const sound = new Set(found(whole).map(text));
  whole.close();
  const { pages, size } = entryPages();
  expect([sound.size > 300, pages.length > 3]).toEqual([true, true]);
  copyFileSync(file(), folder('whole'));
  const random = new Random(49);
  const randomFlips = Array.from(
    { length: flips },
    () => [pages[random.int(0, pages.length - 1)] ?? 0, random.int(0, size - 1), random.int(0, 7)] as const,
  );
  const unreported: string[] = [];
  let lossy = 0;
  for (const [page, byte, bit] of [...pastLosses, ...randomFlips]) {
    rmSync(file(), { force: true });
    const bytes = readFileSync(folder('whole'));
    const at = (page - 1) * size + byte;
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    writeFileSync(file(), bytes);
    const reported: DamagedKind[] = [];
    let now: ReadonlySet<string> = new Set();
    try {
      const store = opened((kind) => reported.push(kind));
      if (store === null) continue;
      try {
        now = new Set(found(store).map(text));
      } finally {
        store.close();
      }
    } catch (error) {
      // The journal thread moves such a file aside and reports the damage.
      if (!isDamage(error)) throw error;
      continue;
    }
    const lost = [...sound].filter((one) => !now.has(one));
    if (lost.length > 0) lossy += 1;
    if (lost.length > 0 && reported.length === 0)
      unreported.push(`bit ${bit} of byte ${byte} of page ${page}: ${lost.length}`);
  }
  expect(unreported).toEqual([]);
  expect(lossy).toBeGreaterThan(flips / 10);
});

/** Reopens the journal after a change. */
function changed(sql: string): { readonly store: JournalStore; readonly reported: readonly string[] } {
  const db = new DatabaseSync(file());
  db.exec(sql);
  db.close();
  const reported: string[] = [];
  return { store: openStore(file(), sizes, (kind, id) => reported.push(`${kind} ${id}`)), reported };
}
const hb = `(SELECT id FROM entries WHERE cmd = 'hb' AND dir = 'in' ORDER BY id LIMIT 1)`;
const flipText = `UPDATE entries SET bytes = CAST(replace(CAST(bytes AS TEXT), '"n":0', '"n":2') AS BLOB) WHERE id = ${hb}`;

it('a changed text stays in its row and is marked in lists and files, but does not change the machine state', async () => {
  write();
  const { store, reported } = changed(flipText);
  const entry = found(store).find(({ damaged }) => damaged === true);
  if (entry?.kind !== 'frame') throw new Error('no frame is marked');
  expect(reported).toEqual([`entries ${entry.id}`]);
  const read = readStored(entry);
  expect(frameRow(read).cmd).toBe('hb');
  expect(frameRow(read).findings).toContainEqual({ code: 'record.damaged' });
  expect(frameRow(read).text).toContain('"n":2');
  const fleet = new Fleet();
  for (const one of store.entriesAfter(0, entry.id - 1)) fleet.apply(readStored(one));
  expect(fleet.apply(read)).toBeNull();
  store.close();
  const db = new DatabaseSync(file(), { readOnly: true });
  const written = async (format: typeof exportCsv | typeof exportJsonl): Promise<string> => {
    const parts: string[] = [];
    const question = { filter: everyFrame, now: 0, names: {}, ids: [entry.id] };
    async function* pages() {
      for (const page of scan(db, question, marksOf(db)))
        yield await Promise.resolve(page.entries.map(readStored));
    }
    await format(pages(), (piece) => Promise.resolve(void parts.push(Buffer.from(piece).toString())));
    return parts.join('');
  };
  expect(await written(exportCsv)).toContain('record.damaged');
  expect(await written(exportJsonl)).toContain('"damaged":true');
  db.close();
});

it.each([
  ['opened', `UPDATE entries SET detail = replace(detail, '192', '193') WHERE kind = 'opened' AND id = 1`],
  ['closed', `UPDATE entries SET at = at + 1 WHERE kind = 'closed'`],
  ['owner', `UPDATE owners SET vmc_no = vmc_no + 1 WHERE entry = 1`],
])('a changed %s is shown and marked too', (_kind, sql) => {
  write();
  const { store } = changed(sql);
  const marked = found(store).filter(({ damaged }) => damaged === true);
  expect(marked.map((entry) => frameRow(readStored(entry)).findings)).toEqual([[{ code: 'record.damaged' }]]);
  store.close();
});

it('a missing entry between two others is reported', () => {
  write();
  const { store, reported } = changed('DELETE FROM entries WHERE id = 40');
  found(store);
  expect(reported).toEqual(['entries 40']);
  store.close();
});

it.each([
  ['back', { before: null }],
  ['forward', { after: 0 }],
])('missing entries at the end of a page are reported when reading %s, however slow', (_way, first) => {
  write();
  // Blocks of entries and the pages of a slow reading begin at the same entries.
  const { store, reported } = changed('DELETE FROM entries WHERE id BETWEEN 100 AND 300');
  let now = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
  onTestFinished(() => clock.mockRestore());
  for (let place: PagePlace = first; ;) {
    const page = store.frames({ filter: everyFrame, place, limit: 50, now: 0, names: {} });
    if (page.next === null) break;
    place = 'after' in place ? { after: page.next } : { before: page.next };
  }
  expect(reported).toEqual(['entries 300']);
  store.close();
});

it('a journal without checksums stays readable, and new rows have checksums', () => {
  write();
  const { store, reported } =
    changed(`ALTER TABLE entries DROP COLUMN checksum; ALTER TABLE runs DROP COLUMN checksum;
    ALTER TABLE owners DROP COLUMN checksum; ${flipText}`);
  const entries = found(store);
  expect(entries.length).toBeGreaterThan(300);
  const last = store.last().entry;
  store.append(
    batchOf({ entries: [{ kind: 'closed', id: last + 1, at: 1, conn: 2, vmcNo: null, reason: 'killed' }] }),
  );
  store.close();
  expect([entries.some(({ damaged }) => damaged === true), reported]).toEqual([false, []]);
  const again = changed(`UPDATE entries SET at = 2 WHERE id = ${last + 1}`);
  expect(
    found(again.store)
      .filter(({ damaged }) => damaged)
      .map(({ id }) => id),
  ).toEqual([last + 1]);
  again.store.close();
});

it.each(['at', 'conn', 'sequence', 'body_start', 'vmc_no', 'checksum'])(
  'a number in %s that JavaScript can’t hold costs only its entry',
  (column) => {
    write();
    const { store } = changed(`UPDATE entries SET ${column} = 9223372036854775807 WHERE id = ${hb}`);
    const entries = found(store);
    expect(entries).toHaveLength(store.last().entry);
    expect(entries.filter(({ damaged }) => damaged === true)).toHaveLength(1);
    expect(store.entriesAfter(0, 1_000)).toHaveLength(entries.length);
    store.close();
    const db = new DatabaseSync(file(), { readOnly: true });
    const question = { filter: everyFrame, now: 0, names: {}, ids: null };
    expect([...scan(db, question, marksOf(db))].flatMap((page) => page.entries)).toHaveLength(entries.length);
    db.close();
  },
);
