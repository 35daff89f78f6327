/** Decides which machine rows the windows get with the next batch. */
import { nothingKnown, type MachineRow, type MachineState } from '#shared/model/machine';
import { heardOf } from '#shared/model/linkFacts';

/** ms between two news of a machine in whose row only `lastHeard` and `lastBeat` changed. */
export const lastHeardInterval = 1_000;
/** ms: those whose row is due within the same are looked at together. */
const slot = 100;

/** Members of a state that its row doesn't show, or only as the times when it was heard. */
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

/** Those of a row. */
const moments: ReadonlySet<string> = new Set<keyof Heard>(['lastHeard', 'lastBeat']);

/** The row of a machine that was sent last. */
interface Sent {
  readonly machine: MachineState;
  readonly row: MachineRow;
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
  /** Machines in whose rows only `lastHeard` changed, by the slot (ms) in which they are told of next: none is looked at before. */
  readonly #delayed = new Map<number, Set<number>>();
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
    for (const [at, machines] of this.#delayed)
      if (machines.delete(vmcNo) && machines.size === 0) this.#delayed.delete(at);
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
    for (const vmcNo of this.#due(now)) this.#changed.add(vmcNo);
    for (const vmcNo of this.#changed) {
      const machine = machineOf(vmcNo);
      if (machine === null) continue;
      const sent = this.#sent.get(vmcNo);
      const isAnew = this.#anew.has(vmcNo);
      // It was delayed, and has been sent with something else meanwhile.
      if (sent?.machine === machine && !isAnew) continue;
      const row = sent !== undefined && !isAnew && looksAs(sent.machine, machine) ? sent.row : rowOf(machine);
      if (sent === undefined || !saysAs(sent.row, row)) rows.push(row);
      // A clock that is set back must not hold it.
      else if (Math.abs(now - sent.at) >= lastHeardInterval) heard.push({ vmcNo, ...heardOf(machine) });
      else {
        this.#delay(vmcNo, sent.at + lastHeardInterval);
        continue;
      }
      this.#sent.set(vmcNo, { machine, row, at: now });
    }
    this.#changed.clear();
    this.#anew.clear();
    return { rows, heard };
  }

  #delay(vmcNo: number, until: number): void {
    const at = Math.floor(until / slot) * slot;
    const machines = this.#delayed.get(at) ?? new Set();
    machines.add(vmcNo);
    this.#delayed.set(at, machines);
  }

  /** Those of slots that have begun. */
  #due(now: number): readonly number[] {
    const due: number[] = [];
    for (const [at, machines] of this.#delayed) {
      // Beyond that the clock was set back.
      if (at > now && at <= now + lastHeardInterval) continue;
      due.push(...machines);
      this.#delayed.delete(at);
    }
    return due;
  }

  /** Whether rows are delayed, so that `take` must be called again. */
  get isWaiting(): boolean {
    return this.#delayed.size > 0;
  }
}

/** Whether a state differs from an earlier one in nothing that a row shows but when the machine was heard. */
function looksAs(before: MachineState, now: MachineState): boolean {
  return seen.every((key) => now[key] === before[key]);
}

/** Whether two rows of a machine differ in nothing but when it was heard. */
function saysAs(before: MachineRow, now: MachineRow): boolean {
  if (before === now) return true;
  const keys = Object.keys(now) as (keyof MachineRow)[];
  return (
    keys.length === Object.keys(before).length &&
    keys.every((key) => moments.has(key) || isSame(before[key], now[key]))
  );
}

/** Members with members of their own are few, and short. */
const isSame = (before: unknown, now: unknown): boolean =>
  before === now ||
  (typeof before === 'object' && typeof now === 'object' && JSON.stringify(before) === JSON.stringify(now));
