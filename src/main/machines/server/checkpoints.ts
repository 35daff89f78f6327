/**
 * Periodic checkpoints of machine states. All states of a checkpoint belong to the same entry, from
 * which the next launch folds further. Serializing thousands of states takes too long for one turn,
 * so this happens in slices, and the result is stored when complete.
 */
import type { MachineState } from '#shared/model/machine';

export const checkpointInterval = 30_000;
/** Machines serialized per slice, and ms between slices. */
export const slice = 20;
export const slicePause = 10;

export interface CheckpointParts {
  /** `null`: the machine was removed from the list. */
  readonly machine: (vmcNo: number) => MachineState | null;
  readonly lastEntry: () => number;
  readonly keep: (vmcNo: number, entry: number, state: string | null) => void;
}

/** A checkpoint in progress. */
interface Made {
  readonly entry: number;
  /** States that are not serialized yet. */
  readonly states: Map<number, MachineState | null>;
  readonly texts: Map<number, string | null>;
}

export class Checkpoints {
  readonly #parts: CheckpointParts;
  readonly #changed = new Set<number>();
  readonly #timer: NodeJS.Timeout;
  #made: Made | null = null;
  #slicing: NodeJS.Timeout | undefined;

  constructor(parts: CheckpointParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.#begin(), checkpointInterval);
  }

  changed(vmcNo: number): void {
    this.#changed.add(vmcNo);
  }

  /** Stores all changes at once. No further checkpoints follow. */
  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#slicing);
    for (const vmcNo of [...(this.#made?.states.keys() ?? []), ...(this.#made?.texts.keys() ?? [])])
      this.#changed.add(vmcNo);
    this.#made = null;
    this.now(this.#changed);
    this.#changed.clear();
  }

  /** Stores these machines at once. An older checkpoint of them must not follow. */
  now(machines: Iterable<number>): void {
    for (const vmcNo of machines) {
      this.#made?.states.delete(vmcNo);
      this.#made?.texts.delete(vmcNo);
      this.#parts.keep(vmcNo, this.#parts.lastEntry(), textOf(this.#parts.machine(vmcNo)));
    }
  }

  #begin(): void {
    if (this.#made !== null) return;
    const states = new Map([...this.#changed].map((vmcNo) => [vmcNo, this.#parts.machine(vmcNo)]));
    this.#changed.clear();
    this.#made = { entry: this.#parts.lastEntry(), states, texts: new Map() };
    this.#go(this.#made);
  }

  #go(made: Made): void {
    let left = slice;
    for (const [vmcNo, state] of made.states) {
      made.states.delete(vmcNo);
      made.texts.set(vmcNo, textOf(state));
      left -= 1;
      if (left === 0) break;
    }
    if (made.states.size > 0) {
      this.#slicing = setTimeout(() => this.#go(made), slicePause);
      return;
    }
    this.#made = null;
    // A machine that was removed meanwhile must not come back.
    for (const [vmcNo, text] of made.texts)
      this.#parts.keep(vmcNo, made.entry, this.#parts.machine(vmcNo) === null ? null : text);
  }
}

const textOf = (state: MachineState | null): string | null => (state === null ? null : JSON.stringify(state));
