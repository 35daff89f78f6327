/** The time that a process's first thread ran or waited for a processor, as Linux counts it; elsewhere nothing is measured. */
import { textOf } from './memory';

/** ms */
interface ProcessorTime {
  readonly ran: number;
  readonly waited: number;
}

function timeOf(pid: number): ProcessorTime | null {
  const [ran, waited] = textOf(`/proc/${pid}/schedstat`).split(' ').map(Number);
  return ran === undefined || waited === undefined ? null : { ran: ran / 1e6, waited: waited / 1e6 };
}

/** Separates long work from interruptions: the length of a task includes both. */
export class ProcessorWatch {
  readonly #pid: number;
  #last: ProcessorTime | null;

  constructor(pid: number) {
    this.#pid = pid;
    this.#last = timeOf(pid);
  }

  /** The waits' share of the time in which the thread had work, since the last call. */
  waitShare(): number | null {
    const [before, now] = [this.#last, timeOf(this.#pid)];
    this.#last = now;
    if (before === null || now === null) return null;
    const [ran, waited] = [now.ran - before.ran, now.waited - before.waited];
    return ran + waited <= 0 ? null : waited / (ran + waited);
  }
}
