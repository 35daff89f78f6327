/**
 * All waiting commands: given by users, sent one by one while the machine is online, and judged by
 * every entry. The queue does no IO; sending, time and storage are injected.
 */
import type { CommandName } from '#shared/commands/index';
import { minute } from '#shared/commands/kit/inputs';
import type { Listing } from '#shared/commands/kit/listed';
import { endsConnection, goesFirst, hasSlot, isTwin, longestQueued, rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Finding } from '#shared/findings';
import { openStates, type Command } from '#shared/model/command';
import { isWord } from '#shared/model/relayed';
import type { Entry, JsonObject } from '#shared/model/frame';
import { listedProducts, type AskedProducts } from '#shared/model/knownProducts';
import { peerAddressOf } from '#shared/model/machine';
import type { WireMessage } from '#shared/model/message';
import type { Upload } from '#shared/model/fetched';
import type { ControlNotice, Transfer } from '#shared/model/upgrade';
import { filledIn, notOffered, obstacleTo, queuedOr, refusalOf } from './acceptance';
import { isSinceStep } from './clockStep';
import type { Change } from '../../core/state/entryLog';
import { GivenUp } from './givenUp';
import { Pace } from '../../core/connection/pace';
import {
  aboutToSend,
  brokeOff,
  end,
  expire,
  failedToSend,
  held,
  isOfRun,
  isPartly,
  isSentPerhaps,
  judge,
  judgeProducts,
  judgeTransfer,
  notWritten,
  queuedAt,
  queuedCommand,
  released,
  replaced,
  sentCommand,
  sentMore,
  sentPerhaps,
  sentWhole,
  standsStill,
  waitingAfterLogin,
  withWait,
  type NewCommand,
} from './judge';
import { judgeNotice, uploadCame } from './notices';
import { OpenCommands } from './openCommands';
import type { CommandQueueDeps, GivenBy, Offer } from './queueDeps';
import { Slot } from './slot';
import { turnOf, type Ahead } from './turn';
import { sentAnyway, Unproved } from './unproved';
import { Unheard } from './unheard';

const nothingOffered: Offer = { dir: '', type: null };

export class CommandQueue {
  readonly #deps: CommandQueueDeps;
  readonly #open = new OpenCommands();
  readonly #givenUp = new GivenUp();
  /** By command: frames still to be written. */
  readonly #unwritten = new Map<number, readonly WireMessage[]>();
  /** Commands recorded as sent before they are written, as they are until then. */
  readonly #unsent = new Map<number, Command>();
  readonly #pace: Pace;
  readonly #slot = new Slot();
  readonly unheard: Unheard;
  /** By machine: the last product list. */
  readonly #listings = new Map<number, Listing>();
  readonly #unproved: Unproved;
  /** Commands that wait for others. */
  readonly #heldBack = new Set<number>();
  #lastId: number;

  constructor(deps: CommandQueueDeps, lastId = 0) {
    this.#deps = deps;
    this.#lastId = lastId;
    this.#unproved = new Unproved(deps);
    this.unheard = new Unheard(deps.now);
    this.#pace = new Pace({ now: deps.now, later: deps.later, goOn: (vmcNo) => this.flush(vmcNo) });
  }

  /** Queued or sent, oldest first. */
  get running(): readonly Command[] {
    return this.#open.all;
  }

  /** Packages of commands that run or are still judged. Their proof depends on the package, so it must not change. */
  get wantedPackages(): ReadonlySet<string> {
    const judged = [...this.#open.all, ...this.#givenUp.judged];
    return new Set(
      judged.flatMap(({ input: { packageId } }) => (typeof packageId === 'string' ? [packageId] : [])),
    );
  }

  /** True if the machine has any such command. */
  isRunningOn(vmcNo: number): boolean {
    return this.#open.areOf(vmcNo);
  }

  /**
   * Continues commands that an earlier launch sent. Unsent commands are not sent without the user's knowledge, unless their row allows
   * this. Commands that were given up are still judged. `earlier`: these commands and all given since, oldest first.
   */
  restore(earlier: readonly Command[], isCopy = false): void {
    for (const command of earlier) {
      this.#slot.restore(command);
      if (command.sentAt !== null) this.#takesPlace(command);
      if (!openStates.has(command.state)) {
        this.#givenUp.keep(command);
        continue;
      }
      this.#put(command);
      const { state, name } = command;
      // A run gives its commands again on their turn. If the data folder is a copy, the other Crema sends waiting commands.
      if (state === 'queued' && (isCopy || !rowOf(name).keptOverRuns || isOfRun(command)))
        this.#set(end(command, 'cremaClosed', this.#deps.now()));
      if (isSentPerhaps(command)) this.#set(sentPerhaps(command, this.#deps.now()));
      else if (state === 'sent' && isPartly(command)) this.#set(brokeOff(command, null, this.#deps.now()));
    }
    this.tick();
  }

  give(vmcNo: number, name: CommandName, input: JsonObject, by: GivenBy = {}): Command | AppError {
    const filled = filledIn(this.#deps, vmcNo, name, input);
    if ('error' in filled) return filled.error;
    const { asked = false, ...ofRun } = by;
    const wish = { vmcNo, name, input: filled.input, ...ofRun };
    return this.#refusal(vmcNo, name, filled.input, asked) ?? this.#accept(wish, asked);
  }

  /** The reason why the command would be refused now. Changes nothing. */
  refusal(vmcNo: number, name: CommandName, input: JsonObject): AppError | null {
    const filled = filledIn(this.#deps, vmcNo, name, input);
    return 'error' in filled ? filled.error : this.#refusal(vmcNo, name, filled.input);
  }

  #refusal(vmcNo: number, name: CommandName, input: JsonObject, asked = false): AppError | null {
    const refusal = refusalOf(name, input, this.#open.of(vmcNo), this.#deps.contextOf(vmcNo));
    return refusal ?? (asked ? null : this.#unproved.refusal(vmcNo, name));
  }

  /** The user sends a queued command to an unverified machine. */
  sendAnyway(id: number): AppError | null {
    const command = queuedOr(this.#open.get(id), id);
    if ('code' in command) return command;
    this.#set(sentAnyway(command, this.#deps.now()));
    this.flush(command.vmcNo);
    return null;
  }

  /** The command that would lose its proof if the user sent a message with one of `names`; `null`: none. */
  goesFirst(vmcNo: number, names: readonly CommandName[]): Command | null {
    const sent = this.#open.of(vmcNo).filter(({ state }) => state === 'sent');
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
    if (this.#unsent.has(id) || this.#open.get(id)?.state === 'queued') this.cancel(id);
  }

  /** Cancels a queued command; stops waiting for a sent one. */
  cancel(id: number): AppError | null {
    const command = this.#unsent.get(id) ?? this.#open.get(id);
    if (command === undefined) return { code: 'unknownCommand', params: { id } };
    this.#set(end(command, command.state === 'queued' ? 'cancelled' : 'stoppedWaiting', this.#deps.now()));
    return null;
  }

  /** Sets the remaining time to wait for sending, ms. */
  setWait(id: number, wait: number): AppError | null {
    const command = queuedOr(this.#open.get(id), id);
    if ('code' in command) return command;
    const most = longestQueued(command);
    if (wait > most) return { code: 'commandWaitTooLong', params: { max: most / minute } };
    this.#set(withWait(command, wait, this.#deps.now()));
    return null;
  }

  /** Takes every entry, in order. */
  onEntry(entry: Entry, change: Change | null): void {
    if (change === null) return;
    const { vmcNo } = change;
    this.#pace.onEntry(entry, vmcNo);
    this.#slot.onEntry(entry, vmcNo);
    if (this.#open.isEmpty && this.#givenUp.isEmpty) return;
    // Frames that the machine did not send or receive prove nothing.
    if (entry.kind === 'frame' && !isWord(entry)) return;
    const running = this.#open.of(vmcNo);
    const judging = { ...change, running, now: this.#deps.now() };
    let waiting = false;
    for (const command of running) {
      const judged = this.#judged(judge(command, entry, judging), command);
      waiting ||= command.state === 'queued';
      if (entry.kind === 'closed' && entry.conn === command.conn && this.#unwritten.has(command.id))
        this.#set(brokeOff(judged, entry.id, entry.at));
    }
    for (const command of this.#givenUp.of(vmcNo)) this.#judged(judge(command, entry, judging), command);
    // Not between a login and its answer: only after our answer does the machine process messages.
    if (waiting && entry.kind === 'frame' && entry.dir === 'out') this.#isPaced(vmcNo);
  }

  onTransfer(transfer: Transfer): void {
    const late = this.#givenUp.of(transfer.vmcNo).find(({ id }) => id === transfer.offer);
    const command = this.#open.get(transfer.offer) ?? late;
    if (command === undefined) return;
    this.#judged(judgeTransfer(command, transfer), command);
  }

  onUpload(upload: Upload): void {
    const { id, vmcNo } = upload.ok ? upload.file : upload;
    const command = this.#open.get(id) ?? this.#givenUp.of(vmcNo).find((one) => one.id === id);
    if (command === undefined) return;
    this.#judged(uploadCame(command, upload), command);
  }

  /** A machine sent a product list. */
  onProducts(vmcNo: number, { askedAt, ...file }: AskedProducts): void {
    const products = listedProducts(this.#deps.contextOf(vmcNo).machine, file);
    const listed = { askedAt, at: file.at, products };
    for (const command of [...this.#open.of(vmcNo), ...this.#givenUp.of(vmcNo)])
      this.#judged(judgeProducts(command, listed), command);
    if ((this.#listings.get(vmcNo)?.askedAt ?? 0) <= askedAt) this.#listings.set(vmcNo, listed);
  }

  onNotice(notice: ControlNotice): void {
    const { vmcNo } = notice;
    const remark = (finding: Finding): number | null => this.#deps.remark(vmcNo, finding)?.id ?? null;
    const from = (command: Command) => this.#unproved.addressesOf(command);
    for (const command of [...this.#open.of(vmcNo), ...this.#givenUp.of(vmcNo)])
      this.#judged(judgeNotice(command, notice, from(command), remark), command);
  }

  /** Sends the next frame for this machine. Further frames follow after a pause each. */
  flush(vmcNo: number): void {
    this.#advance(vmcNo);
  }

  /** Returns the command that was next. */
  #advance(vmcNo: number): Command | null {
    if (!this.#deps.isOnline(vmcNo)) return null;
    const begun = this.#open.of(vmcNo).filter(({ id }) => this.#unwritten.has(id));
    // The other commands' next frame would replace the previous one in the slot.
    const going = begun.find((one) => this.#slotTakenFor(one) === null);
    const queued = this.#ready(vmcNo);
    const due = queued.filter((one) => this.#isDue(one));
    if (begun.length === 0 && due.length === 0) return this.#noteNotYet(queued);
    const turn = turnOf(due, (one) => this.#aheadOf(one), begun.length > 0);
    if ((going === undefined && turn === null) || !this.#isPaced(vmcNo)) return null;
    if (going !== undefined) return this.#writeNext(going);
    if (turn === null) return null;
    const { next, ahead } = turn;
    if (ahead === null) return this.#send(next);
    const behind: Ahead = { what: 'waitsFor', behind: next.name };
    for (const other of due) if (other !== next) this.#hold(other, this.#aheadOf(other) ?? behind);
    return this.#hold(next, ahead);
  }

  /** The command that must end, or run in the machine's slot, before this one is sent; `null`: none. */
  #aheadOf(next: Command): Ahead | null {
    const { vmcNo } = next;
    const sent = this.#open.of(vmcNo).filter(({ state }) => state === 'sent');
    const { platform } = this.#deps.contextOf(vmcNo);
    const first = goesFirst(next, sent, { platform, now: this.#deps.now() });
    if (first !== null) return { what: 'waitsFor', behind: first.name };
    const behind = this.#slotTakenFor(next);
    return behind === null ? null : { what: 'waitsForSlot', behind };
  }

  /** The command in the machine's slot that this one would replace; `null`: none. */
  #slotTakenFor({ vmcNo, name }: Command): CommandName | null {
    const { platform } = this.#deps.contextOf(vmcNo);
    return hasSlot(name, platform) ? this.#slot.takenBy(vmcNo, this.#deps.now()) : null;
  }

  /** True if the machine has sent the reports that could be mistaken for the command's proof. */
  #isDue({ vmcNo, name }: Command): boolean {
    const context = this.#deps.contextOf(vmcNo);
    const { platform } = context;
    // A command that cannot be sent at all does not wait.
    const isSendable = platform === null || rowOf(name).has[platform];
    return !isSendable || !rowOf(name).notYet(context, this.#deps.now());
  }

  #noteNotYet(queued: readonly Command[]): Command | null {
    return queued.map((one) => this.#set(waitingAfterLogin(one, this.#deps.now()))).at(-1) ?? null;
  }

  #hold(command: Command, ahead: Ahead): Command {
    this.#heldBack.add(command.id);
    return this.#set(held(command, ahead, this.#deps.now()));
  }

  /** True if a frame may be written now. If not, the queue continues by itself later. */
  #isPaced(vmcNo: number): boolean {
    return this.#pace.allows(vmcNo, this.#deps.contextOf(vmcNo).platform);
  }

  /** The clock was set by `ms`. Waiting times stay the same. */
  clockSet(ms: number): void {
    const now = this.#deps.now();
    this.unheard.listensAgain();
    for (const command of this.running) {
      const noted = command.steps.at(-1)?.at ?? command.createdAt;
      if (!isSinceStep(noted, now)) this.#set({ ...command, until: command.until + ms });
    }
  }

  /** Runs about once a second: expires commands and sends waiting ones. */
  tick(): void {
    const now = this.#deps.now();
    for (const vmcNo of this.#open.machines) this.#holdBack(vmcNo, now);
    for (const command of this.running) {
      const { machine } = this.#deps.contextOf(command.vmcNo);
      // A run only gives commands to online machines, and gives this one again later.
      const isAway = isOfRun(command) && !this.#deps.isOnline(command.vmcNo);
      const isOver = isAway || this.unheard.isOver(command, machine);
      if (isOver || !this.#heldBack.has(command.id) || !standsStill(command))
        this.#set(expire(isOver ? { ...command, until: now } : command, now, machine));
    }
    this.#givenUp.forget(now);
    for (const vmcNo of this.#open.machines) this.flush(vmcNo);
  }

  /** Marks commands that wait for others, and starts the time of those that do not wait any more. */
  #holdBack(vmcNo: number, now: number): void {
    const isOnline = this.#deps.isOnline(vmcNo);
    const queued = this.#ready(vmcNo);
    const next = queued.find((one) => this.#isDue(one));
    if (next === undefined) return;
    const allWait = this.#aheadOf(next) !== null;
    for (const command of queued) {
      const waits = allWait || (isOnline && command !== next);
      if (waits) this.#heldBack.add(command.id);
      else if (this.#heldBack.delete(command.id)) this.#set(released(command, isOnline, now));
    }
  }

  /** Queued commands that may be sent. Commands that wait for verification get a step for it. */
  #ready(vmcNo: number): readonly Command[] {
    const { ready, waiting } = this.#unproved.sorted(vmcNo, this.#open.of(vmcNo));
    for (const command of waiting) this.#heldBack.delete(this.#set(command).id);
    return ready;
  }

  #accept(wish: Omit<NewCommand, 'id' | 'sessionId'>, asked: boolean): Command | AppError {
    const { vmcNo, name, input } = wish;
    const mine = this.#open.of(vmcNo);
    const now = this.#deps.now();
    this.#lastId += 1;
    const command = queuedCommand({ id: this.#lastId, sessionId: this.#deps.newSessionId(), ...wish }, now);
    if (this.#deps.isOnline(vmcNo)) {
      // Get the offer before storing anything: if the machine cannot reach the package, the command is refused.
      const offer = this.#offer(command);
      if ('code' in offer) {
        this.#lastId -= 1;
        return offer;
      }
    }
    // Remaining frames of an older twin must not follow the newer command.
    for (const twin of mine.filter((one) => this.#unwritten.has(one.id) && isTwin(one, name, input)))
      this.#set(replaced(twin, now));
    this.#put(command);
    if (!this.#deps.isOnline(vmcNo)) return this.#set(queuedAt(command, now));
    const given = this.#set(asked ? sentAnyway(command, now) : { ...command });
    const moved = this.#advance(vmcNo);
    return moved?.id === given.id ? moved : given;
  }

  /** The command is sent, so new reports may belong to it. An older twin stops waiting for its proof. */
  #takesPlace(command: Command): void {
    const { id, vmcNo, name, input } = command;
    for (const one of this.#open.of(vmcNo))
      if (one.id < id && one.state === 'sent' && isTwin(one, name, input))
        this.#set(replaced(one, this.#deps.now()));
    this.#givenUp.gaveWayTo(command);
  }

  /** The address of its package or for its file, if the command needs one. */
  #offer(command: Command): Offer | AppError {
    return rowOf(command.name).needs === null ? nothingOffered : this.#deps.offer(command);
  }

  #send(command: Command): Command {
    const { vmcNo, name, sessionId } = command;
    const context = this.#deps.contextOf(vmcNo);
    const { platform } = context;
    // Facts may have changed since the command was given.
    const input = {
      ...command.input,
      ...rowOf(name).remember(context, command.input, this.#listings.get(vmcNo) ?? null),
      ...this.#givenUp.followedBy(command),
    };
    const now = this.#deps.now();
    const obstacle = obstacleTo({ ...command, input }, context);
    if (obstacle !== null) return this.#set(failedToSend(command, obstacle, now));
    const offer = this.#offer(command);
    if ('code' in offer) return this.#set(failedToSend(command, notOffered(offer), now));
    const wireContext = { vmcNo, platform, sessionId, upgradeDir: offer.dir, upgradeType: offer.type };
    const messages = rowOf(name).wire(input, wireContext);
    if (rowOf(name).keptOverRuns) return this.#sendOnRecord({ ...command, input }, messages);
    this.#unwritten.set(command.id, messages);
    return this.#writeNext({ ...command, input });
  }

  /** Records the command before writing it. If the record fails, a command of a run is not sent: the next launch would send it again. */
  #sendOnRecord(command: Command, messages: readonly WireMessage[]): Command {
    const { id, vmcNo, line } = command;
    const { machine, platform } = this.#deps.contextOf(vmcNo);
    const conn = machine?.link.status === 'online' ? machine.link.conn : null;
    this.#unsent.set(id, command);
    const address = machine && peerAddressOf(machine.link);
    const recorded = this.#set(aboutToSend(command, { platform, conn, address }, this.#deps.now()));
    this.#deps.kept((isKept) => {
      if (!this.#unsent.delete(id) || !this.#open.has(id)) return;
      const isHeld = !isKept && line !== undefined;
      if (isHeld || !this.#deps.isOnline(vmcNo) || !this.#isPaced(vmcNo)) return void this.#set(command);
      this.#unwritten.set(id, messages);
      this.#writeNext(command);
      // Record the frame soon, so that a kill leaves few frames without a record.
      this.#deps.kept(() => undefined);
    });
    return this.#open.get(id) ?? recorded;
  }

  /** Writes the next of its frames. */
  #writeNext(command: Command): Command {
    const { id, vmcNo } = command;
    const [message, ...rest] = this.#unwritten.get(id) ?? [];
    this.#unwritten.delete(id);
    const now = this.#deps.now();
    if (message === undefined) return this.#set(sentWhole(command, now));
    const entry = this.#deps.send(vmcNo, message);
    if (entry?.kind !== 'frame') return this.#set(notWritten(command, entry, now));
    // An unknown platform does not turn an android-only command into a linux one.
    const form = rowOf(command.name).has.linux ? null : 'android';
    const { machine, platform } = this.#deps.contextOf(vmcNo);
    const to = {
      platform: platform ?? form,
      conn: entry.conn,
      address: machine && peerAddressOf(machine.link),
    };
    const sent =
      command.state === 'queued'
        ? sentCommand(command, { ...to, entry: entry.id }, now)
        : sentMore(command, entry.id, now);
    if (command.state === 'queued') this.#takesPlace(sent);
    if (rest.length > 0) this.#unwritten.set(id, rest);
    // Continues with the next command.
    this.#isPaced(vmcNo);
    return this.#set(rest.length > 0 ? sent : sentWhole(sent, now));
  }

  /** Applies a judgement from a message or from HTTP. */
  #judged(next: Command, before: Command): Command {
    if (next.state === 'confirmed') this.#slot.isProved(next, this.#deps.now());
    return this.#set(this.#unproved.marked(next, before));
  }

  #set(next: Command): Command {
    const { id, vmcNo } = next;
    const known = this.#open.get(id) ?? this.#givenUp.of(vmcNo).find((one) => one.id === id);
    if (known === next) return next;
    if (openStates.has(next.state)) this.#put(next);
    else this.#drop(next);
    this.#deps.changed(next);
    return next;
  }

  #put(command: Command): void {
    this.#open.put(command);
    if (command.state !== 'queued') this.#heldBack.delete(command.id);
  }

  #drop(command: Command): void {
    const { id } = command;
    this.#open.drop(command);
    this.#unwritten.delete(id);
    this.#unsent.delete(id);
    this.#heldBack.delete(id);
    this.#givenUp.keep(command);
  }
}
