/** A price in a request from before the command does not prove the command. */
import { describe, expect, test } from 'vitest';
import { secondOf } from '#shared/messages/times';
import { android, controlled, linux, type Controlled } from '../../../builders/controlled';

const price = (productId: number, fen: number) => ({ productId, price: fen, type: 0 });
const asks = (book: Controlled, product: number, amount: number, order: string): Controlled =>
  book
    .receives({ cmd: 'qrcode', qr_type: 'all', product_id: product, Amount: amount, order_no: order })
    .answers('qrcode_r');
const gives = (book: Controlled, ...prices: readonly ReturnType<typeof price>[]): Controlled =>
  book
    .gives('setPrices', { prices })
    .sends({ cmd: 'priceset', vmc_no: 7, price: prices.map((one) => [one.productId, one.price, one.type]) });

describe.each([linux, android])('%j', (login) => {
  test('an unchanged price proves nothing, and the end is immediate', () => {
    const book = gives(asks(controlled(login), 801, 900, 'a').after(1_000), price(801, 900));
    asks(book, 801, 900, 'b').shows('unconfirmable', ['amountSame', { productId: 801, amount: 900 }]);
  });

  test('each of several prices is judged by itself', () => {
    const before = asks(controlled(login), 801, 900, 'a');
    const book = gives(asks(before, 802, 500, 'b').after(1_000), price(801, 900), price(802, 700));
    asks(book, 801, 900, 'c').shows('sent', ['amountSame', { productId: 801 }]);
    asks(book, 801, 900, 'd').shows('sent');
    // No request could prove it any more.
    asks(book, 802, 700, 'e').shows('unconfirmable', ['amountSeen', { productId: 802, amount: 700 }]);
    expect(book.command().awaited).toEqual([801]);
  });

  test('a price that was unknown before is proved by its amount', () => {
    asks(gives(controlled(login), price(801, 900)), 801, 900, 'a').shows('confirmed', 'amountSeen');
  });

  test('an earlier amount is remembered after any number of orders', () => {
    const book = gives(asks(controlled(login), 801, 900, 'a').after(1_000), price(801, 900));
    for (let n = 0; n < 60; n += 1) asks(book, 802, 500, `n${n}`);
    asks(book.restarts(), 801, 900, 'b').shows('unconfirmable', 'amountSame');
  });

  test('nor is an order that began before the command', () => {
    const number = (at: number): string => `${secondOf(at)}712345`;
    const book = controlled(login).after(60_000);
    const older = number(book.world.now - 5_000);
    gives(book, price(801, 900)).after(5_000);
    asks(book, 801, 900, older).shows('sent');
    asks(book, 801, 900, number(book.world.now)).shows('confirmed', 'amountSeen');
  });
});

describe('a product list', () => {
  test('proves only changes against the previous list and against orders', () => {
    const book = controlled(android).lists({ 15: '12.00', 17: '7.00', 24: '9.00' });
    asks(book, 26, 300, 'a').after(1_000);
    gives(book, price(15, 1200), price(17, 800), price(26, 300), price(27, 400)).after(1_000);
    book
      .lists({ 15: '12.00', 17: '8.00', 26: '3.00', 27: '4.00' })
      .shows('sent', ['listedSame', { productId: 15, same: 2 }], ['pricesListed', { listed: 2 }]);
    expect(book.command().awaited).toEqual([15, 26]);
  });

  test('does not prove a discount that was in force before', () => {
    const book = controlled(android).lists({ 15: '80', 17: '80' }, 'discount').after(1_000);
    book.gives('setDiscount', { percent: 80 }).sends({ cmd: 'discount', vmc_no: 7, discount: 80 });
    book
      .after(1_000)
      .lists({ 15: '80', 17: '80' }, 'discount')
      .shows('sent', ['listedSame', { productId: 15, same: 2 }]);
    // A product with another discount proves it.
    const other = controlled(android).lists({ 15: '80', 17: '100' }, 'discount').after(1_000);
    other.gives('setDiscount', { percent: 80 }).sends({ cmd: 'discount', vmc_no: 7, discount: 80 });
    other
      .after(1_000)
      .lists({ 15: '80', 17: '80' }, 'discount')
      .shows('confirmed', ['discountListed', { listed: 1 }]);
  });

  test('does not prove the lock of a product that was locked before', () => {
    const book = controlled(android).lists({ 101: 'true', 102: 'false' }, 'lock').after(1_000);
    book.gives('lockProducts', { productIds: [101] });
    book.sends({
      cmd: 'remote',
      vmc_no: 7,
      operation: 'productlock',
      session_id: book.command().sessionId,
      pid_list: '101',
    });
    book
      .after(1_000)
      .lists({ 101: 'true' }, 'lock')
      .shows('sent', ['listedSame', { productId: 101, same: 1 }]);
  });
});
