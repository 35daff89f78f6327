/** Which command of a machine is sent next. The oldest, unless it waits for android's one slot: somebody at the machine may wait for another. */
import type { CommandName } from '#shared/commands/index';
import { isAwaitedThere } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';

/** Which command goes first: it must have ended, or may still have to run in the machine's one slot. */
export interface Ahead {
  readonly what: 'waitsFor' | 'waitsForSlot';
  readonly behind: CommandName;
}

interface Turn {
  readonly next: Command;
  /** `null`: it may be sent. */
  readonly ahead: Ahead | null;
}

/** `due`: those that may be sent now, oldest first. `isCut`: frames of one that is sent already wait for the slot. `null`: none has a turn. */
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
