/** Reads untrusted files one at a time, each in a separate process. */
import { Callable, ThreadError } from '../../lib/threads/callable';
import { ProcessGone, type ProcessLimits, type StartProcess } from '../../lib/threads/process';
import { tooMuch, type ReaderCalls } from './messages';

/** MB; the whole process stays below 400 MB. */
const limits: ProcessLimits = { heap: 224 };
/** [ours] ms. */
const longestReading = 60_000;

/** Reading the file would exceed the memory or time limit. */
export class TooMuch extends Error {}

type Reader = Callable<ReaderCalls>;

export class FileReader {
  readonly #script: string;
  readonly #startProcess: StartProcess;
  #isClosed = false;
  #running: Reader | null = null;
  #queue: Promise<unknown> = Promise.resolve();

  /** `script`: the built entry of the reader process. */
  constructor(script: string, startProcess: StartProcess) {
    this.#script = script;
    this.#startProcess = startProcess;
  }

  /** @throws TooMuch, or the disk's errors */
  read<C extends keyof ReaderCalls>(
    call: C,
    args: ReaderCalls[C]['args'],
  ): Promise<ReaderCalls[C]['result']> {
    const read = this.#queue.then(() => this.#read(call, args));
    this.#queue = read.catch(() => null);
    return read;
  }

  /** Call when the app ends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running?.end(0);
  }

  async #read<C extends keyof ReaderCalls>(
    call: C,
    args: ReaderCalls[C]['args'],
  ): Promise<ReaderCalls[C]['result']> {
    if (this.#isClosed) throw new Error('nothing is read any more');
    const reader: Reader = new Callable<ReaderCalls>(this.#startProcess(this.#script, limits), { on: {} });
    this.#running = reader;
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      void reader.end(0);
    }, longestReading);
    try {
      return await reader.call(call, args);
    } catch (error) {
      const isTooMuch =
        (error instanceof ProcessGone && (error.isOutOfMemory || isLate)) ||
        (error instanceof ThreadError && error.code === tooMuch);
      throw isTooMuch ? new TooMuch(error.message) : error;
    } finally {
      clearTimeout(timer);
      await reader.end();
      this.#running = null;
    }
  }
}
