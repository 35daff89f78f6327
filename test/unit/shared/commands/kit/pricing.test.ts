/** The machine may apply a command at once, late or never: an amount proves only what is true. */
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { seenBy, unprovedPrices, weigh } from '#shared/commands/kit/pricing';
import { nothingKnown, type Platform } from '#shared/model/machine';
import { withRepricing, type Repricing } from '#shared/model/repricing';
import { order } from '../../../../builders/rows';

const products = [101, 102] as const;
type Product = (typeof products)[number];
type Taken = 'now' | 'late' | 'never';
type Event =
  | { readonly does: 'discounts'; readonly percent: number; readonly taken: Taken }
  | { readonly does: 'reprices'; readonly product: Product; readonly fen: number; readonly taken: Taken }
  | { readonly does: 'asks'; readonly product: Product }
  | { readonly does: 'waits' };

const taken = fc.constantFrom<Taken>('now', 'late', 'never');
const fen = fc.constantFrom(300, 400, 500, 600, 800, 1000, 1200, 2000);
const product = fc.constantFrom(...products);
const event: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ does: fc.constant('discounts' as const), percent: fc.constantFrom(25, 50, 80, 100), taken }),
  fc.record({ does: fc.constant('reprices' as const), product, fen, taken }),
  fc.record({ does: fc.constant('asks' as const), product }),
  fc.record({ does: fc.constant('waits' as const) }),
);

class Machine {
  readonly platform: Platform;
  /** The actual prices. */
  readonly #prices: Record<Product, number>;
  readonly #dropped = new Set<Product>();
  #percent = 100;
  #discount = 0;
  #late: (() => void)[] = [];
  /** The known state. */
  #repricings: readonly Repricing[] = [];
  #orders: readonly ReturnType<typeof order>[] = [];
  #entry = 0;
  #now = 1_000_000;
  shown = 0;

  constructor(platform: Platform, prices: Record<Product, number>) {
    this.platform = platform;
    this.#prices = { ...prices };
  }

  run(next: Event): void {
    this.#entry += 1;
    this.#now += 1_000;
    const entry = this.#entry;
    switch (next.does) {
      case 'waits':
        this.#settles();
        this.#now += 400_000;
        return;
      case 'asks':
        return this.#asks(next.product);
      case 'discounts':
        this.#repricings = withRepricing(this.#repricings, { at: this.#now, entry, percent: next.percent });
        return this.#takes(next.taken, () => {
          this.#percent = next.percent;
          this.#discount = entry;
          this.#dropped.clear();
        });
      case 'reprices':
        this.#repricings = withRepricing(this.#repricings, {
          at: this.#now,
          entry,
          prices: { [next.product]: next.fen },
        });
        return this.#takes(next.taken, () => {
          this.#prices[next.product] = next.fen;
          if (this.platform === 'android') this.#dropped.add(next.product);
        });
    }
  }

  #takes(how: Taken, take: () => void): void {
    if (how === 'late') this.#late.push(take);
    if (how !== 'now') return;
    // Never in another order.
    this.#settles();
    take();
  }

  #settles(): void {
    for (const take of this.#late.splice(0)) take();
  }

  #asks(asked: Product): void {
    const percent = this.#dropped.has(asked) ? 100 : this.#percent;
    const amount = Math.round((this.#prices[asked] * percent) / 100);
    const known = {
      ...nothingKnown,
      platform: this.platform,
      repricings: this.#repricings,
      orders: this.#orders,
    };
    for (const change of this.#repricings) {
      if (weigh(known, change, asked, amount)?.kind !== 'shown') continue;
      this.shown += 1;
      if (change.percent === null) expect(this.#prices[asked]).toBe(change.prices[asked]);
      else expect([this.#discount, this.#dropped.has(asked)]).toEqual([change.entry, false]);
    }
    this.#repricings = seenBy(known, { entry: this.#entry, productId: asked, amount });
    this.#orders = [...this.#orders, order(this.#entry, { at: this.#now, productId: asked, amount })];
    this.#settles();
  }
}

const asks = (of: Product): Event => ({ does: 'asks', product: of });
/** Counterexamples of longer runs. */
const examples: [Platform, Record<Product, number>, Event[]][] = [
  // The list was never applied, and the earlier price of the product was never seen.
  [
    'android',
    { 101: 500, 102: 300 },
    [
      { does: 'discounts', percent: 80, taken: 'now' },
      { does: 'reprices', product: 101, fen: 400, taken: 'never' },
      asks(101),
    ],
  ],
  // The current price was not yet in force at the earlier request.
  [
    'linux',
    { 101: 300, 102: 300 },
    [
      asks(102),
      { does: 'discounts', percent: 50, taken: 'late' },
      asks(102),
      { does: 'discounts', percent: 25, taken: 'never' },
      asks(102),
      asks(102),
    ],
  ],
];

it('for any conversation', () => {
  let shown = 0;
  fc.assert(
    fc.property(
      fc.constantFrom<Platform>('linux', 'android'),
      fc.record({ 101: fen, 102: fen }),
      fc.array(event, { maxLength: 14 }),
      (platform, prices, events) => {
        const machine = new Machine(platform, prices);
        for (const next of events) machine.run(next);
        shown += machine.shown;
      },
    ),
    { numRuns: 4_000, seed: 1, examples },
  );
  expect(shown).toBeGreaterThan(500);
});

it('a sent price is unproved until an amount shows it, and again after another price', () => {
  const earlier = order(1, { productId: 101, amount: 500, at: 1_000_000 });
  const first = withRepricing([], { at: 2_000_000, entry: 2, prices: { 101: 600, 102: 700 } });
  const before = { orders: [earlier], repricings: first, platform: 'linux' as const };
  const sent = { price: 600, at: 2_000_000 };
  expect([...unprovedPrices(before)]).toEqual([
    [101, sent],
    [102, { price: 700, at: 2_000_000 }],
  ]);
  const asked = order(3, { productId: 101, amount: 600, at: 3_000_000 });
  const proved = { ...before, orders: [earlier, asked] };
  expect([...unprovedPrices(proved).keys()]).toEqual([102]);
  const other = order(3, { productId: 101, amount: 500, at: 3_000_000 });
  expect(unprovedPrices({ ...before, orders: [earlier, other] }).get(101)).toEqual(sent);
  const again = withRepricing(first, { at: 4_000_000, entry: 4, prices: { 101: 800 } });
  expect(unprovedPrices({ ...proved, repricings: again }).get(101)).toEqual({ price: 800, at: 4_000_000 });
});

/** A machine that asks, and then gets four price lists and a discount, this many times. */
function repricedOften(times: number) {
  let repricings: readonly Repricing[] = [];
  const orders = [];
  let entry = 0;
  for (let i = 0; i < times; i += 1) {
    orders.push(order((entry += 1), { productId: 101, amount: 1_000 }));
    for (let list = 0; list < 4; list += 1)
      repricings = withRepricing(repricings, { at: entry, entry: (entry += 1), prices: { 101: 700 + list } });
    repricings = withRepricing(repricings, { at: entry, entry: (entry += 1), percent: 90 - i });
  }
  return { ...nothingKnown, platform: 'linux' as const, repricings, orders, entry };
}

/** Each possible explanation of an amount is rounded once. */
function explanationsOf(times: number, amount: number): number {
  const { entry, ...machine } = repricedOften(times);
  const rounded = vi.spyOn(Math, 'round');
  try {
    expect(seenBy(machine, { entry: entry + 1, productId: 101, amount })).toBe(machine.repricings);
    return rounded.mock.calls.length;
  } finally {
    rounded.mockRestore();
  }
}

it('a request with the amount before all discounts is not weighed', () => {
  expect(explanationsOf(10, 1_000)).toBe(0);
});

it('a list and a discount explain an amount once, however many discounts may have been in force before', () => {
  expect(explanationsOf(10, 1_234)).toBeGreaterThan(0);
  expect(explanationsOf(10, 1_234) / explanationsOf(5, 1_234)).toBeLessThan(10);
});
