import { describe, expect, test } from 'vitest';
import { priceMessages } from '#shared/commands/setPrices';
import { takenBackWithin } from '#shared/limits';
import { answers, sold } from '../../../builders/answering';
import { android, controlled, linux, remote, settled, type Controlled } from '../../../builders/controlled';

const asks = (book: Controlled, product: number, amount: number, order: string): Controlled =>
  book
    .receives({ cmd: 'qrcode', qr_type: 'all', product_id: product, Amount: amount, order_no: order })
    .answers('qrcode_r');
const price = (productId: number, fen: number) => ({ productId, price: fen, type: 0 });

test('each price is proved by its own QR request, and only by the new amount', () => {
  const book = controlled(linux)
    .gives('setPrices', { prices: [price(101, 1200), price(102, 800)] })
    .sends({
      cmd: 'priceset',
      vmc_no: 7,
      price: [
        [101, 1200, 0],
        [102, 800, 0],
      ],
    })
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(70_000)
    .connects()
    .shows('sent', 'loggedIn');
  asks(book, 101, 1000, 'a').shows('sent', [
    'amountDiffers',
    { productId: 101, amount: 1000, expected: 1200 },
  ]);
  expect(book.command().awaited).toEqual([101, 102]);
  asks(book, 101, 1200, 'b').shows('sent', ['amountSeen', { productId: 101, amount: 1200 }]);
  expect(book.command().awaited).toEqual([102]);
  asks(book, 101, 1200, 'c').shows('sent');
  asks(book, 102, 800, 'd').shows('confirmed', 'amountSeen');
  expect(book.command().awaited).toEqual([]);
});

test.each([linux, android])('a price that shows after the wait is a late proof', (login) => {
  const book = controlled(login)
    .gives('setPrices', { prices: [price(101, 1200)] })
    .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 1200, 0]] })
    .after(24 * 3_600_000)
    .shows('expired', 'noProof')
    .after(60_000);
  asks(book, 101, 1200, 'a').shows('confirmed', 'late', 'amountSeen');
  asks(book, 101, 1300, 'b').shows('confirmed');
});

test('a newer list replaces a waiting one, so that a mistake does not last a day', () => {
  controlled(linux)
    .gives('setPrices', { prices: [price(101, 120)] })
    .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 120, 0]] })
    .after(1_000)
    .gives('setPrices', { prices: [price(101, 1200)] })
    .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 1200, 0]] })
    .showsOf(1, 'expired', 'replaced')
    .shows('sent');
});

describe('with other products', () => {
  /** Two lists without a common product, given one after the other. */
  const two = (): Controlled =>
    controlled(android)
      .gives('setPrices', { prices: [price(801, 1200)] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[801, 1200, 0]] })
      .after(15_000)
      .gives('setPrices', { prices: [price(802, 900)] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[802, 900, 0]] });

  test('a newer list replaces none, and each is proved by its own products', () => {
    const book = two();
    asks(book, 801, 1200, 'a').showsOf(1, 'confirmed', 'amountSeen').shows('sent');
    asks(book, 802, 900, 'b').shows('confirmed', 'amountSeen');
  });

  test('nor does it after their wait', () => {
    const book = controlled(android)
      .gives('setPrices', { prices: [price(801, 1200)] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[801, 1200, 0]] })
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(15_000)
      .gives('setPrices', { prices: [price(802, 900)] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[802, 900, 0]] });
    asks(book, 801, 1200, 'a').showsOf(1, 'confirmed', 'late', 'amountSeen').shows('sent');
  });

  test('a list with products of both replaces both', () => {
    two()
      .after(15_000)
      .gives('setPrices', { prices: [price(802, 950), price(801, 1250)] })
      .sends({
        cmd: 'priceset',
        vmc_no: 7,
        price: [
          [802, 950, 0],
          [801, 1250, 0],
        ],
      })
      .showsOf(1, 'expired', 'replaced')
      .showsOf(2, 'expired', 'replaced');
  });

  test('and waits if one of them was not sent yet', () => {
    controlled(android)
      .gives('setPrices', { prices: [price(801, 1200)] })
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[801, 1200, 0]] })
      .gives('setPrices', { prices: [price(802, 900)] })
      .refuses('setPrices', { prices: [price(802, 950), price(801, 1250)] }, { code: 'commandRunning' })
      .after(1_000)
      .shows('queued', 'waitsForSlot')
      .after(14_000)
      .sends({ cmd: 'priceset', vmc_no: 7, price: [[802, 900, 0]] });
  });
});

test('a price under a discount is proved by the discounted amount', () => {
  const book = controlled(linux);
  asks(book, 102, 800, 'first');
  asks(book, 101, 1000, 'a').after(1_000);
  book.gives('setDiscount', { percent: 85 }).sends({ cmd: 'discount', vmc_no: 7, discount: 85 });
  asks(book, 102, 680, 'second').shows('sent', 'amountSeen');
  asks(book, 101, 850, 'b').shows('confirmed', 'amountSeen').after(1_000);
  book
    .gives('setPrices', { prices: [price(101, 1205)] })
    .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 1205, 0]] });
  asks(book, 101, 1205, 'c').shows('sent', ['amountDiffers', { expected: 1024 }]);
  asks(book, 101, 1024, 'd').shows('confirmed', 'amountSeen');
});

test('a long list is sent in frames that a machine can read', () => {
  const prices = Array.from({ length: 200 }, (_, i) => ({ productId: 100 + i, price: 1000 + i, type: 1 }));
  const messages = priceMessages(7, prices, 'linux');
  expect(messages.length).toBeGreaterThan(2);
  expect(messages.flatMap((message) => message['price'])).toEqual(
    prices.map(({ productId, price: fen, type }) => [productId, fen, type]),
  );
  const book = controlled(linux)
    .gives('setPrices', { prices })
    .sends(...messages.slice(0, 1));
  // One by one, with a pause after each.
  for (const message of messages.slice(1)) book.after(499).sends().after(1).sends(message);
  const frames = book.world.entries.filter(
    (entry) => entry.kind === 'frame' && entry.dir === 'out' && entry.message.body.cmd === 'priceset',
  );
  for (const entry of frames) expect('bytes' in entry && entry.bytes.length).toBeLessThanOrEqual(1000);
  expect(book.command().steps.map(({ what, entry }) => [what, entry])).toEqual(
    frames.map(({ id }) => ['sent', id]),
  );
});

test('android does not restart for it: a dropped link is not a step, and nothing waits', () => {
  const book = settled(android, 'doorclose')
    .gives('setPrices', { prices: [price(101, 1200)] })
    .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 1200, 0]] })
    .after(1_000)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    .after(500)
    .receives({ cmd: 'machinestatus', status: 'dooropen' })
    .shows('confirmed', 'doorOpened')
    .hangsUp()
    .after(70_000)
    .connects({ ...android, login_count: 5 })
    .showsOf(1, 'sent');
  expect(book.world.fleet.machine(7)?.restart).toBeNull();
});

test.each([
  ['linux', 99, 100, 999_999],
  ['android', 60_000, 1, 59_999],
] as const)('an invalid product number on %s is refused: %i', (platform, productId, min, max) => {
  controlled(platform === 'linux' ? linux : android).refuses(
    'setPrices',
    { prices: [price(101, 1200), price(productId, 800)] },
    { code: 'productNumber', params: { productId, min, max } },
  );
});

test('android sells products with numbers below 100', () => {
  controlled(android)
    .gives('setPrices', { prices: [price(15, 1200)] })
    .sends({ cmd: 'priceset', vmc_no: 7, price: [[15, 1200, 0]] })
    .shows('sent');
});

test('a list with a repeated product is refused with its number', () => {
  controlled(linux).refuses(
    'setPrices',
    { prices: [price(101, 1200), price(102, 800), price(102, 900), price(101, 1200)] },
    { code: 'productTwice', params: { productId: 102 } },
  );
});

describe('a long list', () => {
  const prices = Array.from({ length: 100 }, (_, i) => price(200 + i, 1000 + i));
  const [first, second] = priceMessages(7, prices, 'linux');

  test('cut by the end of the connection shows the sent part', () => {
    controlled(linux)
      .gives('setPrices', { prices })
      .sends(first ?? {})
      .hangsUp()
      // The machine restarts at the first frame, so it may have applied that frame.
      .shows('failed', 'connectionClosed', ['sentPartly', { written: 1, frames: 2 }])
      .after(70_000)
      .connects();
  });

  test('stopped by a person in the middle shows the sent part, and sends no more', () => {
    controlled(linux)
      .gives('setPrices', { prices })
      .sends(first ?? {})
      .takesBack()
      .shows('expired', ['stoppedPartly', { written: 1, frames: 2 }], 'stoppedWaiting')
      .after(70_000);
  });

  test('is not confirmed if the machine applied only the first frame', () => {
    const book = controlled(linux)
      .gives('setPrices', { prices })
      .sends(first ?? {})
      .after(500)
      .sends(second ?? {})
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(70_000)
      .connects()
      .shows('sent', 'loggedIn');
    const heard = (JSON.stringify(first).match(/\[\d+,/g) ?? []).length;
    for (const { productId, price: fen } of prices.slice(0, heard)) {
      asks(book, productId, fen, `n${productId}`);
      book.shows('sent', ['amountSeen', { productId }]);
    }
    expect(book.command().awaited).toEqual(prices.slice(heard).map(({ productId }) => productId));
    asks(book, 299, 800, 'old').shows('sent', ['amountDiffers', { productId: 299, expected: 1099 }]);
  });
});

test('its sent frames stay known after any number of later amounts', () => {
  const prices = Array.from({ length: 500 }, (_, i) => price(101 + i, 1000 + i));
  const messages = priceMessages(7, prices, 'linux');
  expect(messages.length).toBeGreaterThan(5);
  const book = controlled(linux).gives('setPrices', { prices });
  book.sends(...messages.slice(0, 1));
  for (const message of messages.slice(1)) book.after(500).sends(message);
  const sent = book.command().steps;
  for (let n = 0; n < 400; n += 1) {
    const { productId, price: fen } = prices[n] ?? price(0, 0);
    asks(book, productId, fen, `n${productId}`);
    book.shows('sent', ...(n < 200 - sent.length ? (['amountSeen'] as const) : []));
  }
  expect(book.command().steps.filter(({ what }) => what === 'sent')).toEqual(sent);
  expect(book.command().steps.length).toBe(200);
  book.restarts().shows('sent');
});

describe('a product list from the machine', () => {
  const sent = (): Controlled =>
    controlled(android)
      .gives('setPrices', { prices: [price(15, 1200), price(17, 800), price(24, 900)] })
      .sends({
        cmd: 'priceset',
        vmc_no: 7,
        price: [
          [15, 1200, 0],
          [17, 800, 0],
          [24, 900, 0],
        ],
      });

  test('proves the prices that it contains, in any unit, and the last of them all', () => {
    const book = sent().after(1_000);
    book
      .lists({ 15: '1200', 17: '700' })
      .shows(
        'sent',
        ['pricesDiffer', { productId: 17, differing: 1, amount: 700, expected: 800 }],
        ['pricesListed', { listed: 1 }],
      );
    expect(book.command().awaited).toEqual([17, 24]);
    book.lists({ 17: '8.00', 24: '9.00' }).shows('confirmed', ['pricesListed', { listed: 2 }]);
  });

  test('proves nothing by unchanged values, by other prices, or by numbers without a unit', () => {
    const book = sent().lists({ 15: '12.00' }).shows('sent');
    const before = book.world.now;
    book.after(1_000);
    // Requested before the command, received now.
    book.lists({ 15: '11.00', 17: '8.00' }, 'price', before).shows('sent');
    book.lists({ 15: '12.01', 99: '8.00' }).shows('sent', ['pricesDiffer', { productId: 15, amount: 1201 }]);
    book.lists({ 15: '12', 17: '800' }).shows('sent');
    expect(book.command().awaited).toEqual([15, 17, 24]);
  });

  test('is also a late proof', () => {
    sent()
      .after(24 * 3_600_000)
      .shows('expired', 'noProof')
      .after(60_000)
      .lists({ 15: '12.00', 17: '8.00', 24: '9.00' })
      .shows('confirmed', 'late', ['pricesListed', { listed: 3 }]);
  });
});

answers(
  'setPrices',
  {
    linux: {
      truly: 'confirmed: sent, connectionClosed, loggedIn, amountSeen',
      refuses: 'sent: sent, amountDiffers',
      fails: 'sent: sent, amountDiffers',
      late: 'sent: sent, connectionClosed',
      never: 'sent: sent, amountDiffers',
      restarts: 'sent: sent, connectionClosed, loggedIn, amountDiffers',
      dropped: 'confirmed: sent, connectionClosed, loggedIn, amountSeen',
    },
    android: {
      truly: 'confirmed: sent, amountSeen',
      refuses: 'sent: sent, amountDiffers',
      fails: 'sent: sent, amountDiffers',
      late: 'sent: sent, amountDiffers',
      never: 'sent: sent, amountDiffers',
      restarts: 'sent: sent, amountDiffers',
      dropped: 'confirmed: sent, amountSeen',
    },
  },
  { input: { prices: [{ productId: sold.id, price: 700, type: 0 }] }, customers: 'both' },
);

test('a machine at another address with an open old connection proves it once nobody takes the number back', () => {
  const book = controlled(linux)
    .gives('setPrices', { prices: [price(101, 1200)] })
    .sends({ cmd: 'priceset', vmc_no: 7, price: [[101, 1200, 0]] })
    .after(5_000)
    .connects(linux, 'login_r', '192.0.2.8')
    .shows('sent', 'otherAddress', ['connectionClosed', { reason: 'replaced' }])
    .after(1_000);
  asks(book, 101, 1200, 'a').shows('sent').after(takenBackWithin);
  asks(book, 101, 1200, 'b').shows('confirmed', 'amountSeen');
});
