/** All machines and connections: the fold over the whole journal. No IO; the same class serves live traffic and replays. */
import type { MachineState } from '#shared/model/machine';
import type { Entry, FrameEntry } from '#shared/model/frame';
import type { KnownOrder } from '#shared/model/history';
import { KnownOrders } from './knownOrders';
import { orderChanges } from './orders';
import { foldMachine, newMachine, reconnected, settledMachine, type ConnectionFacts } from './machine';

export interface ConnectionState extends ConnectionFacts {
  /** `null` until a message has named the machine. */
  readonly vmcNo: number | null;
  readonly bytesIn: number;
  /** When something came on it last (ms); `null`: nothing has. */
  readonly lastHeard: number | null;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** Machines kept; beyond it the ones that went offline first are forgotten (whoever connects can make up numbers). */
const machinesKept = 10_000;

export class Fleet {
  readonly #machines = new Map<number, MachineState>();
  readonly #connections = new Map<number, Writable<ConnectionState>>();
  readonly #orders = new KnownOrders();
  readonly #onForgotten: (machine: MachineState) => void;

  /** `onForgotten`: there were too many, and nobody asked for it. */
  constructor(onForgotten: (machine: MachineState) => void = () => undefined) {
    this.#onForgotten = onForgotten;
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

  /** The machine as known before a message, with the order that it is about. `entry`: of the message, where it has one. */
  machineBefore(
    vmcNo: number | null,
    body: FrameEntry['message']['body'],
    entry = Infinity,
  ): MachineState | null {
    const machine = this.machine(vmcNo);
    return machine === null ? null : this.#orders.recall(machine, body, entry);
  }

  /** Orders of earlier runs, oldest first. */
  restoreOrders(orders: readonly KnownOrder[]): void {
    for (const order of orders) this.#orders.remember(order);
  }

  /** The journal has let go of everything up to this entry. */
  forgetOrdersThrough(last: number): void {
    this.#orders.forgetThrough(last);
  }

  /** The machine of an entry: its own, or that of its connection. */
  machineOf(entry: Entry): number | null {
    return entry.vmcNo ?? this.#connections.get(entry.conn)?.vmcNo ?? null;
  }

  /** Restores a machine's state from an earlier run, and its connection. */
  restore(machine: MachineState): void {
    this.#machines.set(machine.vmcNo, machine);
    const { link, vmcNo } = machine;
    if (link.status !== 'online') return;
    const { conn, peer, since } = link;
    this.#connections.set(conn, { conn, peer, since, vmcNo, bytesIn: 0, lastHeard: null });
  }

  /** Applies one entry and names the machine that changed. */
  apply(entry: Entry): number | null {
    if (entry.kind === 'opened') {
      const { conn, peer, at } = entry;
      this.#connections.set(conn, { conn, peer, since: at, vmcNo: entry.vmcNo, bytesIn: 0, lastHeard: null });
    }
    const connection = this.#connections.get(entry.conn);
    if (connection === undefined) return null;
    const vmcNo = entry.vmcNo ?? connection.vmcNo;
    const known = connection.vmcNo;
    // Changed in place, because a copy for every frame would cost more than the rest of this function.
    connection.vmcNo = vmcNo;
    if (entry.kind === 'closed') this.#connections.delete(entry.conn);
    else if (entry.kind === 'junk' || (entry.kind === 'frame' && entry.dir === 'in')) {
      connection.bytesIn += entry.bytes.length;
      connection.lastHeard = entry.at;
    }
    if (vmcNo === null) return null;
    if (known !== null && known !== vmcNo) this.#takeOffConnection(known, entry);
    const after = this.#foldInto(vmcNo, connection, entry, known !== vmcNo);
    for (const order of orderChanges(this.machine(vmcNo), after)) this.#orders.remember(order);
    this.#machines.set(vmcNo, after);
    if (this.#machines.size > machinesKept) this.#forgetOldest();
    return vmcNo;
  }

  /** `isNew`: the connection had not named this machine before. */
  #foldInto(vmcNo: number, connection: ConnectionState, entry: Entry, isNew: boolean): MachineState {
    let machine = this.#machines.get(vmcNo);
    if (machine === undefined) machine = newMachine(vmcNo, connection);
    // The connection names itself for the first time: the machine is on it from now on.
    else if (isNew && entry.kind !== 'closed') machine = reconnected(machine, connection);
    const current = machine.link.status === 'online' && machine.link.conn === entry.conn;
    if (entry.kind === 'frame') machine = this.#orders.recall(machine, entry.message.body, entry.id);
    return foldMachine(machine, entry, current);
  }

  /** Time passes. */
  settle(vmcNo: number, now: number): void {
    const machine = this.#machines.get(vmcNo);
    if (machine !== undefined) this.#machines.set(vmcNo, settledMachine(machine, now));
  }

  #forgetOldest(): void {
    for (const machine of this.#machines.values()) {
      if (machine.link.status === 'online') continue;
      this.#machines.delete(machine.vmcNo);
      return this.#onForgotten(machine);
    }
  }

  /** Marks the former machine of a connection offline after a login under another number. */
  #takeOffConnection(vmcNo: number, entry: Entry): void {
    const machine = this.#machines.get(vmcNo);
    if (machine?.link.status !== 'online' || machine.link.conn !== entry.conn) return;
    this.#machines.set(vmcNo, {
      ...machine,
      link: { status: 'offline', since: entry.at, reason: 'replaced' },
    });
  }

  /** Takes an offline machine off the list. */
  forget(vmcNo: number): void {
    this.#machines.delete(vmcNo);
  }
}
