/** Client of the package host thread. After a crash it restarts the thread with the same packages and offers. */
import { randomBytes } from 'node:crypto';
import { Worker, type MessagePort } from 'node:worker_threads';
import type { DownloadTest } from '#shared/model/downloadTest';
import { listensAt, type Crowd, type ListenAt, type ListenerState } from '#shared/model/listener';
import { moveMachine, type ExpectedFile, type Upload } from '#shared/model/fetched';
import type { Rates, Transfer, Visit } from '#shared/model/upgrade';
import { Callable } from '../../lib/threads/callable';
import { Restarting } from '../../lib/threads/restarting';
import type { Offer } from './address';
import { testDownload } from './downloadTest';
import type { HostedPackage } from './host';
import { hostedHere, type Hosted, type HostCalls, type HostEvents } from './hostCalls';
import type { HostData } from '../thread';
import type { FileCheck } from '../library/spoiltFiles';

/** ms for the thread to close its connections. */
const endTimeout = 2_000;

export interface HostClientOptions {
  /** The built packages/thread.ts. */
  readonly workerFile: string | URL;
  readonly now: () => number;
  /** The current settings. */
  readonly rates: () => Rates;
  /** The folder for files that machines send. */
  readonly files: string;
  readonly onUpload: (upload: Upload) => void;
  readonly onTransfer: (transfer: Transfer) => void;
  /** The file of a package was checked. */
  readonly onLooked: (check: FileCheck) => void;
  /** All places were taken, and a connection was evicted. */
  readonly onCrowded: (crowd: Crowd) => void;
  /** Requests that did not match any upgrade, newest first. */
  readonly onVisits: (visits: readonly Visit[]) => void;
  /** A machine was asked to download a package. */
  readonly onOffered: () => void;
  /** The thread runs again after a crash. It needs a new port to the machines thread (`connect`). */
  readonly onRestart: () => void;
  /** The thread died. It restarts unless `isFinal`. */
  readonly onDeath: (error: Error, isFinal: boolean) => void;
}

type HostThread = Callable<HostCalls, HostEvents>;

export class PackageHostClient {
  readonly #options: HostClientOptions;
  readonly #listeners: ((which: Hosted, state: ListenerState) => void)[] = [];
  readonly #offers = new Map<number, Offer>();
  readonly #expected = new Map<number, ExpectedFile>();
  /** Running transfers. They end if the thread dies. */
  readonly #running = new Map<string, Transfer>();
  /** Transfers cut off by a crash, not yet forwarded to the machines thread. */
  #cutOff: readonly Transfer[] = [];
  #packages: readonly HostedPackage[] = [];
  readonly #targets = new Map<Hosted, ListenAt>();
  readonly #states = new Map<Hosted, ListenerState>();
  #threads: Restarting<HostThread>;
  /** The thread died too often; `retry` starts it again. */
  #isDead = false;

  constructor(options: HostClientOptions) {
    this.#options = options;
    this.#threads = this.#start();
  }

  state(which: Hosted): ListenerState {
    return this.#states.get(which) ?? { status: 'off' };
  }

  onState(listener: (which: Hosted, state: ListenerState) => void): void {
    this.#listeners.push(listener);
  }

  setPackages(packages: readonly HostedPackage[]): void {
    this.#packages = packages;
    this.#threads.thread.notify('setPackages', packages);
  }

  /** Call this after the rate settings changed. */
  ratesChanged(): void {
    this.#threads.thread.notify('setRates', this.#options.rates());
  }

  /** Downloads from the host through this local address; `null` if the host is not listening. */
  async testDownload(host: string): Promise<Omit<DownloadTest, 'machines'> | null> {
    const state = this.state('updates');
    if (state.status !== 'listening' || this.#isDead) return null;
    const { port } = state;
    const [token, answer] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    await this.#threads.thread.call('test', { token, answer });
    const outcome = await testDownload({ host, port }, listensAt(state, host), { token, answer });
    return { host, port, ...outcome, at: this.#options.now() };
  }

  clearVisits(): void {
    this.#threads.thread.notify('clearVisits', null);
    this.#options.onVisits([]);
  }

  /** Connects the machines thread for offers and transfers (`OfferCalls`). */
  connect(port: MessagePort): void {
    this.#threads.thread.notify('connect', port, [port]);
    this.#threads.thread.notify('cutOff', this.#cutOff);
    this.#cutOff = [];
  }

  /** Like `Listener.listen`. */
  listen(
    which: Hosted,
    host: string,
    port: number,
    avoid: readonly number[] = [],
    others: readonly string[] = [],
  ): Promise<ListenerState> {
    const target = { host, port, avoid, others };
    this.#targets.set(which, target);
    return this.#callThread(which, (thread) => thread.call('listen', { which, ...target }));
  }

  /** Stops listening. */
  off(which: Hosted): Promise<ListenerState> {
    this.#targets.delete(which);
    return this.#callThread(which, (thread) => thread.call('off', { which }));
  }

  /** Tries the same address again. */
  async retry(which: Hosted, avoid: readonly number[] = []): Promise<ListenerState> {
    if (!this.#isDead) return this.#callThread(which, (thread) => thread.call('retry', { which, avoid }));
    this.#isDead = false;
    this.#threads = this.#start();
    this.#options.onRestart();
    await this.#threads.ready();
    return this.state(which);
  }

  /** Aborts running downloads. */
  async stop(): Promise<void> {
    this.#targets.clear();
    await this.#threads.end(endTimeout);
    for (const which of hostedHere) this.#set(which, { status: 'off' });
  }

  #start(): Restarting<HostThread> {
    return new Restarting<HostThread>({
      launch: (onGone) =>
        new Callable<HostCalls, HostEvents>(
          new Worker(this.#options.workerFile, {
            name: 'packages',
            workerData: { files: this.#options.files } satisfies HostData,
          }),
          {
            on: {
              state: ({ which, state }) => this.#set(which, state),
              transfer: (transfer) => this.#transferChanged(transfer),
              looked: (check) => this.#options.onLooked(check),
              crowded: (crowd) => this.#options.onCrowded(crowd),
              visits: (visits) => this.#options.onVisits(visits),
              offered: (offer) => {
                this.#offers.set(offer.id, offer);
                this.#options.onOffered();
              },
              expected: (file) => this.#expected.set(file.id, file),
              moved: (machine) => moveMachine(this.#expected, machine),
              upload: (upload) => {
                if (upload.ok) this.#expected.delete(upload.file.id);
                this.#options.onUpload(upload);
              },
            },
            onGone,
          },
        ),
      prepare: async (thread) => {
        thread.notify('setPackages', this.#packages);
        thread.notify('setRates', this.#options.rates());
        for (const offer of this.#offers.values()) thread.notify('offer', offer);
        for (const file of this.#expected.values()) thread.notify('expect', file);
        for (const [which, target] of this.#targets) await thread.call('listen', { which, ...target });
      },
      onDeath: (error, isFinal) => {
        const endedAt = this.#options.now();
        const ended: Transfer[] = [];
        for (const transfer of this.#running.values()) ended.push({ ...transfer, endedAt, complete: false });
        for (const transfer of ended) this.#transferChanged(transfer);
        this.#cutOff = [...this.#cutOff, ...ended];
        this.#isDead = isFinal;
        this.#options.onDeath(error, isFinal);
        if (isFinal) this.#failed(error);
        else this.#options.onRestart();
      },
      now: this.#options.now,
    });
  }

  /** If the thread dies during the call, it restarts, and the result is its state. */
  async #callThread(
    which: Hosted,
    call: (thread: HostThread) => Promise<ListenerState>,
  ): Promise<ListenerState> {
    const thread = await this.#threads.ready();
    try {
      return await call(thread);
    } catch (error) {
      if (!thread.isGone) throw error;
      await this.#threads.ready();
      return this.state(which);
    }
  }

  #transferChanged(transfer: Transfer): void {
    const key = transferKey(transfer);
    if (transfer.complete === null) this.#running.set(key, transfer);
    else this.#running.delete(key);
    this.#options.onTransfer(transfer);
  }

  #failed({ message: detail }: Error): void {
    for (const [which, { host, port }] of this.#targets)
      this.#set(which, {
        status: 'failed',
        host,
        port,
        detail,
        reason: 'other',
        holder: null,
        nextFree: null,
        others: [],
      });
  }

  #set(which: Hosted, state: ListenerState): void {
    this.#states.set(which, state);
    // The port chosen for port 0, or the address in use after it became available again.
    if (state.status === 'listening') {
      const { host, port } = state;
      const others = state.others.map((one) => one.host);
      this.#targets.set(which, { host, port, others, avoid: this.#targets.get(which)?.avoid ?? [] });
    }
    for (const listener of this.#listeners) listener(which, state);
  }
}

/** Key of a transfer. Two downloads of one machine for the same part differ in start time or remote address. */
export function transferKey({ offer, startedAt, what, remoteAddress }: Transfer): string {
  return `${offer} ${startedAt} ${what} ${remoteAddress}`;
}
