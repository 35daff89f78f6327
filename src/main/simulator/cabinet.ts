/** State of a virtual machine (door, faults, supplies, prices, versions) and the messages that report it. */
import { secondOf } from '#shared/messages/times';
import type { JsonObject } from '#shared/model/frame';
import type { Happening, Happenings } from '#shared/virtualMachine';
import { Timers, type Cancel, type Clock } from './clock';
import type { Profile } from './profile';
import type { Random } from './random';
import { Records } from './records';
import { bodiesOf, type WireBody } from './wire';
import { fullSupplies, menu, type Product, type Fault } from './stock';

export interface CabinetOptions {
  readonly number: number;
  readonly profile: Profile;
  readonly clock: Clock;
  readonly random: Random;
  /** Divides simulated times (brewing, boots, customers), but not the times that the platform's protocol sets. */
  readonly pace: number;
  readonly send: (body: JsonObject) => boolean;
  readonly acceptsAcknowledgements: () => boolean;
}

export class Cabinet {
  readonly number: number;
  readonly profile: Profile;
  readonly clock: Clock;
  readonly records: Records;
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
  readonly #random: Random;
  readonly #pace: number;
  /** Everything that a restart interrupts. */
  readonly #timers: Timers;
  readonly #faults = new Map<string, Fault>();
  readonly #supplies = new Map<string, number>();
  /** Percent [doc 3.9]. */
  #discount = 100;
  /** Products whose discount was dropped. */
  readonly #undiscounted = new Set<number>();
  /** Products that are off the menu. */
  readonly #locked = new Set<number>();
  readonly #prices = new Map<number, number>(menu.map(({ id, price }) => [id, price]));
  /** Whether persistent faults were reported since the machine was switched on. */
  #faultsReported = true;

  constructor(options: CabinetOptions) {
    this.number = options.number;
    this.profile = options.profile;
    this.clock = options.clock;
    this.records = new Records(options);
    this.#random = options.random;
    this.#pace = options.pace;
    this.#timers = new Timers(options.clock);
    this.versions.program = this.profile.platform === 'linux' ? '1.2.8.8' : '2.10.33';
    for (const [id, amount] of Object.entries(fullSupplies)) {
      this.#supplies.set(id, this.#random.int(Math.ceil(amount / 3), amount));
    }
  }

  /** Runs after `ms` of simulated time; a restart cancels it. */
  soon(ms: number, run: () => void): Cancel {
    return this.#timers.after(ms / this.#pace, run);
  }

  /** Runs after `ms` of real time; a restart cancels it. */
  after(ms: number, run: () => void): Cancel {
    return this.#timers.after(ms, run);
  }

  get broken(): boolean {
    return [...this.#faults.values()].some((fault) => fault.fatal);
  }

  /** The code of the fault that stops production, for `failreason`. */
  get brokenBy(): string | null {
    return [...this.#faults.values()].find((fault) => fault.fatal)?.code ?? null;
  }

  get hasFault(): boolean {
    return this.#faults.size > 0 || this.cupBlocked;
  }

  /** fen, discount taken off. */
  priceOf(product: Product): number {
    return Math.round((this.listPriceOf(product) * this.percentOf(product)) / 100);
  }

  /** fen, without a discount. */
  listPriceOf({ id, price }: Product): number {
    return this.#prices.get(id) ?? price;
  }

  /** What customers pay of it. */
  percentOf({ id }: Product): number {
    return this.#undiscounted.has(id) ? 100 : this.#discount;
  }

  setDiscount(percent: number): void {
    this.#discount = percent;
    this.#undiscounted.clear();
  }

  setPrice(productId: number, fen: number): void {
    this.#prices.set(productId, fen);
    if (this.profile.platform === 'android') this.#undiscounted.add(productId);
  }

  /** linux: 32 hexadecimal digits, as in the document; the time keeps repeated runs apart. android's begins with its time [field]. */
  nextOrderNo(): string {
    const now = this.clock.now();
    return this.profile.platform === 'android'
      ? `${secondOf(now)}${this.number}${this.#random.int(10_000, 99_999)}`
      : now.toString(16).padStart(12, '0') + this.#random.hex(20);
  }

  /** What it says when this happens, as its messages' rows have it. */
  bodiesOf<H extends Happening>(what: H, facts: Happenings[H]): readonly WireBody[] {
    return bodiesOf(what, facts, this.number, {
      platform: this.profile.platform,
      now: this.clock.now(),
      digits: (count) => String(this.#random.int(0, 10 ** count - 1)).padStart(count, '0'),
    });
  }

  /** False: it is not logged in, so that it could not say it. */
  tell<H extends Happening>(what: H, facts: Happenings[H]): boolean {
    return this.bodiesOf(what, facts).every((body) => this.say(body));
  }

  /** What must be acknowledged is told again until it is. */
  say(body: WireBody): boolean {
    return this.records.say(body);
  }

  reportSupply(): void {
    this.tell('supplies', { amounts: Object.fromEntries(this.#supplies) });
  }

  reportDoor(): void {
    this.tell('door', { isOpen: this.door === 'open' });
  }

  openDoor(duration: number): void {
    this.door = 'open';
    this.reportDoor();
    this.soon(duration, () => this.closeDoor());
  }

  closeDoor(): void {
    if (this.door === 'closed') return;
    this.door = 'closed';
    this.reportDoor();
  }

  blockCup(): void {
    this.cupBlocked = true;
    this.tell('cupBlocked', null);
  }

  setFault(fault: Fault): void {
    if (this.#faults.has(fault.code)) return;
    this.#faults.set(fault.code, fault);
    this.#reportFault(fault, true);
  }

  /** Ends one fault. Only linux can report that; on android only `clearerror` clears [field]. */
  clearFault(code: string): void {
    const fault = this.#faults.get(code);
    if (fault === undefined || this.profile.platform === 'android') return;
    this.#faults.delete(code);
    this.#reportFault(fault, false);
  }

  clearAllFaults(): void {
    this.#faults.clear();
    this.cupBlocked = false;
    this.tell('cleared', null);
  }

  consume(product: Product): void {
    this.cupBlocked = false; // the next drink that comes out ends it
    for (const [id, amount] of Object.entries(product.uses)) {
      this.#supplies.set(id, Math.max(0, (this.#supplies.get(id) ?? 0) - amount));
    }
  }

  /** Somebody fills everything up. */
  fillUp(): void {
    this.refill(
      Object.fromEntries(
        Object.entries(fullSupplies).map(([id, full]) => [id, full - (this.#supplies.get(id) ?? 0)]),
      ),
    );
  }

  /** What is not counted stays so; a record is written of nothing, too [field]. */
  refill(changes: Readonly<Record<string, number>>): void {
    this.tell('refilled', { changes });
    for (const [id, change] of Object.entries(changes)) {
      const amount = this.#supplies.get(id);
      if (amount !== undefined) this.#supplies.set(id, Math.max(0, amount + change));
    }
    this.reportSupply();
    for (const [material, change] of Object.entries(changes)) {
      const code = `WARNING:${material}`;
      if (change <= 0 || this.profile.platform === 'linux' || !this.#faults.delete(code)) continue;
      this.tell('enoughAgain', { material });
    }
  }

  lock(productIds: readonly number[], isLocked: boolean): void {
    for (const id of productIds) {
      if (isLocked) this.#locked.add(id);
      else this.#locked.delete(id);
    }
  }

  isLocked({ id }: Product): boolean {
    return this.#locked.has(id);
  }

  /** Its record is told `toldLater` ms after it has rinsed. */
  rinse(works = true, toldLater = 0): void {
    this.soon(10_000, () => {
      const record = this.bodiesOf('rinsed', { isOk: works });
      const told = (): void => record.forEach((body) => this.say(body));
      if (toldLater === 0) told();
      else this.after(toldLater, told);
    });
  }

  /** After a login: reports the state [doc 3.3], then repeats the records that were not acknowledged. */
  connected(): void {
    this.reportDoor();
    this.reportSupply();
    if (this.cupBlocked) this.tell('cupBlocked', null);
    this.records.connected();
    // On linux the records repeat unacknowledged errors; android reports its faults at every login [ours].
    if (!this.#faultsReported || this.profile.platform === 'android') {
      for (const fault of this.#faults.values()) this.#reportFault(fault, true);
    }
    this.#faultsReported = true;
  }

  /** Power off: cancels the timers and drops what does not persist. */
  powerOff(): void {
    this.#timers.cancelAll();
    this.records.restarted();
    this.#faultsReported = false;
    for (const [code, fault] of this.#faults) if (!fault.persistent) this.#faults.delete(code);
  }

  /** Power on: an open door is closed after a while. */
  powerOn(): void {
    if (this.door === 'open') this.soon(30_000, () => this.closeDoor());
  }

  #reportFault({ code, description, fatal, persistent }: Fault, isSet: boolean): void {
    this.tell('fault', { code, description, isSet, isFatal: fatal, isPersistent: persistent });
  }
}
