/**
 * Chooses the next command for a machine. The oldest goes first, unless it waits for
 * android's slot: a person at the machine may wait for another command.
 */
import type { CommandName } from '#shared/commands/index';
import { isAwaitedThere } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';

/** The command that goes first. It must end, or may still run in the machine's slot. */
export interface Ahead {
  readonly what: 'waitsFor' | 'waitsForSlot';
  readonly behind: CommandName;
}

interface Turn {
  readonly next: Command;
  /** `null`: the command may be sent. */
  readonly ahead: Ahead | null;
}

/**
 * `due`: commands that may be sent now, oldest first. `isCut`: frames of a sent
 * command already wait for the slot. `null`: no command has a turn.
 */
export function turnOf(
  due: readonly Command[],
  aheadOf: (command: Command) => Ahead | null,
  isCut: boolean,
): Turn | null {
  const [first] = due;
  if (first === undefined) return null;
  const ahead = aheadOf(first);
  if (isCut || ahead?.what === 'waitsForSlot') {
    const next = due.find((one) => isAwaitedThere(one.name) && aheadOf(one) === null);
    if (next !== undefined) return { next, ahead: null };
  }
  return isCut ? null : { next: first, ahead };
}
