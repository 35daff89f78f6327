/**
 * The numbers of all orders, of every machine: a machine's state has the last of them only, and a stored order may come again after
 * hundreds of others, days later [field]. What more is to be known of such an order is in the journal, which puts both together.
 */
import { isLongNumber, shortNumber } from '#shared/messages/longest';
import type { FrameEntry } from '#shared/model/frame';
import type { KnownOrder } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import { madeUpNumber, orderOf, type Order } from '#shared/model/order';
import { added, newOrder } from './orders';

/** [ours] 70 MB in Electron, 115 where each is of another machine (in Node 110 and 200). Beyond it the ones that began longest ago are forgotten here; the journal still knows them. */
export const ordersRemembered = 500_000;
/** Looked at to find out which are the oldest: enough to tell about a hundredth of them. */
const sampled = 5_000;

type Body = FrameEntry['message']['body'];
type Facts = Omit<KnownOrder, 'vmcNo' | 'orderNo'>;

/** The machine with the order that a message is about, and the entry that opened it; -1: there was nothing to recall. */
interface Recalled {
  readonly machine: MachineState;
  readonly body: Body;
  readonly entry: number;
  readonly found: MachineState;
}

const isSame = (a: Facts, b: Facts): boolean =>
  a.entry === b.entry && a.at === b.at && a.doneTimes === b.doneTimes && a.lastDone === b.lastDone;

/** An earlier version recorded numbers as long as they came. */
const keyOf = (orderNo: string): string => (isLongNumber(orderNo) ? shortNumber(orderNo) : orderNo);

export class KnownOrders {
  /** By machine, then by number, in the order of the entries that opened them. One text of both would have to be put together for every frame of an order. */
  readonly #machines = new Map<number, Map<string, Facts>>();
  readonly #kept: number;
  #size = 0;
  /** What was recalled last: a message of a capture is judged first and folded then. */
  #last: Recalled | null = null;

  constructor(kept = ordersRemembered) {
    this.#kept = kept;
  }

  /** `before`: as it was remembered last, where that is known: mostly it says the same. */
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

  /** The journal has let go of everything up to this entry. */
  forgetThrough(last: number): void {
    this.#forget(last, false);
  }

  /** About a hundredth at once: to look for the oldest of so many takes some 20 ms. */
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

  /** `all`: also those that stand behind newer ones, as they were forgotten here and told of again. */
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

  /** The machine with the order this message is about, where its state had let go of it. `entry`: of the message. */
  recall(machine: MachineState, body: Body, entry: number): MachineState {
    const last = this.#last;
    if (last?.body === body && last.machine === machine && last.entry < entry) return last.found;
    const known = this.#letGoOf(machine, body);
    // After a crash entries are folded again: what follows later is not known yet.
    if (known !== null && known.entry >= entry) return machine;
    const found = known === null ? machine : { ...machine, orders: added(machine.orders, known) };
    this.#last = { machine, body, entry: known?.entry ?? -1, found };
    return found;
  }

  /** The order this message is about, where the machine's state has let go of it. */
  #letGoOf({ vmcNo, orders }: MachineState, body: Body): Order | null {
    const orderNo = orderNoOf(body);
    if (orderNo === null || orderOf(orders, orderNo) !== undefined) return null;
    const known = this.#machines.get(vmcNo)?.get(keyOf(orderNo));
    if (known === undefined) return null;
    const { entry: id, at } = known;
    return { ...newOrder(orderNo, { id, at }), ...known, isWhole: false };
  }
}

/** Members that bodies may have, read without asking whether they are there: that costs more, and is asked of every frame. */
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
  // A drink that was told without a number.
  const { timestamp, productId }: MayBeOfOrder = body;
  return productId !== undefined && typeof timestamp === 'string'
    ? madeUpNumber(timestamp, productId, 0)
    : null;
}
