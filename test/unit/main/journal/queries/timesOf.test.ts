/** Times between frames as the filters find them, against a count of its own, in every place where they can come from. */
import fc from 'fast-check';
import { DatabaseSync } from '@photostructure/sqlite';
import { expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { JsonObject, PagePlace, StoredEntry } from '#shared/model/frame';
import type { FrameCount } from '#shared/model/frameCount';
import { countFrames } from '../../../../../src/main/journal/queries/count';
import { framePage, type StoredPage } from '../../../../../src/main/journal/queries/frames';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { frame } from '../../../../builders/frames';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const directory = useFolder();
const sizes = { block: 16, segment: 8 };

/** A frame of a conversation. */
interface Said {
  readonly conn: number;
  readonly dir: 'in' | 'out';
  readonly body: JsonObject & { readonly cmd: string };
  /** ms after the frame before in the journal. */
  readonly after: number;
}

const bodies: readonly (readonly [Said['dir'], Said['body']])[] = [
  ['in', { cmd: 'hb' }],
  ['out', { cmd: 'hb' }],
  ['in', { cmd: 'HB' }],
  ['out', { cmd: 'statusquery' }],
  ['in', { cmd: 'statusquery_r' }],
  ['in', { cmd: 'machinestatus' }],
  ['out', { cmd: 'products', order_no: '7' }],
  ['out', { cmd: 'products', order_no: '8' }],
  ['in', { cmd: 'products_r', order_no: '8' }],
  ['in', { cmd: 'products_r', order_no: '7' }],
  ['in', { cmd: 'error', error_code: 'EC_2' }],
];
const said: fc.Arbitrary<Said> = fc
  .record({
    conn: fc.integer({ min: 1, max: 4 }),
    which: fc.constantFrom(...bodies),
    after: fc.oneof({ weight: 6, arbitrary: fc.nat(300) }, fc.integer({ min: -200, max: 7_000 })),
  })
  .map(({ conn, which: [dir, body], after }) => ({ conn, dir, body, after }));

function entriesOf(all: readonly Said[]): readonly StoredEntry[] {
  let at = 1_700_000_000_000;
  return all.map(({ conn, dir, body, after }, i) => {
    at += after;
    const bytes = frame({ ...body, vmc_no: conn }, 'decimal', 0);
    const base = { id: i + 1, at, conn, vmcNo: conn };
    return {
      ...base,
      kind: 'frame',
      dir,
      head: 'decimal',
      sequence: null,
      cmd: body.cmd,
      bodyStart: 12,
      bytes,
      findings: [],
    };
  });
}

const answers: Readonly<Record<string, readonly string[]>> = {
  hb: ['hb'],
  statusquery: ['statusquery_r', 'machinestatus'],
  products: ['products_r'],
  error: ['error_r'],
};

const asks = ({ dir, body }: Said): boolean => {
  const name = body.cmd.toLowerCase();
  return (dir === 'in') === ['hb', 'error'].includes(name) && Object.hasOwn(answers, name);
};
const orderNo = (body: JsonObject): unknown => body['order_no'];

/** The times of each entry, found by going back from each answer. */
function expectedOf(all: readonly Said[], entries: readonly StoredEntry[]) {
  const latency = new Map<number, number>();
  const taken = new Set<number>();
  const gap = new Map<number, number>();
  entries.forEach(({ at, conn }, i) => {
    const before = entries.slice(0, i).findLast((one) => one.conn === conn);
    if (before !== undefined) gap.set(i + 1, at - before.at);
    const { dir, body } = all[i] ?? { dir: 'in', body: { cmd: '' } };
    const waiting = entries.slice(0, i).filter((one, j) => {
      const question = all[j];
      if (question === undefined || one.conn !== conn || question.dir === dir || taken.has(j)) return false;
      if (!asks(question)) return false;
      const [mine, its] = [orderNo(body), orderNo(question.body)];
      if (mine !== undefined && its !== undefined && mine !== its) return false;
      return (answers[question.body.cmd.toLowerCase()] ?? []).includes(body.cmd.toLowerCase());
    });
    const found = waiting.find((one) => at - one.at <= 5_000) ?? waiting.at(-1);
    if (found === undefined) return;
    taken.add(found.id - 1);
    latency.set(found.id, at - found.at);
    latency.set(i + 1, at - found.at);
  });
  return { latency, gap };
}

/** All pages, oldest first. */
function foundBy(ask: (place: PagePlace) => StoredPage): readonly number[] {
  const found: number[] = [];
  for (let before: number | null = null, more = true; more; more = before !== null) {
    const page = ask({ before });
    found.push(...page.entries.map(({ id }) => id));
    before = page.next;
  }
  return found.toReversed();
}

const queryOf = (text: string) => ({ filter: { ...everyFrame, text }, now: 0, names: {}, limit: 10_000 });
const inStore = (store: JournalStore, text: string): readonly number[] =>
  foundBy((place) => store.frames({ ...queryOf(text), place }));

const questions = [
  'latency>=0',
  'latency<0',
  'latency>120',
  'answered:late',
  'answered:no',
  'answered:yes',
  'gap>100',
  '-has:gap',
  'conn:2 latency:*',
  'size>60 gap<50',
];

function wanted(all: readonly Said[], entries: readonly StoredEntry[], text: string): readonly number[] {
  const { latency, gap } = expectedOf(all, entries);
  const ids = entries.map(({ id }) => id);
  const isAsked = (id: number): boolean => {
    const one = all[id - 1];
    return one !== undefined && asks(one);
  };
  const of = (id: number): number => latency.get(id) ?? NaN;
  const between = (id: number): number => gap.get(id) ?? NaN;
  const size = (id: number): number => {
    const entry = entries[id - 1];
    return entry?.kind === 'frame' ? entry.bytes.length : 0;
  };
  const tests: Readonly<Record<string, (id: number) => boolean>> = {
    'latency>=0': (id) => of(id) >= 0,
    'latency<0': (id) => of(id) < 0,
    'latency>120': (id) => of(id) > 120,
    'answered:late': (id) => isAsked(id) && of(id) > 5_000,
    'answered:no': (id) => isAsked(id) && Number.isNaN(of(id)),
    'answered:yes': (id) => isAsked(id) && of(id) <= 5_000,
    'gap>100': (id) => between(id) > 100,
    '-has:gap': (id) => Number.isNaN(between(id)),
    'conn:2 latency:*': (id) => entries[id - 1]?.conn === 2 && !Number.isNaN(of(id)),
    'size>60 gap<50': (id) => size(id) > 60 && between(id) < 50,
  };
  return ids.filter(tests[text] ?? (() => false));
}

it('are the same in blocks, in the newest entries, after a new start, computed again, and read only', () => {
  let run = 0;
  fc.assert(
    fc.property(fc.array(said, { minLength: 1, maxLength: 90 }), fc.nat(90), (all, cut) => {
      run += 1;
      const file = directory(`${run}.sqlite`);
      const entries = entriesOf(all);
      let store = openStore(file, sizes);
      const check = (known: readonly StoredEntry[]): void => {
        for (const text of questions) expect(inStore(store, text), text).toEqual(wanted(all, known, text));
      };
      const first = entries.slice(0, cut);
      store.append(batchOf({ entries: first }));
      check(first);
      // Another launch.
      store.close();
      store = openStore(file, sizes);
      store.append(batchOf({ entries: entries.slice(cut) }));
      check(entries);
      store.close();
      const db = new DatabaseSync(file, { readOnly: true });
      for (const text of questions) {
        let [count, after]: [number, number | null] = [0, null];
        do {
          const part: FrameCount = countFrames(db, sizes, { ...queryOf(text), after, bins: null }, new Map());
          count += part.count;
          after = part.next;
        } while (after !== null);
        expect(count, text).toBe(wanted(all, entries, text).length);
      }
      db.close();
      // A file of an earlier version.
      const before = new DatabaseSync(file);
      before.exec('DROP TABLE measures; DROP TABLE late_answers');
      for (const text of questions) {
        const found = foundBy((place) => framePage(before, sizes, { ...queryOf(text), place }, new Map()));
        expect(found, text).toEqual(wanted(all, entries, text));
      }
      before.close();
      store = openStore(file, sizes);
      check(entries);
      check(entries);
      store.close();
    }),
    { numRuns: 40 },
  );
});

it('of a block with a changed bit are computed again, and the damage is reported', () => {
  const all = Array.from({ length: 64 }, (_, i): Said => ({
    conn: 1,
    dir: i % 2 === 0 ? 'in' : 'out',
    body: { cmd: i % 2 === 0 ? 'hb' : 'HB' },
    after: i,
  }));
  const entries = entriesOf(all);
  const file = directory('damaged.sqlite');
  const damaged: number[] = [];
  const store = openStore(file, sizes, (kind, id) => (kind === 'index' ? damaged.push(id) : undefined));
  store.append(batchOf({ entries }));
  const db = new DatabaseSync(file);
  const { packed } = db.prepare('SELECT packed FROM measures WHERE block = 17').get() as {
    packed: Uint8Array;
  };
  for (const at of [0, 4, Math.floor(packed.length / 2), packed.length - 1]) {
    const changed = Uint8Array.from(packed, (byte, i) => (i === at ? byte ^ 0x10 : byte));
    db.prepare('UPDATE measures SET packed = ? WHERE block = 17').run(changed);
    for (const text of questions) expect(inStore(store, text), text).toEqual(wanted(all, entries, text));
  }
  expect(new Set(damaged)).toEqual(new Set([17]));
  db.close();
  store.close();
});
