/**
 * Sent commands that are not waited for any more. Late proof still counts and is marked as late.
 * Also failed commands without a reason, because the reason may follow.
 */
import { givenUpAt } from '#shared/commands/kit/given';
import { lacksReason } from '#shared/commands/kit/judged';
import { isSame, rowOf } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/frame';
import { isJudged } from './judge';

/** The latest commands kept per machine. */
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

  /** Commands that can still be proved. */
  get judged(): readonly Command[] {
    return [...this.#commands.values()].flat().filter((command) => givenUpAt(command) !== null);
  }

  /** Replaces the stored command, or drops it if no more news is expected. */
  keep(command: Command): void {
    this.#leave(command.vmcNo, ({ id }) => id !== command.id);
    if (givenUpAt(command) === null && !lacksReason(command, command.endedAt ?? 0)) return;
    this.#commands.set(command.vmcNo, [...this.of(command.vmcNo), command].slice(-keptOfOne));
  }

  /** Input for a new command, from earlier ones of the same kind. */
  followedBy({ vmcNo, name, input }: Pick<Command, 'vmcNo' | 'name' | 'input'>): JsonObject {
    const earlier = this.of(vmcNo).filter((one) => isSame(one, name, input));
    return rowOf(name).follows(earlier, input);
  }

  /**
   * The same command is given again. Without a command id in the proof, one
   * message could not show which of the two it proves.
   */
  gaveWayTo({ vmcNo, name, input, platform }: Pick<Command, 'vmcNo' | 'name' | 'input' | 'platform'>): void {
    if (!rowOf(name).namedByProof[platform ?? 'linux'])
      this.#leave(vmcNo, (earlier) => !isSame(earlier, name, input));
  }

  /** Drops commands whose time is over. */
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
