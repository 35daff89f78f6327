/**
 * What rows know of a virtual machine (main/simulator). A message's row says how something that happens in one is put on the wire, and
 * what one makes of an answer; a command's row says what one does with it. The simulator knows neither by name.
 */
import type { JsonObject } from './model/json';
import type { Platform } from './model/machineConfig';

/** What a virtual machine reports to its server, with what varies. */
export interface Happenings {
  readonly login: {
    /** Connections since it was switched on. */
    readonly attempt: number;
    /** As it was signed. */
    readonly day: string;
    readonly sign: string;
    readonly versions: Readonly<Record<'program' | 'driver' | 'io' | 'model' | 'brewer' | 'cup', string>>;
  };
  readonly heartbeat: null;
  readonly door: { readonly isOpen: boolean };
  /** linux's answer to a status question: whether a fatal error is active. */
  readonly state: { readonly isNormal: boolean };
  readonly cupBlocked: null;
  /** Its faults were cleared. */
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
  /** A customer has waited, and no payment was reported. */
  readonly paymentDoubted: OrderFacts;
  /** A payment's result arrived, and it takes it or not. */
  readonly paymentTold: Pick<OrderFacts, 'orderNo'> & { readonly isTaken: boolean };
  /** It was asked for a drink, and takes the order or not. */
  readonly drinkTold: Pick<OrderFacts, 'orderNo'> & { readonly isTaken: boolean };
  /** A drink has ended. `failReason` null: well. */
  readonly drink: OrderFacts & {
    readonly name: string;
    readonly nameKey: string;
    readonly amount: number;
    readonly payType: string;
    readonly failReason: string | null;
    /** By the machine's clock. */
    readonly soldAt: number;
    /** How often it was sent before, and whether it is an old one from the store. */
    readonly resends: number;
    readonly isHistory: boolean;
  };
  /** What an order consumed, by material. */
  readonly consumed: {
    readonly orderNo: string;
    readonly amounts: Readonly<Record<string, number>>;
  };
  readonly rinsed: { readonly isOk: boolean; readonly way: RinsingWay };
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
export type RinsingWay = 'auto' | 'remote' | 'hand';

export interface Teller {
  readonly platform: Platform;
  /** By the machine's clock. */
  readonly now: number;
  /** As many digits. */
  readonly digits: (count: number) => string;
}

/** How a message tells of what happens: its members without `cmd` and number; `null`: this machine does not send it. */
export type Tells = {
  readonly [H in Happening]?: (what: Happenings[H], teller: Teller) => JsonObject | null;
};

/** The result of a payment, as it arrived. */
export interface Payment {
  readonly orderNo: string | null;
  readonly isPaid: boolean;
  readonly payType: string | null;
  readonly amount: number;
  /** android's names one. */
  readonly productId: number | null;
  /** It names this machine. */
  readonly isOwn: boolean;
}

/** A drink that the server orders. */
export interface DrinkOrder {
  readonly productId: number;
  readonly orderNo: string | null;
  readonly isPaid: boolean;
  readonly isOwn: boolean;
  /** android: a free drink under the machine's own number, which it refuses with a reason [field3]. */
  readonly isFree: boolean;
}

/** The text that a customer is to scan. */
export interface QrText {
  readonly orderNo: string | null;
  readonly type: string | null;
  readonly text: string | null;
}

/** How it goes away. `longer`: it stays away for so much more, ms. `clears`: persistent errors are cleared first. */
export interface Restart {
  readonly longer?: number;
  readonly clears?: boolean;
}

/** What a virtual machine can do. */
export interface VirtualMachine {
  readonly vmcNo: number;
  readonly platform: Platform;
  /** Its program knows a command only as fewer programs spell it [doc 3.9 is of two minds, field]. */
  readonly rareSpelling: boolean;
  /** Whether a message names this machine: linux checks that for some commands only [field3]. */
  readonly isOwn: (message: JsonObject) => boolean;
  /** After `ms` of its life; a restart forgets it. */
  readonly soon: (ms: number, run: () => void) => void;
  /** What none of the others says, after `ms` of its life (0: at once): it `works`, or fails and may say so. */
  readonly does: (ms: number, act: (works: boolean) => void) => void;
  /** Power off and on. */
  readonly restart: (how?: Restart) => void;
  readonly isBrewing: () => boolean;
  /** Restarts a part; its program lives on. */
  readonly restartPart: (part: string) => void;
  /** An error in its program ends its reading until it connects again [field3]. */
  readonly stopReading: () => void;
  /** Ends its connection and connects again; `longer`: so much later, ms. */
  readonly reconnect: (longer?: number) => void;
  /** The answer to its login, and the time in it. */
  readonly loginAnswered: (isAccepted: boolean, dateTime: string | null) => void;
  /** For `ms`; reports it. */
  readonly openDoor: (ms: number) => void;
  /** `works` false: it does not come out. `notify`: android's notice, for an order that says so itself. */
  readonly makeDrink: (order: DrinkOrder, notify: Notify, works?: boolean) => void;
  /** `reportedLater`: its record is sent so much later, ms. */
  readonly rinse: (works?: boolean, reportedLater?: number) => void;
  /** android's one slot for tasks: a newer one replaces one that has not run [field3]. */
  readonly inSlot: (run: () => void) => void;
  /** Adds to what is counted, or takes away, by material; nothing falls below 0 [field]. */
  readonly refill: (changes: Readonly<Record<string, number>>) => void;
  /** Takes products off the menu, or puts them on it again. */
  readonly lock: (productIds: readonly number[], isLocked: boolean) => void;
  /** fen; android drops the product's discount with it [field]. */
  readonly setPrice: (productId: number, price: number) => void;
  /** Percent of the price that customers pay. */
  readonly setDiscount: (percent: number) => void;
  readonly showQr: (qr: QrText) => void;
  /** Whether a payment's result changes anything here. */
  readonly takesPayment: (payment: Payment) => boolean;
  /** `works` false: its drink does not come out. */
  readonly settle: (payment: Payment, works?: boolean) => void;
  /** Fetches a package and runs it. */
  readonly upgrade: (dir: string, type: string | null) => void;
  /** Posts one of its files there; `day`: of a log, as it was asked. */
  readonly sendFile: (dir: string, type: string, day: string | null, failed: Failed) => void;
  /** What is counted; nothing where its stock is not counted. */
  readonly reportSupplies: () => void;
  /** Whether a fatal error is active. */
  readonly reportState: () => void;
  readonly report: <H extends Happening>(what: H, facts: Happenings[H]) => void;
}

/** What it took has failed. Only android reports that [field]. */
export type Failed = (reason: string) => void;

/** android's notice over HTTP that it takes a command; `failReason`: that it does not. */
export type Notify = (failReason: string | null) => void;

/**
 * What a virtual machine makes of a command that its program has. That it takes it, or why not, android reports over HTTP before it acts
 * [field]; how it answers beside that, a person has chosen (main/tools/simulator/answering.ts).
 */
export interface Obeys {
  /** Why it does not take it, as it says itself; `null`: it does. */
  readonly refuses?: (message: JsonObject, vm: VirtualMachine) => string | null;
  /** Says by a message whether it takes it. */
  readonly answers?: (vm: VirtualMachine, message: JsonObject, isTaken: boolean) => void;
  /** When android sends its notice: before it acts unless said here, as a part of the act, or never. */
  readonly notifies?: 'itself' | 'never';
  readonly acts: (vm: VirtualMachine, message: JsonObject, notify: Notify) => void;
}
