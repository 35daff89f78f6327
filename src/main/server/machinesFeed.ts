/** Which machines' rows the windows have to be told of. */
import type { MachineRow } from '#shared/model/machine';

/** ms between two rows of a machine that say no more than that it was heard. */
export const lastHeardInterval = 1_000;

/** Of a machine's row as it was sent last. */
interface Sent {
  /** Without the moment it was heard. */
  readonly rest: string;
  /** ms */
  readonly at: number;
}

export class MachinesFeed {
  readonly #changed = new Set<number>();
  /** Those that were only heard, and whose turn to say so has not come. */
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

  /** Something was said of it since the last `take`. */
  has(vmcNo: number): boolean {
    return this.#changed.has(vmcNo);
  }

  /** Rows in which something is different, at once; those of machines that were only heard, each in its turn. */
  take(now: number, rowOf: (vmcNo: number) => MachineRow | null): readonly MachineRow[] {
    const rows: MachineRow[] = [];
    const isDue = (vmcNo: number): boolean =>
      now - (this.#sent.get(vmcNo)?.at ?? Number.NEGATIVE_INFINITY) >= lastHeardInterval;
    const due = [...this.#delayed].filter(isDue);
    for (const vmcNo of new Set([...due, ...this.#changed])) {
      this.#delayed.delete(vmcNo);
      const row = rowOf(vmcNo);
      if (row === null) continue;
      const rest = JSON.stringify({ ...row, lastHeard: null });
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

  /** Some have to be told of later. */
  get isWaiting(): boolean {
    return this.#delayed.size > 0;
  }
}
