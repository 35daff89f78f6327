/**
 * Listens on the chosen addresses, all on one port. Reports why listening fails, and waits for an
 * adapter that disappeared. Existing connections survive a change of address.
 */
import type { Server } from 'node:net';
import { addressesOf, type ListenAt, type ListenerState } from '#shared/model/listener';
import { adapters } from './adapters';
import { ListenAddress, type ListenAddressParts } from './listenAddress';

/** ms between checks of this computer's adapters. */
const adapterInterval = 1_000;

export interface ListenerOptions {
  readonly now: () => number;
  /** Addresses of this computer; by default the real ones. Tests use it to remove an address. */
  readonly addresses?: () => readonly string[];
}

export class Listener {
  readonly #parts: ListenAddressParts;
  readonly #watchers: ((state: ListenerState) => void)[] = [];
  readonly #timer: NodeJS.Timeout;
  #target: ListenAt | null = null;
  #addresses: readonly ListenAddress[] = [];
  #state: ListenerState = { status: 'off' };
  /** Incremented by every new request, so that late results of earlier ones are ignored. */
  #attempt = 0;

  constructor(create: () => Server, { now, addresses = addressesOfAdapters }: ListenerOptions) {
    this.#parts = { create, now, addresses, changed: () => this.#publish() };
    this.#timer = setInterval(() => this.#lookAtAdapters(), adapterInterval);
    this.#timer.unref();
  }

  get state(): ListenerState {
    return this.#state;
  }

  onState(watcher: (state: ListenerState) => void): void {
    this.#watchers.push(watcher);
  }

  /**
   * Listens there from now on and resolves with the result. Port 0 takes a free port; the state has the real number.
   * After a failure the previous addresses are restored, so that a typing error does not disconnect machines.
   */
  async listen(
    host: string,
    port: number,
    avoid: readonly number[] = [],
    others: readonly string[] = [],
  ): Promise<ListenerState> {
    const before = this.#state.status === 'listening' ? this.#target : null;
    await this.#become({ host, port, avoid, others });
    if (before === null) return this.#state;
    // A missing adapter may have been chosen before, or may never have existed.
    const failed = addressesOf(this.#state).find(
      (one) => one.status === 'failed' || (one.status === 'waiting' && !hostsOf(before).includes(one.host)),
    );
    if (failed === undefined) return this.#state;
    await this.#become(before);
    return { ...failed, others: [] };
  }

  /** Retries the same addresses, except those that already listen. */
  async retry(avoid: readonly number[] = []): Promise<ListenerState> {
    return this.#target === null ? this.#state : this.#become({ ...this.#target, avoid });
  }

  /** Stops listening until the next call of `listen`. */
  async off(): Promise<ListenerState> {
    this.#target = null;
    this.#attempt += 1;
    const addresses = this.#addresses;
    this.#addresses = [];
    for (const address of addresses) await address.close();
    return this.#publish();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.off();
  }

  async #become(target: ListenAt): Promise<ListenerState> {
    const attempt = (this.#attempt += 1);
    this.#target = target;
    let { port } = target;
    const { avoid = [] } = target;
    const hosts = hostsOf(target);
    const kept = this.#addresses.filter((one) => hosts.includes(one.host) && one.isListeningOn(port));
    const left = this.#addresses.filter((one) => !kept.includes(one));
    this.#addresses = hosts.map(
      (host) => kept.find((one) => one.host === host) ?? new ListenAddress(host, this.#parts),
    );
    // One address can block another, as the address of all adapters does.
    for (const one of left) await one.close();
    for (const one of this.#addresses) {
      if (attempt !== this.#attempt) return this.#state;
      if (!kept.includes(one)) await one.open(port, avoid);
      port = one.state?.port ?? port;
    }
    if (attempt !== this.#attempt) return this.#state;
    this.#target = { ...target, port };
    return this.#publish();
  }

  #lookAtAdapters(): void {
    const present = this.#parts.addresses();
    for (const one of this.#addresses) one.checkAdapters(present);
  }

  /** The first address that listens represents all; otherwise the first. */
  #publish(): ListenerState {
    const states = this.#addresses.flatMap(({ state }) => state ?? []);
    const first = states.find(({ status }) => status === 'listening') ?? states[0];
    this.#state =
      first === undefined
        ? { status: 'off' }
        : { ...first, others: states.filter((state) => state !== first) };
    for (const watcher of this.#watchers) watcher(this.#state);
    return this.#state;
  }
}

const hostsOf = ({ host, others = [] }: ListenAt): readonly string[] => [host, ...others];

function addressesOfAdapters(): readonly string[] {
  return adapters().map(({ address }) => address);
}
