/** Runs the work on a package's file, which a stranger made, in a process of its own for each. */
import { Callable } from '../../lib/threads/callable';
import { ProcessGone, type ProcessLimits, type StartProcess } from '../../lib/threads/process';
import type { PackageCalls, PackageEvents, StageProgress } from './messages';
import { Refused } from '../host/refused';

type Result<C extends keyof PackageCalls> = PackageCalls[C]['result'];

/** MB: members are read piece by piece, and of the list of them only names are remembered. */
const limits: ProcessLimits = { heap: 224 };

export class PackageProcess {
  readonly #process: Callable<PackageCalls, PackageEvents>;
  #isCancelled = false;

  /** `script`: the built worker.ts. */
  constructor(
    script: string,
    startProcess: StartProcess,
    onProgress: (progress: StageProgress) => void = () => undefined,
  ) {
    this.#process = new Callable<PackageCalls, PackageEvents>(startProcess(script, limits), {
      on: { progress: onProgress },
    });
  }

  /** `within`: one that goes on after so many ms, on a disk that does not answer, is ended by force. */
  async cancel(within: number): Promise<void> {
    this.#isCancelled = true;
    await this.#process.end(within);
  }

  /** Its only work. @throws Refused where it takes too much memory; what went wrong there, or that it was ended */
  async run<C extends keyof PackageCalls>(call: C, args: PackageCalls[C]['args']): Promise<Result<C>> {
    try {
      return await this.#process.call(call, args);
    } catch (error) {
      if (!(error instanceof ProcessGone)) throw error;
      if (this.#isCancelled) throw new Refused('cancelled');
      throw error.isOutOfMemory ? new Refused('tooMuch') : error;
    } finally {
      // The files are closed only then, and outside Linux an open file can't be renamed or removed.
      await this.#process.end();
    }
  }
}
