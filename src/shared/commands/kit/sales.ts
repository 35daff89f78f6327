/** What a machine's sales say about commands: drinks made, and amounts that are asked for. */
import type { MachineState } from '../../model/machine';
import { confirmed, step, type BodyNamed, type failed, type Verdict } from './verdict';

type Ended = typeof failed;

/** `whenFailed`, `whenMade`: what it means for the command that no drink came out, or that one did. */
export function drinkDone(
  { productId, orderNo, isOk, failReason }: BodyNamed<'productdone'>,
  whenFailed: Ended,
  whenMade: Ended = confirmed,
): Verdict<'drinkMade' | 'drinkFailed'> {
  const order = { productId: productId ?? 0, orderNo: orderNo ?? '' };
  return isOk === true
    ? whenMade('drinkMade', order)
    : whenFailed('drinkFailed', { ...order, reason: failReason ?? '' });
}

/** Whether the machine asked for this order before: it repeats questions. */
export const isAskedAgain = (before: MachineState | null, orderNo: string | null): boolean =>
  before?.orders.some((order) => order.orderNo === orderNo && order.qrType !== null) ?? false;

interface Amount {
  readonly productId: number;
  readonly amount: number;
  readonly expected: number;
  /** fen: a rounded percentage may be one off. */
  readonly tolerance: number;
  /** Products whose amount must still be seen, this one included if it is among them. */
  readonly awaited: readonly number[];
}
export function amountAsked({
  productId,
  amount,
  expected,
  tolerance,
  awaited,
}: Amount): Verdict<'amountSeen' | 'amountDiffers'> {
  if (Math.abs(amount - expected) > tolerance) return step('amountDiffers', { productId, amount, expected });
  const rest = awaited.filter((id) => id !== productId);
  return (rest.length === 0 ? confirmed : step)('amountSeen', { productId, amount }, { awaited: rest });
}

const failedWords: ReadonlySet<string> = new Set(['0', 'false', 'fail', 'failed', 'error']);
const doneWords: ReadonlySet<string> = new Set(['1', 'true', 'ok', 'success']);

/** What the `status` of a machine's answer means [field]; none says no more than that it heard. `null`: nobody knows. */
export function outcomeOf(status: string | null): 'done' | 'failed' | null {
  const word = status?.toLowerCase() ?? null;
  if (word === null || doneWords.has(word)) return 'done';
  return failedWords.has(word) ? 'failed' : null;
}
