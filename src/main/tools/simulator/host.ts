/** The main thread's handle for the virtual machines: starts their thread and keeps its last reported state. */
import { Worker } from 'node:worker_threads';
import type { Answering, Misbehaviour, SimulatorState } from '#shared/model/simulator';
import { Callable } from '../../lib/threads/callable';
import type { FleetRequest, SimulatorCalls, SimulatorEvents } from './options';

export type SimulatorStart = FleetRequest;

/** ms a worker may take to close its sockets. */
const endTimeout = 2_000;
const idle: SimulatorState = { running: 0, connected: 0, seed: 0, platform: 'mixed', misbehaviours: [] };

/** Sends the machines' local ports to the server, which recognises them by these. Resolves when it knows them; never rejects. */
export type Announce = (ports: ReadonlySet<number>) => Promise<void>;

type SimulatorThread = Callable<SimulatorCalls, SimulatorEvents>;

export class SimulatorHost {
  readonly #entry: URL | string;
  readonly #announce: Announce;
  #thread: SimulatorThread | null = null;
  #state: SimulatorState = idle;
  readonly #stateListeners = new Set<(state: SimulatorState) => void>();
  readonly #problemListeners = new Set<(detail: string) => void>();

  /** `entry`: the built thread.ts. */
  constructor(entry: URL | string, announce: Announce) {
    this.#entry = entry;
    this.#announce = announce;
  }

  get state(): SimulatorState {
    return this.#state;
  }

  /** Calls back after every change; returns the unsubscribe function. */
  onState(listener: (state: SimulatorState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Calls back when the thread died. The state is then idle and `start` works again. */
  onProblem(listener: (detail: string) => void): () => void {
    this.#problemListeners.add(listener);
    return () => this.#problemListeners.delete(listener);
  }

  /** Replaces the running machines. Resolves when the thread has started the new ones, or died (see `onProblem`). */
  async start(options: SimulatorStart): Promise<void> {
    const thread = (this.#thread ??= this.#launch());
    const started = thread.call('start', options);
    this.#setState({ ...idle, seed: options.seed ?? 1, platform: options.platform });
    await started.catch((error: unknown) => {
      if (!thread.isGone) throw error;
    });
  }

  /** For one machine, or (`null`) for all. */
  setMisbehaviour(vmcNo: number | null, misbehaviour: Misbehaviour, on: boolean): void {
    this.#thread?.notify('setMisbehaviour', { vmcNo, misbehaviour, on });
  }

  setNotifyBase(base: string | null): void {
    this.#thread?.notify('setNotifyBase', { base });
  }

  setAnswering(vmcNo: number, answering: Answering): void {
    this.#thread?.notify('setAnswering', { vmcNo, answering });
  }

  /** Resolves when the thread has ended. */
  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#clear();
    await thread?.end(endTimeout);
    // The ports stay known until now, so that the last messages still count as virtual.
    if (this.#thread === null) this.#forgetPorts();
  }

  #launch(): SimulatorThread {
    const thread: SimulatorThread = new Callable<SimulatorCalls, SimulatorEvents>(
      new Worker(this.#entry, { name: 'simulator' }),
      {
        on: {
          changed: (state) => {
            // Ignore events of a replaced thread.
            if (this.#thread === thread) this.#setState({ ...this.#state, ...state });
          },
          ports: (ports) => void this.#reportPorts(thread, ports),
        },
        onGone: (error) => {
          this.#clear();
          this.#forgetPorts();
          for (const listener of this.#problemListeners) listener(error.message);
        },
      },
    );
    return thread;
  }

  async #reportPorts(thread: SimulatorThread, ports: readonly number[]): Promise<void> {
    if (this.#thread !== thread) return;
    await this.#announce(new Set(ports));
    thread.notify('portsKnown', null);
  }

  #clear(): void {
    if (this.#thread === null) return;
    this.#thread = null;
    this.#setState({ ...this.#state, running: 0, connected: 0, misbehaviours: [] });
  }

  #forgetPorts(): void {
    void this.#announce(new Set());
  }

  #setState(state: SimulatorState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
