/** All machines and connections: the fold over the whole journal. No IO; the same class serves live traffic and replays. */
import { linkGone, type MachineState } from '#shared/model/machine';
import { directionOf, type Entry, type FrameEntry, type JunkEntry } from '#shared/model/frame';
import type { KnownOrder } from '#shared/model/history';
import { orderOf, type Order } from '#shared/model/order';
import { isWord } from '#shared/model/relayed';
import { isOfMachine } from './closings';
import type { Writable } from './copies';
import { KnownOrders } from './knownOrders';
import { changedOrders } from './orders';
import {
  backOn,
  foldMachine,
  newMachine,
  reconnected,
  settledMachine,
  type ConnectionFacts,
} from './machine';

export interface ConnectionState extends ConnectionFacts {
  /** `null` until a message has named the machine. */
  readonly vmcNo: number | null;
  readonly bytesIn: number;
  /** When something came on it last (ms); `-Infinity`: nothing has. Always a number, which V8 writes where the last one stood. */
  readonly lastHeard: number;
}

const isSaid = (entry: Entry): boolean => entry.kind === 'frame' && entry.dir === 'in' && isWord(entry);
/** Bytes that came from the machine. */
const isHeard = (entry: Entry): entry is FrameEntry | JunkEntry =>
  isSaid(entry) || (entry.kind === 'junk' && directionOf(entry) === 'in');

/** Machines that are kept (whoever connects can make up numbers), beside those online. */
const usuallyKept = 10_000;

export interface FleetOptions {
  /** There were too many, and nobody asked for it. */
  readonly onForgotten?: (machine: MachineState) => void;
  /** A person knows it (it has a name, or a command waits): it is never forgotten for others. */
  readonly isKnown?: (vmcNo: number) => boolean;
  readonly kept?: number;
}

/** What one entry changed: the machine before it, with the order that it is about (`null`: new), and after it. */
export interface Applied {
  readonly vmcNo: number;
  readonly before: MachineState | null;
  readonly after: MachineState;
  /** Orders it opened or changed. */
  readonly orders: readonly Order[];
}

const none: readonly Order[] = [];

export class Fleet {
  readonly #machines = new Map<number, MachineState>();
  readonly #connections = new Map<number, Writable<ConnectionState>>();
  readonly #orders = new KnownOrders();
  readonly #options: Required<FleetOptions>;
  /** Those that are offline, by when they went. */
  readonly #offline = new Set<number>();
  /** There may be one too many. */
  #isGrown = false;

  constructor({
    onForgotten = () => undefined,
    isKnown = () => false,
    kept = usuallyKept,
  }: FleetOptions = {}) {
    this.#options = { onForgotten, isKnown, kept };
  }

  get machines(): ReadonlyMap<number, MachineState> {
    return this.#machines;
  }

  /** Open connections. */
  get connections(): ReadonlyMap<number, ConnectionState> {
    return this.#connections;
  }

  machine(vmcNo: number | null): MachineState | null {
    return vmcNo === null ? null : (this.#machines.get(vmcNo) ?? null);
  }

  /** The machine as known before a message, with the order that it is about. */
  machineBefore(vmcNo: number | null, body: FrameEntry['message']['body']): MachineState | null {
    const machine = this.machine(vmcNo);
    return machine === null ? null : this.#orders.recall(machine, body, Infinity);
  }

  /** Orders of earlier runs, oldest first. */
  restoreOrders(orders: readonly KnownOrder[]): void {
    for (const order of orders) this.#orders.remember(order.vmcNo, order);
  }

  /** The journal has let go of everything up to this entry. */
  forgetOrdersThrough(last: number): void {
    this.#orders.forgetThrough(last);
  }

  /** Restores a machine's state from an earlier run, and its connection. */
  restore(machine: MachineState): void {
    this.#set(machine);
    const { link, vmcNo } = machine;
    if (link.status !== 'online' || this.#connections.has(link.conn)) return;
    const { conn, peer, since } = link;
    this.#connections.set(conn, { conn, peer, since, vmcNo, bytesIn: 0, lastHeard: -Infinity });
  }

  /** Applies one entry; `null`: it is of no machine, or of one that is forgotten by now. */
  apply(entry: Entry): Applied | null {
    // A damaged record proves nothing; its connection begins and ends all the same.
    if (entry.damaged === true && entry.kind !== 'opened' && entry.kind !== 'closed') return null;
    if (isOfMachine(entry)) return this.#ofMachine(entry);
    if (entry.kind === 'opened') {
      const { conn, peer, at } = entry;
      this.#connections.set(conn, {
        conn,
        peer,
        since: at,
        vmcNo: entry.vmcNo,
        bytesIn: 0,
        lastHeard: -Infinity,
      });
    }
    const connection = this.#connections.get(entry.conn);
    if (connection === undefined) return null;
    const vmcNo = entry.vmcNo ?? connection.vmcNo;
    const named = connection.vmcNo;
    // Changed in place, because a copy for every frame would cost more than the rest of this function.
    connection.vmcNo = vmcNo;
    if (entry.kind === 'closed') this.#connections.delete(entry.conn);
    else if (isHeard(entry)) {
      connection.bytesIn += entry.bytes.length;
      connection.lastHeard = entry.at;
    }
    if (vmcNo === null) return null;
    if (named !== null && named !== vmcNo) this.#takeOffConnection(named, entry);
    const known = this.machine(vmcNo);
    const before =
      known === null || entry.kind !== 'frame'
        ? known
        : this.#orders.recall(known, entry.message.body, entry.id);
    const machine =
      before === null
        ? newMachine(vmcNo, connection)
        : onConnection(before, connection, entry, named !== vmcNo);
    const current = machine.link.status === 'online' && machine.link.conn === entry.conn;
    const after = foldMachine(machine, entry, current, connection.peer.relay?.is ?? null);
    const toRemember = changedOrders(known, after);
    for (const order of toRemember)
      this.#orders.remember(vmcNo, order, orderOf(known?.orders ?? none, order.orderNo));
    const orders = before === known ? toRemember : changedOrders(before, after);
    if (known?.link === after.link && !this.#isGrown) {
      // Nearly always, and for each frame: it stays where it is in every list.
      this.#machines.set(vmcNo, after);
      return { vmcNo, before, after, orders };
    }
    this.#set(after);
    if (this.#isGrown) this.keepWithin();
    return this.#machines.has(vmcNo) ? { vmcNo, before, after, orders } : null;
  }

  /** A person's word about a machine, which no connection has said. */
  #ofMachine(entry: Entry): Applied | null {
    const before = this.machine(entry.vmcNo);
    if (before === null) return null;
    const after = foldMachine(before, entry, false);
    this.#set(after);
    return { vmcNo: before.vmcNo, before, after, orders: changedOrders(before, after) };
  }

  /** Time passes. */
  settle(vmcNo: number, now: number): void {
    const machine = this.#machines.get(vmcNo);
    if (machine !== undefined) this.#set(settledMachine(machine, now));
  }

  #set(machine: MachineState): void {
    const { vmcNo, link } = machine;
    const before = this.#machines.size + this.#offline.size;
    this.#machines.set(vmcNo, machine);
    if (link.status === 'online') this.#offline.delete(vmcNo);
    else this.#offline.add(vmcNo);
    this.#isGrown ||= this.#machines.size + this.#offline.size > before;
  }

  /**
   * Forgets offline machines where there are too many, the one that went first before others; none that a person knows, and one with
   * active errors only where all that are kept have some: then the one first heard of last, so that made-up ones don't push out what was
   * there before, whenever that went.
   */
  keepWithin(): void {
    const { kept, onForgotten } = this.#options;
    this.#isGrown = false;
    while (this.#machines.size > kept) {
      const machine = this.machine(this.#leastWanted());
      if (machine === null || (machine.errors.length > 0 && this.#offline.size <= kept)) return;
      this.forget(machine.vmcNo);
      onForgotten(machine);
    }
  }

  #leastWanted(): number | null {
    const { isKnown } = this.#options;
    for (const vmcNo of this.#offline) {
      if (!isKnown(vmcNo) && this.machine(vmcNo)?.errors.length === 0) return vmcNo;
    }
    let newest: number | null = null;
    // In the order in which they were first heard of.
    for (const vmcNo of this.#machines.keys()) {
      if (this.#offline.has(vmcNo) && !isKnown(vmcNo)) newest = vmcNo;
    }
    return newest;
  }

  /** Marks the former machine of a connection offline after a login under another number. */
  #takeOffConnection(vmcNo: number, entry: Entry): void {
    const machine = this.#machines.get(vmcNo);
    if (machine?.link.status !== 'online' || machine.link.conn !== entry.conn) return;
    this.#set({ ...machine, link: linkGone(machine.link, entry.at, 'replaced') });
  }

  /** Takes an offline machine off the list. */
  forget(vmcNo: number): void {
    this.#machines.delete(vmcNo);
    this.#offline.delete(vmcNo);
  }
}

/** `isNew`: the connection had not named this machine before. */
function onConnection(
  machine: MachineState,
  connection: ConnectionState,
  entry: Entry,
  isNew: boolean,
): MachineState {
  // The connection names itself for the first time: the machine is on it from now on.
  if (isNew && entry.kind !== 'closed') return reconnected(machine, connection, entry.at);
  // A newer connection of it has ended, and it speaks on this one, which was left standing.
  return machine.link.status === 'offline' && isSaid(entry) ? backOn(machine, connection) : machine;
}
