/** A price list as frames: machines drop frames over 1024 bytes [field], so a long one is sent in several. */
import type { WireMessage } from '../model/message';

export interface Price {
  readonly productId: number;
  /** fen */
  readonly price: number;
  /** 0-3 [doc 3.9] */
  readonly type: number;
}

/** Bytes of a body: 1000 less the head's 12. */
const mostBytes = 988;

export function priceMessages(vmcNo: number, prices: readonly Price[]): readonly WireMessage[] {
  const message = (price: readonly (readonly [number, number, number])[]): WireMessage => ({
    cmd: 'priceset',
    vmc_no: vmcNo,
    price,
  });
  const messages: WireMessage[] = [];
  let rows: (readonly [number, number, number])[] = [];
  for (const { productId, price, type } of prices) {
    const next = [...rows, [productId, price, type] as const];
    // Digits and brackets only: characters are bytes.
    if (rows.length > 0 && JSON.stringify(message(next)).length > mostBytes) {
      messages.push(message(rows));
      rows = [[productId, price, type]];
    } else rows = next;
  }
  if (rows.length > 0) messages.push(message(rows));
  return messages;
}
