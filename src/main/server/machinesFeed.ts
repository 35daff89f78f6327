/** Decides which machine rows the windows get with the next batch. */
import type { MachineRow, MachineState } from '#shared/model/machine';
import { heardOf } from '#shared/model/linkFacts';

/** ms between two news of a machine in whose row only `lastHeard` and `lastBeat` changed. */
export const lastHeardInterval = 1_000;

/** Members of a state that its row doesn't show, or only as the times when it was heard. */
const unseen: ReadonlySet<string> = new Set<keyof MachineState>([
  'lastHeard',
  'heartbeat',
  'minutes',
  'ended',
  'loginAnswer',
  'sequence',
  'counts',
  'orders',
]);

/** The row of a machine that was sent last. */
interface Sent {
  readonly machine: MachineState;
  /** The row as JSON, without those two. */
  readonly rest: string;
  /** ms */
  readonly at: number;
}

/** Moments (ms) of a machine's row, where the rest of it is as before. */
export interface Heard {
  readonly vmcNo: number;
  readonly lastHeard: number | null;
  readonly lastBeat: number;
}

export interface MachineNews {
  readonly rows: readonly MachineRow[];
  readonly heard: readonly Heard[];
}

export class MachinesFeed {
  readonly #changed = new Set<number>();
  /** Of them, those whose row may be another for more than an entry of theirs. */
  readonly #anew = new Set<number>();
  /** Machines in whose rows only `lastHeard` changed, and whose next row is not due yet. */
  readonly #delayed = new Set<number>();
  readonly #sent = new Map<number, Sent>();

  /** It has another state. */
  folded(vmcNo: number): void {
    this.#changed.add(vmcNo);
  }

  /** What is shown beside its state may be another. */
  changed(vmcNo: number): void {
    this.#changed.add(vmcNo);
    this.#anew.add(vmcNo);
  }

  forget(vmcNo: number): void {
    this.#changed.delete(vmcNo);
    this.#anew.delete(vmcNo);
    this.#delayed.delete(vmcNo);
    this.#sent.delete(vmcNo);
  }

  /** Whether it changed since the last `take`. */
  has(vmcNo: number): boolean {
    return this.#changed.has(vmcNo);
  }

  /** What changed, at once; moments alone at most once per `lastHeardInterval`. */
  take(
    now: number,
    machineOf: (vmcNo: number) => MachineState | null,
    rowOf: (machine: MachineState) => MachineRow,
  ): MachineNews {
    const rows: MachineRow[] = [];
    const heard: Heard[] = [];
    const isDue = (vmcNo: number): boolean =>
      // A clock that is set back must not hold them.
      Math.abs(now - (this.#sent.get(vmcNo)?.at ?? Number.NEGATIVE_INFINITY)) >= lastHeardInterval;
    const due = [...this.#delayed].filter(isDue);
    for (const vmcNo of new Set([...due, ...this.#changed])) {
      this.#delayed.delete(vmcNo);
      const machine = machineOf(vmcNo);
      if (machine === null) continue;
      const sent = this.#sent.get(vmcNo);
      let rest =
        sent !== undefined && !this.#anew.has(vmcNo) && looksAs(sent.machine, machine) ? sent.rest : null;
      let row: MachineRow | null = null;
      if (rest === null) {
        row = rowOf(machine);
        rest = JSON.stringify({ ...row, lastHeard: null, lastBeat: null });
      }
      if (sent?.rest !== rest) rows.push(row ?? rowOf(machine));
      else if (isDue(vmcNo)) heard.push({ vmcNo, ...heardOf(machine) });
      else {
        this.#delayed.add(vmcNo);
        continue;
      }
      this.#sent.set(vmcNo, { machine, rest, at: now });
    }
    this.#changed.clear();
    this.#anew.clear();
    return { rows, heard };
  }

  /** Whether rows are delayed, so that `take` must be called again. */
  get isWaiting(): boolean {
    return this.#delayed.size > 0;
  }
}

/** Whether a state differs from an earlier one in nothing that a row shows but when the machine was heard. */
function looksAs(before: MachineState, now: MachineState): boolean {
  for (const key of Object.keys(now) as (keyof MachineState)[])
    if (now[key] !== before[key] && !unseen.has(key)) return false;
  return true;
}
