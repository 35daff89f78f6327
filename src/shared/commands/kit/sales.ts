/** What a machine's sales say about commands: drinks made, and amounts that are asked for. */
import type { MachineState } from '../../model/machine';
import { weigh } from './pricing';
import { confirmed, notMine, step, type About, type BodyNamed, type failed, type Verdict } from './verdict';

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
const isAskedAgain = (before: MachineState | null, orderNo: string | null): boolean =>
  before?.orders.some((order) => order.orderNo === orderNo && order.qrType !== null) ?? false;

/** A machine asks for the payment of a product, and what that says about prices or a discount that were sent with this command. */
export function amountAsked(
  { productId, amount, orderNo }: BodyNamed<'qrcode'>,
  { command: { steps, awaited, platform }, before }: Pick<About<unknown>, 'command' | 'before'>,
): Verdict<'amountSeen' | 'amountDiffers' | 'amountUnclear'> {
  if (before === null || productId === null || amount === null || isAskedAgain(before, orderNo))
    return notMine;
  const sent = new Set(steps.flatMap(({ what, entry }) => (what === 'sent' ? [entry] : [])));
  const machine = platform === null ? before : { ...before, platform };
  const weighed = before.repricings
    .filter(({ entry }) => sent.has(entry))
    .flatMap((change) => weigh(machine, change, productId, amount) ?? [])
    .at(-1);
  if (weighed === undefined) return notMine;
  switch (weighed.kind) {
    case 'differs':
      return step('amountDiffers', { productId, amount, expected: weighed.expected });
    case 'unclear':
      // The same as before says nothing at all.
      return amount === weighed.earlier ? notMine : step('amountUnclear', { productId, amount });
    case 'shown': {
      const rest = awaited.filter((id) => id !== productId);
      return (rest.length === 0 ? confirmed : step)('amountSeen', { productId, amount }, { awaited: rest });
    }
  }
}

const failedWords: ReadonlySet<string> = new Set(['0', 'false', 'fail', 'failed', 'error']);
const doneWords: ReadonlySet<string> = new Set(['1', 'true', 'ok', 'success']);

/** What the `status` of a machine's answer means [field]; none says no more than that it heard. `null`: nobody knows. */
export function outcomeOf(status: string | null): 'done' | 'failed' | null {
  const word = status?.toLowerCase() ?? null;
  if (word === null || doneWords.has(word)) return 'done';
  return failedWords.has(word) ? 'failed' : null;
}
