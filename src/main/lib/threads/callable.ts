/** Client of a thread or a process: typed calls with one answer each, typed events, and detection of its death. */
import { isMainThread, MessagePort, Worker } from 'node:worker_threads';
import type { CallTable, Port, Problem, ToCaller, ToServer, TransferList } from './messages';
import { ProcessPort } from './process';

/** The other thread could not answer a call. */
export class ThreadError extends Error {
  /** The error's own code, such as `ENOSPC`; empty if it has none. */
  readonly code: string;
  /** Further data of the error (`problemData` of `serve`). */
  readonly data: unknown;

  constructor({ name, message, code, stack, data }: Problem) {
    super(message);
    this.name = name;
    this.code = code;
    this.data = data;
    if (stack !== undefined) this.stack = stack;
  }
}

/** The other thread has ended. */
export class ThreadGone extends Error {
  override readonly name = 'ThreadGone';
}

type EventHandlers<Events> = { readonly [Name in keyof Events]: (value: Events[Name]) => void };

export interface CallableOptions<Events> {
  /** A handler for each event from the start, so that none is missed. */
  readonly on: EventHandlers<Events>;
  /** The thread ended unexpectedly. All waiting calls have been rejected with the same error. */
  readonly onGone?: (error: Error) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * ms for a thread to exit after its work, and again after a forced end. Some threads get stuck in the
 * runtime itself (nodejs/node#54918), which then also delays the end of the process.
 */
const exitTimeout = 3_000;
/** ms for its work if the parent thread dies. */
const orphanTimeout = 10_000;
let stuckThreads = 0;

/** A thread of this process cannot be ended, so only the system can end the process. */
export const hasStuckThread = (): boolean => stuckThreads > 0;

export class Callable<Calls extends CallTable<Calls>, Events = Record<string, never>> {
  readonly #port: Port;
  readonly #options: CallableOptions<Events>;
  readonly #waiting = new Map<number, Waiting>();
  /** Resolves when the thread has ended, or is no longer waited for. */
  readonly #over: Promise<void>;
  #lastId = 0;
  /** The reason why calls fail from now on. */
  #gone: Error | null = null;
  #isEnding = false;
  #isOver = false;
  #isGivenUp = false;
  /** Becomes 1 when the work of a child thread is done. A child ends with this thread. */
  readonly #workOver: Int32Array | undefined;
  /** Resolves `#over`. */
  #finish: () => void = () => undefined;

  constructor(port: Port, options: CallableOptions<Events>) {
    this.#port = port;
    this.#options = options;
    this.#workOver =
      isMainThread || port instanceof ProcessPort
        ? undefined
        : new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const receive = (message: unknown): void => this.#receive(message as ToCaller);
    const unreadable = (error: Error): void => this.#end(error);
    if (port instanceof ProcessPort) port.on('message', receive).on('messageerror', unreadable);
    else port.on('message', receive).on('messageerror', unreadable);
    this.#over = new Promise((resolve) => {
      this.#finish = () => {
        this.#isOver = true;
        resolve();
      };
    });
    if (port instanceof Worker) {
      // An uncaught error comes before the exit code and has more details.
      port.once('error', (error) => {
        this.#end(error instanceof Error ? error : new Error(String(error)));
        this.#forceAfter(exitTimeout);
      });
      port.once('exit', (code) => {
        // The thread ended after we had stopped waiting.
        if (this.#isGivenUp) stuckThreads -= 1;
        else this.#exited(new ThreadGone(`the thread ended with code ${code}`));
      });
      this.#goFirst();
    } else if (port instanceof ProcessPort) port.once('exit', (why) => this.#exited(why));
    else port.once('close', () => this.#exited(new ThreadGone('the other end closed')));
  }

  get isGone(): boolean {
    return this.#gone !== null;
  }

  /**
   * If the thread has ended or is ending, transferred ports are closed, so
   * that the caller at the other end gets an error.
   * @throws ThreadError if the call failed; ThreadGone, or the cause of death, if the thread cannot answer any more
   */
  call<Name extends keyof Calls>(
    name: Name,
    args: Calls[Name]['args'],
    transfer: TransferList = [],
  ): Promise<Calls[Name]['result']> {
    const why = this.#refusal(transfer);
    if (why !== null) return Promise.reject(why);
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      // Throws, and so rejects, if `args` cannot be copied.
      this.#send({ kind: 'call', id, name, args }, transfer);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  /**
   * A call without an answer. A failure kills the thread, like any bug.
   * Does nothing if the thread has ended or is ending.
   */
  notify<Name extends keyof Calls>(name: Name, args: Calls[Name]['args'], transfer: TransferList = []): void {
    if (this.#refusal(transfer) === null) this.#send({ kind: 'notify', name, args }, transfer);
  }

  /**
   * Ends the thread and resolves afterwards. Earlier calls are still answered, later ones are refused. `within`: ms
   * until the thread is terminated. If even that fails, waiting stops, because it could block the end of the app.
   */
  async end(within?: number): Promise<void> {
    this.#askToEnd();
    if (within !== undefined) this.#forceAfter(within);
    return this.#over;
  }

  /**
   * Like `end`, for threads that must not be terminated because they may be inside SQLite. After
   * `within` ms, on a disk that does not respond, waiting stops. The long default gives a slow USB
   * stick time to write. A process can be killed without harm, so it is killed.
   */
  async leave(within = 300_000): Promise<void> {
    this.#askToEnd();
    this.#after(within, () => {
      if (this.#port instanceof ProcessPort) this.#forceAfter(0);
      else this.#giveUp();
    });
    return this.#over;
  }

  #askToEnd(): void {
    if (!this.#isEnding && this.#gone === null) this.#sendEnd();
    this.#isEnding = true;
  }

  #sendEnd(): void {
    this.#send({ kind: 'end', over: this.#workOver }, []);
  }

  #forceAfter(ms: number): void {
    this.#after(ms, () => {
      this.#force();
      this.#after(exitTimeout, () => this.#giveUp());
    });
  }

  /** Runs `run` unless the thread has ended by then. */
  #after(ms: number, run: () => void): void {
    if (this.#isOver) return;
    const timer = setTimeout(run, ms);
    void this.#over.then(() => clearTimeout(timer));
  }

  /**
   * A thread is terminated together with its parent. Inside SQLite this would abort the whole process,
   * because the addon throws an error that nothing can catch. So a parent that exits or dies of a bug waits
   * for the child first. A parent that runs out of memory has no chance to wait.
   */
  #goFirst(): void {
    const over = this.#workOver;
    if (over === undefined) return;
    const goFirst = (): void => {
      if (this.#gone !== null) return;
      this.#sendEnd();
      Atomics.wait(over, 0, 0, orphanTimeout);
    };
    process.once('exit', goFirst);
    void this.#over.then(() => process.off('exit', goFirst));
  }

  #exited(why: Error): void {
    this.#end(why);
    this.#finish();
  }

  #giveUp(): void {
    this.#isGivenUp = true;
    // Another process does not keep this one from ending.
    if (!(this.#port instanceof ProcessPort)) stuckThreads += 1;
    this.#exited(new ThreadGone('the thread does not end'));
  }

  /** The reason to refuse a call. A message after the request to end could keep the thread alive forever. */
  #refusal(transfer: TransferList): Error | null {
    const why = this.#gone ?? (this.#isEnding ? new ThreadGone('the thread is being ended') : null);
    if (why !== null) for (const port of transfer) if (port instanceof MessagePort) port.close();
    return why;
  }

  #force(): void {
    if (this.#port instanceof Worker) void this.#port.terminate();
    else if (this.#port instanceof ProcessPort) this.#port.kill();
    else this.#port.close();
  }

  #send(message: ToServer, transfer: TransferList): void {
    this.#port.postMessage(message, transfer);
  }

  #receive(message: ToCaller): void {
    // Node may deliver the last messages of a thread after its death, when a new thread may have replaced it.
    if (this.#gone !== null) return;
    if (message.kind === 'event') {
      this.#options.on[message.name as keyof Events](message.value as Events[keyof Events]);
      return;
    }
    // The process waits to be killed, so that no message is lost.
    if (message.kind === 'ended')
      return this.#forceAfter(this.#port instanceof ProcessPort ? 0 : exitTimeout);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.kind === 'result') waiting?.resolve(message.result);
    else waiting?.reject(new ThreadError(message.problem));
  }

  #end(error: Error): void {
    if (this.#gone !== null) return;
    this.#gone = error;
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
    if (!this.#isEnding) this.#options.onGone?.(error);
  }
}
