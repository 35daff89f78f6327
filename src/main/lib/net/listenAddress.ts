/**
 * One address of a listener, with its server. Reports why listening fails, and follows the adapter with the address.
 */
import type { Server } from 'node:net';
import type { AddressState } from '#shared/model/listener';
import { nextFreePort, portHolder } from './ports';

/**
 * Connections that wait to be accepted. Beyond this the kernel drops the
 * SYN of a machine, which retries a second later.
 */
const backlog = 4_096;

export interface ListenAddressParts {
  readonly create: () => Server;
  readonly now: () => number;
  /** Addresses of this computer's adapters. */
  readonly addresses: () => readonly string[];
  /** Called after the state changed without a request. */
  readonly changed: () => void;
}

export class ListenAddress {
  readonly host: string;
  readonly #parts: ListenAddressParts;
  #server: Server | null = null;
  #port = 0;
  #avoid: readonly number[] = [];
  #state: AddressState | null = null;
  /** The address belongs to an adapter and can disappear. `0.0.0.0` and most loopback addresses do not. */
  #isOfAdapter = false;
  #isMoving = false;
  /** Incremented by every new request, so that late results of earlier ones are ignored. */
  #attempt = 0;

  constructor(host: string, parts: ListenAddressParts) {
    this.host = host;
    this.#parts = parts;
  }

  /** `null`: not tried yet. */
  get state(): AddressState | null {
    return this.#state;
  }

  isListeningOn(port: number): boolean {
    return this.#state?.status === 'listening' && this.#state.port === port;
  }

  /** `avoid`: ports not to suggest if this one is in use. */
  async open(port: number, avoid: readonly number[]): Promise<void> {
    this.#port = port;
    this.#avoid = avoid;
    const { host } = this;
    const attempt = (this.#attempt += 1);
    await this.#closeServer();
    const server = this.#parts.create();
    const failure = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
      server.once('error', resolve);
      server.listen({ host, port, exclusive: true, backlog }, () => resolve(null));
    });
    if (attempt !== this.#attempt) {
      server.close();
      return;
    }
    if (failure !== null) {
      this.#state = await this.#failed(failure);
      return;
    }
    server.on('error', () => void this.#again());
    this.#server = server;
    const address = server.address();
    // Keep a free port once chosen: it is entered in machines.
    this.#port = typeof address === 'object' && address !== null ? address.port : port;
    this.#isOfAdapter = this.#parts.addresses().includes(host);
    this.#state = { status: 'listening', host, port: this.#port, since: this.#parts.now() };
  }

  /** Stops listening. */
  async close(): Promise<void> {
    this.#attempt += 1;
    await this.#closeServer();
  }

  /** An adapter that loses its address keeps the socket but receives nothing, and some systems never report it. */
  checkAdapters(present: readonly string[]): void {
    const isThere = present.includes(this.host);
    const status = this.#state?.status;
    // Opening or closing is still in progress.
    if (this.#isMoving) return;
    if (status === 'listening' && this.#isOfAdapter && !isThere) void this.#move(() => this.#leave());
    else if (status === 'waiting' && isThere) void this.#move(() => this.#again());
  }

  async #move(how: () => Promise<void>): Promise<void> {
    this.#isMoving = true;
    await how();
    this.#isMoving = false;
  }

  async #leave(): Promise<void> {
    await this.close();
    this.#state = this.#waiting();
    this.#parts.changed();
  }

  async #again(): Promise<void> {
    await this.open(this.#port, this.#avoid);
    this.#parts.changed();
  }

  #waiting(): AddressState {
    return { status: 'waiting', host: this.host, port: this.#port, since: this.#parts.now() };
  }

  async #failed(error: NodeJS.ErrnoException): Promise<AddressState> {
    const detail = error.code ?? error.message;
    const base = { host: this.host, port: this.#port, detail };
    switch (error.code) {
      case 'EADDRNOTAVAIL':
        return this.#waiting();
      case 'EADDRINUSE':
        return {
          status: 'failed',
          ...base,
          reason: 'inUse',
          holder: await portHolder(this.#port),
          nextFree: await nextFreePort({ ...base, avoid: this.#avoid }),
        };
      case 'EACCES':
        return { status: 'failed', ...base, reason: 'denied', holder: null, nextFree: null };
      default:
        return { status: 'failed', ...base, reason: 'other', holder: null, nextFree: null };
    }
  }

  async #closeServer(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    // Do not wait for 'close': it waits for the connections, which are meant to stay open.
    server.removeAllListeners('error');
    server.close();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
