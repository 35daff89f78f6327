/** A machine that goes after a command, and is not heard again. */
import { rowOf } from '#shared/commands/kit/rows';
import type { Command, StepName } from '#shared/model/command';
import type { MachineState } from '#shared/model/machine';
import { silence } from '#shared/model/restarts';

/** After these a machine that says nothing more may be gone. */
const goneAfter: ReadonlySet<StepName> = new Set<StepName>(['connectionClosed', 'downloadEnded']);

/** When the machine was heard last, where it has gone, or fetched its package, and is away; `null`: it is there, or has not gone. */
export function unheardSince({ state, steps }: Command, machine: MachineState | null): number | null {
  if (state !== 'sent' || machine?.link.status !== 'offline') return null;
  if (!steps.some(({ what }) => goneAfter.has(what))) return null;
  const fetchedAt = steps.findLast(({ what }) => what === 'downloadEnded')?.at ?? 0;
  return Math.max(machine.lastHeard ?? 0, fetchedAt);
}

export class Unheard {
  readonly #now: () => number;
  #listensSince: number;

  constructor(now: () => number) {
    this.#now = now;
    this.#listensSince = now();
  }

  /** Nobody could hear machines until now: this computer slept, or its clock was set. */
  listensAgain(): void {
    this.#listensSince = this.#now();
  }

  /** Whether its machine was not heard for so long that the command is given up. */
  isOver(command: Command, machine: MachineState | null): boolean {
    const { unheardFor } = rowOf(command.name);
    const since = unheardFor === null ? null : unheardSince(command, machine);
    if (unheardFor === null || since === null || machine === null) return false;
    return silence(machine, Math.max(since, this.#listensSince), this.#now()) >= unheardFor;
  }
}
