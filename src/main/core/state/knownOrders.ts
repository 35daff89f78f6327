/**
 * The numbers of all orders of every machine. A machine's state has only its last orders, but a stored order may return after hundreds of
 * others, days later [field]. The journal has the other facts about such an order and merges both.
 */
import { isLongNumber, shortNumber } from '#shared/messages/longest';
import type { FrameEntry } from '#shared/model/frame';
import type { KnownOrder } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import { madeUpNumber, orderOf, type Order } from '#shared/model/order';
import { withChanges } from './copies';
import { added, newOrder } from './orders';

/**
 * [ours] Takes 70 MB in Electron, or 115 MB if each order belongs to another machine (in Node 110 and 200 MB).
 * Beyond the limit the oldest orders are dropped here; the journal still has them.
 */
export const ordersRemembered = 500_000;
/** Sample size to find the oldest orders: enough to determine about a hundredth of them. */
const sampled = 5_000;

type Body = FrameEntry['message']['body'];
type Facts = Omit<KnownOrder, 'vmcNo' | 'orderNo'>;

/** The machine with the order that a message is about, and the entry that opened the order; -1: nothing was recalled. */
interface Recalled {
  readonly machine: MachineState;
  readonly body: Body;
  readonly entry: number;
  readonly found: MachineState;
}

const isSame = (a: Facts, b: Facts): boolean =>
  a.entry === b.entry && a.at === b.at && a.doneTimes === b.doneTimes && a.lastDone === b.lastDone;

/** Earlier versions recorded numbers in full length. */
const keyOf = (orderNo: string): string => (isLongNumber(orderNo) ? shortNumber(orderNo) : orderNo);

export class KnownOrders {
  /**
   * By machine, then by number, in the order of the opening entries.
   * A combined key would need string concatenation for every frame of an order.
   */
  readonly #machines = new Map<number, Map<string, Facts>>();
  readonly #kept: number;
  #size = 0;
  /** The last result: a message of a capture is first checked, then folded. */
  #last: Recalled | null = null;

  constructor(kept = ordersRemembered) {
    this.#kept = kept;
  }

  /** `before`: the previous facts, if known. They are mostly the same. */
  remember(vmcNo: number, order: Facts & Pick<KnownOrder, 'orderNo'>, before?: Facts): void {
    if (before !== undefined && isSame(order, before)) return;
    const { entry, at, doneTimes, lastDone } = order;
    const orderNo = keyOf(order.orderNo);
    this.#last = null;
    let orders = this.#machines.get(vmcNo);
    if (orders === undefined) this.#machines.set(vmcNo, (orders = new Map<string, Facts>()));
    const known = orders.size;
    orders.set(orderNo, { entry, at, doneTimes, lastDone });
    this.#size += orders.size - known;
    if (this.#size > this.#kept) this.#forgetOldest();
  }

  /** The journal has deleted everything up to this entry. */
  forgetThrough(last: number): void {
    this.#forget(last, false);
  }

  /** Drops about a hundredth at a time, because the search for the oldest takes about 20 ms. */
  #forgetOldest(): void {
    const every = Math.ceil(this.#size / sampled);
    const entries: number[] = [];
    let count = 0;
    for (const orders of this.#machines.values())
      for (const { entry } of orders.values()) {
        if (count % every === 0) entries.push(entry);
        count += 1;
      }
    entries.sort((a, b) => a - b);
    this.#forget(entries[Math.floor(entries.length / 100)] ?? 0, true);
  }

  /** `all`: also orders behind newer ones, which were dropped here and reported again. */
  #forget(last: number, all: boolean): void {
    this.#last = null;
    for (const [vmcNo, orders] of this.#machines) {
      for (const [orderNo, { entry }] of orders) {
        if (entry <= last) {
          orders.delete(orderNo);
          this.#size -= 1;
        } else if (!all) break;
      }
      if (orders.size === 0) this.#machines.delete(vmcNo);
    }
  }

  /** Adds the order that this message is about, if the machine's state no longer has it. `entry`: number of the message's entry. */
  recall(machine: MachineState, body: Body, entry: number): MachineState {
    const last = this.#last;
    if (last?.body === body && last.machine === machine && last.entry < entry) return last.found;
    const known = this.#dropped(machine, body);
    // After a crash entries are folded again: later facts are not known yet.
    if (known !== null && known.entry >= entry) return machine;
    const found = known === null ? machine : withChanges(machine, { orders: added(machine.orders, known) });
    this.#last = { machine, body, entry: known?.entry ?? -1, found };
    return found;
  }

  /** The order that this message is about, if the machine's state no longer has it. */
  #dropped({ vmcNo, orders }: MachineState, body: Body): Order | null {
    const orderNo = orderNoOf(body);
    if (orderNo === null || orderOf(orders, orderNo) !== undefined) return null;
    const known = this.#machines.get(vmcNo)?.get(keyOf(orderNo));
    if (known === undefined) return null;
    const { entry: id, at } = known;
    return Object.assign(newOrder(orderNo, { id, at }), known, { isWhole: false });
  }
}

/** Optional members of bodies. Reading them unchecked is cheaper than testing for them, and happens for every frame. */
interface MayBeOfOrder {
  readonly cmd: string;
  readonly orderNo?: string | null;
  readonly timestamp?: unknown;
  readonly productId?: number | null;
}

function orderNoOf(body: Body): string | null {
  const { orderNo }: MayBeOfOrder = body;
  if (orderNo === undefined) return null;
  if (orderNo !== null) return orderNo;
  // A drink that was reported without a number.
  const { timestamp, productId }: MayBeOfOrder = body;
  return productId !== undefined && typeof timestamp === 'string'
    ? madeUpNumber(timestamp, productId, 0)
    : null;
}
