import { rmSync } from 'node:fs';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { messageOf } from '#shared/messages/read';
import type { Entry, JsonObject, NewEntry } from '#shared/model/frame';
import type { Fault, OrderRecord } from '#shared/model/history';
import { Importer, type Growth } from '../../../../../src/main/tools/captures/importer';
import { openJournalWriter, type JournalWriter } from '../../../../../src/main/tools/captures/journalWriter';
import type { LateMark, ReadEntry } from '../../../../../src/main/core/captures/types';
import { EntryLog } from '../../../../../src/main/core/state/entryLog';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { readStored } from '../../../../../src/main/core/state/readStored';
import { FrameDecoder } from '../../../../../src/main/core/protocol/frame';
import { frame } from '../../../../builders/frames';
import { openStore } from '../../../../builders/journal';
import { manyEntries, peerOf } from '../../../../builders/manyEntries';
import { useFolder } from '../../../../builders/useFolder';

const folder = useFolder('all');
const journal = folder('journal.sqlite');
beforeEach(() => {
  for (const end of ['', '-wal', '-shm']) rmSync(`${journal}${end}`, { force: true });
});

const frames = 6_000;

/** The entries of three test cases, made once. */
const traffic: (readonly NewEntry[])[] = [];
beforeAll(async () => {
  for await (const page of spoken()) traffic.push(page);
});

async function* talk(): AsyncGenerator<readonly NewEntry[]> {
  for (const page of traffic) yield await Promise.resolve(page);
}

async function* spoken(): AsyncGenerator<readonly NewEntry[]> {
  const opened = (_: unknown, i: number): NewEntry => {
    const conn = i + 1;
    return { kind: 'opened', at: 1_700_000_000_000, conn, vmcNo: null, peer: peerOf(conn) };
  };
  yield Array.from({ length: 1_000 }, opened);
  yield* manyEntries(frames);
}

/** Frames of one machine, assigned to it from the start. */
function* said(bodies: readonly JsonObject[]): Generator<readonly NewEntry[]> {
  const base = { at: 1_700_000_000_000, conn: 1 };
  const entries = bodies.map((body): NewEntry => {
    const [decoded] = new FrameDecoder().push(frame({ vmc_no: 33_232, ...body }));
    if (decoded?.kind !== 'frame') throw new Error('not a good frame');
    const { head, sequence, bytes, bodyStart, text, json } = decoded;
    const { message } = messageOf(json, 'in');
    const wire = { head, sequence, bytes, bodyStart, text, findings: [] };
    return { kind: 'frame', ...base, vmcNo: 33_232, dir: 'in', ...wire, message };
  });
  yield [{ kind: 'opened', ...base, vmcNo: null, peer: peerOf(1) }, ...entries];
}

const made = (order: string): JsonObject => ({
  cmd: 'productdone',
  order_no: order,
  ProductId: 701,
  isok: true,
});
const others = Array.from({ length: 60 }, (_, i) => made(`other ${i}`));

interface History {
  readonly faults: readonly Fault[];
  readonly orders: readonly OrderRecord[];
}

/** The content of the journal. */
function kept(): History & { readonly entries: readonly Entry[] } {
  const store = openStore(journal);
  const { history } = store;
  const limit = frames;
  const entries = store.entriesAfter(0, 2 * frames).map(readStored);
  const faults = history.faults({ vmcNo: null, activeOnly: false, before: null, limit });
  const orders = history.orders({ vmcNo: null, before: null, limit });
  store.close();
  return {
    entries,
    faults: faults.toSorted((a, b) => a.id - b.id),
    orders: orders.toSorted((a, b) => a.entry - b.entry),
  };
}

/** The faults and orders that these entries lead to. */
function folded(entries: readonly Entry[]): History {
  const faults = new Map<number, Fault>();
  const orders = new Map<number, OrderRecord>();
  const log = new EntryLog(new Fleet());
  log.onEntry((_entry, change) => {
    for (const fault of change?.faults ?? []) faults.set(fault.id, fault);
    for (const order of change?.orders ?? []) orders.set(order.entry, order);
  });
  for (const entry of entries) log.record(entry);
  return {
    faults: [...faults.values()].toSorted((a, b) => a.id - b.id),
    orders: [...orders.values()].toSorted((a, b) => a.entry - b.entry),
  };
}

/** Imports entries to `writer`. Resolves to its growth reports and the error that ended it. */
async function imported(
  writer: JournalWriter,
  pages: AsyncIterable<readonly NewEntry[]> | Iterable<readonly NewEntry[]> = talk(),
): Promise<{ readonly grown: readonly Growth[]; error: unknown }> {
  const grown: Growth[] = [];
  const importer = new Importer(writer, { addFindings: true, onGrowth: (growth) => void grown.push(growth) });
  try {
    for await (const page of pages) await importer.add(page);
    await importer.end();
  } catch (error) {
    await importer.endEarly();
    return { grown, error };
  } finally {
    await writer.close();
  }
  return { grown, error: null };
}

/** From the third batch on, writes fail unless `isWritten` allows that number of entries. */
function failing(writer: JournalWriter, isWritten: (entries: number) => boolean): JournalWriter {
  let batches = 0;
  return {
    append: (one) => {
      batches += 1;
      if (batches > 2 && !isWritten(one.entries.count)) return Promise.reject(new Error('the disk is full'));
      return writer.append(one);
    },
    close: () => writer.close(),
  };
}

describe('faults and orders of an import', () => {
  it('are those of all entries at the end', async () => {
    const { grown, error } = await imported(await openJournalWriter(journal, null));
    expect(error).toBeNull();
    const { entries, faults, orders } = kept();
    expect(entries).toHaveLength(frames + 1_000);
    expect(grown.at(-1)?.facts.entries).toBe(entries.length);
    expect(orders.length).toBeGreaterThan(500);
    expect(faults.length).toBeGreaterThan(50);
    expect({ faults, orders }).toEqual(folded(entries));
  });

  it('are those of all entries read, if the user stops the import', async () => {
    function* stopped(): Generator<readonly NewEntry[]> {
      yield* said([...others, { cmd: 'error', error_code: '10009', error_description: 'cup' }]);
      throw new Error('stopped');
    }
    const { grown, error } = await imported(await openJournalWriter(journal, null), stopped());
    expect(error).toEqual(new Error('stopped'));
    const { entries, faults, orders } = kept();
    expect(entries).toHaveLength(others.length + 2);
    expect(grown.at(-1)?.facts.entries).toBe(entries.length);
    expect([orders.length, faults.length]).toEqual([others.length, 1]);
    expect({ faults, orders }).toEqual(folded(entries));
  });

  it('are those of the written entries, if the disk is full', async () => {
    const writer = await openJournalWriter(journal, null);
    const { grown, error } = await imported(failing(writer, (entries) => entries === 0));
    expect(error).toEqual(new Error('the disk is full'));
    const { entries, faults, orders } = kept();
    expect(entries.length).toBeLessThan(frames + 1_000);
    expect(grown.at(-1)?.facts.entries).toBe(entries.length);
    expect(orders.length).toBeGreaterThan(50);
    expect({ faults, orders }).toEqual(folded(entries));
  });

  it('are lost alone if there is no room for them: the disk error is reported and written entries stay', async () => {
    const writer = await openJournalWriter(journal, null);
    const { grown, error } = await imported(failing(writer, () => false));
    expect(error).toEqual(new Error('the disk is full'));
    const { entries } = kept();
    expect(entries.length).toBeGreaterThan(1_000);
    expect(grown.at(-1)?.facts.entries).toBe(entries.length);
  });

  it('contain all reports of an order that its machine repeated between others', async () => {
    const used = {
      cmd: 'upordrecipe',
      order_no: 'A',
      timestamp: '20250318165359',
      recipe: { '10009': '12.50' },
    };
    const bodies = [made('A'), ...others, made('A'), used, ...others, made('A')];
    await imported(await openJournalWriter(journal, null), said(bodies));
    const order = kept().orders.find(({ orderNo }) => orderNo === 'A');
    expect(order).toMatchObject({ entry: 2, isWhole: true, doneTimes: 3, consumed: { '10009': '12.50' } });
  });
});

describe('marks and notes of an import', () => {
  const at = 1_700_000_000_000;
  const opened = (conn: number): NewEntry => ({ kind: 'opened', at, conn, vmcNo: null, peer: peerOf(conn) });
  const note = (text: string): Pick<ReadEntry, 'mark'> => ({ mark: { marked: false, note: text } });
  function hb(conn: number): NewEntry {
    const [, entry] = [...said([{ cmd: 'hb' }])].flat();
    if (entry === undefined) throw new Error('no frame');
    return { ...entry, conn };
  }
  /** The marks of each row, and its kind; two connections use the same machine number. */
  async function rows(
    page: readonly ReadEntry[],
    late: readonly LateMark[] = [],
  ): Promise<readonly (readonly [string, string | null])[]> {
    const importer = new Importer(await openJournalWriter(journal, null), {
      addFindings: true,
      onGrowth: null,
    });
    await importer.add(page);
    importer.markLast(late);
    await importer.end();
    const store = openStore(journal);
    const entries = store.entriesAfter(0, 100).map(readStored);
    const marks = new Map(store.marks.all().map((one) => [one.entry, one.note]));
    store.close();
    return entries.map((entry) => [
      entry.kind === 'finding' ? entry.finding.code : entry.kind,
      marks.get(entry.id) ?? null,
    ]);
  }

  it('belong to their frame, not to a finding after it', async () => {
    expect(await rows([opened(1), hb(1), opened(2), { ...hb(2), ...note('which one?') }])).toEqual([
      ['opened', null],
      ['frame', null],
      ['opened', null],
      ['frame', 'which one?'],
      ['number.taken', null],
    ]);
  });

  it('without a later entry belong to the last one of their connection, after its own', async () => {
    const late = [
      { conn: 1, mark: { marked: true, note: 'gone' } },
      { conn: 2, mark: { marked: true, note: 'why?' } },
    ];
    expect(await rows([opened(1), { ...hb(1), ...note('hm') }, opened(2), hb(2)], late)).toEqual([
      ['opened', null],
      ['frame', 'hm\ngone'],
      ['opened', null],
      ['frame', null],
      ['number.taken', 'why?'],
    ]);
  });
});
