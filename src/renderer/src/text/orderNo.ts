/** The last characters of a long number, which distinguish orders and fit into a line. */
export const shortOrderNo = (orderNo: string): string =>
  orderNo.length <= 12 ? orderNo : `…${orderNo.slice(-6)}`;

/** A typed order number, which may be copied from a list in its short form. */
export const soughtOrderNo = (typed: string): string => typed.replace(/^(?:…|\.\.\.)/, '');
