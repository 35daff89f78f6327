/** Queued or sent commands, oldest first, and by machine, because every entry needs those of its machine. */
import type { Command } from '#shared/model/command';

export class OpenCommands {
  readonly #all = new Map<number, Command>();
  readonly #byMachine = new Map<number, Map<number, Command>>();

  get isEmpty(): boolean {
    return this.#all.size === 0;
  }

  get all(): readonly Command[] {
    return [...this.#all.values()];
  }

  /** Machines with open commands. */
  get machines(): Iterable<number> {
    return this.#byMachine.keys();
  }

  get(id: number): Command | undefined {
    return this.#all.get(id);
  }

  has(id: number): boolean {
    return this.#all.has(id);
  }

  areOf(vmcNo: number): boolean {
    return this.#byMachine.has(vmcNo);
  }

  of(vmcNo: number): readonly Command[] {
    return [...(this.#byMachine.get(vmcNo)?.values() ?? [])];
  }

  /** Keeps the place of a known command. */
  put(command: Command): void {
    const { id, vmcNo } = command;
    this.#all.set(id, command);
    const mine = this.#byMachine.get(vmcNo) ?? new Map<number, Command>();
    this.#byMachine.set(vmcNo, mine.set(id, command));
  }

  drop({ id, vmcNo }: Command): void {
    this.#all.delete(id);
    const mine = this.#byMachine.get(vmcNo);
    mine?.delete(id);
    if (mine?.size === 0) this.#byMachine.delete(vmcNo);
  }
}
