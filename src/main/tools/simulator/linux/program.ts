/** The linux program (Qt), after its sources [field3]. */
import { wireMoment } from '#shared/messages/common';
import type { Happening, Happenings } from '#shared/virtualMachine';
import type { Cabinet } from '../cabinet';
import { itself, type Cause } from '../deeds';
import type { Ending } from '../link';
import type { Program } from '../program';
import type { Fault } from '../stock';
import { LinuxErrors } from './errors';
import { LinuxLink, type LinuxLinkOptions } from './link';
import { LinuxOrders } from './orders';

/** Simulated ms after every accepted login. */
const suppliesAfter = 10_000;
const doorAfter = 15_000;

/** Persists over a restart after a refused login. */
const loginRefused: Fault = {
  code: 'EC_7',
  description: '网络参数错误',
  fatal: false,
  persistent: true,
};

export interface LinuxProgramOptions {
  readonly cabinet: Cabinet;
  readonly link: Omit<LinuxLinkOptions, 'onNetworkStart' | 'onReconnect'>;
  /** The machine gives drinks away. */
  readonly isFree: boolean;
  readonly acceptsAcknowledgements: () => boolean;
}

export class LinuxProgram implements Program {
  readonly link: LinuxLink;
  readonly orders: LinuxOrders;
  readonly #cabinet: Cabinet;
  readonly #errors: LinuxErrors;
  readonly #acceptsAcknowledgements: () => boolean;

  constructor({ cabinet, link, isFree, acceptsAcknowledgements }: LinuxProgramOptions) {
    this.#cabinet = cabinet;
    this.#errors = new LinuxErrors(cabinet);
    this.#acceptsAcknowledgements = acceptsAcknowledgements;
    this.link = new LinuxLink({
      ...link,
      onNetworkStart: () => this.#errors.networkBegins(),
      onReconnect: () => cabinet.log({ did: 'reconnected' }, itself),
    });
    this.orders = new LinuxOrders({ cabinet, isFree, send: (body) => void this.link.send(body) });
  }

  start(): void {
    this.#errors.start();
    this.link.start();
  }

  stop(how: Ending, cause: Cause): void {
    this.orders.stop(cause);
    this.link.stop(how);
  }

  report<H extends Happening>(what: H, facts: Happenings[H]): boolean {
    if (this.link.status !== 'ready') return false;
    const bodies = this.#cabinet.bodiesOf(what, facts);
    for (const body of bodies) this.link.send(body);
    return bodies.length > 0;
  }

  acknowledged(what: Happening): void {
    if (!this.#acceptsAcknowledgements()) return;
    if (what === 'drink') this.orders.acknowledged();
    else if (what === 'fault') this.#errors.acknowledged();
  }

  /** The program accepts the answer even if it did not ask. */
  loginAnswered(isAccepted: boolean, dateTime: string | null): void {
    const cabinet = this.#cabinet;
    this.link.loginAnswered(isAccepted);
    if (!isAccepted) {
      this.#errors.stop();
      cabinet.setFault(loginRefused);
      return;
    }
    this.#setClock(dateTime);
    this.#errors.loggedIn();
    // These reports are never cancelled, not even by a reconnect.
    cabinet.soon(suppliesAfter, () => cabinet.reportSupplies(itself));
    cabinet.soon(doorAfter, () => cabinet.reportDoor());
  }

  reportState(cause: Cause): void {
    if (this.report('state', { isNormal: this.#errors.isNormal }))
      this.#cabinet.log({ did: 'reportedStatus' }, cause);
  }

  /** linux does not report rinses. */
  rinsed(): void {}

  whenIdle(run: () => void): void {
    run();
  }

  inSlot(run: () => void): void {
    run();
  }

  refilled(changes: Readonly<Record<string, number>>, cause: Cause): void {
    this.#cabinet.refill(changes, cause);
  }

  /** Errors are compared on their own schedule. */
  changed(): void {}

  reconnect(longer: number): void {
    this.link.reconnect(longer);
  }

  stopReading(): void {}

  /** The upgrade runs in another program. */
  whenInstallable(run: () => void): void {
    run();
  }

  /** Accepts this form only, by digit positions. */
  #setClock(dateTime: string | null): void {
    if (dateTime === null || !/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(dateTime)) return;
    const time = wireMoment(dateTime);
    if (time !== null) this.#cabinet.clockOffset = time - this.#cabinet.clock.now();
  }
}
