/**
 * Commands in the run: input, effect in the machine's own log of deeds, and a careless proof rule.
 * "Happened" is about the effect, by any cause. "Caused" is about a deed that a frame of this command caused.
 */
import { commandNames, type CommandName } from '#shared/commands/index';
import type { CommandRow } from '#shared/commands/kit/row';
import { rowOf } from '#shared/commands/kit/rows';
import { confirmed, type Verdict } from '#shared/commands/kit/verdict';
import { messageId } from '#shared/commands/kit/wire';
import { toText } from '#shared/messages/field';
import type { Command } from '#shared/model/command';
import type { JsonObject } from '#shared/model/json';
import type { Platform } from '#shared/model/machine';
import type { MachineMessage } from '#shared/model/message';
import type { Deed } from '../../src/main/tools/simulator/deeds';
import type { Random } from '../../src/main/tools/simulator/random';
import { menu } from '../../src/main/tools/simulator/stock';

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

type Rules = Partial<Pick<CommandRow, 'judge' | 'onTransfer' | 'onUpload' | 'notice'>>;
type Says = (body: MachineMessage) => boolean;

interface TruthRow {
  /** Left out: the first example of the command's row. `null`: the input follows from the order that waits then. */
  readonly input?: ((random: Random, product: number) => JsonObject) | null;
  /** A rule that accepts a similar message as proof: the run must detect it. `null`: no rule ever proves the command. */
  readonly careless: Rules | null;
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

/** Accepts any message with this property as proof. */
const believes = (step: string, says: Says): Rules => ({
  judge: (heard): readonly Verdict[] =>
    heard.kind === 'message' && says(heard.body) ? [confirmed(step)] : [],
});
const named =
  (...names: readonly string[]): Says =>
  ({ cmd }) =>
    names.includes(cmd);

/** Prices to draw from: few, so that values repeat. */
export const prices = [800, 900, 950, 1_000] as const;
export const productIds = menu.map(({ id }) => id) as [number, ...number[]];
const materials = ['10007', '10009', '10016'] as const;

const locked = (isLocked: boolean): TruthRow => ({
  input: (random, product) => ({ productIds: random.chance(0.6) ? [product] : productIds.slice(0, 3) }),
  careless: believes('menuListed', named('hb')),
  deed: (deed, command) =>
    deed.did === 'locked' &&
    deed.isLocked === isLocked &&
    productsOf(command).every((id) => deed.productIds.includes(id)),
  stands: (command, machine) => productsOf(command).every((id) => machine.isLocked(id) === isLocked),
});

/** Commands whose effect has other causes too, or depends on the input. */
const special: Readonly<Partial<Record<CommandName, TruthRow>>> = {
  openDoor: {
    input: (random) => ({ spelling: random.chance(0.85) ? 'opendoor' : 'door open' }),
    careless: believes('doorOpened', (body) => body.cmd === 'machinestatus' && body.status === 'dooropen'),
    deed: ({ did }) => did === 'openedDoor',
    untold: { before: { linux: 0, android: 35_000 }, undone: ({ did }) => did === 'closedDoor' },
  },
  makeDrink: {
    input: (random, product) => ({
      productId: random.chance(0.9) ? product : 999,
      strength: 3,
      milk: 3,
      sugar: 3,
    }),
    careless: believes('drinkMade', named('productdone')),
    // A drink of this product, under this command's order or by its frame.
    deed: (deed, { input, sessionId }) =>
      deed.did === 'madeDrink' &&
      deed.productId === input['productId'] &&
      (deed.orderNo === sessionId ||
        // The operator's server orders drinks too, by numbers of its own.
        (deed.cause.by === 'frame' && (deed.cause.orderNo === null || deed.cause.orderNo === sessionId))),
  },
  rinse: {
    careless: believes('rinsed', named('rinsingrecord')),
    deed: (deed) => deed.did === 'rinsed' && deed.isOk,
  },
  // A start alone may follow a stop before the command.
  reboot: {
    careless: believes('loggedIn', named('login')),
    deed: ({ did }) => did === 'stopped',
  },
  restartPart: {
    input: (random) => ({ part: random.pick(['app', 'ice', 'stum'] as const) }),
    careless: { ...believes('loggedIn', named('login')), notice: () => 'done' },
    deed: (deed, { input }) =>
      deed.did === 'stopped' || (deed.did === 'restartedPart' && deed.part === input['part']),
  },
  // A program that starts connects again too.
  sync: {
    careless: believes('allReported', named('login', 'machinestatus')),
    deed: ({ did }) => did === 'reconnected' || did === 'started',
  },
  upgrade: {
    input: () => ({ packageId: 'a'.repeat(64) }),
    careless: believes('versionConfirmed', named('login')),
    deed: (deed, command) => deed.did === 'upgraded' && deed.version === toText(command.input['version']),
    stands: (command, { version }) => version() === toText(command.input['version']),
  },
  setPrices: {
    input: (random) => {
      const count = random.chance(0.7) ? 1 : 3;
      const start = random.int(0, productIds.length - count);
      return {
        prices: productIds
          .slice(start, start + count)
          .map((productId) => ({ productId, price: random.pick(prices), type: 0 })),
      };
    },
    careless: believes('amountSeen', named('qrcode', 'login')),
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
    input: (random) => ({ percent: random.pick([100, 90, 80, 50] as const) }),
    careless: believes('amountSeen', named('qrcode', 'login')),
    deed: (deed, { input }) => deed.did === 'setDiscount' && deed.percent === input['percent'],
  },
  lockProducts: locked(true),
  unlockProducts: locked(false),
  refill: {
    input: (random) => ({
      changes: { [random.pick(materials)]: random.pick([100, 200, -50] as const) },
    }),
    careless: believes('sumReported', named('feedrecord', 'machinestatus')),
    deed: (deed, { input }) => deed.did === 'refilled' && isSame(deed.changes, input['changes']),
  },
  fetchFile: {
    input: (random) =>
      random.chance(0.5) ? { type: 'log', day: '2026-03-04' } : { type: 'recipe', day: '' },
    careless: believes('fileArrived', named('hb')),
    deed: (deed, { input }) => deed.did === 'sentFile' && deed.type === input['type'],
  },
  answerQr: {
    input: null,
    careless: null,
    deed: (deed, { input }) => deed.did === 'showedQr' && deed.orderNo === input['orderNo'],
  },
  payResult: {
    input: null,
    careless: believes('acknowledged', named('paydone_r', 'productdone', 'hb')),
    deed: (deed, { input }) =>
      (deed.did === 'tookPayment' && deed.orderNo === input['orderNo'] && deed.isPaid === input['paid']) ||
      // The machine took the order as paid.
      (deed.did === 'madeDrink' && deed.orderNo === input['orderNo'] && input['paid'] === true),
  },
};

/** A command without a row: any action that its message caused is its effect, and a heartbeat proves nothing. */
function usual(name: CommandName): TruthRow {
  const { messages, steps } = rowOf(name);
  const own = new Set([...messages.linux, ...messages.android]);
  return {
    careless: believes(Object.keys(steps)[0] ?? '', named('hb')),
    deed: ({ cause }) => cause.by === 'frame' && own.has(messageId(cause)),
  };
}

export const truthOf = (name: CommandName): TruthRow => special[name] ?? usual(name);

/** The input of a command; `null`: it follows from the order that waits then. Draws the same numbers for each seed. */
export function inputOf(name: CommandName, random: Random): JsonObject | null {
  const product = random.pick(productIds);
  const { input = () => rowOf(name).examples[0] } = truthOf(name);
  return input === null ? null : input(random, product);
}

/** Commands with a rule that can be broken. */
export const breakable = commandNames.filter((name) => truthOf(name).careless !== null);

/** Runs `work` while the command has its careless rule. */
export async function carelessly<T>(name: CommandName, work: () => Promise<T>): Promise<T> {
  const row = rowOf(name) as CommandRow & Record<string, unknown>;
  const before = { ...row };
  Object.assign(row, truthOf(name).careless);
  try {
    return await work();
  } finally {
    Object.assign(row, before);
  }
}
