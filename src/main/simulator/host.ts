/** The main process's handle on the virtual machines: starts the worker thread, remembers what it said last. */
import { Worker } from 'node:worker_threads';
import type { Misbehaviour, SimulatorState } from '#shared/model/simulator';
import { Callable } from '../worker/callable';
import type { SimulatorCalls, SimulatorEvents } from './messages';
import type { FleetRequest } from './options';

export type SimulatorStart = FleetRequest;

/** How long a worker may take to say farewell to its sockets, ms. */
const farewell = 2_000;
const idle: SimulatorState = { running: 0, connected: 0, seed: 0, platform: 'mixed', misbehaviours: [] };

type SimulatorThread = Callable<SimulatorCalls, SimulatorEvents>;

export class SimulatorHost {
  readonly #entry: URL | string;
  #thread: SimulatorThread | null = null;
  #state: SimulatorState = idle;
  #ports: ReadonlySet<number> = new Set();
  readonly #stateListeners = new Set<(state: SimulatorState) => void>();
  readonly #problemListeners = new Set<(detail: string) => void>();

  /** `entry`: the built worker.ts. */
  constructor(entry: URL | string) {
    this.#entry = entry;
  }

  get state(): SimulatorState {
    return this.#state;
  }

  /** Local ports of the virtual machines' connections: how the app tells them from real ones. Up to 200 ms old. */
  get localPorts(): ReadonlySet<number> {
    return this.#ports;
  }

  /** Calls back after every change; returns the way to stop. */
  onState(listener: (state: SimulatorState) => void): () => void {
    this.#stateListeners.add(listener);
    return () => this.#stateListeners.delete(listener);
  }

  /** Calls back when the worker died; the state is idle then and `start` works again. */
  onProblem(listener: (detail: string) => void): () => void {
    this.#problemListeners.add(listener);
    return () => this.#problemListeners.delete(listener);
  }

  /** Starts anew: machines that ran before are gone. Resolves when the worker has them (or died: see `onProblem`). */
  async start(options: SimulatorStart): Promise<void> {
    const thread = (this.#thread ??= this.#launch());
    const started = thread.call('start', options);
    this.#become({ ...idle, seed: options.seed ?? 1, platform: options.platform });
    await started.catch((error: unknown) => {
      if (!thread.isGone) throw error;
    });
  }

  /** More or fewer machines of those that were started; nothing before `start`. */
  setCount(count: number): void {
    this.#thread?.tell('setCount', count);
  }

  /** For one machine, or (`null`) for all. */
  setFault(vmcNo: number | null, fault: Misbehaviour, on: boolean): void {
    this.#thread?.tell('setFault', { vmcNo, fault, on });
  }

  /** Resolves when the thread has ended. */
  async stop(): Promise<void> {
    const thread = this.#thread;
    this.#forget();
    await thread?.end(farewell);
  }

  #launch(): SimulatorThread {
    const thread: SimulatorThread = new Callable<SimulatorCalls, SimulatorEvents>(
      new Worker(this.#entry, { name: 'simulator' }),
      {
        on: {
          changed: ({ ports, ...state }) => {
            // One that is ending while another runs has nothing to say.
            if (this.#thread !== thread) return;
            this.#ports = new Set(ports);
            this.#become({ ...this.#state, ...state });
          },
        },
        onGone: (error) => {
          this.#forget();
          for (const listener of this.#problemListeners) listener(error.message);
        },
      },
    );
    return thread;
  }

  #forget(): void {
    if (this.#thread === null) return;
    this.#thread = null;
    this.#ports = new Set();
    this.#become({ ...this.#state, running: 0, connected: 0, misbehaviours: [] });
  }

  #become(state: SimulatorState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
