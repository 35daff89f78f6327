/** Payment rehearsal modes with an automatic payment result: its time and its content. */
import { rowOf } from '#shared/commands/kit/rows';
import type { MachineConfig, MachineState } from '#shared/model/machine';
import type { MachineMessage, WireMessage } from '#shared/model/message';
import { orderOf, type Order } from '#shared/model/order';

/** [ours] ms from the QR text to an immediate result. Nobody scans faster, and every QR text is sent by then. */
const scanTime = 3_000;

interface Due {
  /** The order number. */
  readonly about: string;
  readonly at: number;
}

const isOpen = ({ payment, done, doneTimes }: Order): boolean =>
  payment === null && done === null && doneTimes === 0;

/** The time to send the payment result of a machine's order; `null`: no automatic result. */
export function paymentDue(
  message: MachineMessage,
  { qrAnswers, payDelay }: MachineConfig,
  machine: MachineState | null,
  now: number,
): Due | null {
  if (qrAnswers !== 'approve' && qrAnswers !== 'decline' && qrAnswers !== 'delay') return null;
  if ((message.cmd !== 'qrcode' && message.cmd !== 'checkorder') || message.orderNo === null) return null;
  const order = orderOf(machine?.orders ?? [], message.orderNo);
  // An unknown order has no price and got no QR text.
  if (order === undefined ? message.cmd === 'checkorder' : !isOpen(order)) return null;
  const wait = qrAnswers === 'delay' ? payDelay * 1000 : scanTime;
  return { about: message.orderNo, at: Math.max(now, Math.min(now, order?.answered?.at ?? now) + wait) };
}

interface Rehearsed {
  readonly vmcNo: number;
  readonly config: MachineConfig;
  readonly machine: MachineState | null;
  readonly paymentTypes: readonly string[];
}

/** The payment result to send now; `null`: the order is decided or over, or the mode has changed. */
export function rehearsedPayment(
  orderNo: string,
  { vmcNo, config, machine, paymentTypes }: Rehearsed,
): WireMessage | null {
  const { qrAnswers: mode } = config;
  if (mode !== 'approve' && mode !== 'decline' && mode !== 'delay') return null;
  const order = orderOf(machine?.orders ?? [], orderNo);
  if (order === undefined || !order.isWhole || !isOpen(order)) return null;
  const { qrType, qr, amount, productId } = order;
  const isAny = qrType === null || qrType.toLowerCase() === 'all';
  const payType = (isAny ? (Object.keys(qr)[0] ?? paymentTypes[0]) : qrType) ?? 'qr_pay';
  // The same frames as for a result that a person sends.
  const frames = rowOf('payResult').wire(
    {
      orderNo,
      amount: amount ?? 0,
      paid: mode !== 'decline',
      payType,
      ...(productId !== null && { productId }),
    },
    {
      vmcNo,
      platform: config.platform ?? machine?.platform ?? null,
      sessionId: '',
      upgradeDir: '',
      upgradeType: null,
    },
  );
  return frames[0] ?? null;
}
