/** What a machine's sales say about commands: drinks made, and amounts that are asked for. */
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

/** What the machine asked last for these products, to be kept with a command that reprices them. */
export const askedOf = (machine: MachineState | null, products: readonly number[]): JsonObject =>
  Object.fromEntries(
    products.flatMap((id) => {
      const asked = askedBefore(machine?.orders ?? [], id, Infinity);
      return asked === null ? [] : [[String(id), asked.amount]];
    }),
  );

/** Whether the machine asked this amount last before the command was sent. */
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

/** A machine asks for the payment of a product, and what that says about prices or a discount that were sent with this command. */
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
      // The same as before says nothing at all.
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

/** It proves nothing of this product; where that is so of all that are left, nothing ever will. A discount shows by another product. */
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

/** Whether each of these products was asked for with the amount that it had before. */
function areHopeless(products: readonly number[], { steps }: Pick<GivenCommand, 'steps'>): boolean {
  const same = new Set(
    steps.flatMap(({ what, params }) => (what === 'amountSame' ? [params['productId']] : [])),
  );
  return products.every((id) => same.has(id));
}

const failedWords: ReadonlySet<string> = new Set(['0', 'false', 'fail', 'failed', 'error']);
const doneWords: ReadonlySet<string> = new Set(['1', 'true', 'ok', 'success']);

/** What the `status` of a machine's answer means [field]; none says no more than that it heard. `null`: nobody knows. */
export function outcomeOf(status: string | null): 'done' | 'failed' | null {
  const word = status?.toLowerCase() ?? null;
  if (word === null || doneWords.has(word)) return 'done';
  return failedWords.has(word) ? 'failed' : null;
}
