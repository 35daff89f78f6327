/**
 * Keeps one server listening on the address a person chose: says why it can't, waits for an adapter that went away and listens
 * again when it is back. Connections that exist outlive a change of address.
 */
import type { Server } from 'node:net';
import type { ListenAt, ListenerState } from '#shared/model/listener';
import { adapters } from './adapters';
import { nextFreePort, portHolder } from './ports';

/** ms between looks at this computer's adapters. */
const adapterInterval = 2_000;
/** Connections that wait to be accepted. Beyond it the kernel drops the SYN of a machine, which tries again a second later. */
const backlog = 4_096;

export interface ListenerOptions {
  readonly now: () => number;
  /** Of this computer; left out: as it says. A test takes one away, which no test may do to the computer it runs on. */
  readonly addresses?: () => readonly string[];
}

export class Listener {
  readonly #create: () => Server;
  readonly #now: () => number;
  readonly #addresses: () => readonly string[];
  readonly #watchers: ((state: ListenerState) => void)[] = [];
  readonly #timer: NodeJS.Timeout;
  #server: Server | null = null;
  #target: ListenAt | null = null;
  #state: ListenerState = { status: 'off' };
  /** It listens on the address of an adapter, which can go away; `0.0.0.0` and most of loopback are none's. */
  #isOfAdapter = false;
  /** Grows with every change of mind, so that a late answer to an earlier one is ignored. */
  #attempt = 0;

  constructor(create: () => Server, { now, addresses = addressesOfAdapters }: ListenerOptions) {
    this.#create = create;
    this.#now = now;
    this.#addresses = addresses;
    this.#timer = setInterval(() => void this.#lookAtAdapters(), adapterInterval);
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
   * an address that worked before is gone back to: a slip of the finger must not cut machines off.
   */
  async listen(host: string, port: number, avoid: readonly number[] = []): Promise<ListenerState> {
    const before = this.#state.status === 'listening' ? this.#target : null;
    this.#target = { host, port, avoid };
    const result = await this.#open();
    if (result.status === 'listening' || before === null) return result;
    this.#target = before;
    await this.#open();
    return result;
  }

  /** Tries the same address again. */
  async retry(avoid: readonly number[] = []): Promise<ListenerState> {
    if (this.#target === null) return this.#state;
    this.#target = { ...this.#target, avoid };
    return this.#open();
  }

  /** Listens no more, until it is told to again. */
  async off(): Promise<ListenerState> {
    this.#target = null;
    this.#attempt += 1;
    await this.#closeServer();
    return this.#set({ status: 'off' });
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.off();
  }

  async #open(): Promise<ListenerState> {
    const target = this.#target;
    if (target === null) return this.#state;
    const attempt = (this.#attempt += 1);
    await this.#closeServer();
    const server = this.#create();
    const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      const { host, port } = target;
      server.listen({ host, port, exclusive: true, backlog }, () => resolve(null));
    });
    if (attempt !== this.#attempt) {
      server.close();
      return this.#state;
    }
    if (failure !== null) return this.#set(await this.#failed(target, failure));
    server.on('error', () => void this.#open());
    this.#server = server;
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : target.port;
    // A free port, once taken, is kept: machines have it typed in.
    this.#target = { ...target, port };
    this.#isOfAdapter = this.#addresses().includes(target.host);
    return this.#set({ status: 'listening', host: target.host, port, since: this.#now() });
  }

  async #failed(target: ListenAt, error: NodeJS.ErrnoException): Promise<ListenerState> {
    const detail = error.code ?? error.message;
    const { host, port } = target;
    const base = { host, port, detail };
    switch (error.code) {
      case 'EADDRNOTAVAIL':
        return { status: 'waiting', host, port, since: this.#now() };
      case 'EADDRINUSE':
        return {
          status: 'failed',
          ...base,
          reason: 'inUse',
          holder: await portHolder(port),
          nextFree: await nextFreePort(target),
        };
      case 'EACCES':
        return { status: 'failed', ...base, reason: 'denied', holder: null, nextFree: null };
      default:
        return { status: 'failed', ...base, reason: 'other', holder: null, nextFree: null };
    }
  }

  /** An adapter that loses its address keeps the socket but hears nothing; some systems never tell. */
  async #lookAtAdapters(): Promise<void> {
    const target = this.#target;
    if (target === null) return;
    const present = this.#addresses().includes(target.host);
    if (this.#state.status === 'listening' && this.#isOfAdapter && !present) {
      this.#attempt += 1;
      await this.#closeServer();
      this.#set({ status: 'waiting', host: target.host, port: target.port, since: this.#now() });
    } else if (this.#state.status === 'waiting' && present) {
      await this.#open();
    }
  }

  async #closeServer(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    // Not awaiting 'close': it would wait for the connections, and they are meant to go on.
    server.removeAllListeners('error');
    server.close();
    await new Promise((resolve) => setImmediate(resolve));
  }

  #set(state: ListenerState): ListenerState {
    this.#state = state;
    for (const watcher of this.#watchers) watcher(state);
    return state;
  }
}

function addressesOfAdapters(): readonly string[] {
  return adapters().map(({ address }) => address);
}
