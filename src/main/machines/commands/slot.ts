/**
 * The one slot that android has for settings: a newer command replaces one that has not run, and one that comes while another runs is
 * dropped, without a word [field3]. So the next goes out only when the last one's task has ended.
 */
import type { CommandName } from '#shared/commands/index';
import { commandOf, hasSlot } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import type { Entry } from '#shared/model/frame';

/** ms: the longest that a task takes [field3]. */
const longestTask = 10_000;
/** [ours] ms: an untouched machine begins it after 5 s at most [field3]. */
const quiet = 5_000 + longestTask;

interface Occupant {
  readonly name: CommandName;
  readonly at: number;
  readonly entry: number;
  /** ms: from then on the slot is taken as free. */
  readonly until: number;
}

export class Slot {
  /** By machine: the last frame that took it. */
  readonly #last = new Map<number, Occupant>();

  /** Every entry of a machine. What a person or another server sends takes the slot too. */
  onEntry(entry: Entry, vmcNo: number): void {
    if (entry.kind !== 'frame' || entry.message.from !== 'server') return;
    const name = commandOf(entry.message.body);
    if (name !== null && hasSlot(name, null))
      this.#put(vmcNo, { name, at: entry.at, entry: entry.id, until: entry.at + quiet });
  }

  /** What an earlier run sent. */
  restore({ vmcNo, name, steps }: Command): void {
    if (!hasSlot(name, null)) return;
    for (const { what, at, entry } of steps)
      if (what === 'sent' && entry !== null) this.#put(vmcNo, { name, at, entry, until: at + quiet });
  }

  /** Its task began before the proof at `now` (ms), and may go on for a while: what came until its end would be dropped. */
  isProved({ vmcNo, steps }: Command, now: number): void {
    const last = this.#last.get(vmcNo);
    if (last !== undefined && steps.some((step) => step.what === 'sent' && step.entry === last.entry))
      this.#last.set(vmcNo, { ...last, until: now + longestTask });
  }

  /** Which command may still have to run; `null`: none. */
  takenBy(vmcNo: number, now: number): CommandName | null {
    const last = this.#last.get(vmcNo);
    if (last === undefined) return null;
    // A clock that was set back keeps nothing waiting.
    if (now >= last.at && now < last.until) return last.name;
    this.#last.delete(vmcNo);
    return null;
  }

  #put(vmcNo: number, occupant: Occupant): void {
    if (occupant.entry > (this.#last.get(vmcNo)?.entry ?? 0)) this.#last.set(vmcNo, occupant);
  }
}
