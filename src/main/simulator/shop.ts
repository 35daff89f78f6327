/** One customer at a time: order, payment, drink. */
import type { JsonObject } from '#shared/model/frame';
import type { Cabinet } from './cabinet';
import type { Cancel } from './clock';
import { secondOf } from './clock';
import { qrAttempts, qrPatience } from './profile';
import { menu, type Product } from './stock';

export type Payment = 'all' | 'wx_pub' | 'alipay' | 'cash';

const payTypeOf = ({ paytype }: JsonObject) => (typeof paytype === 'string' ? paytype.trim() : 'qr_pay');

/** Decided before the order begins, so that the same seed sells the same. Times in ms of life. */
export interface Sale {
  readonly product: Product;
  readonly payment: Payment;
  /** False: the drink fails while it is made. */
  readonly works: boolean;
  readonly brewing: number;
  /** How long the customer looks at the QR text before leaving. */
  readonly patience: number;
}

interface Asking {
  readonly orderNo: string;
  readonly sale: Sale;
  readonly done: () => void;
  timers: Cancel[];
  shown: boolean;
}

export class Shop {
  readonly #cabinet: Cabinet;
  #asking: Asking | null = null;

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
    if (this.#asking !== null) return done(); // the screen is taken
    this.#asking = { orderNo, sale, done, timers: [], shown: false };
    this.#ask(this.#asking, 1);
  }

  /** A drink the server orders (`products` [doc 3.8]). `ended` is told whether it came out. */
  make(productId: number, ended: (failReason: string | null) => void): void {
    const product = menu.find(({ id }) => id === productId);
    const orderNo = this.#cabinet.nextOrderNo();
    const failReason = product === undefined ? 'no such product' : this.#cabinet.brokenBy;
    if (product === undefined || failReason !== null) {
      const named = product ?? { id: productId, name: '', key: '', price: 0, uses: {} };
      this.#tell(named, orderNo, 'fastcode', failReason);
      return ended(failReason);
    }
    const sale: Sale = { product, payment: 'cash', works: true, brewing: 20_000, patience: 0 };
    this.#brew(sale, orderNo, 'fastcode', ended);
  }

  qrAnswered(message: JsonObject): void {
    const asking = this.#mine(message);
    if (asking === null || asking.shown) return;
    asking.shown = true;
    this.#stopTimers(asking);
    const { patience } = asking.sale;
    asking.timers.push(this.#cabinet.soon(patience, () => this.#leave(asking)));
    if (this.#cabinet.profile.platform === 'android') {
      asking.timers.push(this.#cabinet.soon(patience / 2, () => this.#check(asking)));
    }
  }

  /** `pay_done` [doc 3.6], answered with `paydone_r` [field]. */
  paid(message: JsonObject): void {
    const asking = this.#mine(message);
    if (asking === null) return;
    this.#cabinet.send({ cmd: 'paydone_r', vmc_no: this.#cabinet.number, order_no: asking.orderNo });
    this.#settled(asking, message['paydone'] === true, payTypeOf(message));
  }

  /** `checkorder_r` [field]: paid meanwhile or not. */
  checked(message: JsonObject): void {
    const asking = this.#mine(message);
    if (asking === null || message['paydone'] !== true) return;
    this.#settled(asking, true, payTypeOf(message));
  }

  /** Power went: whoever stood there leaves. */
  powerOff(): void {
    this.#asking = null;
  }

  #ask(asking: Asking, attempt: number): void {
    const { product, payment } = asking.sale;
    const sent = this.#cabinet.send({
      cmd: 'qrcode',
      vmc_no: this.#cabinet.number,
      qr_type: payment,
      product_id: product.id,
      Amount: this.#cabinet.priceOf(product),
      order_no: asking.orderNo,
    });
    if (!sent) return this.#leave(asking); // "check network" on the screen
    // No answer: the same order_no again [field].
    asking.timers = [
      this.#cabinet.after(qrPatience, () => {
        if (attempt < qrAttempts) this.#ask(asking, attempt + 1);
        else this.#leave(asking);
      }),
    ];
  }

  #check(asking: Asking): void {
    const { number } = this.#cabinet;
    const { orderNo, sale } = asking;
    this.#cabinet.send({ cmd: 'checkorder', vmc_no: number, order_no: orderNo, product_id: sale.product.id });
  }

  #mine(message: JsonObject): Asking | null {
    return this.#asking?.orderNo === message['order_no'] ? this.#asking : null;
  }

  #settled(asking: Asking, paid: boolean, payType: string): void {
    this.#stopTimers(asking);
    this.#asking = null;
    if (paid) this.#brew(asking.sale, asking.orderNo, payType, asking.done);
    else asking.done();
  }

  #leave(asking: Asking): void {
    this.#stopTimers(asking);
    this.#asking = null;
    asking.done();
  }

  #stopTimers(asking: Asking): void {
    for (const cancel of asking.timers) cancel();
    asking.timers = [];
  }

  #brew(sale: Sale, orderNo: string, payType: string, ended: (failReason: string | null) => void): void {
    this.#cabinet.soon(sale.brewing, () => {
      const failReason = this.#cabinet.brokenBy ?? (sale.works ? null : 'ERROR:6D00');
      if (failReason === null) this.#cabinet.consume(sale.product);
      this.#tell(sale.product, orderNo, payType, failReason);
      ended(failReason);
    });
  }

  /** `productdone` [doc 3.7], with android's additions [field]. */
  #tell(product: Product, orderNo: string, payType: string, failReason: string | null): void {
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
