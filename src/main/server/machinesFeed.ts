/** Decides which machine rows the windows get with the next batch. */
import type { MachineRow } from '#shared/model/machine';

/** ms between two rows of a machine in which only `lastHeard` and `lastBeat` changed. */
export const lastHeardInterval = 1_000;

/** The row of a machine that was sent last. */
interface Sent {
  /** The row as JSON, without them. */
  readonly rest: string;
  /** ms */
  readonly at: number;
}

export class MachinesFeed {
  readonly #changed = new Set<number>();
  /** Machines in whose rows only `lastHeard` changed, and whose next row is not due yet. */
  readonly #delayed = new Set<number>();
  readonly #sent = new Map<number, Sent>();

  changed(vmcNo: number): void {
    this.#changed.add(vmcNo);
  }

  forget(vmcNo: number): void {
    this.#changed.delete(vmcNo);
    this.#delayed.delete(vmcNo);
    this.#sent.delete(vmcNo);
  }

  /** Whether `changed` was called for it since the last `take`. */
  has(vmcNo: number): boolean {
    return this.#changed.has(vmcNo);
  }

  /** Returns rows that changed, at once; rows in which only `lastHeard` changed at most once per `lastHeardInterval`. */
  take(now: number, rowOf: (vmcNo: number) => MachineRow | null): readonly MachineRow[] {
    const rows: MachineRow[] = [];
    const isDue = (vmcNo: number): boolean =>
      now - (this.#sent.get(vmcNo)?.at ?? Number.NEGATIVE_INFINITY) >= lastHeardInterval;
    const due = [...this.#delayed].filter(isDue);
    for (const vmcNo of new Set([...due, ...this.#changed])) {
      this.#delayed.delete(vmcNo);
      const row = rowOf(vmcNo);
      if (row === null) continue;
      const rest = JSON.stringify({ ...row, lastHeard: null, lastBeat: null });
      if (this.#sent.get(vmcNo)?.rest === rest && !isDue(vmcNo)) {
        this.#delayed.add(vmcNo);
        continue;
      }
      this.#sent.set(vmcNo, { rest, at: now });
      rows.push(row);
    }
    this.#changed.clear();
    return rows;
  }

  /** Whether rows are delayed, so that `take` must be called again. */
  get isWaiting(): boolean {
    return this.#delayed.size > 0;
  }
}
