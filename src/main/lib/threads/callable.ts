/** The asking end of a thread or a process: typed calls, each answered once, typed events, and its death noticed. */
import { isMainThread, MessagePort, Worker } from 'node:worker_threads';
import type { CallTable, Port, Problem, ToCaller, ToServing, TransferList } from './messages';
import { ProcessPort } from './process';

/** What the other thread could not do. */
export class ThreadError extends Error {
  /** The error's own code, such as `ENOSPC`; empty where it has none. */
  readonly code: string;
  /** What else the answering thread said about it (`problemData` of `serve`). */
  readonly data: unknown;

  constructor({ name, message, code, stack, data }: Problem) {
    super(message);
    this.name = name;
    this.code = code;
    this.data = data;
    if (stack !== undefined) this.stack = stack;
  }
}

/** The other thread is not there any more. */
export class ThreadGone extends Error {
  override readonly name = 'ThreadGone';
}

type EventHandlers<Events> = { readonly [Name in keyof Events]: (value: Events[Name]) => void };

export interface CallableOptions<Events> {
  /** A handler for each event from the start, so that none is missed. */
  readonly on: EventHandlers<Events>;
  /** It ended without being asked to. All waiting calls have been rejected with the same error. */
  readonly onGone?: (error: Error) => void;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * ms that a thread gets to be gone when its work is over, and once more by force: some are stuck in the runtime itself (nodejs/node#54918),
 * which waits for them at the end of the process too.
 */
const exitTimeout = 3_000;
/** ms that it gets for its work where the thread that made it dies. */
const orphanTimeout = 10_000;
let stuckThreads = 0;

/** A thread of this process can't be ended: only the system can end the process now. */
export const hasStuckThread = (): boolean => stuckThreads > 0;

export class Callable<Calls extends CallTable<Calls>, Events = Record<string, never>> {
  readonly #port: Port;
  readonly #options: CallableOptions<Events>;
  readonly #waiting = new Map<number, Waiting>();
  /** Resolves when it is gone, or is no longer waited for. */
  readonly #over: Promise<void>;
  #lastId = 0;
  /** Why it can't be asked any more. */
  #gone: Error | null = null;
  #isEnding = false;
  #isOver = false;
  #isGivenUp = false;
  /** Becomes 1 when the work of a thread is over that ends with this one. */
  readonly #workOver: Int32Array | undefined;
  /** Ends the waiting for it. */
  #finish: () => void = () => undefined;

  constructor(port: Port, options: CallableOptions<Events>) {
    this.#port = port;
    this.#options = options;
    this.#workOver =
      isMainThread || port instanceof ProcessPort
        ? undefined
        : new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const hear = (message: unknown): void => this.#hear(message as ToCaller);
    const misheard = (error: Error): void => this.#end(error);
    if (port instanceof ProcessPort) port.on('message', hear).on('messageerror', misheard);
    else port.on('message', hear).on('messageerror', misheard);
    this.#over = new Promise((resolve) => {
      this.#finish = () => {
        this.#isOver = true;
        resolve();
      };
    });
    if (port instanceof Worker) {
      // An uncaught error comes first, and says more than the exit code that follows it.
      port.once('error', (error) => {
        this.#end(error instanceof Error ? error : new Error(String(error)));
        this.#forceAfter(exitTimeout);
      });
      port.once('exit', (code) => {
        // Later than anybody waited.
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
   * A port that was to be handed over to a thread that is gone, or is being ended, is closed: whoever asks at its other end is told.
   * @throws ThreadError: it said why not; ThreadGone or what killed it: it can't answer any more.
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
      // Throws, and so rejects, where `args` can't be copied.
      this.#send({ kind: 'call', id, name, args }, transfer);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  /** A call nobody waits for. Where it fails the thread dies of it, as of any bug; where the thread is gone, or is being ended, nothing happens. */
  tell<Name extends keyof Calls>(name: Name, args: Calls[Name]['args'], transfer: TransferList = []): void {
    if (this.#refusal(transfer) === null) this.#send({ kind: 'tell', name, args }, transfer);
  }

  /**
   * Asks it to end and resolves when it has: what was asked before is still answered, nothing is asked after. `within`: after so many ms it is ended
   * by force. One that does not even end then is no longer waited for: it could keep the whole app from ending.
   */
  async end(within?: number): Promise<void> {
    this.#askToEnd();
    if (within !== undefined) this.#forceAfter(within);
    return this.#over;
  }

  /**
   * The same at the end of the app for what must not be ended by force, as it may be inside SQLite: one that works on after `within` ms,
   * on a disk that does not answer, is no longer waited for. What was written to a slow stick is given its time to be there. A process takes
   * nobody with it: it is ended by force then.
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

  /** Unless it is gone by then. */
  #after(ms: number, run: () => void): void {
    if (this.#isOver) return;
    const timer = setTimeout(run, ms);
    void this.#over.then(() => clearTimeout(timer));
  }

  /**
   * A thread ends by force with the one that made it. Inside SQLite that is the end of the whole process, as its addon throws what nobody can
   * catch: so one that dies of a bug, or by its own word, waits until this one is out. Of running out of memory a thread learns nothing.
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
    // No process keeps this one from ending.
    if (!(this.#port instanceof ProcessPort)) stuckThreads += 1;
    this.#exited(new ThreadGone('the thread does not end'));
  }

  /** Why nothing can be asked. What came after the request to end could keep the thread alive for good. */
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

  #send(message: ToServing, transfer: TransferList): void {
    this.#port.postMessage(message, transfer);
  }

  #hear(message: ToCaller): void {
    // Node may deliver the last words of a thread after the news of its death, when another one may already be in its place.
    if (this.#gone !== null) return;
    if (message.kind === 'event') {
      this.#options.on[message.name as keyof Events](message.value as Events[keyof Events]);
      return;
    }
    // A process waits to be ended, so that nothing it said is lost.
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
