/** Copies for every frame, member by member: a spread of so many members takes ten times as long (0.4 µs, measured). */
import type { FrameEntry } from '#shared/model/frame';
import type { OrderRecord } from '#shared/model/history';
import type { MachineState } from '#shared/model/machine';
import type { Order } from '#shared/model/order';

/** A value that no other code has seen yet. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A shallow copy that the caller may change. */
export function copyOf(machine: MachineState): Writable<MachineState> {
  return {
    vmcNo: machine.vmcNo,
    link: machine.link,
    platform: machine.platform,
    login: machine.login,
    sign: machine.sign,
    proved: machine.proved,
    head: machine.head,
    sequence: machine.sequence,
    lastHeard: machine.lastHeard,
    lastSent: machine.lastSent,
    heartbeat: machine.heartbeat,
    minutes: machine.minutes,
    minute: machine.minute,
    ended: machine.ended,
    loginAnswer: machine.loginAnswer,
    door: machine.door,
    cupBlocked: machine.cupBlocked,
    locked: machine.locked,
    errors: machine.errors,
    closed: machine.closed,
    supplies: machine.supplies,
    orders: machine.orders,
    lastDrink: machine.lastDrink,
    logins: machine.logins,
    brews: machine.brews,
    findings: machine.findings,
    discount: machine.discount,
    repricings: machine.repricings,
    restart: machine.restart,
    upgradesSent: machine.upgradesSent,
    taken: machine.taken,
    rinses: machine.rinses,
    clock: machine.clock,
    counts: machine.counts,
    connections: machine.connections,
    connected: machine.connected,
  };
}

/** The machine with changes. Every machine gets the same V8 shape, because code that meets many shapes stays slow. */
export const withChanges = (machine: MachineState, changes: Partial<MachineState>): MachineState =>
  Object.assign(copyOf(machine), changes);

/** A shallow copy that the caller may change. */
export function copyOfOrder(order: Order): Writable<Order> {
  const copy = usualMembers(order);
  copyRare(order, copy);
  return copy;
}

/** The journal's record of an order. */
export function recordOf(order: Order, vmcNo: number, isVirtual: boolean): OrderRecord {
  const record: Writable<OrderRecord> = Object.assign(usualMembers(order), { vmcNo, isVirtual });
  copyRare(order, record);
  return record;
}

const usualMembers = (order: Order): Writable<Order> => ({
  orderNo: order.orderNo,
  entry: order.entry,
  at: order.at,
  heardAt: order.heardAt,
  isWhole: order.isWhole,
  productId: order.productId,
  productName: order.productName,
  amount: order.amount,
  payType: order.payType,
  qrType: order.qrType,
  asked: order.asked,
  checked: order.checked,
  qr: order.qr,
  answered: order.answered,
  told: order.told,
  payment: order.payment,
  acknowledged: order.acknowledged,
  done: order.done,
  state: order.state,
  failReason: order.failReason,
  recipe: order.recipe,
  parts: order.parts,
  consumed: order.consumed,
  used: order.used,
  doneTimes: order.doneTimes,
  lastDone: order.lastDone,
  lastDoneAt: order.lastDoneAt,
});

function copyRare(order: Order, copy: Writable<Order>): void {
  if (order.untold !== undefined) copy.untold = order.untold;
  if (order.paidByServer !== undefined) copy.paidByServer = order.paidByServer;
  if (order.ordered !== undefined) copy.ordered = order.ordered;
}

/** The entry of a frame. All frames have the same members in the same order: code that meets many shapes stays slow in V8. */
export const frameEntry = (
  frame: Omit<FrameEntry, 'id' | 'text' | 'message'>,
  id: number,
  { text, message }: Pick<FrameEntry, 'text' | 'message'>,
): Writable<FrameEntry> => ({
  kind: 'frame',
  id,
  at: frame.at,
  conn: frame.conn,
  vmcNo: frame.vmcNo,
  dir: frame.dir,
  head: frame.head,
  sequence: frame.sequence,
  bytes: frame.bytes,
  bodyStart: frame.bodyStart,
  text,
  message,
  findings: frame.findings,
});
