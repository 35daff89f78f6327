import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Result } from '#shared/contract/requests/index';
import {
  limitOf,
  MergedReader,
  patience,
  type MergedPage,
  type MergedState,
} from '../../../../src/renderer/src/bridge/merged';
import { mergedLimit } from '../../../../src/renderer/src/store/merged';
import { createPages } from '../../../../src/renderer/src/store/pages';

interface Row {
  readonly id: number;
  readonly at: number;
}
const pages = createPages<Row, number>({
  idOf: ({ id }) => id,
  cursorOf: ({ id }) => id,
  isNewer: (a, b) => a > b,
});
const names = ['Here', 'Bern', 'Basel', 'Chur', 'Genf', 'Thun'];

/** Journals by source, oldest first, and a reader of them. */
class World {
  readonly journals: Row[][];
  readonly failing = new Set<number | null>();
  readonly askedOf = new Set<number | null>();
  /** Answers of these sources wait for the promise. */
  readonly slow = new Map<number | null, Promise<void>>();
  /** Sources that are read when the list gets to their newest row. */
  readonly old = new Set<number>();
  state: MergedState<Row> | null = null;
  asked = 0;
  mostAsked = 0;
  mostRows = 0;
  readonly reader: MergedReader<Row, number>;

  constructor(journals: Row[][], pageRows?: number) {
    this.journals = journals;
    const page = async (
      capture: number | null,
      from: number | null,
      limit: number,
    ): Promise<Result<MergedPage<Row>>> => {
      this.asked += 1;
      this.askedOf.add(capture);
      this.mostAsked = Math.max(this.mostAsked, this.asked);
      await this.slow.get(capture);
      this.asked -= 1;
      if (this.failing.has(capture)) return { ok: false, error: { code: 'noJournal', params: {} } };
      const all = this.#journal(capture)
        .filter(({ id }) => from === null || id < from)
        .toReversed();
      const rows = all.slice(0, pageRows ?? limit);
      this.mostRows = Math.max(this.mostRows, rows.length);
      return { ok: true, value: { rows, isLast: rows.length === all.length } };
    };
    this.reader = new MergedReader<Row, number>(
      {
        pages,
        atOf: ({ at }) => at,
        idOf: ({ id }) => id,
        cursorOf: ({ id }) => id,
        read: ({ capture }, before, limit) => page(capture, before, limit),
        readNews: async ({ capture }, _known, limit) => {
          const reply = await page(capture, null, limit);
          if (!reply.ok) return reply;
          return { ok: true, value: (log) => pages.renew(log, reply.value.rows, limitOf(reply.value)) };
        },
      },
      (state) => {
        this.state = state;
      },
    );
  }

  #journal(capture: number | null): Row[] {
    return this.journals[capture ?? 0] ?? [];
  }

  show(): void {
    this.reader.show(
      this.journals.map((rows, index) => ({
        capture: index === 0 ? null : index,
        site: names[index] ?? `Site ${index}`,
        entries: index === 0 ? null : rows.length,
        until: this.old.has(index) ? Math.max(...rows.map(({ at }) => at)) : null,
      })),
    );
  }

  get rows(): readonly string[] {
    return (this.state?.rows ?? []).map(({ place, row }) => `${place.site} ${row.id}`);
  }

  /** All rows by time, then in the order of the sources, then newest first. */
  get union(): readonly string[] {
    return this.journals
      .flatMap((rows, index) => rows.toReversed().map((row) => ({ row, site: names[index] })))
      .toSorted((a, b) => b.row.at - a.row.at)
      .map(({ row, site }) => `${site} ${row.id}`);
  }
}

const settle = async (): Promise<void> => {
  await vi.advanceTimersByTimeAsync(400);
};
const rows = (count: number, from: number, apart = 10): Row[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, at: from + index * apart }));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('rows of several sources in one list', () => {
  it('are the union of their journals by time, page by page, and never change their order', async () => {
    const journal = fc
      .array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 })
      .map((times) => times.toSorted((a, b) => a - b).map((at, index) => ({ id: index + 1, at })));
    await fc.assert(
      fc.asyncProperty(
        fc.array(journal, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        async (journals, pageRows) => {
          const world = new World(journals, pageRows);
          world.show();
          await settle();
          const { union } = world;
          for (let step = 0; world.state?.complete !== true; step += 1) {
            // Rows of the same time may still come between: a page ends within them.
            const oldest = world.state?.rows.at(-1)?.row.at ?? Infinity;
            const sure = (world.state?.rows ?? []).filter(({ row }) => row.at > oldest).length;
            expect(world.rows.slice(0, sure)).toEqual(union.slice(0, sure));
            expect(step).toBeLessThan(300);
            world.reader.more();
            await settle();
          }
          expect(world.rows).toEqual(union);
          expect(new Set(world.state.rows.map(({ key }) => key)).size).toBe(union.length);
          world.reader.end();
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of the same time stand in the order of the sources', async () => {
    const world = new World([rows(2, 100, 0), rows(2, 100, 0)]);
    world.show();
    await settle();
    expect(world.rows).toEqual(['Here 2', 'Here 1', 'Bern 2', 'Bern 1']);
  });

  it('of a clock that is ahead stand on top, and one that was set back loses no row', async () => {
    const ahead = rows(3, 1_000_000);
    const back = [
      { id: 1, at: 900 },
      { id: 2, at: 2_000 },
      { id: 3, at: 5 },
      { id: 4, at: 1_000 },
    ];
    const world = new World([rows(5, 800, 100), ahead, back], 2);
    world.show();
    await settle();
    for (let step = 0; step < 10; step += 1) {
      world.reader.more();
      await settle();
    }
    expect(world.rows).toEqual(world.union);
    expect(world.rows.slice(0, 4)).toEqual(['Bern 3', 'Bern 2', 'Bern 1', 'Basel 2']);
  });

  it('do without a source that fails, name it, and have it after another attempt', async () => {
    const world = new World([rows(3, 100), rows(3, 105)]);
    world.failing.add(1);
    world.show();
    await settle();
    expect(world.rows).toEqual(['Here 3', 'Here 2', 'Here 1']);
    expect(world.state).toMatchObject({
      begun: true,
      complete: true,
      failed: [{ site: 'Bern', error: { code: 'noJournal' } }],
    });
    world.failing.clear();
    world.reader.again();
    await settle();
    expect(world.rows).toEqual(world.union);
    expect(world.state?.failed).toEqual([]);
  });

  it('stay while a source that failed is asked again, by a person or because it has grown', async () => {
    const world = new World([rows(3, 100), rows(3, 105)]);
    world.failing.add(1);
    world.show();
    await settle();
    let arrive: () => void = () => undefined;
    world.slow.set(1, new Promise((resolve) => (arrive = resolve)));
    world.reader.again();
    await settle();
    expect(world.rows).toEqual(['Here 3', 'Here 2', 'Here 1']);
    arrive();
    await settle();
    world.slow.set(1, new Promise((resolve) => (arrive = resolve)));
    world.journals[1]?.push({ id: 4, at: 300 });
    world.show();
    await settle();
    expect(world.rows).toEqual(['Here 3', 'Here 2', 'Here 1']);
    expect(world.state?.failed).toHaveLength(1);
    world.failing.clear();
    arrive();
    await settle();
    expect(world.rows).toEqual(world.union);
  });

  it('of an older journal are read when the list gets to its newest row', async () => {
    const world = new World([rows(600, 100_000), rows(600, 100_005), rows(600, 0), []]);
    world.old.add(2);
    world.show();
    await settle();
    expect(world.state?.begun).toBe(true);
    expect(world.askedOf).toEqual(new Set([null, 1, 3]));
    for (let step = 0; world.state?.complete !== true; step += 1) {
      expect(step).toBeLessThan(30);
      expect(world.rows).toEqual(world.union.slice(0, world.rows.length));
      world.reader.more();
      await settle();
    }
    expect(world.askedOf).toContain(2);
    expect(world.rows).toEqual(world.union);
  });

  it('do not wait for a slow source; its rows appear in their places when they arrive', async () => {
    const world = new World([rows(3, 100), rows(3, 105)]);
    let arrive: () => void = () => undefined;
    world.slow.set(1, new Promise((resolve) => (arrive = resolve)));
    world.show();
    await settle();
    expect(world.state).toMatchObject({ begun: false, rows: [], late: [] });
    await vi.advanceTimersByTimeAsync(patience);
    expect(world.rows).toEqual(['Here 3', 'Here 2', 'Here 1']);
    expect(world.state).toMatchObject({ begun: true, complete: false, late: ['Bern'] });
    arrive();
    await settle();
    expect(world.rows).toEqual(world.union);
    expect(world.state).toMatchObject({ complete: true, late: [] });
  });

  it('are read from four sources at once, and slow ones keep no turn', async () => {
    const world = new World(Array.from({ length: 30 }, (_, index) => rows(3, index)));
    let arrive: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => (arrive = resolve));
    for (const capture of [1, 2, 3, 4]) world.slow.set(capture, stuck);
    world.show();
    await settle();
    expect(world.mostAsked).toBe(4);
    await vi.advanceTimersByTimeAsync(2 * patience);
    expect(world.state?.late).toEqual(['Bern', 'Basel', 'Chur', 'Genf']);
    expect(world.rows).toHaveLength(26 * 3);
    arrive();
    await settle();
    expect(world.rows).toHaveLength(30 * 3);
    expect(world.mostRows).toBeLessThanOrEqual(50);
  });
});

describe('a list of several sources', () => {
  it('gets what a source has grown by, also during a reading', async () => {
    const world = new World([rows(2, 100), rows(2, 105)]);
    world.show();
    await settle();
    let arrive: () => void = () => undefined;
    world.slow.set(1, new Promise((resolve) => (arrive = resolve)));
    world.journals[1]?.push({ id: 3, at: 200 });
    world.show();
    await settle();
    world.journals[1]?.push({ id: 4, at: 300 });
    world.show();
    arrive();
    await settle();
    expect(world.rows).toEqual(world.union);
  });

  it('has no hole after a source has grown by more than a page', async () => {
    const world = new World([rows(2, 100), rows(10, 105)]);
    world.show();
    await settle();
    world.journals[1]?.push(...rows(500, 1_000).map(({ id, at }) => ({ id: id + 10, at })));
    world.show();
    await settle();
    expect(world.rows).toEqual(world.union.slice(0, world.rows.length));
    for (let step = 0; step < 5; step += 1) {
      world.reader.more();
      await settle();
    }
    expect(world.rows).toEqual(world.union);
  });

  it('has no hole after news were left out, also while an older page is read', async () => {
    const world = new World([rows(600, 100), rows(2, 105)]);
    world.show();
    await settle();
    let arrive: () => void = () => undefined;
    world.slow.set(null, new Promise((resolve) => (arrive = resolve)));
    world.reader.more();
    world.journals[0]?.push(...rows(900, 9_000).map(({ id, at }) => ({ id: id + 600, at })));
    world.reader.addNews(null, world.journals[0]?.slice(-10) ?? [], 890);
    arrive();
    await settle();
    expect(world.rows).toEqual(world.union.slice(0, world.rows.length));
    for (let step = 0; step < 10; step += 1) {
      world.reader.more();
      await settle();
    }
    expect(world.rows).toEqual(world.union);
  });

  it('drops a source that is gone', async () => {
    const world = new World([rows(2, 100), rows(2, 105)]);
    world.show();
    await settle();
    world.journals.pop();
    world.show();
    await settle();
    expect(world.rows).toEqual(['Here 2', 'Here 1']);
  });

  it('keeps the newest rows, and a bounded number of them', async () => {
    const world = new World([rows(15_000, 0), rows(15_000, 5)], 5_000);
    world.show();
    await settle();
    for (let step = 0; step < 10; step += 1) {
      world.reader.more();
      await settle();
    }
    expect(world.rows.length).toBeLessThanOrEqual(mergedLimit);
    expect(world.rows.length).toBeGreaterThan(0.9 * mergedLimit);
    expect(world.state).toMatchObject({ isFull: true, complete: true });
    expect(world.rows).toEqual(world.union.slice(0, world.rows.length));
    world.reader.addNews(null, [{ id: 15_001, at: 900_000 }], 0);
    await settle();
    world.journals[0]?.push({ id: 15_001, at: 900_000 });
    expect(world.rows[0]).toBe('Here 15001');
    expect(world.rows.length).toBeLessThanOrEqual(mergedLimit);
    expect(world.rows).toEqual(world.union.slice(0, world.rows.length));
  });
});
