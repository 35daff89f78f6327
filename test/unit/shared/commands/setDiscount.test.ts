import { expect, test } from 'vitest';
import { controlled, linux, type Controlled } from '../../../builders/controlled';

const asks = (book: Controlled, product: number, amount: number, order: string): Controlled =>
  book
    .receives({ cmd: 'qrcode', qr_type: 'all', product_id: product, Amount: amount, order_no: order })
    .answers('qrcode_r', 'qrcode_r');

test('is proved against what the product cost before, and by nothing it was never asked for', () => {
  const book = controlled(linux);
  asks(book, 101, 1000, 'a').after(1_000);
  book
    .gives('setDiscount', { percent: 85 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 85 })
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(70_000)
    .connects()
    .shows('sent', 'loggedIn');
  expect(book.command().input).toMatchObject({ percent: 85, percentBefore: 100 });
  asks(book, 109, 500, 'b').shows('sent');
  asks(book, 101, 900, 'c').shows('sent', ['amountDiffers', { amount: 900, expected: 850 }]);
  asks(book, 101, 850, 'd')
    .shows('confirmed', ['amountSeen', { productId: 101, amount: 850 }])
    .after(1_000);
  // The next one counts from the discount in force.
  book.gives('setDiscount', { percent: 50 }).sends({ cmd: 'discount', vmc_no: 7, discount: 50 });
  expect(book.command().input).toMatchObject({ percent: 50, percentBefore: 85 });
  asks(book, 101, 500, 'e').shows('confirmed', 'amountSeen');
});

test('a newer one takes the place of one that still waits', () => {
  controlled(linux)
    .gives('setDiscount', { percent: 85 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 85 })
    .after(1_000)
    .gives('setDiscount', { percent: 58 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 58 })
    .showsOf(1, 'expired', 'replaced')
    .shows('sent');
});

test('what cost the same before and after proves nothing, nor does an order that is asked for again', () => {
  const book = controlled(linux);
  asks(book, 101, 100, 'a').after(1_000);
  book.gives('setDiscount', { percent: 99 }).sends({ cmd: 'discount', vmc_no: 7, discount: 99 });
  asks(book, 101, 100, 'b').shows('sent');
  book.takesBack().shows('expired', 'stoppedWaiting');
  const other = controlled(linux);
  asks(other, 101, 850, 'a');
  asks(other, 102, 1000, 'b').after(1_000);
  other.gives('setPrices', { prices: [{ productId: 102, price: 1000, type: 0 }] });
  other.sends({ cmd: 'priceset', vmc_no: 7, price: [[102, 1000, 0]] });
  asks(other, 102, 1000, 'b').shows('sent');
});

test('amounts from before the discount that is replaced are nothing to reckon with', () => {
  const book = controlled(linux);
  asks(book, 101, 1000, 'a').after(1_000);
  book
    .gives('setDiscount', { percent: 50 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 50 })
    .after(1_000)
    .gives('setDiscount', { percent: 25 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 25 })
    .showsOf(1, 'expired', 'replaced');
  // It took only the first: 500 is a half of 1000, not of what the second begins with.
  asks(book, 101, 500, 'b').shows('sent');
});
