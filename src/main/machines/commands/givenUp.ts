/**
 * Commands that were sent and nobody waits for any more: what proves them is still taken, and said to be late; and those that failed
 * without a reason, which may come still.
 */
import { givenUpAt } from '#shared/commands/kit/given';
import { isSame, rowOf } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import { isJudged } from './judge';
import { lacksReason } from './notices';

/** Of one machine; the last ones. */
const keptOfOne = 20;

export class GivenUp {
  /** By machine, newest last. */
  readonly #commands = new Map<number, readonly Command[]>();

  get isEmpty(): boolean {
    return this.#commands.size === 0;
  }

  of(vmcNo: number): readonly Command[] {
    return this.#commands.get(vmcNo) ?? [];
  }

  /** All that may be proved still. */
  get judged(): readonly Command[] {
    return [...this.#commands.values()].flat().filter((command) => givenUpAt(command) !== null);
  }

  /** In place of what was known of it: no longer, where nothing is awaited of it. */
  keep(command: Command): void {
    this.#leave(command.vmcNo, ({ id }) => id !== command.id);
    if (givenUpAt(command) === null && !lacksReason(command, command.endedAt ?? 0)) return;
    this.#commands.set(command.vmcNo, [...this.of(command.vmcNo), command].slice(-keptOfOne));
  }

  /** What is kept with one that is sent now. */
  followedBy({ vmcNo, name, input }: Pick<Command, 'vmcNo' | 'name' | 'input'>): JsonObject {
    const earlier = this.of(vmcNo).filter((one) => isSame(one, name, input));
    return rowOf(name).follows(earlier, input);
  }

  /** The same is asked for again: one message could not tell which of the two it proves, unless it names the command. */
  gaveWayTo({ vmcNo, name, input, platform }: Pick<Command, 'vmcNo' | 'name' | 'input' | 'platform'>): void {
    if (!rowOf(name).namedByProof[platform ?? 'linux'])
      this.#leave(vmcNo, (earlier) => !isSame(earlier, name, input));
  }

  /** Those whose time is over are judged no more. */
  forget(now: number): void {
    for (const vmcNo of this.#commands.keys())
      this.#leave(vmcNo, (command) => isJudged(command, now) || lacksReason(command, now));
  }

  #leave(vmcNo: number, which: (command: Command) => boolean): void {
    const left = this.of(vmcNo).filter(which);
    if (left.length === 0) this.#commands.delete(vmcNo);
    else this.#commands.set(vmcNo, left);
  }
}
