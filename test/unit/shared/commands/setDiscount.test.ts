import { describe, test } from 'vitest';
import type { JsonObject } from '#shared/model/json';
import { answers } from '../../../builders/answering';
import { android, controlled, linux, type Controlled } from '../../../builders/controlled';

const asks = (book: Controlled, product: number, amount: number, order: string): Controlled =>
  book
    .receives({ cmd: 'qrcode', qr_type: 'all', product_id: product, Amount: amount, order_no: order })
    .answers('qrcode_r');

test('is proved against the earlier price, and not by a product without one', () => {
  const book = controlled(linux);
  asks(book, 101, 1000, 'a');
  asks(book, 102, 800, 'a2').after(1_000);
  book
    .gives('setDiscount', { percent: 85 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 85 })
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(70_000)
    .connects()
    .shows('sent', 'loggedIn');
  asks(book, 109, 500, 'b').shows('sent');
  asks(book, 101, 900, 'c').shows('sent', ['amountDiffers', { amount: 900, expected: 850 }]);
  asks(book, 101, 850, 'd').shows('sent', ['amountSeen', { productId: 101, amount: 850 }]);
  asks(book, 102, 680, 'e')
    .shows('confirmed', ['amountSeen', { productId: 102, amount: 680 }])
    .after(1_000);
  // The next discount is computed from the discount in force.
  book.gives('setDiscount', { percent: 50 }).sends({ cmd: 'discount', vmc_no: 7, discount: 50 });
  asks(book, 101, 500, 'f').shows('sent', 'amountSeen');
  asks(book, 102, 400, 'g').shows('confirmed', 'amountSeen');
});

describe('prices that a person may have set at the machine do not prove a discount', () => {
  const sent = (): Controlled => {
    const book = controlled(android);
    asks(book, 101, 1000, 'a');
    asks(book, 102, 1000, 'b');
    asks(book, 103, 800, 'c').after(1_000);
    return book.gives('setDiscount', { percent: 90 }).sends({ cmd: 'discount', vmc_no: 7, discount: 90 });
  };

  test('one product, however often it is requested', () => {
    const book = sent();
    asks(book, 101, 900, 'd').shows('sent', ['amountSeen', { productId: 101, amount: 900 }]);
    asks(book, 101, 900, 'e').shows('sent', 'amountSeen');
  });

  test('two products with the same amount', () => {
    const book = sent();
    asks(book, 101, 900, 'd').shows('sent', 'amountSeen');
    asks(book, 102, 900, 'e').shows('sent', ['amountSeen', { productId: 102, amount: 900 }]);
    asks(book, 103, 720, 'f').shows('confirmed', ['amountSeen', { productId: 103, amount: 720 }]);
  });

  test('and an amount proves no price if it is also the only evidence of the discount', () => {
    const book = sent().after(15_000);
    book
      .gives('setPrices', { prices: [{ productId: 102, price: 1000, type: 0 }] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[102, 1000, 0]] });
    asks(book, 102, 900, 'd')
      .showsOf(1, 'sent', 'amountSeen')
      .shows('sent', ['amountUnclear', { productId: 102, amount: 900 }]);
  });
});

test.each([linux, android])('a discount that shows after the wait is a late proof', (login) => {
  const book = controlled(login);
  asks(book, 102, 800, 'first');
  asks(book, 101, 1000, 'a').after(1_000);
  book
    .gives('setDiscount', { percent: 85 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 85 })
    .after(24 * 3_600_000)
    .shows('expired', 'noProof')
    .after(60_000);
  asks(book, 102, 680, 'second').shows('expired', 'amountSeen');
  asks(book, 101, 850, 'b').shows('confirmed', 'late', 'amountSeen');
  asks(book, 101, 1000, 'c').shows('confirmed');
});

describe('a product list from the machine', () => {
  const sent = (percent = 80): Controlled =>
    controlled(android)
      .gives('setDiscount', { percent })
      .sends({ cmd: 'discount', vmc_no: 7, discount: percent });

  test.each(['discount', 'discountRate', 'discount_rate'])('proves it by a column %s', (column) => {
    sent()
      .after(1_000)
      .lists({ 15: '80', 17: '80' }, column)
      .shows('confirmed', ['discountListed', { listed: 2 }]);
  });

  test('is not proof if one product differs, and shows the difference', () => {
    sent()
      .after(1_000)
      .lists({ 15: '80', 17: '100', 24: '90' }, 'discount')
      .shows('sent', ['discountDiffers', { productId: 17, differing: 2, percent: 100, wanted: 80 }]);
  });

  test('proves nothing by another column, by possible fractions of 1 or yes and no, or by unchanged values', () => {
    const book = sent().lists({ 15: '80' }, 'discount').shows('sent');
    const before = book.world.now;
    book.after(1_000).lists({ 15: '80' }, 'discount', before).shows('sent');
    book.lists({ 15: '80' }, 'discountPrice').shows('sent');
    book.lists({ 15: '0.8', 17: '1' }, 'discount').shows('sent');
    book.lists({ 15: '0', 17: '1' }, 'discount').shows('sent');
    book.lists({ 15: '80%' }, 'discount').shows('sent');
    book.lists({ 15: '800' }, 'discount').shows('sent');
    book.lists({ 15: '0', 17: '80' }, 'discount').shows('confirmed', ['discountListed', { listed: 1 }]);
  });

  test('is not expected to have products whose discount a later price has removed', () => {
    const book = sent()
      .after(15_000)
      .gives('setPrices', { prices: [{ productId: 15, price: 900, type: 0 }] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[15, 900, 0]] })
      .after(1_000);
    book.lists({ 15: '80' }, 'discount').showsOf(1, 'sent');
    book
      .lists({ 15: '100', 17: '80' }, 'discount')
      .showsOf(1, 'confirmed', ['discountListed', { listed: 1 }])
      .shows('sent');
  });

  test('is also a late proof', () => {
    sent()
      .after(24 * 3_600_000)
      .shows('expired', 'noProof')
      .after(60_000)
      .lists({ 15: '80' }, 'discount')
      .shows('confirmed', 'late', 'discountListed');
  });
});

test('a newer discount replaces a waiting one', () => {
  controlled(linux)
    .gives('setDiscount', { percent: 85 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 85 })
    .after(1_000)
    .gives('setDiscount', { percent: 58 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 58 })
    .showsOf(1, 'expired', 'replaced')
    .shows('sent');
});

test('an unchanged price proves nothing, nor does a repeated order', () => {
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

test('amounts from before the replaced discount are not a basis', () => {
  const book = controlled(linux);
  asks(book, 102, 800, 'first');
  asks(book, 101, 1000, 'a').after(1_000);
  book
    .gives('setDiscount', { percent: 50 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 50 })
    .after(1_000)
    .gives('setDiscount', { percent: 25 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 25 })
    .showsOf(1, 'expired', 'replaced');
  // The machine applied only the first: 500 is half of 1000, not half of the price before the second.
  asks(book, 101, 500, 'b').shows('sent', ['amountDiffers', { amount: 500, expected: 250 }]);
  asks(book, 101, 250, 'c').shows('sent', 'amountSeen');
  asks(book, 102, 200, 'd').shows('confirmed', 'amountSeen');
});

describe('a discount of 50 and a price list, both sent', () => {
  const list = (fen: number) => ({ prices: [{ productId: 101, price: fen, type: 0 }] });
  /** The product cost `before`. The discount is the first command, unless `listFirst`; both wait for their proof. */
  const both = (before: number | null, fen: number, login: JsonObject = linux, listFirst = false) => {
    const book = controlled(login);
    asks(book, 102, 640, 'other').after(1_000);
    if (before !== null) asks(book, 101, before, 'before').after(1_000);
    const discounts = (): Controlled =>
      book.gives('setDiscount', { percent: 50 }).sends({ cmd: 'discount', vmc_no: 7, discount: 50 });
    const reprices = (): Controlled =>
      book.gives('setPrices', list(fen)).sends({ cmd: 'priceset', vmc_no: 7, price: [[101, fen, 0]] });
    if (listFirst) reprices();
    else discounts();
    // A command that restarts a machine is sent alone.
    book.after(60_000);
    if (listFirst) discounts();
    else reprices();
    return { book, ofDiscount: listFirst ? 2 : 1, ofList: listFirst ? 1 : 2 };
  };

  test.each([false, true])(
    'an amount with two explanations proves neither (the list first: %s)',
    (listFirst) => {
      // 500 is the price in the list, and half of the earlier price.
      const { book, ofDiscount, ofList } = both(1000, 500, linux, listFirst);
      asks(book, 101, 500, 'a')
        .showsOf(ofDiscount, 'sent', ['amountUnclear', { productId: 101, amount: 500 }])
        .showsOf(ofList, 'sent', ['amountUnclear', { amount: 500 }]);
      // A quarter needs both commands.
      asks(book, 101, 250, 'b')
        .showsOf(ofDiscount, 'sent', 'amountSeen')
        .showsOf(ofList, 'sent', 'amountUnclear');
      asks(book, 102, 320, 'c').showsOf(ofDiscount, 'confirmed', 'amountSeen').showsOf(ofList, 'sent');
      asks(book, 101, 250, 'd').showsOf(ofList, 'confirmed', 'amountSeen');
    },
  );

  test.each([false, true])(
    'nor does the old amount, which both together explain (the list first: %s)',
    (listFirst) => {
      const { book, ofDiscount, ofList } = both(500, 1000, linux, listFirst);
      asks(book, 101, 500, 'a').showsOf(ofDiscount, 'sent').showsOf(ofList, 'sent');
      // Only the discount.
      asks(book, 101, 250, 'b')
        .showsOf(ofDiscount, 'sent', 'amountSeen')
        .showsOf(ofList, 'sent', ['amountDiffers', { amount: 250, expected: 500 }]);
      asks(book, 102, 320, 'c').showsOf(ofDiscount, 'confirmed', 'amountSeen');
    },
  );

  test('each is proved by an amount that only it explains', () => {
    const first = both(800, 1000);
    asks(first.book, 101, 1000, 'a')
      .showsOf(1, 'sent', ['amountDiffers', { amount: 1000, expected: 400 }])
      .showsOf(2, 'confirmed', 'amountSeen');
    const second = both(800, 1000);
    asks(second.book, 102, 320, 'a').showsOf(1, 'sent', 'amountSeen');
    asks(second.book, 101, 500, 'b')
      .showsOf(1, 'confirmed', 'amountSeen')
      .showsOf(2, 'sent', 'amountUnclear');
    asks(second.book, 101, 500, 'c').showsOf(2, 'confirmed', 'amountSeen');
  });

  test('for a product without an earlier request, half the list’s price may be its old price', () => {
    const { book } = both(null, 1000);
    asks(book, 101, 500, 'a')
      .showsOf(1, 'sent')
      .showsOf(2, 'sent', ['amountUnclear', { amount: 500 }]);
  });

  test('other products prove the discount, and then the discounted price proves the list', () => {
    const book = controlled(linux);
    asks(book, 103, 600, 'first');
    asks(book, 102, 700, 'before').after(1_000);
    book
      .gives('setDiscount', { percent: 50 })
      .sends({ cmd: 'discount', vmc_no: 7, discount: 50 })
      .after(60_000)
      .gives('setPrices', list(1000))
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 1000, 0]] });
    asks(book, 103, 300, 'second').showsOf(1, 'sent', 'amountSeen');
    asks(book, 102, 350, 'a').showsOf(1, 'confirmed', 'amountSeen').showsOf(2, 'sent');
    asks(book, 101, 1000, 'b').shows('sent', ['amountDiffers', { expected: 500 }]);
    asks(book, 101, 500, 'c').shows('confirmed', 'amountSeen');
  });

  test('android removes the product’s discount with its new price: the list is proved, the discount is not', () => {
    const { book } = both(1000, 900, android);
    asks(book, 101, 900, 'a')
      .showsOf(1, 'sent', ['amountDiffers', { amount: 900, expected: 500 }])
      .showsOf(2, 'confirmed', 'amountSeen')
      .after(86_400_000)
      .showsOf(1, 'expired', 'noProof');
  });

  test('a discount after the list applies to it on android too', () => {
    const { book } = both(1000, 900, android, true);
    asks(book, 102, 320, 'a').showsOf(2, 'sent', 'amountSeen');
    asks(book, 101, 450, 'b').showsOf(2, 'confirmed', 'amountSeen').showsOf(1, 'sent', 'amountUnclear');
    asks(book, 101, 450, 'c').showsOf(1, 'confirmed', 'amountSeen');
  });
});

test('android: a proved discount is removed with a new price', () => {
  const book = controlled(android);
  asks(book, 102, 600, 'first');
  asks(book, 101, 1000, 'a').after(1_000);
  book.gives('setDiscount', { percent: 80 }).sends({ cmd: 'discount', vmc_no: 7, discount: 80 });
  asks(book, 102, 480, 'second').shows('sent', 'amountSeen');
  asks(book, 101, 800, 'b').shows('confirmed', 'amountSeen').after(10_000);
  book
    .gives('setPrices', { prices: [{ productId: 101, price: 900, type: 0 }] })
    .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 900, 0]] });
  asks(book, 101, 720, 'c').shows('sent', ['amountDiffers', { amount: 720, expected: 900 }]);
  asks(book, 101, 900, 'd').shows('confirmed', 'amountSeen');
});

test('a late effect does not count for the newer command', () => {
  const book = controlled(linux);
  asks(book, 101, 1000, 'a').after(1_000);
  book.gives('setDiscount', { percent: 50 }).sends({ cmd: 'discount', vmc_no: 7, discount: 50 });
  // Before the machine restarts for it.
  asks(book, 101, 1000, 'b')
    .shows('sent', ['amountDiffers', { expected: 500 }])
    .after(60_000);
  book
    .gives('setDiscount', { percent: 25 })
    .sends({ cmd: 'discount', vmc_no: 7, discount: 25 })
    .showsOf(1, 'expired', 'replaced');
  // Half: by the first, applied late, or by the second, if the first was in force already.
  asks(book, 101, 500, 'c').shows('sent', ['amountUnclear', { amount: 500 }]);
});

test.each([linux, android])('0 is refused with its reason: everything would be free', (login) => {
  controlled(login).refuses(
    'setDiscount',
    { percent: 0 },
    { code: 'discountFree', params: { field: 'percent' } },
  );
});

answers(
  'setDiscount',
  {
    linux: {
      truly: 'confirmed: sent, connectionClosed, loggedIn, amountSeen, amountSeen',
      refuses: 'sent: sent, amountDiffers, amountDiffers',
      fails: 'sent: sent, amountDiffers, amountDiffers',
      late: 'sent: sent, connectionClosed',
      never: 'sent: sent, amountDiffers, amountDiffers',
      restarts: 'sent: sent, connectionClosed, loggedIn, amountDiffers, amountDiffers',
      dropped: 'confirmed: sent, connectionClosed, loggedIn, amountSeen, amountSeen',
    },
    android: {
      truly: 'confirmed: sent, amountSeen, amountSeen',
      refuses: 'sent: sent, amountDiffers, amountDiffers',
      fails: 'sent: sent, amountDiffers, amountDiffers',
      late: 'sent: sent, amountDiffers, amountDiffers',
      never: 'sent: sent, amountDiffers, amountDiffers',
      restarts: 'sent: sent, amountDiffers, amountDiffers',
      dropped: 'confirmed: sent, amountSeen, amountSeen',
    },
  },
  { input: { percent: 50 }, customers: 'both', first: 702 },
);
