import { expect, test } from 'vitest';
import { acceptedOnly, answers, unproved } from '../../../builders/answering';
import { android, controlled, linux, type Controlled } from '../../../builders/controlled';

const drink = { productId: 101, strength: 3, milk: 1, sugar: 0 };
const anyOrder = expect.any(String) as string;
const ordered = {
  cmd: 'products',
  vmc_no: 7,
  order_no: anyOrder,
  product_id: 101,
  fastcode: 310,
  paydone: true,
  paytype: 'fastcode',
};
const done = (order: string, more: object = {}) => ({
  cmd: 'productdone',
  ProductId: 101,
  isok: true,
  order_no: order,
  ...more,
});
const brews = (): Controlled => controlled(linux).gives('makeDrink', drink).sends(ordered);

test.each([
  ['linux', linux, ordered],
  ['android', android, { ...ordered, Amount: 0 }],
])('%s: is proved by productdone of our own order, and of no other', (_platform, login, message) => {
  const book = controlled(login)
    .gives('makeDrink', drink)
    .sends(message)
    // Another drink of the same product is not it, however it was paid.
    .receives(done('x2', { PayType: 'fastcode' }))
    .answers('productdone_r')
    .shows('sent');
  const { sessionId } = book.command();
  book
    .receives(done(sessionId))
    .answers('productdone_r')
    .shows('confirmed', ['drinkMade', { orderNo: sessionId }]);
  expect(book.command().endedAt).toBe(book.world.now);
});

test('without an order number it is nobody’s', () => {
  brews()
    .receives(done(''))
    .answers('productdone_r')
    .shows('sent')
    .after(300_000)
    .shows('expired', 'noProof');
});

test('android has taken it, which is not yet a drink; or has not', () => {
  const book = controlled(android)
    .gives('makeDrink', drink)
    .sends({ ...ordered, Amount: 0 })
    .receives({ cmd: 'products_r', order_no: 'x', status: 0 })
    .shows('sent');
  const { sessionId } = book.command();
  book
    // What that means nobody knows.
    .receives({ cmd: 'products_r', order_no: sessionId, status: { code: 1 } })
    .shows('sent')
    .receives({ cmd: 'products_r', order_no: sessionId, status: 1 })
    .shows('sent', 'accepted')
    .receives({ cmd: 'products_r', order_no: sessionId, status: 0 })
    .shows('failed', ['drinkRefused', { status: '0' }]);
});

test('that android refuses: why, it says elsewhere, before its message or soon after it', () => {
  const refused = () => {
    const book = controlled(android)
      .gives('makeDrink', drink)
      .sends({ ...ordered, Amount: 0 });
    return book.receives({ cmd: 'products_r', order_no: book.command().sessionId, status: 0 });
  };
  const book = refused().shows('failed', 'drinkRefused');
  const { endedAt, sessionId } = book.command();
  book
    .after(2_000)
    .notifies({ done: false, reason: 'Z0023', sessionId: 'x1' })
    .shows('failed')
    .notifies({ done: false, reason: 'Z0023' })
    .shows('failed', ['machineSaidFailed', { reason: 'Z0023' }])
    // Told again until it is answered.
    .notifies({ done: false, reason: 'Z0023', sessionId })
    .notifies({ done: true })
    .shows('failed');
  expect(book.command().endedAt).toBe(endedAt);
  refused()
    .shows('failed', 'drinkRefused')
    .after(61_000)
    .notifies({ done: false, reason: 'Z0023' })
    .shows('failed');
});

test('fails with the machine’s own reason', () => {
  const book = brews();
  book
    .receives(done(book.command().sessionId, { isok: false, failreason: 'ERROR:5300' }))
    .answers('productdone_r')
    .shows('failed', ['drinkFailed', { reason: 'ERROR:5300' }]);
});

test('a stored order that comes after hours is taken as what it is', () => {
  const book = brews().after(300_000).shows('expired', 'noProof').after(3_600_000);
  book
    .receives(done(book.command().sessionId))
    .answers('productdone_r')
    .shows('confirmed', ['late', { waited: 3_600_000 }], 'drinkMade');
});

test('what became impossible while it waited is not sent', () => {
  controlled(linux)
    .gives('reboot')
    .sends({ cmd: 'reboot', vmc_no: 7 })
    .gives('makeDrink', drink)
    .shows('queued')
    .after(400)
    .receives({ cmd: 'machinestatus', status: 'dooropen' })
    .takesBack(null, 1)
    .showsOf(1, 'expired', 'stoppedWaiting')
    .after(1_000)
    .shows('failed', ['notNow', { why: 'doorOpen' }]);
});

test('what does not fit is refused, naming the field', () => {
  controlled(linux).refuses(
    'makeDrink',
    { ...drink, sugar: 6 },
    { code: 'badInput', params: { name: 'makeDrink', field: 'sugar' } },
  );
});

test.each([false, true])(
  'of two that nobody waits for any more each is judged by its own order; Crema anew: %s',
  (anew) => {
    const book = brews().takesBack().shows('expired', 'stoppedWaiting').after(1_000);
    book.gives('makeDrink', drink).sends(ordered).takesBack().shows('expired', 'stoppedWaiting');
    if (anew) book.restarts();
    const [first, second] = [book.command(1).sessionId, book.command(2).sessionId];
    book
      .after(60_000)
      .receives(done(second))
      .answers('productdone_r')
      .shows('confirmed', ['late', { waited: 60_000 }], ['drinkMade', { orderNo: second }])
      .receives(done(first, { isok: false, failreason: 'ERROR:5300' }))
      .answers('productdone_r')
      .showsOf(1, 'failed', 'late', ['drinkFailed', { orderNo: first }]);
  },
);

test('one at a time all the same', () => {
  brews().refuses('makeDrink', drink, { code: 'commandRunning' });
});

test('half an answer, cut anywhere, says neither that it was taken nor that it was refused', () => {
  for (const status of ['0', '1']) {
    const book = controlled(android)
      .gives('makeDrink', drink)
      .sends({ ...ordered, Amount: 0 });
    const whole = JSON.stringify({
      cmd: 'products_r',
      vmc_no: 7,
      order_no: book.command().sessionId,
      status,
    });
    for (let length = 1; length < whole.length; length += 1)
      book
        .receives(whole.slice(0, length))
        // What comes next shows that the rest does not.
        .receives({ cmd: 'hb' })
        .answers('hb')
        .shows('sent');
    book.receives(whole);
    if (status === '0') book.shows('failed', 'drinkRefused');
    else book.shows('sent', 'accepted');
  }
});

answers('makeDrink', {
  linux: {
    truly: 'confirmed: sent, drinkMade',
    refuses: unproved,
    fails: 'failed: sent, drinkFailed',
    late: 'confirmed: sent, noProof, late, drinkMade',
    never: unproved,
    restarts: unproved,
    dropped: 'confirmed: sent, drinkMade',
  },
  android: {
    truly: 'confirmed: sent, accepted, drinkMade',
    refuses: 'failed: sent, drinkRefused',
    fails: 'failed: sent, accepted, drinkFailed',
    late: 'confirmed: sent, accepted, noProof, late, drinkMade',
    never: unproved,
    restarts: acceptedOnly,
    dropped: 'confirmed: sent, drinkMade',
  },
});
