/** The newest command of each machine, for its row in the list of machines if it needs attention. */
import { isNotInstalled, isUndone, type LeftCommand } from '#shared/model/leftCommand';
import type { Command } from '#shared/model/command';

interface Newest {
  readonly id: number;
  readonly left: LeftCommand | null;
}

export class LeftCommands {
  readonly #newest = new Map<number, Newest>();

  /** Returns whether the machine's row changes. */
  note(command: Command): boolean {
    const { id, vmcNo } = command;
    const before = this.#newest.get(vmcNo);
    if (before !== undefined && before.id > id) return false;
    const left = isUndone(command) || isNotInstalled(command) ? leftOf(command) : null;
    this.#newest.set(vmcNo, { id, left });
    return left !== null || (before !== undefined && before.left !== null);
  }

  of(vmcNo: number): LeftCommand | null {
    return this.#newest.get(vmcNo)?.left ?? null;
  }
}

const leftOf = ({ id, name, input, state, steps, sentAt, endedAt, until }: Command): LeftCommand => ({
  id,
  name,
  input,
  state,
  steps,
  sentAt,
  endedAt,
  until,
});
