/**
 * What rows know of a virtual machine (main/simulator). A message's row says how something that happens in one is put on the wire, and
 * what one makes of an answer; a command's row says what one does when it is told. The simulator knows neither by name.
 */
import type { JsonObject } from './model/json';
import type { Platform } from './model/machineConfig';

/** What a virtual machine tells its server of, with what varies. */
export interface Happenings {
  readonly login: {
    /** Since it was switched on. */
    readonly attempt: number;
    /** As it was signed. */
    readonly day: string;
    readonly sign: string;
    readonly versions: Readonly<Record<'program' | 'driver' | 'io' | 'model' | 'brewer' | 'cup', string>>;
  };
  readonly heartbeat: null;
  readonly door: { readonly isOpen: boolean };
  readonly cupBlocked: null;
  /** Somebody cleared its faults. */
  readonly cleared: null;
  /** By material. */
  readonly supplies: { readonly amounts: Readonly<Record<string, number>> };
  readonly fault: {
    readonly code: string;
    readonly description: string;
    readonly isSet: boolean;
    readonly isFatal: boolean;
    readonly isPersistent: boolean;
  };
  /** A customer wants to pay by a QR code. `payment`: a type, or `all`. */
  readonly qrWanted: OrderFacts & { readonly payment: string; readonly amount: number };
  /** A customer has waited, and nobody has said that it is paid. */
  readonly paymentDoubted: OrderFacts;
  /** It has heard the payment's result, and takes it or not. */
  readonly paymentTold: Pick<OrderFacts, 'orderNo'> & { readonly isTaken: boolean };
  /** It was told to make a drink, and does or not. */
  readonly drinkTold: Pick<OrderFacts, 'orderNo'> & { readonly isTaken: boolean };
  /** A drink has ended. `failReason` null: well. */
  readonly drink: OrderFacts & {
    readonly name: string;
    readonly nameKey: string;
    readonly amount: number;
    readonly payType: string;
    readonly failReason: string | null;
  };
  readonly rinsed: { readonly isOk: boolean };
  /** Somebody refilled, there or from here: by how much, by material. */
  readonly refilled: { readonly changes: Readonly<Record<string, number>> };
  /** Enough of a material is there again. */
  readonly enoughAgain: { readonly material: string };
}
interface OrderFacts {
  readonly orderNo: string;
  readonly productId: number;
}
export type Happening = keyof Happenings;

/** Who tells. */
export interface Teller {
  readonly platform: Platform;
  readonly now: number;
  /** As many digits. */
  readonly digits: (count: number) => string;
}

/** How a message tells of what happens: its members without `cmd` and number; `null`: this machine does not tell. */
export type Tells = {
  readonly [H in Happening]?: (what: Happenings[H], teller: Teller) => JsonObject | null;
};

/** android lengthens some bodies with padding [field]. */
export const padded = ({ platform }: Teller, members: JsonObject): JsonObject =>
  platform === 'android' ? { ...members, padding: 'padding' } : members;

/** What a virtual machine can do. */
export interface VirtualMachine {
  readonly vmcNo: number;
  readonly platform: Platform;
  /** Its program knows a command only as fewer programs spell it [doc 3.9 is of two minds, field]. */
  readonly rareSpelling: boolean;
  /** After `ms` of its life; a restart forgets it. */
  readonly soon: (ms: number, run: () => void) => void;
  /** What none of the others says, after `ms` of its life (0: at once): it `works`, or fails and may say so. */
  readonly does: (ms: number, act: (works: boolean) => void) => void;
  /** Power off and on; `longer`: it stays away for so much more, ms. */
  readonly restart: (longer?: number) => void;
  /** Ends its connection and connects anew; `longer`: so much later, ms. */
  readonly reconnect: (longer?: number) => void;
  /** What the answer to its login said. */
  readonly loginAnswered: (isAccepted: boolean) => void;
  /** For `ms`; reports it. */
  readonly openDoor: (ms: number) => void;
  /** A drink nobody pays for, under this number or its own. `works` false: it does not come out. */
  readonly brew: (productId: number, orderNo: string | null, works?: boolean) => void;
  /** `toldLater`: its record is told so much later, ms. */
  readonly rinse: (works?: boolean, toldLater?: number) => void;
  /** Adds to what is counted, or takes away, by material; nothing falls below 0 [field]. */
  readonly refill: (changes: Readonly<Record<string, number>>) => void;
  /** Takes products off the menu, or puts them on it again. */
  readonly lock: (productIds: readonly number[], isLocked: boolean) => void;
  /** fen; android drops the product's discount with it [field]. */
  readonly setPrice: (productId: number, price: number) => void;
  /** Percent of the price that customers pay. */
  readonly setDiscount: (percent: number) => void;
  /** Whether this order waits for its payment. */
  readonly isWaiting: (orderNo: string | null) => orderNo is string;
  /** Shows the QR text of the order that waits for one. */
  readonly showQr: (orderNo: string | null) => void;
  /** The order that waits is paid for, or not. `works` false: its drink does not come out. */
  readonly settle: (orderNo: string | null, isPaid: boolean, payType: string | null, works?: boolean) => void;
  /** Fetches a package and runs it. */
  readonly upgrade: (dir: string, type: string | null, failed: Failed) => void;
  /** Posts one of its files there; `day`: of a log, as it was asked. */
  readonly sendFile: (dir: string, type: string, day: string | null, failed: Failed) => void;
  /** What is counted, and whether its door is open. */
  readonly reportSupplies: () => void;
  readonly reportDoor: () => void;
  readonly tell: <H extends Happening>(what: H, facts: Happenings[H]) => void;
  /** Any other message; `vmc_no` is added. What must be acknowledged is told again until it is. */
  readonly send: (body: JsonObject & { readonly cmd: string }) => void;
}

/** What it took has failed. Only android tells anyone [field]. */
export type Failed = (reason: string) => void;

/**
 * What a virtual machine makes of a command that its program has. That it takes it, or why not, android tells over HTTP before it acts
 * [field]; how it answers beside what it is told, a person has chosen (main/simulator/answering.ts).
 */
export interface Obeys {
  /** Why it does not take it, as it says itself; `null`: it does. */
  readonly refuses?: (message: JsonObject, vm: VirtualMachine) => string | null;
  /** Says by a message whether it takes it. */
  readonly answers?: (vm: VirtualMachine, message: JsonObject, isTaken: boolean) => void;
  readonly acts: (vm: VirtualMachine, message: JsonObject, failed: Failed) => void;
}
