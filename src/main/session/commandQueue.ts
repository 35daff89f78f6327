/**
 * All commands that wait for something: given by a person, sent when the machine is there, judged by every entry. No IO of its
 * own; sending, time and keeping are handed in.
 */
import type { CommandName } from '#shared/commands/index';
import type { Circumstances } from '#shared/commands/kit/possible';
import { hindranceOf, isTwin, rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import { openStates, type Command } from '#shared/model/command';
import type { Entry, JsonObject } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import type { Change } from './entryLog';
import {
  end,
  expire,
  failedToSend,
  judge,
  judgeNotice,
  judgeTransfer,
  queuedCommand,
  replaced,
  sentCommand,
} from './judge';

/** Commands that may wait for one machine. */
const queueLimit = 20;

export interface CommandQueueDeps {
  readonly now: () => number;
  readonly isOnline: (vmcNo: number) => boolean;
  /** What is known when a command is given. */
  readonly circumstances: (vmcNo: number) => Circumstances;
  /** Writes one message; `null`: the connection has ended. The entry is the frame, or the finding that says why it was not sent. */
  readonly send: (vmcNo: number, message: WireMessage) => Entry | null;
  /** What a command that needs a package remembers of it. */
  readonly packageFacts: (vmcNo: number, input: JsonObject) => { readonly facts: JsonObject } | AppError;
  /** Where the machine fetches the command's package; refused when it could not reach it. */
  readonly offer: (command: Command) => Offer | AppError;
  readonly changed: (command: Command) => void;
}

export interface Offer {
  readonly dir: string;
  readonly type: string | null;
}

const nothingOffered: Offer = { dir: '', type: null };

export class CommandQueue {
  readonly #deps: CommandQueueDeps;
  readonly #open = new Map<number, Command>();
  /** The same by machine: every entry asks for those of its own. */
  readonly #byMachine = new Map<number, Map<number, Command>>();
  #lastId: number;

  constructor(deps: CommandQueueDeps, lastId = 0) {
    this.#deps = deps;
    this.#lastId = lastId;
  }

  /** Queued or sent, oldest first. */
  get running(): readonly Command[] {
    return [...this.#open.values()];
  }

  /** Goes on with what an earlier run had sent; what it had not sent is not sent behind a person's back. */
  restore(earlier: readonly Command[]): void {
    for (const command of earlier) {
      this.#put(command);
      if (command.state === 'queued') this.#set(end(command, 'cremaClosed', this.#deps.now()));
    }
    this.tick();
  }

  give(vmcNo: number, name: CommandName, input: JsonObject): Command | AppError {
    const row = rowOf(name);
    const parsed = row.input.safeParse(input);
    if (!parsed.success) {
      const field = parsed.error.issues[0]?.path.join('.') ?? '';
      return { code: 'badInput', params: { name, field } };
    }
    const given = parsed.data as JsonObject;
    const known = row.remember(this.#deps.circumstances(vmcNo));
    if (row.needs === null) return this.#accept(vmcNo, name, { ...given, ...known });
    const needed = this.#deps.packageFacts(vmcNo, given);
    return 'code' in needed ? needed : this.#accept(vmcNo, name, { ...given, ...known, ...needed.facts });
  }

  cancel(id: number): AppError | null {
    const command = this.#open.get(id);
    if (command === undefined) return { code: 'unknownCommand', params: { id } };
    if (command.state !== 'queued') return { code: 'commandNotQueued', params: { id } };
    this.#set(end(command, 'cancelled', this.#deps.now()));
    return null;
  }

  /** Every entry, in order. True: the machine can take commands now that wait for it. */
  onEntry(entry: Entry, change: Change | null): boolean {
    if (change === null || this.#open.size === 0) return false;
    let waiting = false;
    for (const command of this.#ofMachine(change.vmcNo)) {
      this.#set(judge(command, entry, change.before));
      waiting ||= command.state === 'queued';
    }
    // Not between a login and its answer: an answer of ours shows that the machine listens.
    return waiting && entry.kind === 'frame' && entry.dir === 'out';
  }

  onTransfer(transfer: Transfer): void {
    const command = this.#open.get(transfer.offer);
    if (command !== undefined) this.#set(judgeTransfer(command, transfer));
  }

  onNotice(notice: ControlNotice): void {
    for (const command of this.#ofMachine(notice.vmcNo)) this.#set(judgeNotice(command, notice));
  }

  /** Sends what waits for this machine. */
  flush(vmcNo: number): void {
    for (const command of this.#ofMachine(vmcNo)) {
      if (command.state === 'queued' && this.#deps.isOnline(vmcNo)) this.#send(command);
    }
  }

  /** Once a second or so: what has waited long enough has expired. */
  tick(): void {
    for (const command of this.running) this.#set(expire(command, this.#deps.now()));
  }

  #accept(vmcNo: number, name: CommandName, input: JsonObject): Command | AppError {
    const mine = this.#ofMachine(vmcNo);
    const hindrance = hindranceOf(name, input, mine, this.#deps.circumstances(vmcNo));
    if (hindrance?.why === 'alreadyRunning') return { code: 'commandRunning', params: { name } };
    if (hindrance !== null)
      return { code: 'commandNotPossible', params: { ...hindrance.params, name, why: hindrance.why } };
    const now = this.#deps.now();
    const twin = mine.find((command) => isTwin(command, name, input));
    if (twin !== undefined) this.#set(replaced(twin, now));
    if (mine.filter(({ state }) => state === 'queued').length >= queueLimit)
      return { code: 'commandQueueFull', params: { max: queueLimit } };
    this.#lastId += 1;
    const command = queuedCommand({ id: this.#lastId, vmcNo, name, input }, now);
    if (this.#deps.isOnline(vmcNo)) {
      // Told before anything is remembered: a package the machine can't reach is no command.
      const offer = this.#offer(command);
      if ('code' in offer) {
        this.#lastId -= 1;
        return offer;
      }
    }
    this.#put(command);
    if (this.#deps.isOnline(vmcNo)) return this.#send(command);
    return this.#set(queuedAt(command, now));
  }

  /** Where its package is, if it needs one. */
  #offer(command: Command): Offer | AppError {
    return rowOf(command.name).needs === null ? nothingOffered : this.#deps.offer(command);
  }

  #send(command: Command): Command {
    const { vmcNo, name, input, sessionId } = command;
    const { platform } = this.#deps.circumstances(vmcNo);
    const now = this.#deps.now();
    // Given while its program was not known.
    if (platform !== null && !rowOf(name).has[platform])
      return this.#set(
        failedToSend(command, { what: 'notOnPlatform', entry: null, params: { platform } }, now),
      );
    const offer = this.#offer(command);
    if ('code' in offer)
      return this.#set(
        failedToSend(command, { what: 'notOffered', entry: null, params: { code: offer.code } }, now),
      );
    const context = { vmcNo, platform, sessionId, upgradeDir: offer.dir, upgradeType: offer.type };
    const entries: number[] = [];
    let conn = 0;
    for (const message of rowOf(name).wire(input, context)) {
      const entry = this.#deps.send(vmcNo, message);
      if (entry?.kind !== 'frame') {
        const params =
          entry?.kind === 'finding' ? { bytes: Number(entry.finding.params?.['bytes'] ?? 0) } : {};
        const what = entry === null ? 'sendFailed' : 'refusedTooLong';
        return this.#set(failedToSend(command, { what, entry: entry?.id ?? null, params }, now));
      }
      entries.push(entry.id);
      ({ conn } = entry);
    }
    return this.#set(sentCommand(command, { platform, conn, entries }, now));
  }

  #ofMachine(vmcNo: number): readonly Command[] {
    return [...(this.#byMachine.get(vmcNo)?.values() ?? [])];
  }

  #set(command: Command): Command {
    if (this.#open.get(command.id) === command) return command;
    if (openStates.has(command.state)) this.#put(command);
    else this.#drop(command);
    this.#deps.changed(command);
    return command;
  }

  #put(command: Command): void {
    const { id, vmcNo } = command;
    this.#open.set(id, command);
    const mine = this.#byMachine.get(vmcNo) ?? new Map<number, Command>();
    this.#byMachine.set(vmcNo, mine.set(id, command));
  }

  #drop({ id, vmcNo }: Command): void {
    this.#open.delete(id);
    const mine = this.#byMachine.get(vmcNo);
    mine?.delete(id);
    if (mine?.size === 0) this.#byMachine.delete(vmcNo);
  }
}

function queuedAt(command: Command, at: number): Command {
  return { ...command, steps: [{ what: 'queued', at, entry: null, params: {} }] };
}
