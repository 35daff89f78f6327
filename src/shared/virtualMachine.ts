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
  /** It has heard the payment's result. */
  readonly paymentTaken: Pick<OrderFacts, 'orderNo'>;
  /** It has taken the order of a drink that it was told to make. */
  readonly drinkTaken: Pick<OrderFacts, 'orderNo'>;
  /** A drink has ended. `failReason` null: well. */
  readonly drink: OrderFacts & {
    readonly name: string;
    readonly nameKey: string;
    readonly amount: number;
    readonly payType: string;
    readonly failReason: string | null;
  };
  readonly rinsed: null;
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
  soon(ms: number, run: () => void): void;
  /** Power off and on; `then` runs when power is back. */
  restart(then: () => void): void;
  /** Ends its connection and connects anew; `then` runs when it has logged in. */
  reconnect(then: () => void): void;
  /** What the answer to its login said. */
  loginAnswered(isAccepted: boolean): void;
  /** For `ms`; reports it. */
  openDoor(ms: number): void;
  reportDoor(): void;
  reportSupplies(): void;
  /** A drink nobody pays for, under this number or its own; `ended` is told why it did not come out. */
  brew(productId: number, orderNo: string | null, ended: Done): void;
  /** fen; android drops the product's discount with it [field]. */
  setPrice(productId: number, price: number): void;
  /** Percent of the price that customers pay. */
  setDiscount(percent: number): void;
  /** Whether this order waits for its payment. */
  isWaiting(orderNo: string | null): orderNo is string;
  /** Shows the QR text of the order that waits for one. */
  showQr(orderNo: string | null): void;
  /** The order that waits is paid for, or not. */
  settle(orderNo: string | null, isPaid: boolean, payType: string | null): void;
  /** Fetches a package and runs it. */
  upgrade(dir: string, type: string | null, ended: Done): void;
  tell<H extends Happening>(what: H, facts: Happenings[H]): void;
  /** Any other message; `vmc_no` is added. What must be acknowledged is told again until it is. */
  send(body: JsonObject & { readonly cmd: string }): void;
}

/** The command has ended; `failReason` null: done. Only android tells anyone [field]. */
export type Done = (failReason: string | null) => void;
export type Obey = (vm: VirtualMachine, message: JsonObject, done: Done) => void;
