/** The machine itself: door, troubles, supplies, prices and versions, and what it says about them. */
import type { JsonObject } from '#shared/model/frame';
import { dayOf, secondOf, Timers, type Cancel, type Clock } from './clock';
import type { Profile } from './profile';
import type { Random } from './random';
import { Records } from './records';
import { fullSupplies, menu, type Product, type Trouble } from './stock';

export interface CabinetOptions {
  readonly number: number;
  readonly profile: Profile;
  readonly clock: Clock;
  readonly random: Random;
  /** Divides every time of its life (brewing, boots, customers), never the times of its platform's manners. */
  readonly pace: number;
  readonly send: (body: JsonObject) => boolean;
  readonly listens: () => boolean;
}

export class Cabinet {
  readonly number: number;
  readonly profile: Profile;
  readonly clock: Clock;
  readonly records: Records;
  readonly send: (body: JsonObject) => boolean;
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
  /** Percent [doc 3.9]. */
  discount = 100;
  readonly #random: Random;
  readonly #pace: number;
  /** Everything that a restart interrupts. */
  readonly #timers: Timers;
  readonly #troubles = new Map<string, Trouble>();
  readonly #supplies = new Map<string, number>();
  readonly #prices = new Map<number, number>(menu.map(({ id, price }) => [id, price]));
  #serial = 0;
  /** Persistent troubles were told since it was switched on. */
  #told = true;

  constructor(options: CabinetOptions) {
    this.number = options.number;
    this.profile = options.profile;
    this.clock = options.clock;
    this.send = options.send;
    this.records = new Records(options);
    this.#random = options.random;
    this.#pace = options.pace;
    this.#timers = new Timers(options.clock);
    this.versions.program = this.profile.platform === 'linux' ? '1.2.8.8' : '2.10.33';
    for (const [id, amount] of Object.entries(fullSupplies)) {
      this.#supplies.set(id, this.#random.int(Math.ceil(amount / 3), amount));
    }
  }

  /** Runs after `ms` of its life; a restart forgets it. */
  soon(ms: number, run: () => void): Cancel {
    return this.#timers.after(ms / this.#pace, run);
  }

  /** Runs after `ms` on anyone's clock; a restart forgets it. */
  after(ms: number, run: () => void): Cancel {
    return this.#timers.after(ms, run);
  }

  get broken(): boolean {
    return [...this.#troubles.values()].some((trouble) => trouble.fatal);
  }

  /** Why it makes nothing, for `failreason`. */
  get brokenBy(): string | null {
    return [...this.#troubles.values()].find((trouble) => trouble.fatal)?.code ?? null;
  }

  get troubled(): boolean {
    return this.#troubles.size > 0 || this.cupBlocked;
  }

  /** fen, discount taken off. */
  priceOf(product: Product): number {
    return Math.round(((this.#prices.get(product.id) ?? product.price) * this.discount) / 100);
  }

  setPrice(productId: number, fen: number): void {
    this.#prices.set(productId, fen);
  }

  /** 32 hexadecimal digits, as in the document; the time keeps repeated runs apart. */
  nextOrderNo(): string {
    return this.clock.now().toString(16).padStart(12, '0') + this.#random.hex(20);
  }

  status(status: string, more: JsonObject = {}): void {
    const body = { cmd: 'machinestatus', vmc_no: this.number, status, ...more };
    this.send(this.profile.platform === 'android' ? { ...body, padding: 'padding' } : body);
  }

  reportSupply(): void {
    const supply = Object.fromEntries([...this.#supplies].map(([id, amount]) => [id, String(amount)]));
    this.status('supply', { supply, time: secondOf(this.clock.now()) });
  }

  reportDoor(): void {
    this.status(this.door === 'open' ? 'dooropen' : 'doorclose');
  }

  openDoor(stays: number): void {
    this.door = 'open';
    this.reportDoor();
    this.soon(stays, () => this.closeDoor());
  }

  closeDoor(): void {
    if (this.door === 'closed') return;
    this.door = 'closed';
    this.reportDoor();
  }

  blockCup(): void {
    this.cupBlocked = true;
    this.status('cupblock');
  }

  trouble(trouble: Trouble): void {
    if (this.#troubles.has(trouble.code)) return;
    this.#troubles.set(trouble.code, trouble);
    this.#sayTrouble(trouble, true);
  }

  /** Ends one trouble. Only linux has words for that; on android only `clearerror` clears [field]. */
  resolve(code: string): void {
    const trouble = this.#troubles.get(code);
    if (trouble === undefined || this.profile.platform === 'android') return;
    this.#troubles.delete(code);
    this.#sayTrouble(trouble, false);
  }

  clearAll(): void {
    this.#troubles.clear();
    this.cupBlocked = false;
    this.status('clearerror');
  }

  consume(product: Product): void {
    this.cupBlocked = false; // the next drink that comes out ends it
    for (const [id, amount] of Object.entries(product.uses)) {
      this.#supplies.set(id, Math.max(0, (this.#supplies.get(id) ?? 0) - amount));
    }
  }

  refill(): void {
    for (const [id, amount] of Object.entries(fullSupplies)) this.#supplies.set(id, amount);
    this.reportSupply();
  }

  /** Logged in: the state it is in [doc 3.3], then what nobody acknowledged. */
  connected(): void {
    this.reportDoor();
    this.reportSupply();
    if (this.cupBlocked) this.status('cupblock');
    this.records.connected();
    // Linux repeats what it has not said yet by its records; android says its state at every login [ours].
    if (!this.#told || this.profile.platform === 'android') {
      for (const trouble of this.#troubles.values()) this.#sayTrouble(trouble, true);
    }
    this.#told = true;
  }

  /** Power went: timers and what does not persist are gone. */
  powerOff(): void {
    this.#timers.cancelAll();
    this.records.restarted();
    this.#told = false;
    for (const [code, trouble] of this.#troubles) if (!trouble.persistent) this.#troubles.delete(code);
  }

  /** Power is back: a door found open is closed by somebody. */
  powerOn(): void {
    if (this.door === 'open') this.soon(30_000, () => this.closeDoor());
  }

  #sayTrouble(trouble: Trouble, isSet: boolean): void {
    const { code, description, fatal, persistent } = trouble;
    const now = this.clock.now();
    const said = { error_code: code, error_description: description, isSet };
    this.#serial += 1;
    this.records.add(
      'error',
      String(this.#serial),
      this.profile.platform === 'linux'
        ? {
            cmd: 'error',
            vmc_no: this.number,
            datetime: dayOf(now),
            ...said,
            is_fatal_error: fatal,
            is_persistence_error: persistent,
          }
        : {
            cmd: 'error',
            vmc_no: this.number,
            datetime: secondOf(now),
            ...said,
            is_fatal_error: true, // of everything [field]
            is_pessistance_error: persistent, // so spelt [field]
          },
    );
  }
}
