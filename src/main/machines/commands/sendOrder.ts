/** Decides which queued command of a machine is sent next, and notes why the others wait. */
import type { CommandName } from '#shared/commands/index';
import { goesFirst, hasSlot, rowOf } from '#shared/commands/kit/rows';
import type { Command } from '#shared/model/command';
import type { CommandStore } from './commandStore';
import { held, released, waitingAfterLogin } from './judge';
import type { CommandQueueDeps } from './queueDeps';
import type { Slot } from './slot';
import { turnOf, type Ahead } from './turn';
import type { Unproved } from './unproved';

interface SendOrderParts {
  readonly deps: CommandQueueDeps;
  readonly store: CommandStore;
  readonly slot: Slot;
  readonly unproved: Unproved;
  /** True if a frame may be written now. If not, the queue continues by itself later. */
  readonly isPaced: (vmcNo: number) => boolean;
}

/** `isBegun`: some of its frames are already written. `waits`: the command that would be next; `null`: none. */
type Next = { readonly next: Command; readonly isBegun: boolean } | { readonly waits: Command | null };

export class SendOrder {
  readonly #parts: SendOrderParts;

  constructor(parts: SendOrderParts) {
    this.#parts = parts;
  }

  /** The command whose next frame is sent now, or the command that waits. */
  next(vmcNo: number): Next {
    const { deps, store, isPaced } = this.#parts;
    if (!deps.isOnline(vmcNo)) return { waits: null };
    const begun = store.open.of(vmcNo).filter(({ id }) => store.unwritten.has(id));
    // The other commands' next frame would replace the previous one in the slot.
    const going = begun.find((one) => this.#slotTakenFor(one) === null);
    const queued = this.#ready(vmcNo);
    const due = queued.filter((one) => this.#isDue(one));
    if (begun.length === 0 && due.length === 0) return { waits: this.#noteNotYet(queued) };
    const turn = turnOf(due, (one) => this.#aheadOf(one), begun.length > 0);
    if ((going === undefined && turn === null) || !isPaced(vmcNo)) return { waits: null };
    if (going !== undefined) return { next: going, isBegun: true };
    if (turn === null) return { waits: null };
    const { next, ahead } = turn;
    if (ahead === null) return { next, isBegun: false };
    const behind: Ahead = { what: 'waitsFor', behind: next.name };
    for (const other of due) if (other !== next) this.#hold(other, this.#aheadOf(other) ?? behind);
    return { waits: this.#hold(next, ahead) };
  }

  /** Marks commands that wait for others, and starts the time of those that do not wait any more. */
  holdBack(vmcNo: number, now: number): void {
    const { deps, store } = this.#parts;
    const isOnline = deps.isOnline(vmcNo);
    const queued = this.#ready(vmcNo);
    const next = queued.find((one) => this.#isDue(one));
    if (next === undefined) return;
    const allWait = this.#aheadOf(next) !== null;
    for (const command of queued) {
      const waits = allWait || (isOnline && command !== next);
      if (waits) store.heldBack.add(command.id);
      else if (store.heldBack.delete(command.id)) store.set(released(command, isOnline, now));
    }
  }

  /** The command that must end, or run in the machine's slot, before this one is sent; `null`: none. */
  #aheadOf(next: Command): Ahead | null {
    const { deps, store } = this.#parts;
    const { vmcNo } = next;
    const { platform } = deps.contextOf(vmcNo);
    const first = goesFirst(next, store.sentOf(vmcNo), { platform, now: deps.now() });
    if (first !== null) return { what: 'waitsFor', behind: first.name };
    const behind = this.#slotTakenFor(next);
    return behind === null ? null : { what: 'waitsForSlot', behind };
  }

  /** The command in the machine's slot that this one would replace; `null`: none. */
  #slotTakenFor({ vmcNo, name }: Command): CommandName | null {
    const { deps, slot } = this.#parts;
    const { platform } = deps.contextOf(vmcNo);
    return hasSlot(name, platform) ? slot.takenBy(vmcNo, deps.now()) : null;
  }

  /** True if the machine has sent the reports that could be mistaken for the command's proof. */
  #isDue({ vmcNo, name }: Command): boolean {
    const { deps } = this.#parts;
    const context = deps.contextOf(vmcNo);
    const { platform } = context;
    // A command that cannot be sent at all does not wait.
    const isSendable = platform === null || rowOf(name).has[platform];
    return !isSendable || !rowOf(name).notYet(context, deps.now());
  }

  #noteNotYet(queued: readonly Command[]): Command | null {
    const { deps, store } = this.#parts;
    return queued.map((one) => store.set(waitingAfterLogin(one, deps.now()))).at(-1) ?? null;
  }

  #hold(command: Command, ahead: Ahead): Command {
    const { deps, store } = this.#parts;
    store.heldBack.add(command.id);
    return store.set(held(command, ahead, deps.now()));
  }

  /** Queued commands that may be sent. Commands that wait for verification get a step for it. */
  #ready(vmcNo: number): readonly Command[] {
    const { store, unproved } = this.#parts;
    const { ready, waiting } = unproved.sorted(vmcNo, store.open.of(vmcNo));
    for (const command of waiting) store.heldBack.delete(store.set(command).id);
    return ready;
  }
}
