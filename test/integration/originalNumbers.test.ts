/** Entries keep the numbers of their journal in exported files: a recorded day is exported, opened, and exported again. */
import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DatabaseSync } from '@photostructure/sqlite';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { ExportFormat } from '#shared/model/capture';
import type { Entry, StoredEntry } from '#shared/model/frame';
import { scan } from '../../src/main/journal/embed';
import { exportFrames } from '../../src/main/tools/captures/exportJob';
import { importFile } from '../../src/main/tools/captures/importJob';
import { batchOf, openStore } from '../builders/journal';
import { Day, type DayInput } from '../builders/recordedDay';
import { useFolder } from '../builders/useFolder';
import { hasProgram } from '../builders/wireshark';

const folder = useFolder('all');
const recorded = folder('recorded.sqlite');
const never = new AbortController().signal;
const quietly = { onProgress: () => undefined };
/** The entries of the day, by number. */
const day = new Map<number, Entry>();
let name = '';
let files = 0;
const fresh = (ending: string): string => folder(`${(files += 1)}.${ending}`);

beforeAll(() => {
  const inputs = gunzipSync(readFileSync(join(import.meta.dirname, '../fixtures/recordedDay.jsonl.gz')))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DayInput);
  const played = new Day(inputs[0]?.at ?? 0);
  played.world.entryLog.onEntry((entry) => day.set(entry.id, entry));
  for (const input of inputs) played.do(input);
  played.advance(played.world.now + 200_000);
  const store = openStore(recorded);
  const all = [...day.values()];
  for (let from = 0; from < all.length; from += 5_000)
    store.append(batchOf({ entries: all.slice(from, from + 5_000) }));
  ({ name } = store.identity());
  store.close();
});

const query = { filter: everyFrame, now: 0, names: {}, ids: null };

async function exported(journal: string, format: ExportFormat, ids: readonly number[] | null = null) {
  const file = fresh(format);
  await exportFrames({ ...query, ids, journal, format, file, words: {} }, never, quietly.onProgress);
  return file;
}

async function imported(file: string): Promise<string> {
  const journal = fresh('sqlite');
  await importFile({ file, journal }, never, quietly);
  return journal;
}

function entriesIn(journal: string, text = ''): StoredEntry[] {
  const db = new DatabaseSync(journal, { readOnly: true });
  try {
    return [...scan(db, { ...query, filter: { ...everyFrame, text } }, new Map())].flatMap(
      ({ entries }) => entries,
    );
  } finally {
    db.close();
  }
}

/** Each entry with a number, by journal and number. Fails if an entry is not the recorded one. `begins`: as much as pcapng promises. */
function numbersIn(journal: string, begins: boolean): Set<string> {
  const numbered = entriesIn(journal).filter(
    ({ original }) => original !== undefined && original.id !== null,
  );
  const others = numbered.filter((entry) => !isRecorded(entry, day.get(entry.original?.id ?? 0), begins));
  expect(others).toEqual([]);
  return new Set(numbered.map(({ original }) => `${original?.journal} ${original?.id}`));
}
function isRecorded(entry: StoredEntry, source: Entry | undefined, begins: boolean): boolean {
  if (source?.kind !== entry.kind) return false;
  if (!('bytes' in source) || !('bytes' in entry)) return true;
  const bytes = begins ? entry.bytes.subarray(0, source.bytes.length) : entry.bytes;
  return Buffer.compare(source.bytes, bytes) === 0;
}
/** A start of a connection is added before its first entry. */
const startsOf = (ids: readonly number[]): readonly number[] => {
  const conns = new Set(ids.map((id) => day.get(id)?.conn));
  return [...day.values()].flatMap(({ kind, conn, id }) =>
    kind === 'opened' && conns.has(conn) ? [id] : [],
  );
};
const allowed = (ids: readonly number[]): ReadonlySet<string> => new Set(named([...ids, ...startsOf(ids)]));
const framesOf = (ids: readonly number[]): readonly number[] =>
  ids.filter((id) => day.get(id)?.kind === 'frame');
const named = (ids: readonly number[]): readonly string[] => ids.map((id) => `${name} ${id}`);

describe('an exported and opened file has the numbers of the journal', () => {
  const some = fc.record({
    from: fc.integer({ min: 1, max: 10_000 }),
    count: fc.integer({ min: 1, max: 800 }),
    every: fc.integer({ min: 1, max: 9 }),
  });
  const idsOf = ({ from, count, every }: { from: number; count: number; every: number }) =>
    [...day.keys()].filter((id) => id >= from && id < from + count && id % every === 0);

  it('the whole day as JSONL: every entry, in long runs', async () => {
    const journal = await imported(await exported(recorded, 'jsonl'));
    expect(numbersIn(journal, false)).toEqual(new Set(named([...day.keys()])));
    const db = new DatabaseSync(journal, { readOnly: true });
    const { runs } = db.prepare('SELECT count(*) AS runs FROM originals').get() as { readonly runs: number };
    db.close();
    expect(runs).toBeLessThan(day.size / 500);
  });

  it('the whole day as pcapng: every frame, start and end', async () => {
    const found = numbersIn(await imported(await exported(recorded, 'pcapng')), true);
    const onWire = [...day.values()].filter(({ kind }) => kind !== 'finding' && kind !== 'junk');
    expect(onWire.filter(({ id }) => !found.has(`${name} ${id}`))).toEqual([]);
    // Findings have no packet.
    expect(
      [...day.values()].filter(({ id, kind }) => kind === 'finding' && found.has(`${name} ${id}`)),
    ).toEqual([]);
  });

  it.each(['jsonl', 'pcapng'] as const)('any selection as %s, also after a second export', async (format) => {
    const other = format === 'jsonl' ? 'pcapng' : 'jsonl';
    await fc.assert(
      fc.asyncProperty(some, async (which) => {
        const ids = idsOf(which);
        fc.pre(ids.length > 0);
        const first = await imported(await exported(recorded, format, ids));
        const found = numbersIn(first, format === 'pcapng');
        // Findings have no number in pcapng.
        const kept = format === 'jsonl' ? named([...ids, ...startsOf(ids)]) : named(framesOf(ids));
        expect(kept.filter((one) => !found.has(one))).toEqual([]);
        expect([...found].filter((one) => !allowed(ids).has(one))).toEqual([]);
        const again = numbersIn(await imported(await exported(first, other)), true);
        for (const one of named(framesOf(ids))) expect(again).toContain(one);
        for (const one of again) expect(found).toContain(one);
      }),
      { numRuns: 6 },
    );
  });

  it('a filter finds the number of the journal, and no other', async () => {
    const ids = [...day.keys()].filter((id) => id % 3 === 0);
    const journal = await imported(await exported(recorded, 'jsonl', ids));
    const found = (text: string) => entriesIn(journal, text).map(({ original }) => original?.id);
    const starts = new Set(startsOf(ids));
    const there = (id: number) => id % 3 === 0 || starts.has(id);
    expect(found('id:1446')).toEqual([1446]);
    expect(found('id:1447')).toEqual(starts.has(1447) ? [1447] : []);
    expect(new Set(found('id:2000..5000'))).toEqual(
      new Set([...day.keys()].filter((id) => id >= 2_000 && id <= 5_000 && there(id))),
    );
    expect(new Set(found('id>10500'))).toEqual(
      new Set([...day.keys()].filter((id) => id > 10_500 && there(id))),
    );
    expect(found('-id:*')).toEqual([]);
  });
});

const lineOf = (id: unknown, journal?: unknown) =>
  `${JSON.stringify({ kind: 'closed', id, at: 1, machine: null, connection: 1, reason: 'machineClosed', ...(journal !== undefined && { journal }) })}\n`;

describe('files of several journals, of none, and damaged ones', () => {
  const other = '0f0e0d0c-1111-4222-8333-444455556666';
  const textFile = (text: string): string => {
    const file = fresh('jsonl');
    writeFileSync(file, text);
    return file;
  };
  const originalsIn = (journal: string) => entriesIn(journal).map(({ original }) => original);

  it('two journals in one JSONL file keep their names, and equal numbers stay apart', async () => {
    const file = fresh('jsonl');
    copyFileSync(await exported(recorded, 'jsonl', [5, 6]), file);
    appendFileSync(file, lineOf(6, other) + lineOf(5, other));
    const store = openStore(await imported(file));
    const [mine, theirs] = [store.find(6, name), store.find(6, other)];
    expect(store.entry(mine ?? 0)?.original).toEqual({ id: 6, journal: name });
    expect(store.entry(theirs ?? 0)?.original).toEqual({ id: 6, journal: other });
    // The first one, if the journal is not named.
    expect(store.find(6, null)).toBe(mine);
    expect(store.find(7, null)).toBeNull();
    store.close();
  });

  it('an older JSONL file has numbers of an unknown journal', async () => {
    const store = openStore(await imported(textFile(lineOf(77))));
    expect(store.entry(1)?.original).toEqual({ id: 77, journal: null });
    expect([store.find(77, null), store.find(77, other), store.find(1, null)]).toEqual([1, null, null]);
    store.close();
  });

  it('a damaged number costs the number, not the entry', async () => {
    const wrong = [-4, 1.5, 'x', null, 2 ** 60, 0];
    const journal = await imported(
      textFile(wrong.map((id) => lineOf(id, other)).join('') + lineOf(8, 'no name') + lineOf(9, other)),
    );
    expect(originalsIn(journal)).toEqual([
      ...wrong.map(() => ({ id: null, journal: null })),
      { id: 8, journal: null },
      { id: 9, journal: other },
    ]);
    expect(entriesIn(journal, '-id:*').length).toBe(wrong.length);
    // Also after a second export.
    const again = await imported(await exported(journal, 'jsonl'));
    expect(originalsIn(again)).toEqual(originalsIn(journal));
  });

  it('a damaged row of numbers gives no wrong number', async () => {
    const journal = await imported(textFile(lineOf(8, other)));
    const db = new DatabaseSync(journal);
    db.exec('UPDATE originals SET number = 9');
    db.close();
    expect(originalsIn(journal)).toEqual([{ id: null, journal: null }]);
  });

  it('a file without numbers: its entries are counted, and a further export carries that', async () => {
    const bare = fresh('pcapng');
    const bytes = readFileSync(await exported(recorded, 'pcapng', [...day.keys()].slice(0, 300)));
    // Another program's interface: its packet numbers mean something else.
    writeFileSync(bare, Buffer.from(bytes.toString('latin1').replaceAll('crema ', 'other '), 'latin1'));
    const journal = await imported(bare);
    expect(originalsIn(journal).every((original) => original === undefined)).toBe(true);
    const store = openStore(journal);
    const own = store.identity().name;
    expect([store.find(3, own), store.find(3, null), store.find(3, other)]).toEqual([3, null, null]);
    store.close();
    const again = originalsIn(await imported(await exported(journal, 'jsonl')));
    expect(again.slice(0, 3)).toEqual([1, 2, 3].map((id) => ({ id, journal: own })));
  });

  it('CSV has the number of the journal', async () => {
    const journal = await imported(await exported(recorded, 'jsonl', [...day.keys()].slice(500, 510)));
    const lines = readFileSync(await exported(journal, 'csv'), 'utf8')
      .trim()
      .split('\r\n');
    const ids = lines.slice(1).map((line) => Number(line.split(',').at(-3)));
    expect(ids).toEqual(entriesIn(journal).map(({ original }) => original?.id));
  });
});

describe.runIf(hasProgram('tshark'))('Wireshark’s programs', () => {
  const tool = (program: string, ...args: string[]): string =>
    execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

  it('open the file, show the numbers and keep them', async () => {
    const ids = [...day.keys()].slice(1_000, 1_400);
    const file = await exported(recorded, 'pcapng', ids);
    const shown = tool(
      'tshark',
      '-r',
      file,
      '-T',
      'fields',
      '-e',
      'frame.packet_id',
      '-e',
      'frame.interface_name',
    );
    const numbers = shown.split('\n').flatMap((line) => {
      const [id, face] = line.split('\t');
      return id === undefined || id === '' ? [] : [`${face} ${id}`];
    });
    for (const id of framesOf(ids)) expect(numbers).toContain(`crema ${name} ${id}`);
    expect(tool('tshark', '-r', file, '-Y', '_ws.malformed')).toBe('');
    const found = numbersIn(await imported(file), true);
    const saved = fresh('pcapng');
    tool('tshark', '-r', file, '-w', saved);
    const copied = fresh('pcapng');
    tool('editcap', saved, copied);
    expect(numbersIn(await imported(copied), true)).toEqual(found);
  });

  it('merge files of two journals, which stay apart', async () => {
    const ids = [...day.keys()].slice(0, 200);
    const first = await exported(recorded, 'pcapng', ids);
    const copy = fresh('sqlite');
    copyFileSync(recorded, copy);
    const store = openStore(copy);
    store.renewIdentity({ known: null });
    const second = store.identity().name;
    store.close();
    const later = await exported(copy, 'pcapng', [...day.keys()].slice(5_000, 5_200));
    const merged = fresh('pcapng');
    tool('mergecap', '-w', merged, first, later);
    const found = numbersIn(await imported(merged), true);
    expect(new Set([...found].map((one) => one.split(' ')[0]))).toEqual(new Set([name, second]));
    for (const id of framesOf(ids)) expect(found).toContain(`${name} ${id}`);
    // A further export has both.
    const again = numbersIn(await imported(await exported(await imported(merged), 'pcapng')), true);
    expect(again).toEqual(found);
  });
});
