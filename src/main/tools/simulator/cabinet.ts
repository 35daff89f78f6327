/** State of a virtual machine for both programs: door, faults, supplies, prices, versions, screen. */
import type { Happening, Happenings, Teller } from '#shared/virtualMachine';
import { Timers, type Cancel, type Clock } from './clock';
import type { Cause, Log } from './deeds';
import type { Profile } from './profile';
import type { Random } from './random';
import { fullSupplies, lowSupplies, menu, type Fault, type Product } from './stock';
import { bodiesOf, type WireBody } from './wire';

export interface CabinetOptions {
  readonly number: number;
  readonly profile: Profile;
  readonly clock: Clock;
  /** ms by which its own clock is ahead. */
  readonly clockOffset: number;
  readonly random: Random;
  /** Divides simulated times (brewing, boots, customers, start-up reports), but not the program's other times. */
  readonly pace: number;
  /** Whether the machine counts its stock. */
  readonly countsStock: boolean;
  /** Reports to the server through the machine's program. */
  readonly report: <H extends Happening>(what: H, facts: Happenings[H]) => boolean;
  /** Called after a change that the program may wait for. */
  readonly changed: () => void;
  readonly log: Log;
}

export class Cabinet {
  readonly number: number;
  readonly profile: Profile;
  readonly clock: Clock;
  readonly random: Random;
  readonly pace: number;
  readonly countsStock: boolean;
  readonly report: CabinetOptions['report'];
  readonly log: Log;
  readonly teller: Teller;
  readonly versions = {
    program: '',
    driver: '1.3',
    io: 'V2.06',
    model: 'JL15',
    brewer: 'B1.14',
    cup: 'C1.08',
  };
  door: 'open' | 'closed' = 'closed';
  cupBlocked = false;
  isOn = false;
  /** The management screen is open. */
  isInMenu = false;
  isBrewing = false;
  /** A customer uses the screen. */
  isOrdering = false;
  /** When the screen was last touched. */
  touchedAt: number;
  /** ms by which its own clock is ahead. */
  clockOffset: number;
  /** Timers that a restart cancels. */
  readonly #timers: Timers;
  readonly #changed: () => void;
  readonly #faults = new Map<string, Fault>();
  readonly #supplies = new Map<string, number>();
  /** Percent [doc 3.9]. */
  #discount = 100;
  /** Products without the discount. */
  readonly #undiscounted = new Set<number>();
  /** Products removed from the menu. */
  readonly #locked = new Set<number>();
  readonly #prices = new Map<number, number>(menu.map(({ id, price }) => [id, price]));

  constructor(options: CabinetOptions) {
    const { number, profile, clock, random, pace, countsStock, report, changed, log } = options;
    this.number = number;
    this.profile = profile;
    this.clock = clock;
    this.random = random;
    this.pace = pace;
    this.countsStock = countsStock;
    this.report = report;
    this.log = log;
    this.#changed = changed;
    this.clockOffset = options.clockOffset;
    this.touchedAt = clock.now();
    this.#timers = new Timers(clock);
    this.versions.program = profile.platform === 'linux' ? '1.2.8.8' : '2.10.33';
    const now = (): number => this.now();
    this.teller = {
      platform: profile.platform,
      get now() {
        return now();
      },
      digits: (count) => this.digits(count),
    };
    for (const [id, amount] of Object.entries(fullSupplies)) {
      this.#supplies.set(id, random.int(Math.ceil(amount / 3), amount));
    }
  }

  /** The time of its own clock. */
  now(): number {
    return this.clock.now() + this.clockOffset;
  }

  digits(count: number): string {
    return String(this.random.int(0, 10 ** count - 1)).padStart(count, '0');
  }

  /** Runs after `ms` of simulated time; a restart cancels it. */
  soon(ms: number, run: () => void): Cancel {
    return this.#timers.after(ms / this.pace, run);
  }

  /** Runs after `ms` of real time; a restart cancels it. */
  after(ms: number, run: () => void): Cancel {
    return this.#timers.after(ms, run);
  }

  bodiesOf<H extends Happening>(what: H, facts: Happenings[H]): readonly WireBody[] {
    return bodiesOf(what, facts, this.number, this.teller);
  }

  /** A person touches the screen. */
  touch(): void {
    this.touchedAt = this.clock.now();
  }

  set(state: {
    readonly isBrewing?: boolean;
    readonly isOrdering?: boolean;
    readonly isInMenu?: boolean;
  }): void {
    Object.assign(this, state);
    this.#changed();
  }

  /** Active faults, the latest last. */
  get faults(): readonly Fault[] {
    return [...this.#faults.values()];
  }

  get broken(): boolean {
    return this.brokenBy !== null;
  }

  /** The code of the fault that stops production, for `failreason`. */
  get brokenBy(): string | null {
    for (const fault of this.#faults.values()) if (fault.fatal) return fault.code;
    return null;
  }

  get hasFault(): boolean {
    return this.#faults.size > 0 || this.cupBlocked;
  }

  /** fen, before discount. */
  listPriceOf({ id, price }: Product): number {
    return this.#prices.get(id) ?? price;
  }

  /** Percent of the list price that customers pay. */
  percentOf({ id }: Product): number {
    return this.#undiscounted.has(id) ? 100 : this.#discount;
  }

  /** fen, after discount: linux rounds fractions down [field3]. */
  priceOf(product: Product): number {
    const exact = (this.listPriceOf(product) * this.percentOf(product)) / 100;
    return this.profile.platform === 'linux' ? Math.floor(exact) : Math.round(exact);
  }

  setDiscount(percent: number, cause: Cause): void {
    this.#discount = percent;
    this.#undiscounted.clear();
    this.log({ did: 'setDiscount', percent }, cause);
  }

  setPrice(productId: number, price: number, cause: Cause): void {
    this.#prices.set(productId, price);
    if (this.profile.platform === 'android') this.#undiscounted.add(productId);
    this.log({ did: 'setPrice', productId, price }, cause);
  }

  lock(productIds: readonly number[], isLocked: boolean, cause: Cause): void {
    for (const id of productIds) {
      if (isLocked) this.#locked.add(id);
      else this.#locked.delete(id);
    }
    if (productIds.length > 0) this.log({ did: 'locked', productIds, isLocked }, cause);
  }

  isLocked({ id }: Product): boolean {
    return this.#locked.has(id);
  }

  /** Whether the materials of the product are available. */
  hasFor({ uses }: Product): boolean {
    for (const id in uses) if ((this.#supplies.get(id) ?? 0) < (uses[id] ?? 0)) return false;
    return true;
  }

  get supplies(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#supplies);
  }

  /** Materials that run low. */
  get lacking(): readonly string[] {
    return Object.entries(lowSupplies).flatMap(([id, low]) =>
      (this.#supplies.get(id) ?? 0) < low ? [id] : [],
    );
  }

  /** Reports the counted supplies. */
  reportSupplies(cause: Cause): void {
    if (!this.countsStock) return;
    if (this.report('supplies', { amounts: this.supplies })) this.log({ did: 'reportedSupplies' }, cause);
  }

  reportDoor(): void {
    this.report('door', { isOpen: this.door === 'open' });
  }

  /** Opens the door for `duration` of simulated time, or until it is closed. */
  openDoor(duration: number | null, cause: Cause): void {
    if (this.door === 'open') return;
    this.door = 'open';
    this.log({ did: 'openedDoor' }, cause);
    this.reportDoor();
    if (duration !== null) this.soon(duration, () => this.closeDoor(cause));
  }

  closeDoor(cause: Cause): void {
    if (this.door === 'closed') return;
    this.door = 'closed';
    this.log({ did: 'closedDoor' }, cause);
    this.reportDoor();
    this.#changed();
  }

  blockCup(): void {
    this.cupBlocked = true;
    this.report('cupBlocked', null);
  }

  setFault(fault: Fault): void {
    if (this.#faults.has(fault.code)) return;
    this.#faults.set(fault.code, fault);
    this.#changed();
  }

  endFault(code: string): void {
    if (this.#faults.delete(code)) this.#changed();
  }

  clearFaults(cause: Cause): void {
    this.#faults.clear();
    this.cupBlocked = false;
    this.log({ did: 'clearedErrors' }, cause);
    this.#changed();
  }

  consume({ uses }: Product): void {
    this.cupBlocked = false; // the next drink ends the fault
    for (const id in uses)
      this.#supplies.set(id, Math.max(0, (this.#supplies.get(id) ?? 0) - (uses[id] ?? 0)));
  }

  /** The amount of each material that fills it up. */
  get room(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      Object.entries(fullSupplies).map(([id, full]) => [id, full - (this.#supplies.get(id) ?? 0)]),
    );
  }

  /** Uncounted materials stay uncounted. */
  refill(changes: Readonly<Record<string, number>>, cause: Cause): void {
    for (const [id, change] of Object.entries(changes)) {
      const amount = this.#supplies.get(id);
      if (amount !== undefined) this.#supplies.set(id, Math.max(0, amount + change));
    }
    this.log({ did: 'refilled', changes }, cause);
  }

  /** Power off: cancels the timers and drops all volatile state. */
  powerOff(): void {
    this.#timers.cancelAll();
    this.isOn = false;
    this.isBrewing = false;
    this.isOrdering = false;
    this.isInMenu = false;
    for (const [code, fault] of this.#faults) if (!fault.persistent) this.#faults.delete(code);
  }

  /** Power on: an open door is closed after a while. */
  powerOn(): void {
    this.isOn = true;
    this.touch();
    if (this.door === 'open') this.soon(30_000, () => this.closeDoor({ by: 'technician' }));
  }
}
