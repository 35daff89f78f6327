/** Unknown machines that matter to nobody. Any client can make up numbers, and each would stay on the list. */
import type { MachineState } from '#shared/model/machine';
import { Forgetting } from './forgetting';

export interface StrangersParts {
  /** In the order of their first message. */
  readonly machines: () => ReadonlyMap<number, MachineState>;
  /** The user has configured the machine, or a command or a run is open for it. */
  readonly isKnown: (vmcNo: number) => boolean;
  readonly forget: (vmcNo: number) => void;
}

export class Strangers {
  readonly #parts: StrangersParts;
  readonly #forgetting: Forgetting;
  /** Machines to be removed. */
  #chosen: readonly number[] = [];

  constructor(parts: StrangersParts) {
    this.#parts = parts;
    this.#forgetting = new Forgetting({ left: () => this.#left(), forget: parts.forget });
  }

  /** The machine never logged in, is offline, and has no name or other user data. */
  is({ vmcNo, login, link }: MachineState): boolean {
    return login === null && link.status === 'offline' && !this.#parts.isKnown(vmcNo);
  }

  /**
   * Removes at most `most` machines from the list, oldest first: no more than
   * the user confirmed. Returns how many were removed.
   */
  async forget(most: number): Promise<number> {
    const machines = [...this.#parts.machines().values()];
    const chosen = machines.flatMap((machine) => (this.is(machine) ? machine.vmcNo : [])).slice(0, most);
    // Another window may have requested it already.
    this.#chosen = [...new Set([...this.#chosen, ...chosen])];
    await this.#forgetting.run();
    return chosen.filter((vmcNo) => !this.#parts.machines().has(vmcNo)).length;
  }

  /** Removes the rest at once. */
  finish(): void {
    this.#forgetting.finish();
  }

  /** A machine that returned meanwhile stays. */
  #left(): readonly number[] {
    this.#chosen = this.#chosen.filter((vmcNo) => {
      const machine = this.#parts.machines().get(vmcNo);
      return machine !== undefined && this.is(machine);
    });
    return this.#chosen;
  }
}
