/**
 * android's single slot for settings. A newer command replaces a command that has not run. A command that arrives while
 * another runs is dropped silently [field3]. So the next command is sent only after the previous task has ended.
 */
import type { CommandName } from '#shared/commands/index';
import { commandOf, hasSlot } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import type { Entry } from '#shared/model/frame';

/** ms: the longest duration of a task [field3]. */
const longestTask = 10_000;
/** [ours] ms: a machine that nobody uses begins the task after 5 s at most [field3]. */
const quiet = 5_000 + longestTask;

interface Occupant {
  readonly name: CommandName;
  readonly at: number;
  readonly entry: number;
  /** ms: the slot counts as free from then on. */
  readonly until: number;
}

export class Slot {
  /** By machine: the last frame in the slot. */
  readonly #last = new Map<number, Occupant>();

  /** Takes every entry of a machine. Custom messages and other servers use the slot too. */
  onEntry(entry: Entry, vmcNo: number): void {
    if (entry.kind !== 'frame' || entry.message.from !== 'server') return;
    const name = commandOf(entry.message.body);
    if (name !== null && hasSlot(name, null))
      this.#put(vmcNo, { name, at: entry.at, entry: entry.id, until: entry.at + quiet });
  }

  /** Restores the slot from commands of an earlier launch. */
  restore({ vmcNo, name, steps }: Command): void {
    if (!hasSlot(name, null)) return;
    for (const { what, at, entry } of steps)
      if (what === 'sent' && entry !== null) this.#put(vmcNo, { name, at, entry, until: at + quiet });
  }

  /**
   * The task began before the proof at `now` (ms) and may still run. A command sent before its end would be dropped.
   */
  isProved({ vmcNo, steps }: Command, now: number): void {
    const last = this.#last.get(vmcNo);
    if (last !== undefined && steps.some((step) => step.what === 'sent' && step.entry === last.entry))
      this.#last.set(vmcNo, { ...last, until: now + longestTask });
  }

  /** The command that may still be waiting or running in the slot; `null`: none. */
  takenBy(vmcNo: number, now: number): CommandName | null {
    const last = this.#last.get(vmcNo);
    if (last === undefined) return null;
    // A clock that was set back does not block the slot.
    if (now >= last.at && now < last.until) return last.name;
    this.#last.delete(vmcNo);
    return null;
  }

  #put(vmcNo: number, occupant: Occupant): void {
    if (occupant.entry > (this.#last.get(vmcNo)?.entry ?? 0)) this.#last.set(vmcNo, occupant);
  }
}
