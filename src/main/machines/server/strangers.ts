/** Machines that mean nothing to anybody: whoever connects can make up numbers, and each would stay on the list. */
import type { MachineState } from '#shared/model/machine';
import { Forgetting } from './forgetting';

export interface StrangersParts {
  /** In the order in which they were first heard of. */
  readonly machines: () => ReadonlyMap<number, MachineState>;
  /** A person has chosen something for it, or is at it. */
  readonly isKnown: (vmcNo: number) => boolean;
  readonly forget: (vmcNo: number) => void;
}

export class Strangers {
  readonly #parts: StrangersParts;
  readonly #forgetting: Forgetting;
  /** That are to be forgotten. */
  #chosen: readonly number[] = [];

  constructor(parts: StrangersParts) {
    this.#parts = parts;
    this.#forgetting = new Forgetting({ left: () => this.#left(), forget: parts.forget });
  }

  /** It never logged in, is gone, and has neither a name nor anything else of a person's. */
  is({ vmcNo, login, link }: MachineState): boolean {
    return login === null && link.status === 'offline' && !this.#parts.isKnown(vmcNo);
  }

  /** Takes so many off the list at most, those first that came first, and gives how many: no more than a person has agreed to. */
  async forget(most: number): Promise<number> {
    const machines = [...this.#parts.machines().values()];
    const chosen = machines.flatMap((machine) => (this.is(machine) ? machine.vmcNo : [])).slice(0, most);
    // Another window may have asked for it already.
    this.#chosen = [...new Set([...this.#chosen, ...chosen])];
    await this.#forgetting.run();
    return chosen.filter((vmcNo) => !this.#parts.machines().has(vmcNo)).length;
  }

  /** What is left of it, at once. */
  finish(): void {
    this.#forgetting.finish();
  }

  /** One that has come again meanwhile stays. */
  #left(): readonly number[] {
    this.#chosen = this.#chosen.filter((vmcNo) => {
      const machine = this.#parts.machines().get(vmcNo);
      return machine !== undefined && this.is(machine);
    });
    return this.#chosen;
  }
}
