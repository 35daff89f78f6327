/** Selects the machine rows for the next batch to the windows. */
import { nothingKnown, type MachineRow, type MachineState } from '#shared/model/machine';
import { heardOf } from '#shared/model/linkFacts';

/** Minimum ms between news of a machine if only `lastHeard` and `lastBeat` changed. */
export const lastHeardInterval = 1_000;
/** ms: delayed rows due within one slot are handled together. */
const slot = 100;

/** Members of a state that its row does not show, or shows only as times. */
const unseen: ReadonlySet<string> = new Set<keyof MachineState>([
  'lastHeard',
  'lastSent',
  'heartbeat',
  'minutes',
  'minute',
  'ended',
  'sequence',
  'counts',
  'orders',
  'taken',
]);
const seen: readonly (keyof MachineState)[] = [
  'link',
  ...(Object.keys(nothingKnown) as (keyof typeof nothingKnown)[]).filter((key) => !unseen.has(key)),
];

/** The times in a row. */
const moments: ReadonlySet<string> = new Set<keyof Heard>(['lastHeard', 'lastBeat']);

/** The last row sent of a machine. */
interface Sent {
  readonly machine: MachineState;
  readonly row: MachineRow;
  /** ms */
  readonly at: number;
}

/** New times (ms) of a machine's row whose other members stay the same. */
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
  /** Of these, machines whose row may differ for other reasons than a new entry. */
  readonly #toRebuild = new Set<number>();
  /**
   * Machines whose rows only have a new `lastHeard`, by the slot (ms) in
   * which they are due. They are not examined before.
   */
  readonly #delayed = new Map<number, Set<number>>();
  readonly #sent = new Map<number, Sent>();

  /** The machine has a new state. */
  folded(vmcNo: number): void {
    this.#changed.add(vmcNo);
  }

  /** Data shown next to the state may differ. */
  changed(vmcNo: number): void {
    this.#changed.add(vmcNo);
    this.#toRebuild.add(vmcNo);
  }

  forget(vmcNo: number): void {
    this.#changed.delete(vmcNo);
    this.#toRebuild.delete(vmcNo);
    for (const [at, machines] of this.#delayed)
      if (machines.delete(vmcNo) && machines.size === 0) this.#delayed.delete(at);
    this.#sent.delete(vmcNo);
  }

  /** True if the machine changed since the last `take`. */
  has(vmcNo: number): boolean {
    return this.#changed.has(vmcNo);
  }

  /** Returns changes at once; changes of times alone at most once per `lastHeardInterval`. */
  take(
    now: number,
    machineOf: (vmcNo: number) => MachineState | null,
    rowOf: (machine: MachineState) => MachineRow,
  ): MachineNews {
    const rows: MachineRow[] = [];
    const heard: Heard[] = [];
    for (const vmcNo of this.#due(now)) this.#changed.add(vmcNo);
    for (const vmcNo of this.#changed) {
      const machine = machineOf(vmcNo);
      if (machine === null) continue;
      const sent = this.#sent.get(vmcNo);
      const mustRebuild = this.#toRebuild.has(vmcNo);
      // The delayed times were sent with another change meanwhile.
      if (sent?.machine === machine && !mustRebuild) continue;
      const row =
        sent !== undefined && !mustRebuild && hasSameView(sent.machine, machine) ? sent.row : rowOf(machine);
      if (sent === undefined || !hasSameRow(sent.row, row)) rows.push(row);
      // A clock that was set back must not delay this.
      else if (Math.abs(now - sent.at) >= lastHeardInterval) heard.push({ vmcNo, ...heardOf(machine) });
      else {
        this.#delay(vmcNo, sent.at + lastHeardInterval);
        continue;
      }
      this.#sent.set(vmcNo, { machine, row, at: now });
    }
    this.#changed.clear();
    this.#toRebuild.clear();
    return { rows, heard };
  }

  #delay(vmcNo: number, until: number): void {
    const at = Math.floor(until / slot) * slot;
    const machines = this.#delayed.get(at) ?? new Set();
    machines.add(vmcNo);
    this.#delayed.set(at, machines);
  }

  /** Machines of slots that have begun. */
  #due(now: number): readonly number[] {
    const due: number[] = [];
    for (const [at, machines] of this.#delayed) {
      // A later slot means that the clock was set back.
      if (at > now && at <= now + lastHeardInterval) continue;
      due.push(...machines);
      this.#delayed.delete(at);
    }
    return due;
  }

  /** True if rows are delayed, so that `take` must be called again. */
  get isWaiting(): boolean {
    return this.#delayed.size > 0;
  }
}

/** True if the states differ in nothing that a row shows, except times. */
function hasSameView(before: MachineState, now: MachineState): boolean {
  return seen.every((key) => now[key] === before[key]);
}

/** True if the rows differ only in times. */
function hasSameRow(before: MachineRow, now: MachineRow): boolean {
  if (before === now) return true;
  const keys = Object.keys(now) as (keyof MachineRow)[];
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => moments.has(key) || isSame(before[key], now[key]))
  );
}

/** Nested members are few and short. */
const isSame = (before: unknown, now: unknown): boolean =>
  before === now ||
  (typeof before === 'object' && typeof now === 'object' && JSON.stringify(before) === JSON.stringify(now));
