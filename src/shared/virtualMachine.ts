/**
 * The interface between rows and a virtual machine (main/tools/simulator). A message's row defines how an event becomes a message, and the
 * reaction to an answer. A command's row defines the reaction to a command. The simulator refers to no message or command by name.
 */
import type { JsonObject } from './model/json';
import type { Platform } from './model/machineSettings';

/** Events that a virtual machine reports to its server, with their variable facts. */
export interface Happenings {
  readonly login: {
    /** Number of connections since power-on. */
    readonly attempt: number;
    /** The date used in the sign. */
    readonly day: string;
    readonly sign: string;
    readonly versions: Readonly<Record<'program' | 'driver' | 'io' | 'model' | 'brewer' | 'cup', string>>;
  };
  readonly heartbeat: null;
  readonly door: { readonly isOpen: boolean };
  /** linux's answer to a status query: whether a fatal error is active. */
  readonly state: { readonly isNormal: boolean };
  readonly cupBlocked: null;
  /** The faults were cleared. */
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
  /** A customer wants to pay by QR code. `payment`: a type, or `all`. */
  readonly qrWanted: OrderFacts & { readonly payment: string; readonly amount: number };
  /** A customer is waiting, and no payment result has arrived. */
  readonly paymentDoubted: OrderFacts;
  /** A payment result arrived and was accepted or not. */
  readonly paymentAnswered: Pick<OrderFacts, 'orderNo'> & { readonly isTaken: boolean };
  /** A drink order arrived and was accepted or not. */
  readonly drinkAnswered: Pick<OrderFacts, 'orderNo'> & { readonly isTaken: boolean };
  /** A drink has ended. `failReason` null: success. */
  readonly drink: OrderFacts & {
    readonly name: string;
    readonly nameKey: string;
    readonly amount: number;
    readonly payType: string;
    readonly failReason: string | null;
    /** By the machine's clock. */
    readonly soldAt: number;
    /** Number of earlier transmissions, and whether it is a stored order. */
    readonly resends: number;
    readonly isHistory: boolean;
  };
  /** Consumption of an order, by material. */
  readonly consumed: {
    readonly orderNo: string;
    readonly amounts: Readonly<Record<string, number>>;
  };
  readonly rinsed: { readonly isOk: boolean; readonly way: RinsingWay };
  /** Somebody refilled, at the machine or by command: changes by material. */
  readonly refilled: { readonly changes: Readonly<Record<string, number>> };
  /** A material is sufficient again. */
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
  /** Returns this many digits. */
  readonly digits: (count: number) => string;
}

/** How a message reports an event: its members without `cmd` and number; `null`: this machine does not send it. */
export type EventMessages = {
  readonly [H in Happening]?: (what: Happenings[H], teller: Teller) => JsonObject | null;
};

/** A received payment result. */
export interface Payment {
  readonly orderNo: string | null;
  readonly isPaid: boolean;
  readonly payType: string | null;
  readonly amount: number;
  /** Only in android's message. */
  readonly productId: number | null;
  /** The message contains this machine's number. */
  readonly isOwn: boolean;
}

/** A drink ordered by the server. */
export interface DrinkOrder {
  readonly productId: number;
  readonly orderNo: string | null;
  readonly isPaid: boolean;
  readonly isOwn: boolean;
  /** android: a free drink under the machine's own number. The machine states a reason if it refuses [field3]. */
  readonly isFree: boolean;
}

/** A QR text for a customer. */
export interface QrText {
  readonly orderNo: string | null;
  readonly type: string | null;
  readonly text: string | null;
}

/** Options of a restart. `longer`: additional absence, ms. `clears`: persistent errors are cleared first. */
export interface Restart {
  readonly longer?: number;
  readonly clears?: boolean;
}

/** Actions of a virtual machine. */
export interface VirtualMachine {
  readonly vmcNo: number;
  readonly platform: Platform;
  /** The program accepts a command only in a less common spelling [doc 3.9 is ambiguous, field]. */
  readonly rareSpelling: boolean;
  /** Whether a message contains this machine's number. linux checks it for some commands only [field3]. */
  readonly isOwn: (message: JsonObject) => boolean;
  /** Runs after `ms` of simulated time. A restart cancels it. */
  readonly soon: (ms: number, run: () => void) => void;
  /** An action without its own method, after `ms` of simulated time (0: immediately). It `works`, or fails and may report the failure. */
  readonly does: (ms: number, act: (works: boolean) => void) => void;
  /** Power off and on. */
  readonly restart: (how?: Restart) => void;
  readonly isBrewing: () => boolean;
  /** Restarts a part; the program continues. */
  readonly restartPart: (part: string) => void;
  /** A program error ends reading until the next connection [field3]. */
  readonly stopReading: () => void;
  /** Closes the connection and connects again; `longer`: additional delay, ms. */
  readonly reconnect: (longer?: number) => void;
  /** The answer to the login, with its time. */
  readonly loginAnswered: (isAccepted: boolean, dateTime: string | null) => void;
  /** Opens the door for `ms` and reports it. */
  readonly openDoor: (ms: number) => void;
  /** `works` false: the drink fails. `notify`: android's notice, for an order that sends it itself. */
  readonly makeDrink: (order: DrinkOrder, notify: Notify, works?: boolean) => void;
  /** `reportedLater`: additional delay of the record, ms. */
  readonly rinse: (works?: boolean, reportedLater?: number) => void;
  /** android's only task slot: a newer task replaces a waiting task [field3]. */
  readonly inSlot: (run: () => void) => void;
  /** Changes the counted amounts by material. Amounts never fall below 0 [field]. */
  readonly refill: (changes: Readonly<Record<string, number>>) => void;
  /** Hides products, or shows them again. */
  readonly lock: (productIds: readonly number[], isLocked: boolean) => void;
  /** Sets a price in fen. android drops the product's discount with it [field]. */
  readonly setPrice: (productId: number, price: number) => void;
  /** Sets the percentage of the price that customers pay. */
  readonly setDiscount: (percent: number) => void;
  readonly showQr: (qr: QrText) => void;
  /** Whether a payment result has any effect. */
  readonly takesPayment: (payment: Payment) => boolean;
  /** `works` false: the drink fails. */
  readonly settle: (payment: Payment, works?: boolean) => void;
  /** Downloads and runs a package. */
  readonly upgrade: (dir: string, type: string | null) => void;
  /** Uploads one of its files to this address; `day`: of a log, as requested. */
  readonly sendFile: (dir: string, type: string, day: string | null, failed: Failed) => void;
  /** Reports the counted amounts; nothing if stock is not counted. */
  readonly reportSupplies: () => void;
  /** Reports whether a fatal error is active. */
  readonly reportState: () => void;
  readonly report: <H extends Happening>(what: H, facts: Happenings[H]) => void;
}

/** An accepted task has failed. Only android reports this [field]. */
export type Failed = (reason: string) => void;

/** android's notice over HTTP that it accepts a command; with `failReason`: that it refuses. */
export type Notify = (failReason: string | null) => void;

/**
 * A virtual machine's reaction to a command of its program. android reports over HTTP before the action whether it accepts the command
 * [field]. A person chooses the other answers (main/tools/simulator/answering.ts).
 */
export interface Obeys {
  /** The reported reason for refusal; `null`: accepted. */
  readonly refuses?: (message: JsonObject, vm: VirtualMachine) => string | null;
  /** Reports acceptance by a message. */
  readonly answers?: (vm: VirtualMachine, message: JsonObject, isTaken: boolean) => void;
  /** When android sends its notice: before the action by default, as part of it, or never. */
  readonly notifies?: 'itself' | 'never';
  readonly acts: (vm: VirtualMachine, message: JsonObject, notify: Notify) => void;
}
