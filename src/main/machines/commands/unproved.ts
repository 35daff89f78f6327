/**
 * Commands to a machine that has not proved its identity, although a code for it is stored.
 * Commands that open, brew, pay or set prices wait, unless the user sends them anyway.
 * Reports of such a machine neither confirm nor fail a command.
 */
import type { CommandName } from '#shared/commands/index';
import { hasStep, lastStep } from '#shared/commands/kit/given';
import { needsVerified } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import { withStep } from './judge';
import type { CommandQueueDeps } from './queueDeps';
import { peerAddressOf } from '#shared/model/machineLink';

type Deps = Pick<CommandQueueDeps, 'now' | 'isOnline' | 'verification' | 'contextOf'>;

export class Unproved {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The machine is online and unverified. */
  #is(vmcNo: number): boolean {
    return this.#deps.isOnline(vmcNo) && this.#deps.verification?.(vmcNo) === 'unverified';
  }

  /**
   * Allowed sources of notices: the address the command was sent to, and
   * the machine's current address if it is verified.
   */
  addressesOf({ vmcNo, address }: Command): readonly (string | null | undefined)[] {
    const { machine } = this.#deps.contextOf(vmcNo);
    if (machine === null || this.#deps.verification?.(vmcNo) === 'unverified') return [address];
    return [address, peerAddressOf(machine.link)];
  }

  #needsProof(vmcNo: number, name: CommandName): boolean {
    return needsVerified(name, this.#deps.contextOf(vmcNo).platform);
  }

  /** The reason to refuse the command unless the user confirmed it. */
  refusal(vmcNo: number, name: CommandName): AppError | null {
    if (!this.#is(vmcNo) || !this.#needsProof(vmcNo, name)) return null;
    return { code: 'commandNotPossible', params: { name, why: 'notVerified' } };
  }

  /** Splits queued commands into those that may be sent and those that wait for verification. */
  sorted(
    vmcNo: number,
    open: readonly Command[],
  ): { readonly ready: readonly Command[]; readonly waiting: readonly Command[] } {
    const queued = open.filter(({ state }) => state === 'queued');
    if (queued.length === 0 || !this.#is(vmcNo)) return { ready: queued, waiting: [] };
    const waits = (command: Command): boolean =>
      this.#needsProof(vmcNo, command.name) && !hasStep(command, 'sentAnyway');
    const waiting = queued.filter(waits).map((command) => heldForProof(command, this.#deps.now()));
    return { ready: queued.filter((command) => !waits(command)), waiting };
  }

  /**
   * If an unverified machine has just ended the command, its result is
   * unknown. `before`: the command before this change.
   */
  marked(command: Command, before: Command): Command {
    const { state, vmcNo } = command;
    const isEnd = state !== before.state && (state === 'confirmed' || state === 'failed');
    return isEnd && this.#is(vmcNo) ? endedUnverified(command) : command;
  }
}

const heldForProof = (command: Command, at: number): Command =>
  lastStep(command)?.what === 'waitsForProof'
    ? command
    : withStep(command, { what: 'waitsForProof', at, entry: null });

/** The user sends it anyway. */
export const sentAnyway = (command: Command, at: number): Command =>
  withStep(command, { what: 'sentAnyway', at, entry: null });

/** The last step is the machine's report. */
function endedUnverified(command: Command): Command {
  const { steps } = command;
  const report = steps.at(-1);
  if (report === undefined) return command;
  const marked = withStep(
    { ...command, state: 'unconfirmable', steps: steps.slice(0, -1) },
    { what: 'provedUnverified', at: report.at, entry: report.entry },
  );
  return { ...marked, steps: [...marked.steps, report] };
}
