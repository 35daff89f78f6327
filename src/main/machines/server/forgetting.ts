/** Removes machines from the list in small groups, so that windows do not receive thousands of changes at once. */

/** Machines per group, and ms between groups. */
export const forgottenTogether = 200;
const pause = 50;

export interface ForgettingParts {
  /** Machines that are still to be removed. */
  readonly left: () => readonly number[];
  readonly forget: (vmcNo: number) => void;
}

export class Forgetting {
  readonly #parts: ForgettingParts;
  #isOn = false;

  constructor(parts: ForgettingParts) {
    this.#parts = parts;
  }

  async run(): Promise<void> {
    this.#isOn = true;
    while (this.#some()) await new Promise((resolve) => setTimeout(resolve, pause));
    this.#isOn = false;
  }

  /** Removes the rest at once, because no window is open any more. */
  finish(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    for (const vmcNo of this.#parts.left()) this.#parts.forget(vmcNo);
  }

  /** Returns true if more remain. */
  #some(): boolean {
    if (!this.#isOn) return false;
    const left = this.#parts.left();
    for (const vmcNo of left.slice(0, forgottenTogether)) this.#parts.forget(vmcNo);
    return left.length > forgottenTogether;
  }
}
