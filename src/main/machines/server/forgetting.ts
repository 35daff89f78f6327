/** Machines that are taken off the list little by little: windows are not to be told of thousands at once. */

/** So many together, and ms until the next. */
export const forgottenTogether = 200;
const pause = 50;

export interface ForgettingParts {
  /** Those that are to be forgotten and are not yet. */
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

  /** What is left of it, at once: nobody looks on any more. */
  finish(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    for (const vmcNo of this.#parts.left()) this.#parts.forget(vmcNo);
  }

  /** Whether there are more. */
  #some(): boolean {
    if (!this.#isOn) return false;
    const left = this.#parts.left();
    for (const vmcNo of left.slice(0, forgottenTogether)) this.#parts.forget(vmcNo);
    return left.length > forgottenTogether;
  }
}
