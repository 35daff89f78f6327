/** Sends commands: completes their input, records and writes their frames. */
import type { Listing } from '#shared/commands/kit/listed';
import { rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type { WireMessage } from '#shared/model/message';
import { notOffered, obstacleTo } from './acceptance';
import type { CommandStore } from './commandStore';
import { aboutToSend, failedToSend, notWritten, sentCommand, sentMore, sentWhole } from './judge';
import type { CommandQueueDeps, Offer } from './queueDeps';
import { peerAddressOf } from '#shared/model/machineLink';

const nothingOffered: Offer = { dir: '', type: null };

interface CommandWriterParts {
  readonly deps: CommandQueueDeps;
  readonly store: CommandStore;
  /** True if a frame may be written now. If not, the queue continues by itself later. */
  readonly isPaced: (vmcNo: number) => boolean;
}

export class CommandWriter {
  readonly #parts: CommandWriterParts;
  /** By machine: the last product list. */
  readonly #listings = new Map<number, Listing>();

  constructor(parts: CommandWriterParts) {
    this.#parts = parts;
  }

  /** A machine sent a product list. */
  listed(vmcNo: number, listing: Listing): void {
    if ((this.#listings.get(vmcNo)?.askedAt ?? 0) <= listing.askedAt) this.#listings.set(vmcNo, listing);
  }

  /** The address of its package or for its file, if the command needs one. */
  offer(command: Command): Offer | AppError {
    return rowOf(command.name).needs === null ? nothingOffered : this.#parts.deps.offer(command);
  }

  /** Sends the first frame of a queued command. */
  send(command: Command): Command {
    const { deps, store } = this.#parts;
    const { vmcNo, name, sessionId } = command;
    const context = deps.contextOf(vmcNo);
    const { platform } = context;
    // Facts may have changed since the command was given.
    const input = {
      ...command.input,
      ...rowOf(name).remember(context, command.input, this.#listings.get(vmcNo) ?? null),
      ...store.givenUp.followedBy(command),
    };
    const now = deps.now();
    const obstacle = obstacleTo({ ...command, input }, context);
    if (obstacle !== null) return store.set(failedToSend(command, obstacle, now));
    const offer = this.offer(command);
    if ('code' in offer) return store.set(failedToSend(command, notOffered(offer), now));
    const wireContext = { vmcNo, platform, sessionId, upgradeDir: offer.dir, upgradeType: offer.type };
    const messages = rowOf(name).wire(input, wireContext);
    if (rowOf(name).keptOverRuns) return this.#sendOnRecord({ ...command, input }, messages);
    store.unwritten.set(command.id, messages);
    return this.writeNext({ ...command, input });
  }

  /** Records the command before writing it. If the record fails, a command of a run is not sent: the next launch would send it again. */
  #sendOnRecord(command: Command, messages: readonly WireMessage[]): Command {
    const { deps, store, isPaced } = this.#parts;
    const { id, vmcNo, line } = command;
    const { machine, platform } = deps.contextOf(vmcNo);
    const conn = machine?.link.status === 'online' ? machine.link.conn : null;
    store.unsent.set(id, command);
    const address = machine && peerAddressOf(machine.link);
    const recorded = store.set(aboutToSend(command, { platform, conn, address }, deps.now()));
    deps.kept((isKept) => {
      if (!store.unsent.delete(id) || !store.open.has(id)) return;
      const isHeld = !isKept && line !== undefined;
      if (isHeld || !deps.isOnline(vmcNo) || !isPaced(vmcNo)) return void store.set(command);
      store.unwritten.set(id, messages);
      this.writeNext(command);
      // Record the frame soon, so that a kill leaves few frames without a record.
      deps.kept(() => undefined);
    });
    return store.open.get(id) ?? recorded;
  }

  /** Writes the next of its frames. */
  writeNext(command: Command): Command {
    const { deps, store, isPaced } = this.#parts;
    const { id, vmcNo } = command;
    const [message, ...rest] = store.unwritten.get(id) ?? [];
    store.unwritten.delete(id);
    const now = deps.now();
    if (message === undefined) return store.set(sentWhole(command, now));
    const entry = deps.send(vmcNo, message);
    if (entry?.kind !== 'frame') return store.set(notWritten(command, entry, now));
    // An unknown platform does not turn an android-only command into a linux one.
    const form = rowOf(command.name).has.linux ? null : 'android';
    const { machine, platform } = deps.contextOf(vmcNo);
    const to = {
      platform: platform ?? form,
      conn: entry.conn,
      address: machine && peerAddressOf(machine.link),
    };
    const sent =
      command.state === 'queued'
        ? sentCommand(command, { ...to, entry: entry.id }, now)
        : sentMore(command, entry.id, now);
    if (command.state === 'queued') store.takesPlace(sent, now);
    if (rest.length > 0) store.unwritten.set(id, rest);
    // Continues with the next command.
    isPaced(vmcNo);
    return store.set(rest.length > 0 ? sent : sentWhole(sent, now));
  }
}
