/** Sales of a machine, one QR payment at a time: order, payment, drink. */
import type { Cabinet } from './cabinet';
import type { Cancel } from './clock';
import { qrAttempts, qrTimeout } from './profile';
import { menu, type Product } from './stock';

type Payment = 'all' | 'wx_pub' | 'alipay' | 'cash';

/** Drawn before the order begins, so that it depends on the seed only. Times in ms of simulated time. */
export interface Sale {
  readonly product: Product;
  readonly payment: Payment;
  /** False: the drink fails while it is made. */
  readonly works: boolean;
  readonly brewing: number;
  /** How long the QR text is shown before the customer gives up. */
  readonly patience: number;
}

interface PendingSale {
  readonly orderNo: string;
  readonly sale: Sale;
  readonly done: () => void;
  timers: Cancel[];
  shown: boolean;
}

export class Sales {
  readonly #cabinet: Cabinet;
  #pending: PendingSale | null = null;

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  sell(sale: Sale, done: () => void): void {
    const cabinet = this.#cabinet;
    const orderNo = cabinet.nextOrderNo();
    // A price of 0 asks for no payment [field].
    if (sale.payment === 'cash' || cabinet.priceOf(sale.product) === 0) {
      return this.#brew(sale, orderNo, 'cash', done);
    }
    if (this.#pending !== null) return done(); // one QR payment at a time
    this.#pending = { orderNo, sale, done, timers: [], shown: false };
    this.#requestQr(this.#pending, 1);
  }

  /** Makes a drink that the server ordered. `works` false: it does not come out. */
  make(productId: number, given: string | null, works = true): void {
    const product = menu.find(({ id }) => id === productId);
    const orderNo = given ?? this.#cabinet.nextOrderNo();
    // android names its own number, and the way it was ordered [field].
    const payType = given === null ? 'remote_production' : 'fastcode';
    const failReason = product === undefined ? 'can not find this product.' : this.#cabinet.brokenBy;
    if (product === undefined || failReason !== null) {
      const reported = product ?? { id: productId, name: '', key: '', price: 0, uses: {} };
      return this.#reportDrink(reported, orderNo, payType, failReason);
    }
    const sale: Sale = { product, payment: 'cash', works, brewing: 20_000, patience: 0 };
    this.#brew(sale, orderNo, payType, () => {});
  }

  showQr(orderNo: string | null): void {
    const pending = this.#pendingFor(orderNo);
    if (pending === null || pending.shown) return;
    pending.shown = true;
    this.#stopTimers(pending);
    const { patience } = pending.sale;
    pending.timers.push(this.#cabinet.soon(patience, () => this.#cancel(pending)));
    if (this.#cabinet.profile.platform === 'android') {
      pending.timers.push(this.#cabinet.soon(patience / 2, () => this.#checkPayment(pending)));
    }
  }

  isWaiting(orderNo: string | null): boolean {
    return this.#pendingFor(orderNo) !== null;
  }

  /** `works` false: whatever the customer would have got, nothing comes out. */
  settle(orderNo: string | null, isPaid: boolean, payType: string | null, works = true): void {
    const pending = this.#pendingFor(orderNo);
    if (pending === null) return;
    this.#stopTimers(pending);
    this.#pending = null;
    const sale = works ? pending.sale : { ...pending.sale, works };
    if (isPaid) this.#brew(sale, pending.orderNo, payType ?? 'qr_pay', pending.done);
    else pending.done();
  }

  /** Power off ends the sale. */
  powerOff(): void {
    this.#pending = null;
  }

  #requestQr(pending: PendingSale, attempt: number): void {
    const { product, payment } = pending.sale;
    const sent = this.#cabinet.tell('qrWanted', {
      payment,
      productId: product.id,
      amount: this.#cabinet.priceOf(product),
      orderNo: pending.orderNo,
    });
    if (!sent) return this.#cancel(pending); // "check network" on the screen
    // No answer: the same order_no again [field].
    pending.timers = [
      this.#cabinet.after(qrTimeout, () => {
        if (attempt < qrAttempts) this.#requestQr(pending, attempt + 1);
        else this.#cancel(pending);
      }),
    ];
  }

  #checkPayment({ orderNo, sale }: PendingSale): void {
    this.#cabinet.tell('paymentDoubted', { orderNo, productId: sale.product.id });
  }

  #pendingFor(orderNo: string | null): PendingSale | null {
    return this.#pending?.orderNo === orderNo ? this.#pending : null;
  }

  #cancel(pending: PendingSale): void {
    this.#stopTimers(pending);
    this.#pending = null;
    pending.done();
  }

  #stopTimers(pending: PendingSale): void {
    for (const cancel of pending.timers) cancel();
    pending.timers = [];
  }

  #brew(sale: Sale, orderNo: string, payType: string, ended: () => void): void {
    this.#cabinet.soon(sale.brewing, () => {
      const failReason = this.#cabinet.brokenBy ?? (sale.works ? null : 'ERROR:6D00');
      if (failReason === null) this.#cabinet.consume(sale.product);
      this.#reportDrink(sale.product, orderNo, payType, failReason);
      ended();
    });
  }

  #reportDrink(product: Product, orderNo: string, payType: string, failReason: string | null): void {
    const { id: productId, name, key: nameKey } = product;
    const amount = this.#cabinet.priceOf(product);
    this.#cabinet.tell('drink', { productId, name, nameKey, amount, payType, orderNo, failReason });
  }
}
