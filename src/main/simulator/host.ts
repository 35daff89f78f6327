/** The main process's handle on the virtual machines: starts the worker thread, remembers what it said last. */
import { Worker } from 'node:worker_threads';
import type { Misbehaviour, SimulatorState } from '#shared/model/simulator';
import { fromWorker, type ToWorker } from './messages';
import type { FleetRequest } from './options';

export type SimulatorStart = FleetRequest;

/** How long a worker may take to say farewell to its sockets, ms. */
const farewell = 2_000;
const idle: SimulatorState = { running: 0, connected: 0, seed: 0, platform: 'mixed', misbehaviours: [] };

export class SimulatorHost {
  readonly #entry: URL | string;
  #worker: Worker | null = null;
  #state: SimulatorState = idle;
  #ports: ReadonlySet<number> = new Set();
  /** Who waits for the worker's next word. */
  readonly #waiting: (() => void)[] = [];
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
  start(options: SimulatorStart): Promise<void> {
    const worker = this.#worker ?? this.#launch();
    this.#send(worker, { type: 'start', options });
    this.#become({ ...idle, seed: options.seed ?? 1, platform: options.platform });
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** More or fewer machines of those that were started; nothing before `start`. */
  setCount(count: number): void {
    if (this.#worker !== null) this.#send(this.#worker, { type: 'count', count });
  }

  /** For one machine, or (`null`) for all. */
  setFault(vmcNo: number | null, fault: Misbehaviour, on: boolean): void {
    if (this.#worker !== null) this.#send(this.#worker, { type: 'fault', vmcNo, fault, on });
  }

  /** Resolves when the thread has ended. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    if (worker === null) return;
    this.#forget(worker);
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    this.#send(worker, { type: 'stop' });
    const timer = setTimeout(() => void worker.terminate(), farewell);
    await ended;
    clearTimeout(timer);
  }

  #launch(): Worker {
    const worker = new Worker(this.#entry, { name: 'simulator' });
    this.#worker = worker;
    worker.on('message', (value: unknown) => {
      const said = fromWorker.safeParse(value);
      if (!said.success || this.#worker !== worker) return;
      const { ports, ...state } = said.data;
      this.#ports = new Set(ports);
      this.#become({ ...this.#state, ...state });
      this.#answer();
    });
    worker.on('error', (error) => this.#died(worker, error.message));
    worker.on('exit', (code) => this.#died(worker, `the worker ended with code ${code}`));
    return worker;
  }

  #died(worker: Worker, detail: string): void {
    if (this.#worker !== worker) return; // stopped, or told already
    this.#forget(worker);
    for (const listener of this.#problemListeners) listener(detail);
  }

  #forget(worker: Worker): void {
    if (this.#worker === worker) this.#worker = null;
    this.#ports = new Set();
    this.#become({ ...this.#state, running: 0, connected: 0, misbehaviours: [] });
    this.#answer();
  }

  #answer(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  #send(worker: Worker, message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    worker.postMessage(message);
  }

  #become(state: SimulatorState): void {
    this.#state = state;
    for (const listener of this.#stateListeners) listener(state);
  }
}
