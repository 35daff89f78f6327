/** Drinks ordered by a server, and the machine's order that each became. */
import type { BodyOf } from '#shared/messages/row';
import type { productdone } from '#shared/messages/productdone';
import type { FrameEntry } from '#shared/model/frame';
import type { Brew, MachineState } from '#shared/model/machine';
import type { Ordered } from '#shared/model/order';
import { plainWay } from '#shared/model/payTypes';
import { isOurs } from '#shared/model/relayed';
import { relayedAsOf } from '#shared/model/machineLink';

const brewsKept = 20;
/** [ours] ms in which android makes an ordered drink. */
const madeWithin = 300_000;

interface OrderedDrink {
  readonly productId: number | null;
  readonly orderNo: string | null;
  readonly isPaid: boolean | null;
}

/** Adds the drink that this frame orders. */
export function withBrew(
  { brews, link }: MachineState,
  { productId, orderNo, isPaid }: OrderedDrink,
  entry: FrameEntry,
): Pick<MachineState, 'brews'> | null {
  // After a crash entries are folded again.
  if (productId === null || isPaid === false || brews.some((one) => one.entry === entry.id)) return null;
  const by = relayedAsOf(link) === 'relayed' && !isOurs(entry) ? 'server' : 'crema';
  const brew: Brew = { at: entry.at, entry: entry.id, by, productId, orderNo };
  return { brews: [...brews, brew].slice(-brewsKept) };
}

/**
 * The brew that this `productdone` ends. linux reports our order number, but a customer's drink can carry it too, so payment type and
 * product also decide. android reports its own number and that the drink was ordered remotely [field3].
 */
export function brewOf(
  { brews, platform }: MachineState,
  { productId, orderNo, payType }: Pick<BodyOf<typeof productdone>, 'productId' | 'orderNo' | 'payType'>,
  at: number,
): Brew | undefined {
  const way = plainWay(payType);
  return brews.findLast((brew) =>
    platform === 'android'
      ? way === 'remoteproduction' && brew.productId === productId && at - brew.at < madeWithin
      : way === 'fastcode' &&
        brew.orderNo !== null &&
        brew.orderNo === orderNo &&
        (brew.productId === productId || (productId ?? 0) === 0),
  );
}

export const orderedBy = ({ at, entry, by }: Brew): Ordered => ({ at, entry, by });
