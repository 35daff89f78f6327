/**
 * The test QR text of an order. It depends on the order only, so asking again gets the same answer [ours], and it is no payment
 * address: whoever scans it reads that it is a test. Over 128 characters may not show on the machine [field].
 */
export function testQr(vmcNo: number, orderNo: string, qrType: string, amount: number | null): string {
  const price = amount === null ? '' : ` ${(amount / 100).toFixed(2)} CNY`;
  return `CREMA TEST ${vmcNo} ${qrType}${price} ${orderNo}`.slice(0, 128);
}
