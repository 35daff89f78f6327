/**
 * The one slot that android has for settings: a newer command replaces one that has not run, and one that comes while another runs is
 * dropped, without a word [field3]. So the next goes out only when the last is proved or had time to run.
 */
import type { CommandName } from '#shared/commands/index';
import { commandOf, hasSlot } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import type { Entry } from '#shared/model/frame';

/** [ours] ms: an untouched machine runs it after 5 s, in 2 to 10 s [field3]. */
const quiet = 15_000;

interface Occupant {
  readonly name: CommandName;
  readonly at: number;
  readonly entry: number;
}

export class Slot {
  /** By machine: the last frame that took it. */
  readonly #last = new Map<number, Occupant>();

  /** Every entry of a machine. What a person or another server sends takes the slot too. */
  onEntry(entry: Entry, vmcNo: number): void {
    if (entry.kind !== 'frame' || entry.message.from !== 'server') return;
    const name = commandOf(entry.message.body);
    if (name !== null && hasSlot(name, null)) this.#put(vmcNo, { name, at: entry.at, entry: entry.id });
  }

  /** What an earlier run sent. */
  restore({ vmcNo, name, steps }: Command): void {
    if (!hasSlot(name, null)) return;
    for (const { what, at, entry } of steps)
      if (what === 'sent' && entry !== null) this.#put(vmcNo, { name, at, entry });
  }

  /** It has run. */
  isProved({ vmcNo, steps }: Command): void {
    const entry = this.#last.get(vmcNo)?.entry;
    if (entry !== undefined && steps.some((step) => step.what === 'sent' && step.entry === entry))
      this.#last.delete(vmcNo);
  }

  /** Which command may still have to run; `null`: none. */
  takenBy(vmcNo: number, now: number): CommandName | null {
    const last = this.#last.get(vmcNo);
    if (last === undefined) return null;
    // A clock that was set back keeps nothing waiting.
    if (now >= last.at && now - last.at < quiet) return last.name;
    this.#last.delete(vmcNo);
    return null;
  }

  #put(vmcNo: number, occupant: Occupant): void {
    if (occupant.entry > (this.#last.get(vmcNo)?.entry ?? 0)) this.#last.set(vmcNo, occupant);
  }
}
