/** The orders of the linux program [field3]: there is one order number, the last, which an order of the server overwrites. */
import { secondOf } from '#shared/messages/times';
import type { DrinkOrder, Payment, QrText } from '#shared/virtualMachine';
import type { Cabinet } from '../cabinet';
import type { Cancel } from '../clock';
import { byCustomer, byTechnician, itself, type Cause } from '../deeds';
import { brewFault, brewingTime, orderNumber, type Brew, type Orders, type Purchase } from '../orders';
import { qrAttempts, qrTimeout } from '../profile';
import { productOf, unknownProduct, type Product } from '../stock';
import type { WireBody } from '../wire';

const repeatInterval = 3_000;

/** The program shows QR texts of these types only. */
const qrTypes: ReadonlySet<string | null> = new Set([
  'wx_pub',
  'alipay',
  'dragonpay',
  'user',
  'url',
  'jdpay',
  'wxPubQR',
  'alipayQR',
  'abcpay',
]);
/** A payment of any other type keeps the previous type. */
const payTypes: ReadonlySet<string | null> = new Set([
  'qr_pay',
  'alipay',
  'wx_pub',
  'jdpay',
  'cardcode',
  'fastcode',
  'url',
  'wxPubQR',
  'alipayQR',
  'abcpay',
  'dragonpay',
  'swf_wx',
  'swf_ali',
]);
/** Drinks with these payments get a new number when they end. */
const ownNumbers: ReadonlySet<string> = new Set(['cash', 'free', 'quickpass', 'test']);

interface LinuxBrew extends Brew {
  readonly product: Product;
}
/** A customer who waits for the payment to be confirmed. */
interface Waiting {
  orderNo: string;
  readonly purchase: Purchase;
  timers: Cancel[];
  isShown: boolean;
  /** An order of the server has taken the number: a payment is now lost. */
  isDead: boolean;
}
/** The last sale, until it is acknowledged. */
interface Done {
  readonly orderNo: string;
  readonly body: WireBody | null;
}

export interface LinuxOrdersOptions {
  readonly cabinet: Cabinet;
  /** The machine gives drinks away. */
  readonly isFree: boolean;
  readonly send: (body: WireBody) => void;
}

export class LinuxOrders implements Orders {
  readonly #cabinet: Cabinet;
  readonly #isFree: boolean;
  readonly #send: (body: WireBody) => void;
  #last = '';
  #pay = 'free';
  #cash = 0;
  /** The product that a payment starts, even if its customer has left. */
  #selection: LinuxBrew | null = null;
  #waiting: Waiting | null = null;
  #done: Done | null = null;
  #repeating: Cancel | null = null;
  /** Ordered during another drink. */
  #next: LinuxBrew | null = null;

  constructor({ cabinet, isFree, send }: LinuxOrdersOptions) {
    this.#cabinet = cabinet;
    this.#isFree = isFree;
    this.#send = send;
  }

  buy(purchase: Purchase): boolean {
    const cabinet = this.#cabinet;
    const product = productOf(purchase.productId);
    if (product === null || cabinet.isLocked(product)) return false;
    if (!cabinet.isOn || cabinet.isInMenu || cabinet.isBrewing || this.#waiting !== null) return false;
    cabinet.touch();
    const { done = () => undefined } = purchase;
    const brew: LinuxBrew = {
      product,
      time: purchase.brewing ?? brewingTime,
      works: purchase.works ?? true,
      cause: byCustomer,
      done,
    };
    const amount = cabinet.priceOf(product);
    // A price of 0 asks for no payment [field].
    if (this.#isFree || amount === 0 || purchase.payment === 'cash') {
      this.#pay = this.#isFree || amount === 0 ? 'free' : 'cash';
      this.#cash = this.#pay === 'cash' ? amount : 0;
      this.#brew(brew);
      return true;
    }
    this.#selection = brew;
    this.#forgetDone('overtaken by a QR request', byCustomer);
    this.#last = this.#freshNumber();
    this.#waiting = { orderNo: this.#last, purchase, timers: [], isShown: false, isDead: false };
    cabinet.set({ isOrdering: true });
    this.#requestQr(this.#waiting, product, amount, 1);
    return true;
  }

  /** A customer enters a pick-up code: its MD5 becomes the last order number. */
  enterCode(md5: string): void {
    this.#kill('a pick-up code', byCustomer);
    this.#last = md5;
    this.#cash = -1;
  }

  testBrew(productId: number): void {
    const product = productOf(productId);
    if (product === null || !this.#cabinet.isOn || this.#cabinet.isBrewing) return;
    this.#pay = 'test';
    this.#cash = 0;
    this.#brew({ product, time: brewingTime, works: true, cause: byTechnician, done: () => undefined });
  }

  makeDrink(
    { productId, orderNo, isPaid, isOwn }: DrinkOrder,
    cause: Cause,
    _notify: unknown,
    works: boolean,
  ): void {
    const cabinet = this.#cabinet;
    const number = orderNo ?? '';
    if (number !== this.#last) this.#kill('an order of the server', cause);
    this.#last = number;
    if (!isOwn || !isPaid) return;
    this.#cash = 0;
    this.#pay = 'fastcode';
    this.#selection = null;
    this.#leave();
    const product = productOf(productId);
    const reason =
      product === null
        ? 'can not find this product.'
        : cabinet.isLocked(product)
          ? 'the product is not in productmenu.'
          : cabinet.broken || !cabinet.hasFor(product)
            ? 'the product is not available'
            : null;
    if (product === null || reason !== null) {
      // Reported once, acknowledged or not.
      this.#reportDrink(product ?? unknownProduct(productId), 'fastcode', 0, reason, cause);
      return;
    }
    const brew = { product, time: brewingTime, works, cause, done: () => undefined };
    // Inferred: the current drink ends under the new number, and this one follows [field3].
    if (cabinet.isBrewing) this.#next = brew;
    else this.#brew(brew);
  }

  takesPayment({ isOwn, orderNo, isPaid }: Payment): boolean {
    return isOwn && isPaid && orderNo !== null && orderNo === this.#last;
  }

  settle(payment: Payment, cause: Cause, works: boolean): void {
    if (!this.takesPayment(payment)) return;
    const { payType, amount } = payment;
    if (payTypes.has(payType)) {
      this.#pay = payType ?? '';
      this.#cash = amount;
    }
    this.#cabinet.log({ did: 'tookPayment', orderNo: this.#last, isPaid: true }, cause);
    const selection = this.#selection;
    this.#leave(false);
    if (selection !== null && !this.#cabinet.isBrewing)
      this.#brew(works ? selection : { ...selection, works });
  }

  showQr({ orderNo, type, text }: QrText, cause: Cause): void {
    const waiting = this.#waiting;
    if (orderNo !== this.#last || !qrTypes.has(type) || text === null || waiting === null) return;
    this.#cabinet.log({ did: 'showedQr', orderNo: this.#last }, cause);
    if (waiting.isShown) return;
    waiting.isShown = true;
    this.#stopTimers(waiting);
    waiting.timers.push(this.#cabinet.soon(waiting.purchase.patience, () => this.#leave()));
  }

  /** Any acknowledgement ends the repetition, whatever order it names. */
  acknowledged(): void {
    this.#done = null;
    this.#stopRepeating();
  }

  stop(cause: Cause): void {
    this.#kill('restart', cause);
    this.#forgetDone('restart', cause);
    if (this.#waiting !== null) this.#stopTimers(this.#waiting);
    this.#waiting = null;
    this.#selection = null;
    this.#next = null;
    this.#last = '';
    this.#pay = 'free';
    this.#cash = 0;
  }

  #freshNumber(): string {
    const { number, random } = this.#cabinet;
    return orderNumber(secondOf(this.#cabinet.now()), number, random.int(10_000, 99_999));
  }

  #requestQr(waiting: Waiting, product: Product, amount: number, attempt: number): void {
    const { payment } = waiting.purchase;
    // A repeated request uses the current number.
    this.#cabinet.report('qrWanted', { payment, productId: product.id, amount, orderNo: this.#last });
    waiting.timers = [
      this.#cabinet.after(qrTimeout, () => {
        if (attempt < qrAttempts) this.#requestQr(waiting, product, amount, attempt + 1);
        else this.#leave();
      }),
    ];
  }

  /** A waiting customer's payment is lost from now on. */
  #kill(why: string, cause: Cause): void {
    const waiting = this.#waiting;
    if (waiting === null || waiting.isDead) return;
    waiting.isDead = true;
    this.#cabinet.log({ did: 'lostSale', orderNo: waiting.orderNo, why }, cause);
  }

  /** Closes the customer's page; the selection stays. */
  #leave(isOver = true): void {
    const waiting = this.#waiting;
    if (waiting === null) return;
    this.#stopTimers(waiting);
    this.#waiting = null;
    this.#cabinet.set({ isOrdering: false });
    if (isOver) waiting.purchase.done?.();
  }

  #stopTimers(waiting: Waiting): void {
    for (const cancel of waiting.timers) cancel();
    waiting.timers = [];
  }

  #brew(brew: LinuxBrew): void {
    this.#cabinet.touch();
    this.#cabinet.set({ isBrewing: true });
    this.#cabinet.soon(brew.time, () => this.#end(brew));
  }

  #end({ product, works, cause, done }: LinuxBrew): void {
    const cabinet = this.#cabinet;
    const reason = cabinet.brokenBy ?? (works ? null : brewFault);
    if (reason === null) cabinet.consume(product);
    if (this.#isFree) this.#pay = 'free';
    const payType = this.#pay;
    // The number at the end of the drink, not at its beginning.
    if (ownNumbers.has(payType)) this.#last = this.#freshNumber();
    const amount = payType === 'free' || payType === 'test' ? 0 : this.#cash;
    const body = this.#reportDrink(product, payType, amount, reason, cause);
    this.#forgetDone('overtaken by the next sale', itself);
    this.#done = { orderNo: this.#last, body };
    this.#repeat();
    this.#pay = 'free';
    this.#cash = 0;
    this.#last = '';
    this.#selection = null;
    cabinet.set({ isBrewing: false });
    done();
    const next = this.#next;
    this.#next = null;
    if (next !== null && !cabinet.isBrewing) this.#brew(next);
  }

  #reportDrink(
    product: Product,
    payType: string,
    amount: number,
    failReason: string | null,
    cause: Cause,
  ): WireBody | null {
    const cabinet = this.#cabinet;
    const { id: productId, name, key: nameKey } = product;
    const orderNo = this.#last;
    const [body = null] = cabinet.bodiesOf('drink', {
      orderNo,
      productId,
      name,
      nameKey,
      amount,
      payType,
      failReason,
      soldAt: cabinet.now(),
      resends: 0,
      isHistory: false,
    });
    if (failReason === null) cabinet.log({ did: 'madeDrink', productId, orderNo, payType }, cause);
    else cabinet.log({ did: 'failedDrink', productId, orderNo, payType, reason: failReason }, cause);
    if (body !== null) this.#send(body);
    return body;
  }

  #repeat(): void {
    this.#repeating = this.#cabinet.after(repeatInterval, () => {
      if (this.#done?.body == null) return;
      this.#send(this.#done.body);
      this.#repeat();
    });
  }

  #stopRepeating(): void {
    this.#repeating?.();
    this.#repeating = null;
  }

  /** Only one finished sale is kept. */
  #forgetDone(why: string, cause: Cause): void {
    const done = this.#done;
    this.#done = null;
    this.#stopRepeating();
    if (done !== null) this.#cabinet.log({ did: 'lostSale', orderNo: done.orderNo, why }, cause);
  }
}
