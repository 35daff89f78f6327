/** Records that the android program stores until acknowledged: sales, refills, consumption of orders, rinses [field3]. */
import type { Happening, Happenings } from '#shared/virtualMachine';
import type { Cabinet } from '../cabinet';
import { Timers, type Cancel } from '../clock';
import { keyMember, keyOf, type WireBody } from '../wire';

const saleInterval = 40_000;
const saleResends = 12;
/** ms. Older sales wait after a login: n minutes, then one every n seconds. */
const freshFor = 30 * 60_000;
const oldWait = { least: 10, most: 29 } as const;
const recordPause = 1_000;
/** A rinse is checked after 5 s, then every 55 s, six times in all. */
const rinseWaits = { first: 5_000, next: 55_000 } as const;
const rinseSends = 6;
/** Records of one kind [ours]; beyond the limit the oldest is dropped. */
const maxKept = 200;

type Sold = Happenings['drink'];
interface Sale {
  facts: Sold;
  resends: number;
  timer: Cancel | null;
}
interface Rinse {
  readonly body: WireBody;
  sends: number;
}
type Kept = 'refilled' | 'consumed';

export class Store {
  readonly #cabinet: Cabinet;
  /** A restart ends the timers; stored records stay. */
  readonly #timers: Timers;
  readonly #send: (body: WireBody) => boolean;
  readonly #sales = new Map<string, Sale>();
  /** Records by the key that their acknowledgement names. */
  readonly #records: Readonly<Record<Kept, Map<string, WireBody>>> = {
    refilled: new Map(),
    consumed: new Map(),
  };
  readonly #rinses = new Map<string, Rinse>();
  readonly #checks = new Map<string, Cancel>();
  #serial = 0;

  constructor(cabinet: Cabinet, send: (body: WireBody) => boolean) {
    this.#cabinet = cabinet;
    this.#timers = new Timers(cabinet.clock);
    this.#send = send;
  }

  get pending(): number {
    const { refilled, consumed } = this.#records;
    return this.#sales.size + refilled.size + consumed.size + this.#rinses.size;
  }

  /** Power off. */
  stop(): void {
    this.#timers.cancelAll();
    this.#checks.clear();
    for (const sale of this.#sales.values()) sale.timer = null;
  }

  /** Stores the sale, sends its consumption, then sends the sale repeatedly. */
  sold(facts: Sold, amounts: Readonly<Record<string, number>>): void {
    const { orderNo } = facts;
    // A record without a number can never be acknowledged.
    const key = orderNo === '' ? `without ${(this.#serial += 1)}` : orderNo;
    const sale: Sale = { facts, resends: 0, timer: null };
    keep(this.#sales, key, sale);
    if (facts.failReason === null) this.record('consumed', { orderNo, amounts });
    this.#sendSale(sale, false);
    this.#repeat(key, sale);
  }

  record<K extends Kept>(what: K, facts: Happenings[K]): void {
    const member = keyMember(what);
    for (const body of this.#cabinet.bodiesOf(what, facts)) {
      keep(this.#records[what], keyOf(body, member) ?? '', body);
      this.#send(body);
    }
  }

  /** The record keeps its number and time in every repetition. */
  rinsed(facts: Happenings['rinsed'], later: number): void {
    const member = keyMember('rinsed');
    for (const body of this.#cabinet.bodiesOf('rinsed', facts)) {
      const key = keyOf(body, member) ?? '';
      keep(this.#rinses, key, { body, sends: 0 });
      if (later === 0) this.#sendRinse(key);
      else this.#timers.after(later, () => this.#sendRinse(key));
    }
  }

  acknowledged(what: Happening, key: string | null): void {
    if (key === null) return;
    if (what === 'drink') {
      this.#sales.get(key)?.timer?.();
      this.#sales.delete(key);
    } else if (what === 'rinsed') this.#rinses.delete(key);
    else if (what === 'refilled' || what === 'consumed') this.#records[what].delete(key);
  }

  /** Call after a login: new sales are sent at once, older ones slowly. */
  sendSales(): void {
    const now = this.#cabinet.now();
    const old: (readonly [string, Sale])[] = [];
    for (const [key, sale] of this.#sales) {
      if (now - sale.facts.soldAt <= freshFor) this.#resendSale(sale, false);
      else old.push([key, sale]);
    }
    if (old.length === 0) return;
    const n = this.#cabinet.random.int(oldWait.least, oldWait.most);
    old.forEach(([key, sale], place) => {
      this.#timers.after(n * 60_000 + place * n * 1_000, () => {
        if (this.#sales.get(key) === sale) this.#resendSale(sale, true);
      });
    });
  }

  /** Call after a login: sends one record a second. */
  sendRecords(): void {
    let wait = 0;
    for (const what of ['refilled', 'consumed'] as const)
      for (const [key, body] of this.#records[what]) {
        const send = (): void => {
          if (this.#records[what].has(key)) this.#send(body);
        };
        if (wait === 0) send();
        else this.#timers.after(wait, send);
        wait += recordPause;
      }
    // Rinses whose checks a restart has ended.
    for (const key of this.#rinses.keys()) if (!this.#checks.has(key)) this.#checkRinse(key, rinseWaits.next);
  }

  #repeat(key: string, sale: Sale): void {
    sale.timer = this.#timers.after(saleInterval, () => {
      sale.timer = null;
      if (this.#sales.get(key) !== sale || sale.resends >= saleResends) return;
      this.#resendSale(sale, false);
      this.#repeat(key, sale);
    });
  }

  #resendSale(sale: Sale, isHistory: boolean): void {
    sale.resends += 1;
    this.#sendSale(sale, isHistory);
  }

  #sendSale({ facts, resends }: Sale, isHistory: boolean): void {
    for (const body of this.#cabinet.bodiesOf('drink', { ...facts, resends, isHistory })) this.#send(body);
  }

  #sendRinse(key: string): void {
    const rinse = this.#rinses.get(key);
    if (rinse === undefined) return;
    this.#send(rinse.body);
    rinse.sends += 1;
    if (rinse.sends >= rinseSends) this.#rinses.delete(key);
    else this.#checkRinse(key, rinse.sends === 1 ? rinseWaits.first : rinseWaits.next);
  }

  #checkRinse(key: string, wait: number): void {
    this.#checks.get(key)?.();
    this.#checks.set(
      key,
      this.#timers.after(wait, () => {
        this.#checks.delete(key);
        this.#sendRinse(key);
      }),
    );
  }
}

function keep<T>(kept: Map<string, T>, key: string, one: T): void {
  kept.set(key, one);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
}
