import { expect, test } from 'vitest';
import { android, controlled, linux, remote } from '../../../builders/controlled';

const drink = { productId: 101, strength: 3, milk: 1, sugar: 0 };
const ordered = { product_id: 101, fastcode: 310, paydone: true, paytype: 'fastcode' };
const done = (order: string, more: object = {}) => ({
  cmd: 'productdone',
  ProductId: 101,
  isok: true,
  order_no: order,
  ...more,
});

test.each([
  ['linux', linux, { cmd: 'products', vmc_no: 7, ...ordered }],
  ['android', android, remote('products', ordered)],
])('%s: is proved by productdone of that product, paid as we said', (_platform, login, message) => {
  const book = controlled(login)
    .gives('makeDrink', drink)
    .sends(message)
    // A customer's own order of the same product is not it.
    .receives({ cmd: 'qrcode', qr_type: 'all', product_id: 101, Amount: 900, order_no: 'c1' })
    .answers('qrcode_r', 'qrcode_r')
    .receives(done('c1'))
    .answers('productdone_r')
    .receives(done('x2', { ProductId: 102 }))
    .answers('productdone_r')
    // Nor is a sale for cash.
    .receives(done('c2', { PayType: 'cash' }))
    .answers('productdone_r')
    .shows('sent')
    .receives(done('x3'))
    .answers('productdone_r')
    .shows('confirmed', ['drinkMade', { orderNo: 'x3' }]);
  // Members go out in the order of the document.
  expect(Object.keys(message).slice(-4)).toEqual(Object.keys(ordered));
  expect(book.command().endedAt).toBe(book.world.now);
});

test('a drink that is told again is not another one', () => {
  controlled(linux)
    .receives(done('x1'))
    .answers('productdone_r')
    .gives('makeDrink', drink)
    .sends({ cmd: 'products', vmc_no: 7, ...ordered })
    .receives(done('x1'))
    .answers('productdone_r')
    .shows('sent')
    .after(300_000)
    .shows('expired', 'noProof');
});

test('fails with the machine’s own reason', () => {
  controlled(linux)
    .gives('makeDrink', drink)
    .sends({ cmd: 'products', vmc_no: 7, ...ordered })
    .receives({ cmd: 'productdone', ProductId: 101, isok: false, failreason: 'ERROR:5300' })
    .answers('productdone_r')
    .shows('failed', ['drinkFailed', { reason: 'ERROR:5300' }]);
});

test('what does not fit is refused, naming the field', () => {
  controlled(linux).refuses(
    'makeDrink',
    { ...drink, sugar: 6 },
    { code: 'badInput', params: { name: 'makeDrink', field: 'sugar' } },
  );
});
