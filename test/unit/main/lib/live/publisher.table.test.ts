import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange } from '#shared/contract/replica';
import type { TableChange } from '#shared/contract/live';
import { PublishedTable, quietInterval } from '../../../../../src/main/lib/live/publisher';

interface Row {
  readonly id: number;
  readonly name: string;
  readonly error: { readonly code: string } | null;
  readonly beat: number;
  /** Only some rows have it. */
  readonly relayed?: boolean;
}
const row = (id: number, over: Partial<Row> = {}): Row => ({ id, name: '', error: null, beat: 0, ...over });
const liveRow = { key: ({ id }: Row) => id, quiet: ['beat'] as const };

/** A table, its current rows, and how many rows it read. */
class World {
  readonly rows = new Map<number, Row>();
  reads = 0;
  readonly table = new PublishedTable<Row>(liveRow, {
    all: () => [...this.rows.values()],
    row: (id) => {
      this.reads += 1;
      return this.rows.get(id) ?? null;
    },
    quiet: (id) => this.rows.get(id) ?? null,
  });

  /** Changes the row and marks it. */
  change(id: number, over: Partial<Row> = {}): void {
    this.rows.set(id, { ...(this.rows.get(id) ?? row(id)), ...over });
    this.table.mark(id);
  }

  beat(id: number, now: number): void {
    this.rows.set(id, { ...(this.rows.get(id) ?? row(id)), beat: now });
    this.table.touch(id, now);
  }
}

const beats = (...all: (readonly [id: number, beat: number])[]): TableChange<Row> => ({
  touched: { keys: all.map(([id]) => id), columns: [all.map(([, beat]) => beat)] },
});

describe('changes of a table', () => {
  it('are the complete row first, and its changed members later, with the quiet ones', () => {
    const world = new World();
    world.change(1);
    expect(world.table.take(0)).toEqual({ rows: [row(1)] });
    world.change(1, { error: { code: 'E1' }, beat: 40 });
    expect(world.table.take(100)).toEqual({ patches: [[1, { error: { code: 'E1' }, beat: 40 }]] });
    world.change(1, { error: { code: 'E1' } });
    expect(world.table.take(quietInterval + 200)).toEqual(beats([1, 40]));
    expect(world.table.take(quietInterval + 300)).toBeNull();
  });

  it('are the complete row if it has more or fewer members than before', () => {
    const world = new World();
    world.change(1);
    world.table.take(0);
    world.change(1, { relayed: true });
    expect(world.table.take(100)).toEqual({ rows: [row(1, { relayed: true })] });
    world.rows.set(1, row(1));
    world.table.mark(1);
    expect(world.table.take(200)).toEqual({ rows: [row(1)] });
  });

  it('hold each row once with its newest members', () => {
    const world = new World();
    world.change(1, { name: 'a' });
    world.change(1, { name: 'b' });
    world.change(2);
    expect(world.table.take(0)).toEqual({ rows: [row(1, { name: 'b' }), row(2)] });
    expect(world.reads).toBe(2);
    world.table.mark(3, row(3));
    world.table.mark(3, row(3, { name: 'given' }));
    expect(world.table.take(100)).toEqual({ rows: [row(3, { name: 'given' })] });
    expect(world.reads).toBe(2);
  });

  it('name removed rows, and a removed row that returns is complete', () => {
    const world = new World();
    world.change(1);
    world.change(2);
    world.table.take(0);
    world.beat(2, 10);
    for (const id of [1, 2]) {
      world.rows.delete(id);
      world.table.remove(id);
    }
    world.change(1, { name: 'again' });
    expect(world.table.take(100)).toEqual({ removed: [1, 2], rows: [row(1, { name: 'again' })] });
    expect(world.table.take(quietInterval + 100)).toBeNull();
    expect(world.table.isWaiting).toBe(false);
    world.table.mark(9);
    expect(world.table.take(quietInterval + 200)).toBeNull();
  });
});

describe('quiet members', () => {
  it('are sent once a second at most, always the newest, and their row is not read', () => {
    const world = new World();
    world.beat(1, 0);
    expect(world.table.take(0)).toEqual({ rows: [row(1)] });
    for (let now = 100; now < quietInterval; now += 100) {
      world.beat(1, now);
      expect(world.table.take(now)).toBeNull();
      expect(world.table.isWaiting).toBe(true);
    }
    expect(world.table.take(quietInterval)).toEqual(beats([1, quietInterval - 100]));
    expect(world.table.isWaiting).toBe(false);
    expect(world.table.take(5 * quietInterval)).toBeNull();
    // After a long silence at once.
    world.beat(1, 6 * quietInterval);
    expect(world.table.take(6 * quietInterval)).toEqual(beats([1, 6 * quietInterval]));
    expect(world.reads).toBe(1);
  });

  it('wait too if the row was marked but nothing else differs', () => {
    const world = new World();
    world.change(1);
    world.table.take(0);
    world.change(1, { beat: 5 });
    expect(world.table.take(100)).toBeNull();
    world.change(1, { beat: 7 });
    expect(world.table.take(quietInterval)).toEqual(beats([1, 7]));
  });

  it('are not sent again after another change had them', () => {
    const world = new World();
    world.change(1);
    world.table.take(0);
    world.beat(1, 10);
    world.change(1, { name: 'a' });
    expect(world.table.take(100)).toEqual({ patches: [[1, { name: 'a', beat: 10 }]] });
    expect(world.table.take(quietInterval)).toBeNull();
  });
});

describe('a snapshot', () => {
  it('has all rows, and later changes are those after it', () => {
    const world = new World();
    world.change(1);
    world.table.take(0);
    world.change(1, { name: 'a' });
    world.change(2);
    world.table.remove(3);
    world.change(3);
    world.table.remove(4);
    expect(world.table.snapshot(50)).toEqual([row(1, { name: 'a' }), row(2), row(3)]);
    // Removed again, which does no harm.
    expect(world.table.take(100)).toEqual({ removed: [4] });
    world.change(1, { name: '' });
    expect(world.table.take(200)).toEqual({ patches: [[1, { name: '', beat: 0 }]] });
  });
});

it('the changes lead to the current rows, whatever happened', () => {
  const id = fc.nat(2);
  const step = fc.record({
    id,
    ms: fc.nat(700),
    what: fc.oneof(
      fc.constantFrom<Partial<Row>>({ name: 'a' }, { name: 'b' }, { error: { code: 'E1' } }, { error: null }),
      fc.boolean().map((relayed): Partial<Row> => ({ relayed })),
      fc.nat(9).map((beat) => ({ beat })),
      fc.constantFrom('beat', 'remove', 'snapshot', 'take'),
    ),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const world = new World();
      let shown: ReadonlyMap<number, Row> = new Map();
      let now = 0;
      const show = (): void => {
        shown = applyChange(shown, world.table.take(now) ?? {}, liveRow);
      };
      for (const { id: key, ms, what } of steps) {
        now += ms;
        if (what === 'take') show();
        else if (what === 'snapshot')
          shown = new Map(world.table.snapshot(now).map((one) => [one.id, one] as const));
        else if (what === 'beat') world.beat(key, now);
        else if (what === 'remove') {
          world.rows.delete(key);
          world.table.remove(key);
        } else world.change(key, what);
      }
      now += quietInterval;
      show();
      show();
      expect(shown).toEqual(world.rows);
      expect(world.table.isWaiting).toBe(false);
    }),
  );
});
