/** Evidence of a machine's sales about commands: drinks made, and amounts requested. */
import { wireMoment } from '../../messages/common';
import type { JsonObject } from '../../model/json';
import type { MachineState } from '../../model/machine';
import { momentOf } from '../../model/machineClock';
import { givenUpAt, type GivenCommand } from './given';
import { askedBefore, isDiscountSeen, weigh } from './pricing';
import {
  confirmed,
  notMine,
  step,
  unconfirmable,
  type About,
  type BodyNamed,
  type failed,
  type Verdict,
} from './verdict';

type Ended = typeof failed;

/** `whenFailed`, `whenMade`: the verdict if the drink failed, or was made. */
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

/** Whether the machine has requested this order before: machines repeat questions. */
const isAskedAgain = (before: MachineState | null, orderNo: string | null): boolean =>
  before?.orders.some((order) => order.orderNo === orderNo && order.qrType !== null) ?? false;

/** The last amounts requested for these products, to store with a command that changes prices. */
export const askedOf = (machine: MachineState | null, products: readonly number[]): JsonObject =>
  Object.fromEntries(
    products.flatMap((id) => {
      const asked = askedBefore(machine?.orders ?? [], id, Infinity);
      return asked === null ? [] : [[String(id), asked.amount]];
    }),
  );

/** Whether this amount was the last one requested before the command. */
function wasAsked({ asked }: JsonObject, productId: number, amount: number): boolean {
  const known = new Map(Object.entries(typeof asked === 'object' && asked !== null ? asked : {}));
  return known.get(String(productId)) === amount;
}

/** Whether the customer's order is older than the command: its number begins with the machine's time [field]. */
function isOlder(
  orderNo: string | null,
  { command: { vmcNo, sentAt }, before, at }: About<unknown>,
): boolean {
  const digits = /^(\d{14})(\d+)$/.exec(orderNo ?? '');
  const shown = digits?.[2]?.startsWith(String(vmcNo)) === true ? wireMoment(digits[1] ?? '') : null;
  const made = shown === null ? null : momentOf(before?.clock ?? [], shown, { at });
  return made !== null && sentAt !== null && made.to < sentAt;
}

/** The evidence of a requested payment about the prices or the discount of this command. */
export function amountAsked(
  { productId, amount, orderNo }: BodyNamed<'qrcode'>,
  about: About<unknown>,
): Verdict<'amountSeen' | 'amountDiffers' | 'amountUnclear' | 'amountSame'> {
  const { command, before, facts } = about;
  const { steps, awaited, platform } = command;
  if (before === null || productId === null || amount === null) return notMine;
  if (isAskedAgain(before, orderNo) || isOlder(orderNo, about)) return notMine;
  const sent = new Set(steps.flatMap(({ what, entry }) => (what === 'sent' ? [entry] : [])));
  const machine = platform === null ? before : { ...before, platform };
  const judged = before.repricings
    .filter(({ entry }) => sent.has(entry))
    .flatMap((change) => {
      const weighed = weigh(machine, change, productId, amount);
      return weighed === null ? [] : [{ change, weighed }];
    })
    .at(-1);
  if (judged === undefined) return notMine;
  const { change, weighed } = judged;
  const kind = weighed.kind === 'shown' && wasAsked(facts, productId, amount) ? 'same' : weighed.kind;
  switch (kind) {
    case 'differs':
      return step('amountDiffers', { productId, amount, expected: weighed.expected });
    case 'unclear':
      // The amount is unchanged, so it is not evidence.
      return amount === weighed.earlier ? notMine : step('amountUnclear', { productId, amount });
    case 'same':
      return askedTheSame(command, productId, amount);
    case 'shown': {
      if (change.percent !== null && !isDiscountSeen(machine, change, { productId, amount }))
        return step('amountSeen', { productId, amount });
      const rest = awaited.filter((id) => id !== productId);
      const isOver = givenUpAt(command) === null && areHopeless(rest, command);
      const verdict = rest.length === 0 ? confirmed : isOver ? unconfirmable : step;
      return verdict('amountSeen', { productId, amount }, { awaited: rest });
    }
  }
}

/** Not evidence for this product. If this holds for all remaining products, proof is impossible. Another product proves a discount. */
function askedTheSame(command: GivenCommand, productId: number, amount: number): Verdict<'amountSame'> {
  const { awaited } = command;
  if (!awaited.includes(productId) || givenUpAt(command) !== null) return notMine;
  if (
    areHopeless(
      awaited.filter((id) => id !== productId),
      command,
    )
  )
    return unconfirmable('amountSame', { productId, amount });
  return areHopeless([productId], command) ? notMine : step('amountSame', { productId, amount });
}

/** Whether each of these products was requested with its previous amount. */
function areHopeless(products: readonly number[], { steps }: Pick<GivenCommand, 'steps'>): boolean {
  const same = new Set(
    steps.flatMap(({ what, params }) => (what === 'amountSame' ? [params['productId']] : [])),
  );
  return products.every((id) => same.has(id));
}

const failedWords: ReadonlySet<string> = new Set(['0', 'false', 'fail', 'failed', 'error']);
const doneWords: ReadonlySet<string> = new Set(['1', 'true', 'ok', 'success']);

/** The meaning of an answer's `status` [field]. Without a status the answer only proves receipt. `null`: unknown. */
export function outcomeOf(status: string | null): 'done' | 'failed' | null {
  const word = status?.toLowerCase() ?? null;
  if (word === null || doneWords.has(word)) return 'done';
  return failedWords.has(word) ? 'failed' : null;
}
