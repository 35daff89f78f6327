/**
 * A random scenario as data: one machine, and all its events in the order of time.
 * All of it is drawn from the seed before the start. A failing scenario can then be shortened by leaving events out.
 */
import { commandNames, type CommandName } from '#shared/commands/index';
import { rowOf } from '#shared/commands/kit/rows';
import type { JsonObject } from '#shared/model/json';
import type { Platform } from '#shared/model/machine';
import type { Answering } from '#shared/model/simulator';
import { Random } from '../../src/main/tools/simulator/random';
import { breakdowns, warnings } from '../../src/main/tools/simulator/stock';
import { inputOf, prices, productIds } from './commands';
import { troubles, type Trouble } from './network';
import { wishes, type Wish } from './upstream';

const second = 1_000;
const minute = 60 * second;

interface Traits {
  readonly platform: Platform;
  readonly answering: Answering;
  /** Crema knows its verification code. */
  readonly hasCode: boolean;
  /** ms by which its clock is wrong. */
  readonly clockOffset: number;
  readonly rareSpelling: boolean;
  readonly countsStock: boolean;
  /** linux: it gives its drinks away. */
  readonly isFree: boolean;
  /** linux: its head is le48. */
  readonly isCounting: boolean;
  /** android, options of its build: a bare message can order drinks; machines answer orders by messages. */
  readonly allowsProducts: boolean;
  readonly answersOrders: boolean;
  readonly nightlyRestart: boolean;
  /** Crema relays it to the operator's server. */
  readonly isRelayed: boolean;
  /** Where its HTTP requests come from. */
  readonly httpAddress: string;
}

export const machineAddress = '192.0.2.7';
export const impostorAddress = '192.0.2.66';

/** `at`: ms after the start. */
export type Event = { readonly at: number } & (
  | { readonly kind: 'command'; readonly name: CommandName; readonly input: JsonObject }
  /** A person confirms or denies the payment of the waiting order. */
  | { readonly kind: 'payment'; readonly paid: boolean }
  | {
      readonly kind: 'customer';
      readonly product: number;
      readonly payment: 'all' | 'wx_pub' | 'cash';
      readonly patience: number;
    }
  | {
      readonly kind: 'technician';
      readonly does:
        | 'openDoor'
        | 'clearErrors'
        | 'refill'
        | 'rinse'
        | 'price'
        | 'powerCycle'
        | 'menu'
        | 'brew';
      readonly ms: number;
      readonly product: number;
    }
  | { readonly kind: 'network'; readonly trouble: Trouble; readonly ms: number }
  /** The server that it is relayed to sends a command. */
  | { readonly kind: 'server'; readonly wish: Wish; readonly product: number }
  | { readonly kind: 'fault'; readonly index: number; readonly ms: number }
  /** An attacker claims to be this machine. */
  | { readonly kind: 'impostor'; readonly says: Said; readonly ms: number }
  /** An attacker sends a notice over HTTP. */
  | { readonly kind: 'forgedNotice'; readonly forged: Forged; readonly done: boolean }
);
/** Kinds of forged notices. A notice with the machine's address, a valid sign and a secret number counts as genuine. */
const forgeries = ['otherAddress', 'badSign', 'guessed'] as const;
export type Forged = (typeof forgeries)[number];
const lies = [
  'dooropen',
  'closedThenOpen',
  'drink',
  'paydone',
  'status',
  'supply',
  'version',
  'restart',
] as const;
export type Said = (typeof lies)[number];

export interface Scenario {
  readonly seed: number;
  readonly traits: Traits;
  /** In the order of time. */
  readonly events: readonly Event[];
}

/** fen: the price that the technician sets at the machine. */
export const priceByHand = (ms: number): number => prices[(ms / second + 1) % prices.length] ?? 900;
const answerings = [
  { way: 'truly', weight: 80 },
  { way: 'never', weight: 4 },
  { way: 'fails', weight: 4 },
  { way: 'refuses', weight: 3 },
  { way: 'late', weight: 4 },
  { way: 'makesDrink', weight: 2 },
  { way: 'restarts', weight: 3 },
] as const satisfies readonly { way: Answering; weight: number }[];

const offsets = [0, 0, 0, 40, -90, 3_600, -3_600, 8 * 3_600, -86_400 * 9] as const;

const eventKinds = [
  { kind: 'command', weight: 62 },
  { kind: 'customer', weight: 24 },
  { kind: 'payment', weight: 6 },
  { kind: 'technician', weight: 9 },
  { kind: 'network', weight: 7 },
  { kind: 'fault', weight: 3 },
  { kind: 'impostor', weight: 2 },
  { kind: 'forgedNotice', weight: 1 },
  { kind: 'server', weight: 6 },
] as const;

const gaps = [200, 2 * second, 10 * second, 40 * second, 3 * minute] as const;

export function drawScenario(seed: number, commands: number): Scenario {
  const random = new Random(seed);
  const platform: Platform = random.chance(0.5) ? 'linux' : 'android';
  const traits: Traits = {
    platform,
    answering: random.weighted(answerings).way,
    hasCode: random.chance(0.5),
    clockOffset: random.pick(offsets) * second + random.int(-900, 900),
    rareSpelling: platform === 'linux' && random.chance(0.1),
    countsStock: random.chance(0.8),
    isFree: platform === 'linux' && random.chance(0.1),
    isCounting: platform === 'linux' && random.chance(0.2),
    allowsProducts: random.chance(0.5),
    answersOrders: random.chance(0.3),
    nightlyRestart: platform === 'android' && random.chance(0.1),
    isRelayed: random.chance(0.15),
    httpAddress: random.chance(0.95) ? machineAddress : '192.0.2.8',
  };
  const names = commandNames.filter((name) => rowOf(name).has[platform]) as [CommandName, ...CommandName[]];
  const events: Event[] = [];
  let at = random.chance(0.5) ? random.int(0, 30 * second) : random.int(0, 5 * minute);
  for (let given = 0; given < commands;) {
    at += Math.round(random.pick(gaps) * (0.5 + random.next()));
    const event = drawEvent(at, random, traits, names);
    if (event === null) continue;
    events.push(event);
    if (event.kind === 'command' || event.kind === 'payment') given += 1;
  }
  return { seed, traits, events };
}

function drawEvent(
  at: number,
  random: Random,
  { platform, hasCode, isRelayed }: Traits,
  names: readonly [CommandName, ...CommandName[]],
): Event | null {
  const { kind } = random.weighted(eventKinds);
  switch (kind) {
    case 'command': {
      const name = random.pick(names);
      const input = inputOf(name, random);
      return input === null ? { at, kind: 'payment', paid: random.chance(0.8) } : { at, kind, name, input };
    }
    case 'payment':
      return { at, kind, paid: random.chance(0.8) };
    case 'customer':
      return {
        at,
        kind,
        product: random.pick(productIds),
        payment: random.pick(['all', 'wx_pub', 'cash'] as const),
        patience: random.int(20, 120) * second,
      };
    case 'technician':
      return {
        at,
        kind,
        does: random.pick([
          'openDoor',
          'openDoor',
          'clearErrors',
          'refill',
          'rinse',
          'price',
          'powerCycle',
          'menu',
          'brew',
        ] as const),
        ms: random.int(5, 240) * second,
        product: random.pick(productIds),
      };
    case 'network':
      return {
        at,
        kind,
        trouble: random.pick(troubles),
        ms: random.pick([3, 20, 70, 130, 300] as const) * second,
      };
    case 'fault':
      return {
        at,
        kind,
        index: random.int(0, breakdowns.length + warnings.length - 1),
        ms: random.int(20, 600) * second,
      };
    case 'impostor':
      // Without a code it looks exactly like the machine; android's sign is a constant, whatever code is stored.
      return platform === 'android' || !hasCode
        ? null
        : { at, kind, says: random.pick(lies), ms: random.int(2, 200) * second };
    case 'server':
      return isRelayed ? { at, kind, wish: random.pick(wishes), product: random.pick(productIds) } : null;
    case 'forgedNotice':
      return { at, kind, forged: random.pick(forgeries), done: random.chance(0.7) };
  }
}
