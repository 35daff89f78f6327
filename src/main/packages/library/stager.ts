/** Runs work on package files of unknown origin, each in a process of its own. */
import { Callable } from '../../lib/threads/callable';
import { ProcessGone, type ProcessLimits, type StartProcess } from '../../lib/threads/process';
import type { PackageCalls, PackageEvents, StageProgress } from './messages';
import { Refused } from '../host/refused';

type Result<C extends keyof PackageCalls> = PackageCalls[C]['result'];

/** MB. Members are read in chunks, and only names of the directory stay in memory. */
const limits: ProcessLimits = { heap: 224 };

export class PackageProcess {
  readonly #process: Callable<PackageCalls, PackageEvents>;
  #isCancelled = false;

  /** `script`: the built thread.ts. */
  constructor(
    script: string,
    startProcess: StartProcess,
    onProgress: (progress: StageProgress) => void = () => undefined,
  ) {
    this.#process = new Callable<PackageCalls, PackageEvents>(startProcess(script, limits), {
      on: { progress: onProgress },
    });
  }

  /** `within`: ms after which the process is killed, for disks that do not respond. */
  async cancel(within: number): Promise<void> {
    this.#isCancelled = true;
    await this.#process.end(within);
  }

  /**
   * Runs the single call of this process. @throws Refused if it needs too much memory;
   * otherwise the error of the call, or of the end of the process
   */
  async run<C extends keyof PackageCalls>(call: C, args: PackageCalls[C]['args']): Promise<Result<C>> {
    try {
      return await this.#process.call(call, args);
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
      if (this.#isCancelled) throw new Refused('cancelled');
      throw error.isOutOfMemory ? new Refused('tooMuch') : error;
    } finally {
      // Waits for the end, which closes the files: outside Linux an open file cannot be renamed or removed.
      await this.#process.end();
    }
  }
}
