/**
 * The effect of each command, as the machine's own log of deeds shows it. "Happened" is about the effect, by any cause.
 * "Caused" is about a deed that a frame of this command caused.
 */
import type { CommandName } from '#shared/commands/index';
import type { Command } from '#shared/model/command';
import type { Platform } from '#shared/model/machine';
import { toText } from '#shared/messages/field';
import type { Deed } from '../../src/main/tools/simulator/deeds';

/** The current state of the machine. */
export interface Standing {
  /** fen, without a discount; `null`: it has no such product. */
  readonly price: (productId: number) => number | null;
  readonly percent: (productId: number) => number | null;
  readonly isLocked: (productId: number) => boolean;
  readonly version: () => string;
}

/** Whether this deed is the effect of the command. */
type IsEffect = (deed: Deed, command: Command) => boolean;
/** Whether the machine's state is as the command asked, after it was sent. */
type Stands = (command: Command, machine: Standing) => boolean;

interface EffectRow {
  readonly deed: IsEffect;
  /** The command in parts that may happen at different times. */
  readonly parts?: (command: Command) => readonly Command[];
  /** For effects that are states, not events: the state counts like the deed. */
  readonly stands?: Stands;
  /**
   * A deed up to so many ms before the command counts too, unless undone.
   * Its report may come after the command, and no frame shows the order.
   */
  readonly untold?: {
    readonly before: Readonly<Record<Platform, number>>;
    readonly undone: (deed: Deed) => boolean;
  };
  /** A deed counts only if a frame with one of these commands caused it: machines often do it by themselves. */
  readonly byFrame?: readonly string[];
}

const productsOf = ({ input: { productIds } }: Command): readonly number[] =>
  Array.isArray(productIds) ? productIds.map(Number) : [];
interface Price {
  readonly productId: number;
  readonly price: number;
}
const pricesOf = ({ input: { prices } }: Command): readonly Price[] =>
  Array.isArray(prices) ? (prices as readonly unknown[] as readonly Price[]) : [];
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const locked = (isLocked: boolean): EffectRow => ({
  deed: (deed, command) =>
    deed.did === 'locked' &&
    deed.isLocked === isLocked &&
    productsOf(command).every((id) => deed.productIds.includes(id)),
  stands: (command, machine) => productsOf(command).every((id) => machine.isLocked(id) === isLocked),
});

export const effects: Readonly<Record<CommandName, EffectRow>> = {
  openDoor: {
    deed: ({ did }) => did === 'openedDoor',
    untold: { before: { linux: 0, android: 35_000 }, undone: ({ did }) => did === 'closedDoor' },
  },
  makeDrink: {
    // A drink of this product, under this command's order or by its frame.
    deed: (deed, { input, sessionId }) =>
      deed.did === 'madeDrink' &&
      deed.productId === input['productId'] &&
      (deed.orderNo === sessionId ||
        // The operator's server orders drinks too, by numbers of its own.
        (deed.cause.by === 'frame' && (deed.cause.orderNo === null || deed.cause.orderNo === sessionId))),
  },
  rinse: { deed: (deed) => deed.did === 'rinsed' && deed.isOk },
  // A start alone may follow a stop before the command.
  reboot: { deed: ({ did }) => did === 'stopped' },
  restartPart: {
    deed: (deed, { input }) =>
      deed.did === 'stopped' || (deed.did === 'restartedPart' && deed.part === input['part']),
  },
  // A program that starts connects again too.
  sync: { deed: ({ did }) => did === 'reconnected' || did === 'started' },
  upgrade: {
    deed: (deed, command) => deed.did === 'upgraded' && deed.version === toText(command.input['version']),
    stands: (command, { version }) => version() === toText(command.input['version']),
  },
  setPrices: {
    deed: (deed, command) =>
      deed.did === 'setPrice' &&
      pricesOf(command).some(({ productId, price }) => deed.productId === productId && deed.price === price),
    parts: (command) =>
      pricesOf(command).map(({ productId, price }) =>
        Object.assign({}, command, { input: { prices: [{ productId, price }] } }),
      ),
    stands: (command, machine) =>
      pricesOf(command).every(({ productId, price }) => machine.price(productId) === price),
  },
  setDiscount: {
    deed: (deed, { input }) => deed.did === 'setDiscount' && deed.percent === input['percent'],
  },
  lockProducts: locked(true),
  unlockProducts: locked(false),
  refill: {
    deed: (deed, { input }) => deed.did === 'refilled' && isSame(deed.changes, input['changes']),
  },
  queryStatus: { deed: ({ did }) => did === 'reportedStatus', byFrame: ['statusquery'] },
  querySupplies: { deed: ({ did }) => did === 'reportedSupplies', byFrame: ['querysupplies'] },
  fetchFile: { deed: (deed, { input }) => deed.did === 'sentFile' && deed.type === input['type'] },
  answerQr: { deed: (deed, { input }) => deed.did === 'showedQr' && deed.orderNo === input['orderNo'] },
  payResult: {
    deed: (deed, { input }) =>
      (deed.did === 'tookPayment' && deed.orderNo === input['orderNo'] && deed.isPaid === input['paid']) ||
      // The machine took the order as paid.
      (deed.did === 'madeDrink' && deed.orderNo === input['orderNo'] && input['paid'] === true),
  },
};
