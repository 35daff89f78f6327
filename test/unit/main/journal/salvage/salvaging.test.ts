/** Recovery of a damaged journal into a new one. */
import { copyFileSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from '@photostructure/sqlite';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Salvage } from '#shared/model/journal';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { queuedCommand } from '../../../../../src/main/machines/commands/judge';
import { batchOf, openStore } from '../../../../builders/journal';
import { makeManyInJournal } from '../../../../builders/manyInJournal';
import { manyEntries } from '../../../../builders/manyEntries';
import { seenIn } from '../../../../builders/seenInJournal';
import { useFolder } from '../../../../builders/useFolder';

const frames = 1_500;
const pageSize = 8_192;
const base = useFolder('all');
const folder = useFolder();
const made = (): string => base('journal.sqlite');
const file = (): string => folder('journal.sqlite');
const aside = (): string => folder('journal.damaged-2026-12-01T08-00-00.sqlite');

beforeAll(async () => {
  await makeManyInJournal(made(), frames);
  const store = open(made());
  store.append(
    batchOf({
      machines: [{ vmcNo: 7, entry: 2 * frames - 10, state: '{"vmcNo":7}' }],
      commands: [queuedCommand({ id: 12, vmcNo: 7, name: 'reboot', input: {}, sessionId: 's' }, 1)],
      marks: [{ entry: 4, marked: true, note: 'look' }],
    }),
  );
  store.close();
});

function open(name = file(), copy: string | null = null): JournalStore {
  return openStore(name, undefined, undefined, { copy });
}

function toTheEnd(store: JournalStore): Salvage {
  for (;;) {
    const state = store.salvage();
    if (state === null) throw new Error('nothing is to be brought back');
    if (state.isOver) return state;
  }
}

/** Applies `change` to the damaged file. */
function damaged(change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(made());
  change(bytes);
  writeFileSync(aside(), bytes);
}

interface Entry {
  readonly id: number;
  readonly bytes: Uint8Array | null;
}
/** Bytes as base64, because JSON turns them into an object with a member per byte. */
const written = ({ bytes, ...row }: Entry): string =>
  JSON.stringify({ ...row, bytes: bytes === null ? null : Buffer.from(bytes).toString('base64') });
function entriesOf(name: string): ReadonlyMap<number, string> {
  const db = new DatabaseSync(name);
  const rows = db.prepare('SELECT * FROM entries ORDER BY id').all();
  db.close();
  return new Map((rows as unknown as readonly Entry[]).map((row) => [row.id, written(row)]));
}

function rootOf(name: string): number {
  const db = new DatabaseSync(made());
  const row = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name) as {
    readonly rootpage: number;
  };
  db.close();
  return row.rootpage;
}

/** The same numbers in every run. */
function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('an intact file', () => {
  it('is recovered byte for byte, with states, commands and marks, while new entries are recorded', async () => {
    copyFileSync(made(), aside());
    const store = open(file(), aside());
    expect(store.last()).toMatchObject({ entry: 2 * frames, command: 12 });
    expect(store.machines()).toEqual([{ vmcNo: 7, entry: 2 * frames - 10, state: '{"vmcNo":7}' }]);
    expect(store.history.openCommands({ since: 0 }).map(({ id }) => id)).toEqual([12]);
    expect(store.marks.all()).toEqual([{ entry: 4, marked: true, note: 'look' }]);
    // Entries that no machine state includes are available at once.
    expect(store.entriesAfter(0, 100).map(({ id }) => id)).toEqual(
      Array.from({ length: 10 }, (_, i) => 2 * frames - 9 + i),
    );

    let steps = 0;
    let state = store.salvage();
    for await (const page of manyEntries(1_000)) {
      const later = page.map((entry) => Object.assign(entry, { id: 2 * frames + entry.id }));
      store.append(batchOf({ entries: later }));
      state = store.salvage();
      steps += 1;
    }
    expect(steps).toBe(1);
    expect(state?.isOver).toBe(false);
    state = toTheEnd(store);
    expect(state).toMatchObject({ share: 1, saved: 2 * frames, lost: 0, lostRows: {} });
    expect(seenIn(store)).toEqual({ listed: 2 * frames + 1_000, counted: 2 * frames + 1_000 });
    expect(store.salvage()).toBeNull();
    store.close();

    const after = entriesOf(file());
    const missing = [...entriesOf(made())].filter(([id, row]) => after.get(id) !== row);
    expect(missing).toEqual([]);
  });

  it('has its last time before the recovery begins, even if machine states include all entries', () => {
    copyFileSync(made(), aside());
    const whole = open(aside());
    const last = whole.lastTime();
    whole.append(batchOf({ machines: [{ vmcNo: 7, entry: 2 * frames, state: '{"vmcNo":7}' }] }));
    whole.close();
    const store = open(file(), aside());
    expect(store.lastTime()).toBe(last);
    expect(toTheEnd(store)).toMatchObject({ saved: 2 * frames, lost: 0 });
    expect(seenIn(store)).toEqual({ listed: 2 * frames, counted: 2 * frames });
    store.close();
  });

  it('is recovered further after a restart in the middle', () => {
    copyFileSync(made(), aside());
    let store = open(file(), aside());
    while ((store.salvage()?.saved ?? 0) < frames);
    store.close();
    store = open();
    expect(store.history.openCommands({ since: 0 }).map(({ id }) => id)).toEqual([12]);
    expect(toTheEnd(store)).toMatchObject({ saved: 2 * frames, lost: 0 });
    expect(seenIn(store)).toEqual({ listed: 2 * frames, counted: 2 * frames });
    store.close();
    store = open();
    expect(store.salvage()).toBeNull();
    store.close();
  });
});

describe('damage', () => {
  it.each([20, 100])(
    'of %i bits costs less than one entry in a hundred, and the loss is reported',
    (flips) => {
      const before = entriesOf(made());
      const random = seeded(flips);
      damaged((bytes) => {
        for (let n = 0; n < flips; n += 1) {
          const at = Math.floor(random() * bytes.length);
          bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
        }
      });
      const store = open(file(), aside());
      const state = toTheEnd(store);
      const found = seenIn(store);
      store.close();
      const after = entriesOf(file());
      const lost = [...before.keys()].filter((id) => !after.has(id));
      expect(lost.length).toBeLessThan(before.size / 100);
      expect(state.lost).toBe(lost.length);
      expect(state.lostFrom === null).toBe(lost.length === 0);
      expect(found).toEqual({ listed: after.size, counted: after.size });
      expect(after.size).toBe(before.size - lost.length);
    },
  );

  it('of the branch above all entries costs none of them', () => {
    damaged((bytes) => bytes.fill(0, (rootOf('entries') - 1) * pageSize, rootOf('entries') * pageSize));
    const store = open(file(), aside());
    const state = toTheEnd(store);
    store.close();
    expect(entriesOf(file()).size).toBe(2 * frames);
    expect(state.lost).toBe(0);
  });

  it('of the table list costs nothing', () => {
    damaged((bytes) => bytes.fill(0, 100, pageSize));
    const store = open(file(), aside());
    expect(toTheEnd(store)).toMatchObject({ saved: 2 * frames, lost: 0 });
    expect(store.marks.all()).toEqual([{ entry: 4, marked: true, note: 'look' }]);
    store.close();
  });

  it('of a page of entries costs only these, and their number and times are reported', () => {
    const db = new DatabaseSync(made());
    const leaves = db
      .prepare(`SELECT pageno FROM dbstat WHERE name = 'entries' AND pagetype = 'leaf' ORDER BY path`)
      .all() as unknown as readonly { readonly pageno: number }[];
    db.close();
    damaged((bytes) => {
      for (const { pageno } of leaves.slice(40, 42))
        bytes.fill(0xff, (pageno - 1) * pageSize, pageno * pageSize);
    });
    const store = open(file(), aside());
    const state = toTheEnd(store);
    store.close();
    const after = entriesOf(file());
    expect(after.size).toBe(2 * frames - state.lost);
    const lost = [...entriesOf(made()).keys()].filter((id) => !after.has(id));
    expect(lost.length).toBeGreaterThan(20);
    const at = (id: number): number => (JSON.parse(after.get(id) ?? '') as { at: number }).at;
    expect(state).toMatchObject({
      lostFrom: at((lost[0] ?? 0) - 1),
      lostTo: at((lost.at(-1) ?? 0) + 1),
    });
  });

  it('of a command is reported, and its number is not used again', () => {
    damaged((bytes) => {
      const leaf = (rootOf('commands') - 1) * pageSize;
      const cell = leaf + bytes.readUInt16BE(leaf + 8);
      // The row claims to have no values.
      bytes[cell + 3] = 0x7f;
    });
    const store = open(file(), aside());
    expect(toTheEnd(store)).toMatchObject({ saved: 2 * frames, lostRows: { commands: 1 } });
    expect(store.last().command).toBe(12);
    store.close();
  });
});

it('claims no number of rows that no page tells', () => {
  const unknown = ['machines', 'commands', 'orders', 'faults', 'diagnoses', 'runs', 'run_lines', 'marks'];
  // The pages of a file of garbage, and those of all tables but the entries.
  writeFileSync(aside(), Buffer.alloc(40 * pageSize, 'garbage'));
  const store = open(file(), aside());
  expect(toTheEnd(store)).toMatchObject({
    saved: 0,
    lost: 0,
    lostRows: Object.fromEntries([...unknown, 'entries'].map((kind) => [kind, null])),
  });
  store.close();
  rmSync(file());
  damaged((bytes) => {
    const page = rootOf('commands');
    bytes.fill(0xff, (page - 1) * pageSize, page * pageSize);
  });
  const again = open(file(), aside());
  expect(toTheEnd(again)).toMatchObject({ saved: 2 * frames, lostRows: { commands: null } });
  again.close();
});

it('recovers data that was committed to the log but never written to the file', () => {
  copyFileSync(made(), file());
  const store = open();
  store.append(batchOf({ marks: [{ entry: 6, marked: true, note: 'later' }] }));
  // As after a kill.
  copyFileSync(file(), aside());
  copyFileSync(`${file()}-wal`, `${aside()}-wal`);
  store.close();
  renameSync(file(), folder('other.sqlite'));
  const again = open(file(), aside());
  expect(again.marks.all().map(({ note }) => note)).toEqual(['look', 'later']);
  again.close();
});

it('a second damage during a recovery is reported with the losses of the first', () => {
  copyFileSync(made(), aside());
  const store = open(file(), aside());
  while ((store.salvage()?.saved ?? 0) < frames / 2);
  const saved = store.salvage()?.saved ?? 0;
  store.close();
  const second = folder('journal.damaged-2026-12-01T09-00-00.sqlite');
  renameSync(file(), second);
  const again = open(file(), second);
  const state = toTheEnd(again);
  again.close();
  expect(state.lost).toBeGreaterThanOrEqual(2 * frames - saved);
  expect(entriesOf(file()).size).toBeGreaterThanOrEqual(saved);
});

it('a file that was moved away costs its entries, and the loss is reported', () => {
  copyFileSync(made(), aside());
  const store = open(file(), aside());
  rmSync(aside());
  expect(toTheEnd(store)).toMatchObject({ saved: 0, lost: 2 * frames - 10 });
  store.close();
});
