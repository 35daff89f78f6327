/**
 * Machine states as they are written now and then. All of one checkpoint are of the same entry, after which a new run folds again; to
 * make the text of thousands takes longer than an answer may, so it is made in slices, and handed over when all of it is there.
 */
import type { MachineState } from '#shared/model/machine';

export const checkpointInterval = 30_000;
/** Machines whose text is made at once, and ms until the next ones. */
export const slice = 20;
export const slicePause = 10;

export interface CheckpointParts {
  /** `null`: it was taken off the list. */
  readonly machine: (vmcNo: number) => MachineState | null;
  readonly lastEntry: () => number;
  readonly keep: (vmcNo: number, entry: number, state: string | null) => void;
}

/** One that is being made. */
interface Made {
  readonly entry: number;
  /** Of those that are still to be made. */
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

  /** All that changed, at once; none is made after. */
  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#slicing);
    for (const vmcNo of [...(this.#made?.states.keys() ?? []), ...(this.#made?.texts.keys() ?? [])])
      this.#changed.add(vmcNo);
    this.#made = null;
    this.now(this.#changed);
    this.#changed.clear();
  }

  /** Of these machines, at once; what is older of them must not follow. */
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
    // One that was taken off the list meanwhile must not come back.
    for (const [vmcNo, text] of made.texts)
      this.#parts.keep(vmcNo, made.entry, this.#parts.machine(vmcNo) === null ? null : text);
  }
}

const textOf = (state: MachineState | null): string | null => (state === null ? null : JSON.stringify(state));
