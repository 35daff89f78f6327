/** One order per order number in state, list, counts and journal, also after a restart of Crema. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#shared/model/frame';
import type { MachineState } from '#shared/model/machine';
import type { OrderRecord } from '#shared/model/history';
import type { JournalStore } from '../../../../../src/main/journal/store/journalStore';
import { emptyPages } from '../../../../../src/renderer/src/store/pages';
import { orderPages } from '../../../../../src/renderer/src/store/orders';
import { Fleet } from '../../../../../src/main/core/state/fleet';
import { connection, World, type TestConnection } from '../../../../builders/connection';
import { batchOf, openStore } from '../../../../builders/journal';
import { useFolder } from '../../../../builders/useFolder';

const vmc_no = 7;
const login = { cmd: 'login', vmc_no, version: '2.0', io_version: '9', login_count: 2 };
const stored = (order_no: string, more: JsonObject = {}): JsonObject => ({
  cmd: 'productdone',
  vmc_no,
  order_no,
  ProductId: 101,
  ProductAmount: 1000,
  isok: true,
  timestamp: '20150617080000',
  ...more,
});
const numbers = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => `A${n}`);

const directory = useFolder();

/** A machine, the journal of its orders, and the window's list. */
class Sales {
  readonly world = new World();
  readonly link: TestConnection;
  list = { ...emptyPages, complete: true } as Parameters<typeof orderPages.addNews>[0];
  readonly #store: JournalStore;
  #waiting: OrderRecord[] = [];

  constructor() {
    this.#store = openStore(directory(`${Math.random()}.sqlite`));
    this.world.entryLog.onEntry((_entry, change) => {
      this.list = orderPages.addNews(this.list, change?.orders ?? []);
      this.#waiting.push(...(change?.orders ?? []));
    });
    this.link = connection({}, this.world).receives(login);
  }

  get state(): MachineState {
    const machine = this.world.fleet.machine(vmc_no);
    if (machine === null) throw new Error('nothing is known of the machine');
    return machine;
  }

  sends(...bodies: readonly JsonObject[]): this {
    for (const body of bodies) this.link.receives(body);
    return this;
  }

  /** The orders in the journal. */
  kept(): readonly OrderRecord[] {
    this.#store.append(batchOf({ orders: this.#waiting.splice(0) }));
    return this.#store.history.orders({ vmcNo: null, before: null, limit: 10_000 });
  }

  /** A new run, from the stored data of the last one. */
  restarted(): Fleet {
    this.kept();
    const fleet = new Fleet();
    fleet.restoreOrders(this.#store.history.knownOrders(10_000));
    fleet.restore(this.state);
    return fleet;
  }

  close(): void {
    this.#store.close();
  }
}

const distinct = (orders: readonly { readonly orderNo: string }[]): number =>
  new Set(orders.map(({ orderNo }) => orderNo)).size;

describe('an order number', () => {
  it('is one order: 70 stored orders sent twice are 70 in the state, the list and the journal', () => {
    const sales = new Sales();
    const all = numbers(70).map((no) => stored(no));
    sales.sends(...all, ...all);
    expect(sales.list.rows).toHaveLength(70);
    expect(sales.kept()).toHaveLength(70);
    expect(sales.state.orders).toHaveLength(50);
    expect(distinct(sales.state.orders)).toBe(50);
    expect(sales.kept().map(({ doneTimes }) => doneTimes)).toEqual(Array(70).fill(2));
    expect(sales.list.rows.map(({ doneTimes }) => doneTimes)).toEqual(Array(70).fill(2));
    // Each second message is recognised as a repetition.
    expect(sales.state.findings['order.repeated']?.times).toBe(70);
    sales.close();
  });

  it('is recognised after a restart, and its count continues', () => {
    const sales = new Sales();
    sales.sends(...numbers(70).map((no) => stored(no)));
    const fleet = sales.restarted();
    const before = { cmd: 'productdone', orderNo: 'A3', timestamp: null, productId: null };
    const found = fleet
      .machineBefore(vmc_no, before as never)
      ?.orders.find(({ orderNo }) => orderNo === 'A3');
    const known = sales.kept().find(({ orderNo }) => orderNo === 'A3');
    expect(found).toMatchObject({ entry: known?.entry, at: known?.at, doneTimes: 1, isWhole: false });
    sales.close();
  });

  it('keeps its earlier facts: the QR text, the payment and the first result', () => {
    const sales = new Sales();
    const asks = { cmd: 'qrcode', vmc_no, qr_type: 'wx_pub', product_id: 101, Amount: 900, order_no: 'old' };
    sales.sends(asks);
    sales.link.tells({
      cmd: 'pay_done',
      vmc_no,
      product_amount: 900,
      order_no: 'old',
      paydone: true,
      paytype: 'wx_pub',
    });
    sales.sends(...numbers(60).map((no) => stored(no)));
    sales.sends(stored('old', { ProductName: 'Latte', isok: false, failreason: 'cancel order' }));
    sales.sends(stored('old', { isok: true }));
    for (const orders of [sales.kept(), sales.list.rows])
      expect(orders.find(({ orderNo }) => orderNo === 'old')).toMatchObject({
        qrType: 'wx_pub',
        amount: 1000,
        productName: 'Latte',
        payment: { value: { paid: true } },
        done: { value: false },
        state: 'failed',
        failReason: 'cancel order',
        doneTimes: 2,
        isWhole: true,
      });
    sales.close();
  });

  it('keeps its details in list and journal, though its state had dropped it', () => {
    const sales = new Sales();
    sales.sends(stored('old', { ProductName: 'Latte', recipeName: 'Latte L' }));
    sales.sends(...numbers(60).map((no) => stored(no)), stored('old'));
    for (const orders of [sales.list.rows, sales.kept()])
      expect(orders.find(({ orderNo }) => orderNo === 'old')).toMatchObject({
        productName: 'Latte',
        recipe: 'Latte L',
        doneTimes: 2,
        isWhole: true,
      });
    sales.close();
  });

  it('holds for any interleaving and repetition: as many orders as numbers', () => {
    const stretch = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 70 }));
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 5 }), (stretches) => {
        const order = stretches.flatMap(([from, count]) => Array.from({ length: count }, (_, n) => from + n));
        const sales = new Sales();
        sales.sends(...order.map((n) => stored(`A${n}`)));
        const expected = new Set(order).size;
        expect(sales.list.rows).toHaveLength(expected);
        const kept = sales.kept();
        expect(kept).toHaveLength(distinct(kept));
        expect(kept).toHaveLength(expected);
        expect(kept.reduce((sum, { doneTimes }) => sum + doneTimes, 0)).toBe(order.length);
        expect(distinct(sales.state.orders)).toBe(sales.state.orders.length);
        sales.close();
      }),
      { numRuns: 12 },
    );
  });

  it('counts once although entries are folded again after a crash', () => {
    const sales = new Sales();
    sales.sends(...numbers(70).map((no) => stored(no)));
    const kept = sales.state;
    const from = sales.world.entries.length;
    sales.sends(stored('A2'), stored('new'), stored('A2'));
    // The state is that of the last checkpoint; the orders are those of the last batch.
    const fleet = sales.restarted();
    fleet.restore(kept);
    for (const entry of sales.world.entries.slice(from)) fleet.apply(entry);
    const timesOf = (orderNo: string) =>
      fleet.machine(vmc_no)?.orders.find((one) => one.orderNo === orderNo)?.doneTimes;
    expect([timesOf('A2'), timesOf('new')]).toEqual([3, 1]);
    sales.close();
  });
});

describe('an order without a number', () => {
  it('is acknowledged, and distinguished by its own time and product', () => {
    const sales = new Sales();
    const bare = stored('');
    const answers = (): readonly string[] =>
      sales.world.entries.flatMap((entry) =>
        entry.kind === 'frame' && entry.message.body.cmd === 'productdone_r' ? [entry.text] : [],
      );
    sales.sends(bare, bare);
    expect(sales.state.orders).toHaveLength(1);
    expect(sales.state.orders[0]).toMatchObject({ doneTimes: 2, state: 'made' });
    const answer = JSON.stringify({ cmd: 'productdone_r', vmc_no, order_no: '', isOk: true });
    expect(answers()).toEqual([answer, answer]);
    sales.sends({ ...bare, ProductId: 102 }, { ...bare, timestamp: '20150617080030' });
    expect(sales.kept()).toHaveLength(3);
    // A sale without a time counts as the same for a minute, on the same connection.
    const { timestamp: _, ...timeless } = bare;
    sales.sends(timeless, timeless);
    expect(sales.kept()).toHaveLength(4);
    sales.link.hangsUp();
    sales.world.now += 1_000;
    connection({}, sales.world).receives(login).receives(timeless);
    expect(sales.kept()).toHaveLength(5);
    sales.close();
  });

  it('is not a finding', () => {
    const sales = new Sales().sends(stored(''));
    expect(sales.state.findings['field.invalid']).toBeUndefined();
    sales.close();
  });
});

describe('an order', () => {
  it('has its own time: a stored sale of last week is not a sale of today', () => {
    const sales = new Sales();
    sales.sends(stored('today', { timestamp: '20150624115900' }), stored('last week'));
    const lastWeek = new Date(2015, 5, 17, 8).getTime();
    const [newest, oldest] = sales.kept();
    expect(newest).toMatchObject({ orderNo: 'today', at: new Date(2015, 5, 24, 11, 59).getTime() });
    expect(oldest).toMatchObject({ orderNo: 'last week', at: lastWeek, heardAt: sales.world.now });
    expect(sales.list.rows.map(({ orderNo }) => orderNo)).toEqual(['today', 'last week']);
    // The newest drink is not the newest message.
    expect(sales.state.lastDrink?.value.orderNo).toBe('today');
    sales.close();
  });

  it.each(['2015-06-17 08:00:00', '2015-06-17T08:00:00', '20150617 080000'])(
    'has a time written as %s',
    (timestamp) => {
      const sales = new Sales().sends(stored('A1', { timestamp }));
      expect(sales.state.orders[0]?.at).toBe(new Date(2015, 5, 17, 8).getTime());
      sales.close();
    },
  );

  it.each(['20990101000000', '20010101000000', '20151399000000', 'yesterday'])(
    'with an impossible time (%s) has its arrival time',
    (timestamp) => {
      const sales = new Sales().sends(stored('A1', { timestamp }));
      expect(sales.state.orders[0]?.at).toBe(sales.world.now);
      sales.close();
    },
  );

  it('reports its consumption and its ingredients', () => {
    const sales = new Sales();
    sales.sends(stored('A1', { recipeName: 'Latte L', canisterIds: [3, 4], cupType: 12, failreason: 9 }), {
      cmd: 'upordrecipe',
      vmc_no,
      order_no: 'A1',
      recipe: { '10009': '12.50', '10007': 80 },
    });
    expect(sales.kept()[0]).toMatchObject({
      recipe: 'Latte L',
      failReason: '9',
      parts: { canisterIds: '3, 4', cupType: '12' },
      consumed: { '10009': '12.50', '10007': '80' },
    });
    sales.close();
  });

  it('newer android machines may omit the product’s name', () => {
    const sales = new Sales().sends(stored('A1', { nameKey: 'latte' }));
    const missing = sales.world.entries.flatMap((entry) =>
      'findings' in entry ? entry.findings.map(({ params }) => params?.['field']) : [],
    );
    expect(missing).not.toContain('ProductName');
    sales.close();
  });
});
