/** The orders of the android program [field3]: each has its own number and is stored until acknowledged. */
import { secondOf } from '#shared/messages/times';
import type { DrinkOrder, Notify, Payment, QrText } from '#shared/virtualMachine';
import type { Cabinet } from '../cabinet';
import type { Cancel } from '../clock';
import { byCustomer, byTechnician, type Cause } from '../deeds';
import { brewFault, brewingTime, orderNumber, type Brew, type Orders, type Purchase } from '../orders';
import { qrAttempts, qrTimeout } from '../profile';
import { productOf, unknownProduct, type Product } from '../stock';
import type { Store } from './store';

interface AndroidBrew extends Brew {
  readonly product: Product;
  readonly orderNo: string;
  readonly payType: string;
  readonly amount: number;
}
/** The page of a customer who waits for the payment to be confirmed. */
interface Page {
  readonly orderNo: string;
  readonly product: Product;
  readonly amount: number;
  readonly purchase: Purchase;
  /** The page shows a QR text. Every other page accepts any successful payment, whatever order it names. */
  readonly isQr: boolean;
  timers: Cancel[];
  isShown: boolean;
}

/** A failed payment ends such a page with this code. */
const paymentFailed = 'ERROR:Z0047';
/** Payments of these types order a drink. */
const codeTypes: ReadonlySet<string | null> = new Set(['cardcode', 'fastcode']);

export interface AndroidOrdersOptions {
  readonly cabinet: Cabinet;
  readonly store: Store;
  /** A machine setting: bare messages can order drinks. */
  readonly allowsProducts: boolean;
  readonly isTaskRunning: () => boolean;
  /** Sends the report once and stores nothing. */
  readonly reportOnce: (facts: Parameters<Store['sold']>[0]) => void;
  /** Called when a drink has ended. */
  readonly ended: () => void;
}

export class AndroidOrders implements Orders {
  readonly #o: AndroidOrdersOptions;
  #page: Page | null = null;

  constructor(options: AndroidOrdersOptions) {
    this.#o = options;
  }

  buy(purchase: Purchase): boolean {
    const { cabinet } = this.#o;
    const product = productOf(purchase.productId);
    if (product === null || cabinet.isLocked(product) || cabinet.broken || !cabinet.hasFor(product))
      return false;
    if (!cabinet.isOn || cabinet.isInMenu || cabinet.isBrewing || this.#page !== null) return false;
    cabinet.touch();
    const amount = cabinet.priceOf(product);
    const orderNo = this.#number();
    const { payment, patience } = purchase;
    // A price of 0 asks for no payment [field].
    if (amount === 0 || payment === 'cash') {
      this.#brew(brewOf(purchase, { product, orderNo, amount, payType: amount === 0 ? 'free' : 'mdb_cash' }));
      return true;
    }
    const isQr = payment !== 'cashless' && payment !== 'face';
    const page: Page = { orderNo, product, amount, purchase, isQr, timers: [], isShown: false };
    this.#page = page;
    cabinet.set({ isOrdering: true });
    if (isQr) this.#requestQr(page, 1);
    else {
      page.timers.push(cabinet.soon(patience, () => this.#leave(page)));
      // The card reader answers on its own.
      if (payment === 'cashless')
        page.timers.push(cabinet.soon(patience / 2, () => this.#paid(page, 'mdb_cashless', true)));
    }
    return true;
  }

  testBrew(productId: number): void {
    const product = productOf(productId);
    if (product === null || !this.#o.cabinet.isOn || this.#o.cabinet.isBrewing) return;
    const sold = { product, orderNo: this.#number(), amount: 0, payType: 'test' };
    this.#brew({ ...sold, time: brewingTime, works: true, cause: byTechnician, done: () => undefined });
  }

  makeDrink(order: DrinkOrder, cause: Cause, notify: Notify, works: boolean): void {
    const { cabinet, allowsProducts } = this.#o;
    const { productId, isFree, isPaid } = order;
    const product = productOf(productId);
    if (isFree) return this.#makeFree(productId, product, cause, notify, works);
    notify(null);
    const orderNo = order.orderNo ?? '';
    if (product === null || cabinet.isLocked(product) || !cabinet.hasFor(product)) {
      const sold = product ?? unknownProduct(productId);
      this.#refuse(sold, orderNo, 'fastcode', 'can not find this product.', cause);
      return;
    }
    // Silence is normal: in the management screen, while brewing, and if neither the setting nor the screen allows the drink.
    if (cabinet.isInMenu || cabinet.isBrewing || !isPaid) return;
    if (!allowsProducts || this.#page !== null || cabinet.broken) return;
    const sold = { product, orderNo, amount: 0, payType: 'fastcode' };
    this.#brew({ ...sold, time: brewingTime, works, cause, done: () => undefined });
  }

  takesPayment({ orderNo, isPaid, payType }: Payment): boolean {
    const page = this.#page;
    if (codeTypes.has(payType) || page === null) return false;
    return page.isQr ? page.orderNo === orderNo : isPaid || page.orderNo === orderNo;
  }

  settle(payment: Payment, cause: Cause, works: boolean): void {
    const { orderNo, isPaid, payType, productId, isOwn } = payment;
    if (codeTypes.has(payType)) {
      const order = { productId: productId ?? 0, orderNo, isPaid, isOwn, isFree: false };
      return this.makeDrink(order, cause, () => undefined, works);
    }
    const page = this.#page;
    if (page === null || (page.isQr && page.orderNo !== orderNo)) return;
    this.#o.cabinet.log({ did: 'tookPayment', orderNo: page.orderNo, isPaid }, cause);
    if (isPaid) return this.#paid(page, payType ?? 'qr_pay', works);
    if (!page.isQr) {
      this.#report({ ...brewOf(page.purchase, page), payType: payType ?? '' }, paymentFailed);
    }
    this.#leave(page);
  }

  showQr({ orderNo, text }: QrText, cause: Cause): void {
    const page = this.#page;
    if (page === null || !page.isQr || page.orderNo !== orderNo || text === null) return;
    const { cabinet } = this.#o;
    cabinet.log({ did: 'showedQr', orderNo }, cause);
    if (page.isShown) return;
    page.isShown = true;
    stopTimers(page);
    const { patience } = page.purchase;
    page.timers.push(
      cabinet.soon(patience, () => this.#leave(page)),
      cabinet.soon(patience / 2, () => {
        cabinet.report('paymentDoubted', { orderNo, productId: page.product.id });
      }),
    );
  }

  stop(cause: Cause): void {
    const page = this.#page;
    this.#page = null;
    if (page === null) return;
    stopTimers(page);
    this.#o.cabinet.log({ did: 'lostSale', orderNo: page.orderNo, why: 'restart' }, cause);
  }

  #number(): string {
    const { cabinet } = this.#o;
    return orderNumber(secondOf(cabinet.now()), cabinet.number, cabinet.random.int(10_000, 99_999));
  }

  /** Refuses with a reason, or starts the drink. */
  #makeFree(productId: number, product: Product | null, cause: Cause, notify: Notify, works: boolean): void {
    const { cabinet, isTaskRunning } = this.#o;
    const reason =
      product === null || cabinet.isLocked(product)
        ? 'Z0022'
        : cabinet.isInMenu
          ? 'Z0023'
          : cabinet.isBrewing
            ? 'Z0024'
            : cabinet.broken
              ? 'Z0025'
              : isTaskRunning()
                ? 'Z0026'
                : this.#page !== null
                  ? 'Z0027'
                  : cabinet.hasFor(product)
                    ? null
                    : 'Z0028';
    notify(reason);
    const payType = 'remote_production';
    const orderNo = this.#number();
    if (product === null || reason !== null)
      return this.#refuse(product ?? unknownProduct(productId), orderNo, payType, reason ?? 'Z0022', cause);
    this.#brew({
      product,
      orderNo,
      payType,
      amount: 0,
      time: brewingTime,
      works,
      cause,
      done: () => undefined,
    });
  }

  /** Reported once, and not stored. */
  #refuse(product: Product, orderNo: string, payType: string, reason: string, cause: Cause): void {
    const { cabinet, reportOnce } = this.#o;
    const { id: productId } = product;
    cabinet.log({ did: 'failedDrink', productId, orderNo, payType, reason }, cause);
    reportOnce(factsOf({ product, orderNo, payType, amount: 0 }, reason, cabinet.now()));
  }

  #requestQr(page: Page, attempt: number): void {
    const { cabinet } = this.#o;
    const { payment } = page.purchase;
    const { orderNo, amount, product } = page;
    cabinet.report('qrWanted', { payment, productId: product.id, amount, orderNo });
    // No answer: the same order_no again [field].
    page.timers = [
      cabinet.after(qrTimeout, () => {
        if (attempt < qrAttempts) this.#requestQr(page, attempt + 1);
        else this.#leave(page);
      }),
    ];
  }

  #paid(page: Page, payType: string, works: boolean): void {
    stopTimers(page);
    this.#page = null;
    this.#o.cabinet.set({ isOrdering: false });
    const brew = { ...brewOf(page.purchase, page), payType };
    this.#brew(works ? brew : { ...brew, works });
  }

  #leave(page: Page): void {
    stopTimers(page);
    if (this.#page !== page) return;
    this.#page = null;
    this.#o.cabinet.set({ isOrdering: false });
    page.purchase.done?.();
  }

  #brew(brew: AndroidBrew): void {
    const { cabinet } = this.#o;
    cabinet.touch();
    cabinet.set({ isBrewing: true });
    cabinet.soon(brew.time, () => {
      const reason = cabinet.brokenBy ?? (brew.works ? null : brewFault);
      if (reason === null) cabinet.consume(brew.product);
      this.#report(brew, reason);
      cabinet.set({ isBrewing: false });
      this.#o.ended();
      brew.done();
    });
  }

  #report(brew: AndroidBrew, reason: string | null): void {
    const { cabinet, store } = this.#o;
    const { product, orderNo, payType, cause } = brew;
    const made = { productId: product.id, orderNo, payType };
    if (reason === null) cabinet.log({ did: 'madeDrink', ...made }, cause);
    else cabinet.log({ did: 'failedDrink', ...made, reason }, cause);
    store.sold(factsOf(brew, reason, cabinet.now()), product.uses);
  }
}

type Sold = Pick<AndroidBrew, 'product' | 'orderNo' | 'payType' | 'amount'>;

const brewOf = (
  { brewing = brewingTime, works = true, done = () => undefined }: Purchase,
  sold: Pick<AndroidBrew, 'product' | 'orderNo' | 'amount'> & { readonly payType?: string },
): AndroidBrew => {
  const { product, orderNo, amount, payType = '' } = sold;
  return { product, orderNo, amount, payType, time: brewing, works, cause: byCustomer, done };
};

const factsOf = ({ product, orderNo, payType, amount }: Sold, failReason: string | null, soldAt: number) => {
  const { id: productId, name, key: nameKey } = product;
  return {
    orderNo,
    productId,
    name,
    nameKey,
    amount,
    payType,
    failReason,
    soldAt,
    resends: 0,
    isHistory: false,
  };
};

function stopTimers(page: Page): void {
  for (const cancel of page.timers) cancel();
  page.timers = [];
}
