/** One address of a listener, with the server that listens there: says why it can't, and follows the adapter that has the address. */
import type { Server } from 'node:net';
import type { AddressState } from '#shared/model/listener';
import { nextFreePort, portHolder } from './ports';

/** Connections that wait to be accepted. Beyond it the kernel drops the SYN of a machine, which tries again a second later. */
const backlog = 4_096;

export interface ListenAddressParts {
  readonly create: () => Server;
  readonly now: () => number;
  /** Of this computer's adapters. */
  readonly addresses: () => readonly string[];
  /** Its state changed by itself. */
  readonly changed: () => void;
}

export class ListenAddress {
  readonly host: string;
  readonly #parts: ListenAddressParts;
  #server: Server | null = null;
  #port = 0;
  #avoid: readonly number[] = [];
  #state: AddressState | null = null;
  /** It is the address of an adapter, which can go away; `0.0.0.0` and most of loopback are none's. */
  #isOfAdapter = false;
  #isMoving = false;
  /** Grows with every change of mind, so that a late answer to an earlier one is ignored. */
  #attempt = 0;

  constructor(host: string, parts: ListenAddressParts) {
    this.host = host;
    this.#parts = parts;
  }

  /** `null`: it was not tried yet. */
  get state(): AddressState | null {
    return this.#state;
  }

  isListeningOn(port: number): boolean {
    return this.#state?.status === 'listening' && this.#state.port === port;
  }

  /** `avoid`: ports that are not to be offered where this one is in use. */
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
    // A free port, once taken, is kept: machines have it typed in.
    this.#port = typeof address === 'object' && address !== null ? address.port : port;
    this.#isOfAdapter = this.#parts.addresses().includes(host);
    this.#state = { status: 'listening', host, port: this.#port, since: this.#parts.now() };
  }

  /** Nobody listens there any more. */
  async close(): Promise<void> {
    this.#attempt += 1;
    await this.#closeServer();
  }

  /** An adapter that loses its address keeps the socket but hears nothing; some systems never tell. */
  lookAt(present: readonly string[]): void {
    const isThere = present.includes(this.host);
    const status = this.#state?.status;
    // One that is being opened or closed still would get in its own way.
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
    // Not awaiting 'close': it would wait for the connections, and they are meant to go on.
    server.removeAllListeners('error');
    server.close();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
