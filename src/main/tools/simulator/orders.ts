/** How a machine sells, whichever program runs on it. */
import type { DrinkOrder, Notify, Payment, QrText } from '#shared/virtualMachine';
import type { Cause } from './deeds';

/** What a customer chooses to pay with: a QR text of a type or of all, or something at the machine. */
type PaymentWay = 'all' | 'wx_pub' | 'alipay' | 'cash' | 'cashless' | 'face';

/** What a customer is about to do. Times in ms of simulated time. */
export interface Purchase {
  readonly productId: number;
  readonly payment: PaymentWay;
  /** How long the customer waits for the payment to be taken. */
  readonly patience: number;
  readonly brewing?: number;
  /** False: the drink fails while it is made. */
  readonly works?: boolean;
  /** The customer has left. */
  readonly done?: () => void;
}

/** ms of simulated time that a drink takes. */
export const brewingTime = 20_000;
/** A drink fails with it where nothing else is wrong. */
export const brewFault = 'ERROR:6D00';

export interface Orders {
  /** A customer orders. False: the screen is in use, or the product is not offered. */
  buy(purchase: Purchase): boolean;
  /** Somebody makes a drink in the management screen. */
  testBrew(productId: number): void;
  /** `works` false: it does not come out. */
  makeDrink(order: DrinkOrder, cause: Cause, notify: Notify, works: boolean): void;
  /** Whether the result changes anything. */
  takesPayment(payment: Payment): boolean;
  settle(payment: Payment, cause: Cause, works: boolean): void;
  showQr(qr: QrText, cause: Cause): void;
  /** Power off ends all of it. */
  stop(cause: Cause): void;
}

/** What both programs do with a product: its recipe in this machine. */
export interface Brew {
  readonly time: number;
  readonly works: boolean;
  readonly cause: Cause;
  readonly done: () => void;
}

/** `yyyyMMddHHmmss`, the machine's number and five digits [field3]. */
export const orderNumber = (second: string, vmcNo: number, digits: number): string =>
  `${second}${vmcNo}${digits}`;
