/** Machines that disconnect after a command and do not return. */
import { rowOf } from '#shared/commands/kit/rows';
import type { Command, StepName } from '#shared/model/command';
import type { MachineState } from '#shared/model/machine';
import { silence } from '#shared/model/restarts';

/** After these steps a silent machine may be gone. */
const goneAfter: ReadonlySet<StepName> = new Set<StepName>(['connectionClosed', 'downloadEnded']);

/**
 * Time of the last message of a machine that disconnected, or downloaded its
 * package, and is offline; `null`: it is online, or has not left.
 */
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

  /** Machines could not be received until now: this computer slept, or its clock was set. */
  listensAgain(): void {
    this.#listensSince = this.#now();
  }

  /** True if the machine has been silent for so long that the command is given up. */
  isOver(command: Command, machine: MachineState | null): boolean {
    const { unheardFor } = rowOf(command.name);
    const since = unheardFor === null ? null : unheardSince(command, machine);
    if (unheardFor === null || since === null || machine === null) return false;
    return silence(machine, Math.max(since, this.#listensSince), this.#now()) >= unheardFor;
  }
}
