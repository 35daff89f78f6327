/** A statement and the journal entry it follows from. */
export interface Evident<T> {
  readonly value: T;
  readonly at: number;
  readonly entry: number;
}

/**
 * requested: a QR text was asked for. paid, refused: we told the machine so. made, failed: its productdone said so.
 */
type OrderState = 'requested' | 'paid' | 'refused' | 'made' | 'failed';

export interface Order {
  readonly orderNo: string;
  /** The entry that opened it; with the machine number it is the order's id. */
  readonly entry: number;
  readonly at: number;
  readonly productId: number | null;
  readonly productName: string | null;
  /** fen */
  readonly amount: number | null;
  readonly payType: string | null;
  /** The payment type its QR request named (`all` or one); `null`: no QR text was asked for. */
  readonly qrType: string | null;
  /** QR texts given out, by payment type: the same order gets the same answer. */
  readonly qr: Readonly<Record<string, string>>;
  /** Our first QR answer. */
  readonly answered: Evident<true> | null;
  /** The last payment result sent for it (pay_done). */
  readonly payment: Evident<{ readonly paid: boolean; readonly payType: string }> | null;
  /** The machine's acknowledgement of the payment result (paydone_r). */
  readonly acknowledged: Evident<true> | null;
  /** Its first productdone with `isok`. */
  readonly done: Evident<boolean> | null;
  readonly state: OrderState;
  readonly failReason: string | null;
  /** How often its productdone came. */
  readonly doneTimes: number;
}

/** The newest order with this number. */
export function orderOf(orders: readonly Order[], orderNo: string): Order | undefined {
  return orders.findLast((order) => order.orderNo === orderNo);
}
