/** Sales of a machine, one QR payment at a time: order, payment, drink. */
import type { JsonObject } from '#shared/model/frame';
import type { Cabinet } from './cabinet';
import type { Cancel } from './clock';
import { secondOf } from './clock';
import { qrAttempts, qrTimeout } from './profile';
import { menu, type Product } from './stock';

type Payment = 'all' | 'wx_pub' | 'alipay' | 'cash';

const payTypeOf = ({ paytype }: JsonObject) => (typeof paytype === 'string' ? paytype.trim() : 'qr_pay');

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

  /** Makes a drink that the server ordered (`products` [doc 3.8]); `ended` gets the reason when that failed. */
  make(productId: number, ended: (failReason: string | null) => void): void {
    const product = menu.find(({ id }) => id === productId);
    const orderNo = this.#cabinet.nextOrderNo();
    const failReason = product === undefined ? 'no such product' : this.#cabinet.brokenBy;
    if (product === undefined || failReason !== null) {
      const reported = product ?? { id: productId, name: '', key: '', price: 0, uses: {} };
      this.#reportDrink(reported, orderNo, 'fastcode', failReason);
      return ended(failReason);
    }
    const sale: Sale = { product, payment: 'cash', works: true, brewing: 20_000, patience: 0 };
    this.#brew(sale, orderNo, 'fastcode', ended);
  }

  qrAnswered(message: JsonObject): void {
    const pending = this.#pendingFor(message);
    if (pending === null || pending.shown) return;
    pending.shown = true;
    this.#stopTimers(pending);
    const { patience } = pending.sale;
    pending.timers.push(this.#cabinet.soon(patience, () => this.#cancel(pending)));
    if (this.#cabinet.profile.platform === 'android') {
      pending.timers.push(this.#cabinet.soon(patience / 2, () => this.#checkPayment(pending)));
    }
  }

  /** `pay_done` [doc 3.6], answered with `paydone_r` [field]. */
  paid(message: JsonObject): void {
    const pending = this.#pendingFor(message);
    if (pending === null) return;
    this.#cabinet.send({ cmd: 'paydone_r', vmc_no: this.#cabinet.number, order_no: pending.orderNo });
    this.#settle(pending, message['paydone'] === true, payTypeOf(message));
  }

  /** `checkorder_r` [field]: paid meanwhile or not. */
  checked(message: JsonObject): void {
    const pending = this.#pendingFor(message);
    if (pending === null || message['paydone'] !== true) return;
    this.#settle(pending, true, payTypeOf(message));
  }

  /** Power off ends the sale. */
  powerOff(): void {
    this.#pending = null;
  }

  #requestQr(pending: PendingSale, attempt: number): void {
    const { product, payment } = pending.sale;
    const sent = this.#cabinet.send({
      cmd: 'qrcode',
      vmc_no: this.#cabinet.number,
      qr_type: payment,
      product_id: product.id,
      Amount: this.#cabinet.priceOf(product),
      order_no: pending.orderNo,
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

  #checkPayment(pending: PendingSale): void {
    const { number } = this.#cabinet;
    const { orderNo, sale } = pending;
    this.#cabinet.send({ cmd: 'checkorder', vmc_no: number, order_no: orderNo, product_id: sale.product.id });
  }

  #pendingFor(message: JsonObject): PendingSale | null {
    return this.#pending?.orderNo === message['order_no'] ? this.#pending : null;
  }

  #settle(pending: PendingSale, paid: boolean, payType: string): void {
    this.#stopTimers(pending);
    this.#pending = null;
    if (paid) this.#brew(pending.sale, pending.orderNo, payType, pending.done);
    else pending.done();
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

  #brew(sale: Sale, orderNo: string, payType: string, ended: (failReason: string | null) => void): void {
    this.#cabinet.soon(sale.brewing, () => {
      const failReason = this.#cabinet.brokenBy ?? (sale.works ? null : 'ERROR:6D00');
      if (failReason === null) this.#cabinet.consume(sale.product);
      this.#reportDrink(sale.product, orderNo, payType, failReason);
      ended(failReason);
    });
  }

  /** `productdone` [doc 3.7], with android's additions [field]. */
  #reportDrink(product: Product, orderNo: string, payType: string, failReason: string | null): void {
    const cabinet = this.#cabinet;
    const body: JsonObject = {
      cmd: 'productdone',
      vmc_no: cabinet.number,
      ProductName: product.name,
      ProductId: product.id,
      ProductAmount: cabinet.priceOf(product),
      PayType: payType,
      isok: failReason === null,
      order_no: orderNo,
    };
    const why = failReason === null ? {} : { failreason: failReason };
    cabinet.records.add(
      'order',
      orderNo,
      cabinet.profile.platform === 'linux'
        ? { ...body, ...why }
        : {
            ...body,
            timestamp: secondOf(cabinet.clock.now()),
            nameKey: product.key,
            order_resend_times: 0,
            order_uploaded: false,
            ...why,
          },
    );
  }
}
