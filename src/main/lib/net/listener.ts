/**
 * Listens on the addresses a person chose, all on one port: says why it can't, waits for an adapter that went away and listens
 * again when it is back. Connections that exist outlive a change of address.
 */
import type { Server } from 'node:net';
import { addressesOf, type ListenAt, type ListenerState } from '#shared/model/listener';
import { adapters } from './adapters';
import { ListenAddress, type ListenAddressParts } from './listenAddress';

/** ms between looks at this computer's adapters. */
const adapterInterval = 1_000;

export interface ListenerOptions {
  readonly now: () => number;
  /** Of this computer; left out: as it says. A test takes one away, which no test may do to the computer it runs on. */
  readonly addresses?: () => readonly string[];
}

export class Listener {
  readonly #parts: ListenAddressParts;
  readonly #watchers: ((state: ListenerState) => void)[] = [];
  readonly #timer: NodeJS.Timeout;
  #target: ListenAt | null = null;
  #addresses: readonly ListenAddress[] = [];
  #state: ListenerState = { status: 'off' };
  /** Grows with every change of mind, so that a late answer to an earlier one is ignored. */
  #attempt = 0;

  constructor(create: () => Server, { now, addresses = addressesOfAdapters }: ListenerOptions) {
    this.#parts = { create, now, addresses, changed: () => this.#tell() };
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
   * Listens there from now on, resolving with how it went. Port 0 takes a free one; the state has the real number. Where it can't,
   * addresses that worked before are gone back to: a slip of the finger must not cut machines off.
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
    // One that is away was chosen before, or was never there.
    const failed = addressesOf(this.#state).find(
      (one) => one.status === 'failed' || (one.status === 'waiting' && !hostsOf(before).includes(one.host)),
    );
    if (failed === undefined) return this.#state;
    await this.#become(before);
    return { ...failed, others: [] };
  }

  /** Tries the same addresses again, where it does not listen. */
  async retry(avoid: readonly number[] = []): Promise<ListenerState> {
    return this.#target === null ? this.#state : this.#become({ ...this.#target, avoid });
  }

  /** Listens no more, until it is told to again. */
  async off(): Promise<ListenerState> {
    this.#target = null;
    this.#attempt += 1;
    const addresses = this.#addresses;
    this.#addresses = [];
    for (const address of addresses) await address.close();
    return this.#tell();
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
    // One address may be in the way of another, as that of all adapters is.
    for (const one of left) await one.close();
    for (const one of this.#addresses) {
      if (attempt !== this.#attempt) return this.#state;
      if (!kept.includes(one)) await one.open(port, avoid);
      port = one.state?.port ?? port;
    }
    if (attempt !== this.#attempt) return this.#state;
    this.#target = { ...target, port };
    return this.#tell();
  }

  #lookAtAdapters(): void {
    const present = this.#parts.addresses();
    for (const one of this.#addresses) one.lookAt(present);
  }

  /** The first that listens stands for all, else the first. */
  #tell(): ListenerState {
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
