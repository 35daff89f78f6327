/**
 * All waiting commands: given by users, sent one by one while the machine is online, and judged by
 * every entry. The queue does no IO; sending, time and storage are injected. `SendOrder` decides which command is
 * next, `CommandWriter` sends it, `CommandStore` keeps all.
 */
import type { CommandName } from '#shared/commands/index';
import { minute } from '#shared/commands/kit/inputs';
import { endsConnection, goesFirst, longestQueued, rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Finding } from '#shared/findings';
import { openStates, type Command } from '#shared/model/command';
import { isWord } from '#shared/model/relayed';
import type { Entry, JsonObject } from '#shared/model/frame';
import { listedProducts, type AskedProducts } from '#shared/model/knownProducts';
import type { Upload } from '#shared/model/fetched';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import type { AcceptableReason } from '#shared/commands/kit/possible';
import { acceptedReasons, filledIn, queuedOr, refusalOf } from './acceptance';
import { CommandStore } from './commandStore';
import { CommandWriter } from './commandWriter';
import type { Change } from '../../core/state/entryLog';
import { Pace } from '../../core/connection/pace';
import {
  brokeOff,
  end,
  expire,
  isOfRun,
  isPartly,
  isSentPerhaps,
  judge,
  judgeProducts,
  judgeTransfer,
  queuedAt,
  queuedCommand,
  sentPerhaps,
  standsStill,
  withStep,
  withWait,
  type NewCommand,
} from './judge';
import { judgeNotice, uploadCame } from './notices';
import type { CommandQueueDeps, GivenBy } from './queueDeps';
import { SendOrder } from './sendOrder';
import { Slot } from './slot';
import { sentAnyway, Unproved } from './unproved';
import { Unheard } from './unheard';

export class CommandQueue {
  readonly #deps: CommandQueueDeps;
  readonly #store: CommandStore;
  readonly #pace: Pace;
  readonly #slot = new Slot();
  readonly unheard: Unheard;
  readonly #unproved: Unproved;
  readonly #order: SendOrder;
  readonly #writer: CommandWriter;
  #lastId: number;

  constructor(deps: CommandQueueDeps, lastId = 0) {
    this.#deps = deps;
    this.#lastId = lastId;
    this.#store = new CommandStore(deps.changed);
    this.#unproved = new Unproved(deps);
    this.unheard = new Unheard(deps.now);
    this.#pace = new Pace({ now: deps.now, later: deps.later, goOn: (vmcNo) => this.flush(vmcNo) });
    const parts = { deps, store: this.#store, isPaced: (vmcNo: number) => this.#isPaced(vmcNo) };
    this.#order = new SendOrder({ ...parts, slot: this.#slot, unproved: this.#unproved });
    this.#writer = new CommandWriter(parts);
  }

  /** The newest id. */
  get lastId(): number {
    return this.#lastId;
  }

  /** Queued or sent, oldest first. */
  get running(): readonly Command[] {
    return this.#store.open.all;
  }

  get wantedPackages(): ReadonlySet<string> {
    return this.#store.wantedPackages;
  }

  /** True if the machine has any such command. */
  isRunningOn(vmcNo: number): boolean {
    return this.#store.open.areOf(vmcNo);
  }

  /**
   * Continues commands that an earlier launch sent. Unsent commands are not sent without the user's knowledge, unless their row allows
   * this. Commands that were given up are still judged. `earlier`: these commands and all given since, oldest first.
   */
  restore(earlier: readonly Command[], isCopy = false): void {
    for (const command of earlier) {
      this.#slot.restore(command);
      if (command.sentAt !== null) this.#store.takesPlace(command, this.#deps.now());
      if (!openStates.has(command.state)) {
        this.#store.givenUp.keep(command);
        continue;
      }
      this.#store.put(command);
      const { state, name } = command;
      // A run gives its commands again on their turn. If the data folder is a copy, the other Crema sends waiting commands.
      if (state === 'queued' && (isCopy || !rowOf(name).keptOverRuns || isOfRun(command)))
        this.#store.set(end(command, 'cremaClosed', this.#deps.now()));
      if (isSentPerhaps(command)) this.#store.set(sentPerhaps(command, this.#deps.now()));
      else if (state === 'sent' && isPartly(command))
        this.#store.set(brokeOff(command, null, this.#deps.now()));
    }
    this.tick();
  }

  give(vmcNo: number, name: CommandName, input: JsonObject, by: GivenBy = {}): Command | AppError {
    const filled = filledIn(this.#deps, vmcNo, name, input);
    if ('error' in filled) return filled.error;
    const { accepted = [], ...giver } = by;
    const wish = { vmcNo, name, input: filled.input, ...giver };
    return this.#refusal(vmcNo, name, filled.input, accepted) ?? this.#accept(wish, accepted);
  }

  /** The reason why the command would be refused now. Changes nothing. */
  refusal(
    vmcNo: number,
    name: CommandName,
    input: JsonObject,
    accepted: readonly AcceptableReason[] = [],
  ): AppError | null {
    const filled = filledIn(this.#deps, vmcNo, name, input);
    return 'error' in filled ? filled.error : this.#refusal(vmcNo, name, filled.input, accepted);
  }

  #refusal(
    vmcNo: number,
    name: CommandName,
    input: JsonObject,
    accepted: readonly AcceptableReason[] = [],
  ): AppError | null {
    const now = { ...this.#deps.contextOf(vmcNo), accepted };
    const refusal = refusalOf(name, input, this.#store.open.of(vmcNo), now);
    return refusal ?? (accepted.includes('notVerified') ? null : this.#unproved.refusal(vmcNo, name));
  }

  /** The user sends a queued command to an unverified machine. */
  sendAnyway(id: number): AppError | null {
    const command = queuedOr(this.#store.open.get(id), id);
    if ('code' in command) return command;
    this.#store.set(sentAnyway(command, this.#deps.now()));
    this.flush(command.vmcNo);
    return null;
  }

  /** The command that would lose its proof if the user sent a message with one of `names`; `null`: none. */
  goesFirst(vmcNo: number, names: readonly CommandName[]): Command | null {
    const sent = this.#store.sentOf(vmcNo);
    const { platform } = this.#deps.contextOf(vmcNo);
    const now = this.#deps.now();
    for (const name of names) {
      const first = endsConnection(name, platform) ? goesFirst({ name }, sent, { platform, now }) : null;
      if (first !== null) return first;
    }
    return null;
  }

  /** Resolves when the user's message may be sent; send it at once. */
  turn(vmcNo: number): Promise<void> {
    return this.#pace.turn(vmcNo, this.#deps.contextOf(vmcNo).platform);
  }

  /** Cancels the command unless it was sent. */
  takeBack(id: number): void {
    if (this.#store.unsent.has(id) || this.#store.open.get(id)?.state === 'queued') this.cancel(id);
  }

  /** Cancels a queued command; stops waiting for a sent one. */
  cancel(id: number): AppError | null {
    const command = this.#store.unsent.get(id) ?? this.#store.open.get(id);
    if (command === undefined) return { code: 'unknownCommand', params: { id } };
    this.#store.set(
      end(command, command.state === 'queued' ? 'cancelled' : 'stoppedWaiting', this.#deps.now()),
    );
    return null;
  }

  /** Sets the remaining time to wait for sending, ms. */
  setWait(id: number, wait: number): AppError | null {
    const command = queuedOr(this.#store.open.get(id), id);
    if ('code' in command) return command;
    const most = longestQueued(command);
    if (wait > most) return { code: 'commandWaitTooLong', params: { max: most / minute } };
    this.#store.set(withWait(command, wait, this.#deps.now()));
    return null;
  }

  /** Takes every entry, in order. */
  onEntry(entry: Entry, change: Change | null): void {
    if (change === null) return;
    const { vmcNo } = change;
    this.#pace.onEntry(entry, vmcNo);
    this.#slot.onEntry(entry, vmcNo);
    if (this.#store.open.isEmpty && this.#store.givenUp.isEmpty) return;
    // Frames that the machine did not send or receive prove nothing.
    if (entry.kind === 'frame' && !isWord(entry)) return;
    const running = this.#store.open.of(vmcNo);
    const judging = { ...change, running, now: this.#deps.now() };
    let waiting = false;
    for (const command of running) {
      const judged = this.#judged(judge(command, entry, judging), command);
      waiting ||= command.state === 'queued';
      if (entry.kind === 'closed' && entry.conn === command.conn && this.#store.unwritten.has(command.id))
        this.#store.set(brokeOff(judged, entry.id, entry.at));
    }
    for (const command of this.#store.givenUp.of(vmcNo))
      this.#judged(judge(command, entry, judging), command);
    // Not between a login and its answer: only after our answer does the machine process messages.
    if (waiting && entry.kind === 'frame' && entry.dir === 'out') this.#isPaced(vmcNo);
  }

  onTransfer(transfer: Transfer): void {
    const command = this.#store.find(transfer.offer, transfer.vmcNo);
    if (command === undefined) return;
    this.#judged(judgeTransfer(command, transfer), command);
  }

  onUpload(upload: Upload): void {
    const { id, vmcNo } = upload.ok ? upload.file : upload;
    const command = this.#store.find(id, vmcNo);
    if (command === undefined) return;
    this.#judged(uploadCame(command, upload), command);
  }

  /** A machine sent a product list. */
  onProducts(vmcNo: number, { askedAt, ...file }: AskedProducts): void {
    const products = listedProducts(this.#deps.contextOf(vmcNo).machine, file);
    const listed = { askedAt, at: file.at, products };
    for (const command of this.#store.judgedOf(vmcNo)) this.#judged(judgeProducts(command, listed), command);
    this.#writer.listed(vmcNo, listed);
  }

  onNotice(notice: ControlNotice): void {
    const { vmcNo } = notice;
    const remark = (finding: Finding): number | null => this.#deps.remark(vmcNo, finding)?.id ?? null;
    const from = (command: Command) => this.#unproved.addressesOf(command);
    for (const command of this.#store.judgedOf(vmcNo))
      this.#judged(judgeNotice(command, notice, from(command), remark), command);
  }

  /** Sends the next frame for this machine. Further frames follow after a pause each. */
  flush(vmcNo: number): void {
    this.#advance(vmcNo);
  }

  /** Returns the command that was next. */
  #advance(vmcNo: number): Command | null {
    const turn = this.#order.next(vmcNo);
    if ('waits' in turn) return turn.waits;
    return turn.isBegun ? this.#writer.writeNext(turn.next) : this.#writer.send(turn.next);
  }

  /** True if a frame may be written now. If not, the queue continues by itself later. */
  #isPaced(vmcNo: number): boolean {
    return this.#pace.allows(vmcNo, this.#deps.contextOf(vmcNo).platform);
  }

  /** The clock was set by `ms`. Waiting times stay the same. */
  clockSet(ms: number): void {
    this.unheard.listensAgain();
    for (const command of this.running) this.#store.set({ ...command, until: command.until + ms });
  }

  /** Runs about once a second: expires commands and sends waiting ones. */
  tick(): void {
    const now = this.#deps.now();
    for (const vmcNo of this.#store.open.machines) this.#order.holdBack(vmcNo, now);
    for (const command of this.running) {
      const { machine } = this.#deps.contextOf(command.vmcNo);
      // A run only gives commands to online machines, and gives this one again later.
      const isAway = isOfRun(command) && !this.#deps.isOnline(command.vmcNo);
      const isOver = isAway || this.unheard.isOver(command, machine);
      if (isOver || !this.#store.heldBack.has(command.id) || !standsStill(command))
        this.#store.set(expire(isOver ? { ...command, until: now } : command, now, machine));
    }
    this.#store.givenUp.forget(now);
    for (const vmcNo of this.#store.open.machines) this.flush(vmcNo);
  }

  #accept(
    wish: Omit<NewCommand, 'id' | 'sessionId'>,
    accepted: readonly AcceptableReason[],
  ): Command | AppError {
    const { vmcNo } = wish;
    const now = this.#deps.now();
    this.#lastId += 1;
    const plain = queuedCommand({ id: this.#lastId, sessionId: this.#deps.newSessionId(), ...wish }, now);
    const reasons = acceptedReasons(plain, this.#deps.contextOf(vmcNo), accepted);
    const command = reasons.reduce((one, reason) => withStep(one, { ...reason, at: now }), plain);
    if (this.#deps.isOnline(vmcNo)) {
      // Get the offer before storing anything: if the machine cannot reach the package, the command is refused.
      const offer = this.#writer.offer(command);
      if ('code' in offer) {
        this.#lastId -= 1;
        return offer;
      }
    }
    this.#store.cutTwins(command, now);
    this.#store.put(command);
    if (!this.#deps.isOnline(vmcNo)) return this.#store.set(queuedAt(command, now));
    const isAnyway = accepted.includes('notVerified');
    const given = this.#store.set(isAnyway ? sentAnyway(command, now) : { ...command });
    const moved = this.#advance(vmcNo);
    return moved?.id === given.id ? moved : given;
  }

  /** Applies a judgement from a message or from HTTP. */
  #judged(next: Command, before: Command): Command {
    if (next.state === 'confirmed') this.#slot.isProved(next, this.#deps.now());
    return this.#store.set(this.#unproved.marked(next, before));
  }
}
