/** The open commands, the commands that were given up, and the notes about them while they wait. */
import { isTwin } from '#shared/commands/kit/rows';
import { openStates, type Command } from '#shared/model/command';
import type { WireMessage } from '#shared/model/message';
import { GivenUp } from './givenUp';
import { replaced } from './judge';
import { OpenCommands } from './openCommands';

export class CommandStore {
  readonly open = new OpenCommands();
  readonly givenUp = new GivenUp();
  /** By command: frames still to be written. */
  readonly unwritten = new Map<number, readonly WireMessage[]>();
  /** Commands recorded as sent before they are written, as they are until then. */
  readonly unsent = new Map<number, Command>();
  /** Commands that wait for others. */
  readonly heldBack = new Set<number>();
  readonly #changed: (command: Command) => void;

  constructor(changed: (command: Command) => void) {
    this.#changed = changed;
  }

  /** Packages of commands that run or are still judged. Their proof depends on the package, so it must not change. */
  get wantedPackages(): ReadonlySet<string> {
    const judged = [...this.open.all, ...this.givenUp.judged];
    return new Set(
      judged.flatMap(({ input: { packageId } }) => (typeof packageId === 'string' ? [packageId] : [])),
    );
  }

  /** Open, or given up and still judged. */
  find(id: number, vmcNo: number): Command | undefined {
    return this.open.get(id) ?? this.givenUp.of(vmcNo).find((one) => one.id === id);
  }

  /** All commands of the machine that a report may concern: the open ones, then those given up. */
  judgedOf(vmcNo: number): readonly Command[] {
    return [...this.open.of(vmcNo), ...this.givenUp.of(vmcNo)];
  }

  sentOf(vmcNo: number): readonly Command[] {
    return this.open.of(vmcNo).filter(({ state }) => state === 'sent');
  }

  /** Stores a changed command and reports the change. */
  set(next: Command): Command {
    if (this.find(next.id, next.vmcNo) === next) return next;
    if (openStates.has(next.state)) this.put(next);
    else this.#drop(next);
    this.#changed(next);
    return next;
  }

  put(command: Command): void {
    this.open.put(command);
    if (command.state !== 'queued') this.heldBack.delete(command.id);
  }

  #drop(command: Command): void {
    const { id } = command;
    this.open.drop(command);
    this.unwritten.delete(id);
    this.unsent.delete(id);
    this.heldBack.delete(id);
    this.givenUp.keep(command);
  }

  /** The command is sent, so new reports may belong to it. An older twin stops waiting for its proof. */
  takesPlace(command: Command, now: number): void {
    const { id, vmcNo, name, input } = command;
    for (const one of this.sentOf(vmcNo))
      if (one.id < id && isTwin(one, name, input)) this.set(replaced(one, now));
    this.givenUp.gaveWayTo(command);
  }

  /** Remaining frames of an older twin must not follow the newer command. */
  cutTwins({ vmcNo, name, input }: Pick<Command, 'vmcNo' | 'name' | 'input'>, now: number): void {
    const unwritten = this.open.of(vmcNo).filter(({ id }) => this.unwritten.has(id));
    for (const twin of unwritten) if (isTwin(twin, name, input)) this.set(replaced(twin, now));
  }
}
