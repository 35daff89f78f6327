/**
 * The numbers of all orders, of every machine: a machine's state has the last of them only, and a stored order may come again after
 * hundreds of others, days later [field]. What more is to be known of such an order is in the journal, which puts both together.
 */
import type { FrameEntry } from '#shared/model/frame';
import type { KnownOrder } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import { madeUpNumber, orderOf } from '#shared/model/order';
import { added, newOrder } from './orders';

/** [ours] Some 60 MB. Beyond it the ones heard of longest ago are forgotten here; the journal still knows them. */
export const ordersRemembered = 500_000;

type Body = FrameEntry['message']['body'];
type Facts = Omit<KnownOrder, 'vmcNo' | 'orderNo'>;

const isSame = (a: Facts, b: Facts): boolean =>
  a.entry === b.entry && a.at === b.at && a.doneTimes === b.doneTimes && a.lastDone === b.lastDone;

export class KnownOrders {
  /** By machine and number, in the order of the entries that opened them. */
  readonly #orders = new Map<string, Facts>();

  /** `before`: as it was remembered last, where that is known: mostly it says the same. */
  remember(vmcNo: number, order: Facts & Pick<KnownOrder, 'orderNo'>, before?: Facts): void {
    if (before !== undefined && isSame(order, before)) return;
    const { orderNo, entry, at, doneTimes, lastDone } = order;
    this.#orders.set(keyOf(vmcNo, orderNo), { entry, at, doneTimes, lastDone });
    if (this.#orders.size <= ordersRemembered) return;
    for (const oldest of this.#orders.keys()) {
      this.#orders.delete(oldest);
      return;
    }
  }

  /** The journal has let go of everything up to this entry. */
  forgetThrough(last: number): void {
    for (const [key, { entry }] of this.#orders) {
      if (entry > last) return;
      this.#orders.delete(key);
    }
  }

  /** The machine with the order this message is about, where its state had let go of it. `entry`: of the message. */
  recall(machine: MachineState, body: Body, entry: number): MachineState {
    const orderNo = orderNoOf(body);
    if (orderNo === null || orderOf(machine.orders, orderNo) !== undefined) return machine;
    const known = this.#orders.get(keyOf(machine.vmcNo, orderNo));
    // After a crash entries are folded again: what follows later is not known yet.
    if (known === undefined || known.entry >= entry) return machine;
    const { at } = known;
    const order = { ...newOrder(orderNo, { id: known.entry, at }), ...known, isWhole: false };
    return { ...machine, orders: added(machine.orders, order) };
  }
}

const keyOf = (vmcNo: number, orderNo: string): string => `${vmcNo} ${orderNo}`;

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
