/** The orders of a machine, common to both programs. */
import type { DrinkOrder, Notify, Payment, QrText } from '#shared/virtualMachine';
import type { Cause } from './deeds';

/** The customer's payment method: a QR text of one type or of all, or a payment at the machine. */
type PaymentWay = 'all' | 'wx_pub' | 'alipay' | 'cash' | 'cashless' | 'face';

/** The plan of a customer. Times in ms of simulated time. */
export interface Purchase {
  readonly productId: number;
  readonly payment: PaymentWay;
  /** How long the customer waits for the payment to be confirmed. */
  readonly patience: number;
  readonly brewing?: number;
  /** False: the drink fails while it is made. */
  readonly works?: boolean;
  /** The customer has left. */
  readonly done?: () => void;
}

/** ms of simulated time that a drink takes. */
export const brewingTime = 20_000;
/** The default code of a failed drink. */
export const brewFault = 'ERROR:6D00';

export interface Orders {
  /** Orders for a customer. Returns false if the screen is in use or the product is not offered. */
  buy(purchase: Purchase): boolean;
  /** Makes a drink from the management screen. */
  testBrew(productId: number): void;
  /** `works` false: the drink fails. */
  makeDrink(order: DrinkOrder, cause: Cause, notify: Notify, works: boolean): void;
  /** Whether the payment would change any order. */
  takesPayment(payment: Payment): boolean;
  settle(payment: Payment, cause: Cause, works: boolean): void;
  showQr(qr: QrText, cause: Cause): void;
  /** Power off ends all orders. */
  stop(cause: Cause): void;
}

/** A product and its recipe in this machine, common to both programs. */
export interface Brew {
  readonly time: number;
  readonly works: boolean;
  readonly cause: Cause;
  readonly done: () => void;
}

/** `yyyyMMddHHmmss`, the machine's number and five digits [field3]. */
export const orderNumber = (second: string, vmcNo: number, digits: number): string =>
  `${second}${vmcNo}${digits}`;
