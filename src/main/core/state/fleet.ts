/** All machines and connections: the fold over the whole journal. No IO; the same class serves live traffic and replays. */
import type { MachineState } from '#shared/model/machine';
import { directionOf, type Entry, type FrameEntry, type JunkEntry } from '#shared/model/frame';
import type { KnownOrder } from '#shared/model/history';
import { orderOf, type Order } from '#shared/model/order';
import { isWord } from '#shared/model/relayed';
import { isOfMachine } from './closings';
import { copyOf, withChanges, type Writable } from './copies';
import { KnownOrders, ordersRemembered } from './knownOrders';
import { changedOrders } from './orders';
import {
  resumedOn,
  foldMachine,
  newMachine,
  reconnected,
  settledMachine,
  type ConnectionFacts,
} from './machine';
import { linkGone } from '#shared/model/machineLink';

export interface ConnectionState extends ConnectionFacts {
  /** `null` until a message has contained the machine's number. */
  readonly vmcNo: number | null;
  readonly bytesIn: number;
  /** Time of the last received data (ms); `-Infinity`: none. Always a number, so that V8 can overwrite it in place. */
  readonly lastHeard: number;
}

const isFromMachine = (entry: Entry): boolean =>
  entry.kind === 'frame' && entry.dir === 'in' && isWord(entry);
/** Whether the machine sent the entry's bytes. */
const isHeard = (entry: Entry): entry is FrameEntry | JunkEntry =>
  isFromMachine(entry) || (entry.kind === 'junk' && directionOf(entry) === 'in');

/** Limit of machines, because clients can make up numbers. Online machines and those that a person knows stay in any case. */
const usuallyKept = 10_000;

export interface FleetOptions {
  /** Called for a machine that was dropped because of the limit. */
  readonly onForgotten?: (machine: MachineState) => void;
  /** A person knows the machine (it has a name, or a command waits), so it is never dropped. */
  readonly isKnown?: (vmcNo: number) => boolean;
  readonly kept?: number;
  /** Orders that are remembered. */
  readonly orders?: number;
}

/** The effect of one entry. `before`: the machine's state with the order that the entry is about; `null`: new machine. */
export interface Applied {
  readonly vmcNo: number;
  readonly before: MachineState | null;
  readonly after: MachineState;
  /** Orders that it opened or changed. */
  readonly orders: readonly Order[];
  /** The machine that is offline because its connection took another number; `null`: none. */
  readonly replaced: number | null;
}

const none: readonly Order[] = [];

export class Fleet {
  readonly #machines = new Map<number, MachineState>();
  readonly #connections = new Map<number, Writable<ConnectionState>>();
  readonly #orders: KnownOrders;
  readonly #options: Required<Omit<FleetOptions, 'orders'>>;
  /** Offline machines in the order in which they went offline. */
  readonly #offline = new Set<number>();
  /** The limit may be exceeded. */
  #isGrown = false;

  constructor({
    onForgotten = () => undefined,
    isKnown = () => false,
    kept = usuallyKept,
    orders = ordersRemembered,
  }: FleetOptions = {}) {
    this.#options = { onForgotten, isKnown, kept };
    this.#orders = new KnownOrders(orders);
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

  /** The machine's state before a message, with the order that the message is about. */
  machineBefore(vmcNo: number | null, body: FrameEntry['message']['body']): MachineState | null {
    const machine = this.machine(vmcNo);
    return machine === null ? null : this.#orders.recall(machine, body, Infinity);
  }

  /** Orders of earlier launches, oldest first. */
  restoreOrders(orders: readonly KnownOrder[]): void {
    for (const order of orders) this.#orders.remember(order.vmcNo, order);
  }

  /** The journal has deleted everything up to this entry. */
  forgetOrdersThrough(last: number): void {
    this.#orders.forgetThrough(last);
  }

  /** Restores a machine's state and its connection from an earlier launch. */
  restore(machine: MachineState): void {
    this.#set(copyOf(machine));
    const { link, vmcNo } = machine;
    if (link.status !== 'online' || this.#connections.has(link.conn)) return;
    const { conn, peer, since } = link;
    this.#connections.set(conn, { conn, peer, since, vmcNo, bytesIn: 0, lastHeard: -Infinity });
  }

  /** Applies one entry. `null`: no machine, or a machine that is no longer kept. */
  apply(entry: Entry): Applied | null {
    // A damaged record proves nothing, but its connection still begins and ends.
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
    const replaced = named !== null && named !== vmcNo ? this.#takeOffConnection(named, entry) : null;
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
      // Nearly always, and for each frame: its position in every list stays the same.
      this.#machines.set(vmcNo, after);
      return { vmcNo, before, after, orders, replaced };
    }
    this.#set(after);
    if (this.#isGrown) this.keepWithin();
    return this.#machines.has(vmcNo) ? { vmcNo, before, after, orders, replaced } : null;
  }

  /** Applies an entry about a machine that is independent of its connections. */
  #ofMachine(entry: Entry): Applied | null {
    const before = this.machine(entry.vmcNo);
    if (before === null) return null;
    const after = foldMachine(before, entry, false);
    this.#set(after);
    return { vmcNo: before.vmcNo, before, after, orders: changedOrders(before, after), replaced: null };
  }

  /** Applies the passage of time to a machine. */
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
   * Drops offline machines above the limit, the one offline for longest first. Machines that a person knows stay. Machines with active
   * errors go last, and of them the newest first, so that made-up numbers do not displace older machines.
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
    // In order of their first entry.
    for (const vmcNo of this.#machines.keys()) {
      if (this.#offline.has(vmcNo) && !isKnown(vmcNo)) newest = vmcNo;
    }
    return newest;
  }

  /** Marks the former machine of a connection offline after a login under another number. `null`: it has left the connection already. */
  #takeOffConnection(vmcNo: number, entry: Entry): number | null {
    const machine = this.#machines.get(vmcNo);
    if (machine?.link.status !== 'online' || machine.link.conn !== entry.conn) return null;
    this.#set(withChanges(machine, { link: linkGone(machine.link, entry.at, 'replaced') }));
    return vmcNo;
  }

  /** Removes an offline machine from the list. */
  forget(vmcNo: number): void {
    this.#machines.delete(vmcNo);
    this.#offline.delete(vmcNo);
  }
}

/** `isNew`: the connection did not belong to this machine before. */
function onConnection(
  machine: MachineState,
  connection: ConnectionState,
  entry: Entry,
  isNew: boolean,
): MachineState {
  // The first message with this number on the connection: the machine is on this connection now.
  if (isNew && entry.kind !== 'closed') return reconnected(machine, connection, entry.at);
  // A newer connection of the machine ended, and the machine uses the older one, which had stayed open.
  return machine.link.status === 'offline' && isFromMachine(entry) ? resumedOn(machine, connection) : machine;
}
