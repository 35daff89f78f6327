/** One build of the android program [field3]. */
import type { JsonObject } from '#shared/model/frame';
import type { Happening, Happenings, RinsingWay } from '#shared/virtualMachine';
import type { Cabinet } from '../cabinet';
import { itself, type Cause } from '../deeds';
import type { Ending } from '../link';
import type { Program } from '../program';
import { AndroidFaults } from './faults';
import { AndroidLink, type AndroidLinkOptions } from './link';
import { AndroidOrders } from './orders';
import { Store } from './store';
import { Tasks } from './tasks';

/** Simulated ms after every accepted login. */
const ritual = { cleared: 200, beat: 300, sales: 400, door: 500, supplies: 600, warnings: 700 } as const;
const warningPause = 100;
/** Drinks between two supply reports; the real number is unknown. */
const suppliesEvery = { least: 5, most: 20 } as const;
/** Other builds answer these messages; this one does not [field2, field3]. */
const answers: ReadonlySet<Happening> = new Set(['drinkAnswered', 'paymentAnswered']);

export interface AndroidProgramOptions {
  readonly cabinet: Cabinet;
  readonly link: Omit<AndroidLinkOptions, 'onReconnect'>;
  readonly allowsProducts: boolean;
  /** A build that answers orders and payments with messages. */
  readonly answersOrders: boolean;
  readonly acceptsAcknowledgements: () => boolean;
}

export class AndroidProgram implements Program {
  readonly link: AndroidLink;
  readonly orders: AndroidOrders;
  readonly store: Store;
  readonly #o: AndroidProgramOptions;
  readonly #faults: AndroidFaults;
  readonly #tasks: Tasks;
  /** The causes of the next and of the current connection. */
  #next: Cause = itself;
  #cause: Cause = itself;
  #drinks = 0;
  readonly #suppliesEvery: number;

  constructor(options: AndroidProgramOptions) {
    const { cabinet, link, allowsProducts } = options;
    this.#o = options;
    this.#suppliesEvery = cabinet.random.int(suppliesEvery.least, suppliesEvery.most);
    this.link = new AndroidLink({
      ...link,
      onReconnect: () => {
        this.#cause = this.#next;
        this.#next = itself;
        cabinet.log({ did: 'reconnected' }, this.#cause);
      },
    });
    this.store = new Store(cabinet, (body) => this.link.send(body));
    this.#tasks = new Tasks(cabinet, () => this.#faults.changed());
    this.#faults = new AndroidFaults(cabinet, () => cabinet.isBrewing || this.#tasks.isRunning);
    this.orders = new AndroidOrders({
      cabinet,
      store: this.store,
      allowsProducts,
      isTaskRunning: () => this.#tasks.isRunning,
      reportOnce: (facts) => this.report('drink', facts),
      ended: () => this.#drinkEnded(),
    });
  }

  start(): void {
    this.#next = itself;
    this.#cause = itself;
    this.#faults.start();
    this.link.start();
  }

  stop(how: Ending, cause: Cause): void {
    this.orders.stop(cause);
    this.#tasks.stop();
    this.store.stop();
    this.link.stop(how);
  }

  report<H extends Happening>(what: H, facts: Happenings[H]): boolean {
    const { cabinet, answersOrders } = this.#o;
    if (!answersOrders && answers.has(what)) return false;
    const bodies = cabinet.bodiesOf(what, facts);
    return bodies.length > 0 && bodies.every((body) => this.link.send(body));
  }

  acknowledged(what: Happening, key: string | null, message: JsonObject): void {
    // The reply to a refill or recipe must say success, or the machine sends it again [field2].
    const isOk = message['isOk'] !== false;
    if (this.#o.acceptsAcknowledgements() && isOk) this.store.acknowledged(what, key);
  }

  loginAnswered(isAccepted: boolean): void {
    this.link.loginAnswered(isAccepted);
    if (isAccepted) this.#plays();
  }

  reportState(): void {}

  rinsed(isOk: boolean, way: RinsingWay, reportedLater: number): void {
    this.store.rinsed({ isOk, way }, reportedLater);
  }

  whenIdle(run: () => void): void {
    this.#tasks.whenIdle(run);
  }

  inSlot(run: () => void): void {
    this.#tasks.inSlot(run);
  }

  whenInstallable(run: () => void): void {
    this.#tasks.whenInstallable(run);
  }

  /** Sends the end of the warnings, the refill record, then the sums. */
  refilled(changes: Readonly<Record<string, number>>, cause: Cause): void {
    const { cabinet } = this.#o;
    cabinet.refill(changes, cause);
    const lacking = new Set(cabinet.lacking);
    for (const material of Object.keys(changes)) {
      if (lacking.has(material)) continue;
      cabinet.endFault(`WARNING:${material}`);
      if (this.#faults.endsWarning(material)) cabinet.report('enoughAgain', { material });
    }
    this.store.record('refilled', { changes });
    cabinet.reportSupplies(cause);
    this.#faults.changed();
  }

  changed(): void {
    this.#faults.changed();
    this.#tasks.check();
  }

  reconnect(longer: number, cause: Cause): void {
    this.#next = cause;
    this.link.reconnect(longer);
  }

  stopReading(): void {
    this.link.stopReading();
  }

  /** The reports after every accepted login, requested or not. The reading thread sends them, so commands wait. */
  #plays(): void {
    const { cabinet } = this.#o;
    const cause = this.#cause;
    cabinet.soon(ritual.cleared, () => this.#faults.clear());
    cabinet.soon(ritual.beat, () => this.link.beat());
    cabinet.soon(ritual.sales, () => {
      if (!cabinet.isBrewing) this.store.sendSales();
    });
    cabinet.soon(ritual.door, () => cabinet.reportDoor());
    cabinet.soon(ritual.supplies, () => cabinet.reportSupplies(cause));
    cabinet.soon(ritual.warnings, () => this.#faults.warn());
    const length = ritual.supplies + warningPause * this.#faults.lacks;
    cabinet.soon(length + warningPause, () => this.store.sendRecords());
    this.link.holdFor(length / cabinet.pace);
  }

  #drinkEnded(): void {
    const { cabinet } = this.#o;
    this.#faults.warn();
    this.#drinks += 1;
    if (this.#drinks % this.#suppliesEvery === 0) cabinet.reportSupplies(itself);
  }
}
