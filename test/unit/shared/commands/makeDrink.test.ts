import { describe, expect, test } from 'vitest';
import { secondOf } from '#shared/messages/times';
import { acceptedOnly, answers, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

const drink = { productId: 101, strength: 3, milk: 1, sugar: 0 };
const anyOrder = expect.any(String) as string;
const asked = { product_id: 101, fastcode: 310, paydone: true, paytype: 'fastcode' };
const ordered = { cmd: 'products', vmc_no: 7, order_no: anyOrder, ...asked };
const minute = 60_000;
const hour = 60 * minute;

describe('linux', () => {
  const brews = (book = controlled(linux)): Controlled => book.gives('makeDrink', drink).sends(ordered);
  const done = (order: string, more: object = {}) => ({
    cmd: 'productdone',
    ProductId: 101,
    PayType: 'fastcode',
    isok: true,
    order_no: order,
    ...more,
  });
  /** The result of a drink reported with our order number. */
  const ended = (more: object = {}): Controlled => {
    const book = brews();
    return book.receives(done(book.command().sessionId, more)).answers('productdone_r');
  };

  test('is proved by productdone with our order, our product and fastcode', () => {
    const book = ended();
    book.shows('confirmed', ['drinkMade', { orderNo: book.command().sessionId }]);
    expect(book.command().endedAt).toBe(book.world.now);
    ended({ PayType: 'FastCode ' }).shows('confirmed', 'drinkMade');
  });

  test('a customer’s drink with our order number is not proof, whatever its result', () => {
    ended({ ProductId: 102 }).shows('sent', ['otherDrink', { productId: 102 }]);
    ended({ ProductId: 102, isok: false }).shows('sent', 'otherDrink');
    ended({ PayType: 'wx_pub' }).shows('sent', ['otherDrink', { payType: 'wx_pub' }]);
    ended({ PayType: '' }).shows('sent', 'otherDrink');
  });

  test('repeated every 3 s it remains the same drink', () => {
    const book = ended({ ProductId: 102 }).shows('sent', 'otherDrink');
    const { sessionId } = book.command();
    book
      .receives(done(sessionId, { ProductId: 102 }))
      .answers('productdone_r')
      .shows('sent');
    book.after(5 * minute).shows('expired', 'noProof');
  });

  test('another drink of the same product is not proof', () => {
    brews()
      .receives(done('x2'))
      .answers('productdone_r')
      .receives(done(''))
      .answers('productdone_r')
      .shows('sent');
  });

  test('in free mode the machine reports it with its own number, which is not proof', () => {
    brews()
      .receives(done('x2', { PayType: 'free' }))
      .answers('productdone_r')
      .shows('sent', ['freeDrink', { orderNo: 'x2' }])
      .receives(done('x2', { PayType: 'free' }))
      .answers('productdone_r')
      .receives(done('x3', { PayType: 'free', ProductId: 102 }))
      .answers('productdone_r')
      .shows('sent');
  });

  test.each(['can not find this product.', 'ERROR:5300'])('fails with the machine’s reason: %s', (reason) => {
    ended({ isok: false, failreason: reason }).shows('failed', ['drinkFailed', { reason }]);
    ended({ isok: false, failreason: reason, ProductId: 0 }).shows('failed', 'drinkFailed');
  });

  test('a stored order that arrives hours later counts with its own time', () => {
    const book = brews().after(300_000).shows('expired', 'noProof').after(hour);
    book
      .receives(done(book.command().sessionId))
      .answers('productdone_r')
      .shows('confirmed', ['late', { waited: hour }], 'drinkMade');
  });

  test.each([false, true])(
    'two expired commands are each judged by their own order; Crema restarted: %s',
    (isRestarted) => {
      const book = brews().takesBack().shows('expired', 'stoppedWaiting').after(1_000);
      brews(book).takesBack().shows('expired', 'stoppedWaiting');
      if (isRestarted) book.restarts();
      const [first, second] = [book.command(1).sessionId, book.command(2).sessionId];
      book
        .after(minute)
        .receives(done(second))
        .answers('productdone_r')
        .shows('confirmed', ['late', { waited: minute }], ['drinkMade', { orderNo: second }])
        .receives(done(first, { isok: false, failreason: 'ERROR:5300' }))
        .answers('productdone_r')
        .showsOf(1, 'failed', 'late', ['drinkFailed', { orderNo: first }]);
    },
  );

  test('only one at a time', () => {
    brews().refuses('makeDrink', drink, { code: 'commandRunning' });
  });

  describe('with a customer’s order open', () => {
    const wants = (order: string) => ({
      cmd: 'qrcode',
      qr_type: 'wx_pub',
      product_id: 102,
      Amount: 900,
      order_no: order,
    });
    const selling = (book = controlled(linux)): Controlled => book.receives(wants('c1')).answers('qrcode_r');
    const paid = (order: string) => ({ orderNo: order, amount: 900, paid: true, payType: 'wx_pub' });
    const payDone = (order: string) => ({
      cmd: 'pay_done',
      vmc_no: 7,
      product_amount: 900,
      order_no: order,
      paydone: true,
      paytype: 'wx_pub',
    });
    const isRefused = (book: Controlled, orderNo = 'c1') =>
      book.refuses('makeDrink', drink, {
        code: 'commandNotPossible',
        params: { name: 'makeDrink', why: 'customerOrders', orderNo },
      });

    test('it is refused with the order’s number, until five minutes after its last frame', () => {
      const book = isRefused(selling());
      isRefused(
        book
          .after(4 * minute)
          .receives(wants('c1'))
          .answers('qrcode_r'),
      );
      isRefused(book.after(4 * minute));
      brews(book.after(minute));
    });

    test('also while the order is paid and made, and no longer afterwards', () => {
      const book = selling().rests().gives('payResult', paid('c1')).sends(payDone('c1'));
      isRefused(book.after(4 * minute + 30_000));
      book.receives(done('c1', { ProductId: 102, PayType: 'wx_pub' })).answers('productdone_r');
      book.shows('confirmed', 'drinkMade');
      brews(book.rests());
    });

    test('a newer order replaces an unpaid one', () => {
      const book = selling().after(1_000).receives(wants('c2')).answers('qrcode_r');
      isRefused(book, 'c2');
      book.receives(done('c2', { ProductId: 102, PayType: 'wx_pub' })).answers('productdone_r');
      brews(book.rests());
    });

    test('a lost link does not end it: the machine keeps its order', () => {
      isRefused(selling().hangsUp());
    });

    test('an order opened while the command waited delays it', () => {
      const book = controlled(linux).reboots().gives('makeDrink', drink).shows('queued').after(400);
      selling(book)
        .takesBack(null, 1)
        .showsOf(1, 'expired', 'stoppedWaiting')
        .after(1_000)
        .shows('failed', ['notNow', { why: 'customerOrders', orderNo: 'c1' }]);
    });

    test('android itself refuses', () => {
      selling(controlled(android)).rests().gives('makeDrink', drink).sends(remote('products', asked));
    });
  });
});

describe('android', () => {
  /** Its clock is `ahead` ms ahead, according to its supplies after the login. */
  const clocked = (ahead = 0): Controlled => {
    const book = controlled(android);
    const time = secondOf(book.world.now + ahead);
    return book.receives({ cmd: 'machinestatus', status: 'supply', supply: { '10009': '420' }, time });
  };
  const brews = (book = clocked().after(5_000)): Controlled =>
    book.after(1_000).gives('makeDrink', drink).sends(remote('products', asked));
  /** A drink that began `ago` ms ago by a clock that is `ahead` ms ahead, and has just ended. */
  const reportsDrink = (
    book: Controlled,
    { ago = 20_000, ahead = 0, n = 10_001, ...more }: JsonOf = {},
  ): Controlled =>
    book
      .receives({
        cmd: 'productdone',
        ProductId: 101,
        PayType: 'remote_production',
        isok: true,
        order_no: `${secondOf(book.world.now - ago + ahead)}7${n}`,
        timestamp: secondOf(book.world.now + ahead),
        order_resend_times: 0,
        ...more,
      })
      .answers('productdone_r');
  type JsonOf = { ago?: number; ahead?: number; n?: number } & Record<string, string | number | boolean>;

  test.each([
    ['remote_production', 0],
    ['RemoteProduction', 8 * hour],
    ['remote-production', -hour],
  ])('is proved by a free drink that began after the command: %s, clock %i ms ahead', (PayType, ahead) => {
    reportsDrink(brews(clocked(ahead).after(5_000)).after(25_000), { PayType, ahead }).shows(
      'confirmed',
      'drinkMade',
    );
  });

  test('another product, or a drink that a customer paid or chose, is not proof', () => {
    const book = brews().after(25_000);
    reportsDrink(book, { ProductId: 102 }).shows('sent');
    reportsDrink(book, { n: 10_002, PayType: 'wx_pub' }).shows('sent');
    reportsDrink(book, { n: 10_003, PayType: 'free' }).shows('sent');
  });

  test('a drink that began before the command is not proof, whenever it ended', () => {
    const book = brews().after(10_000);
    reportsDrink(book, { ago: 15_000 }).shows('sent');
  });

  test('a stored drink from before is not proof, resent or not', () => {
    const book = brews().after(25_000);
    reportsDrink(book, { ago: 10 * minute }).shows('sent');
    reportsDrink(book, { ago: 10 * minute, n: 10_002, historyOrder: 1, order_resend_times: 1 }).shows('sent');
  });

  test('nor is a repeated one from before', () => {
    const book = clocked().after(5_000);
    reportsDrink(book, { ago: -1_000 });
    brews(book).after(1_000);
    reportsDrink(book, { ago: 1_000 }).shows('sent');
  });

  test('a drink that may have begun before needs the machine’s notice of acceptance', () => {
    // Another server may have ordered it just before the machine connected to Crema.
    const queued = () => {
      const book = controlled(android).hangsUp().gives('makeDrink', drink).shows('queued', 'queued');
      book.connects({ ...android, login_count: 5 });
      const time = secondOf(book.world.now);
      book.receives({ cmd: 'machinestatus', status: 'supply', supply: { '10009': '420' }, time });
      return book.rests().sends(remote('products', asked));
    };
    reportsDrink(queued().after(25_000), { ago: 26_000 }).shows('sent', 'drinkSometime');
    const accepted = queued().notifies().shows('sent', 'accepted').after(25_000);
    reportsDrink(accepted, { ago: 26_000 }).shows('confirmed', 'drinkMade');
    // On this connection only Crema can have ordered it.
    reportsDrink(brews().after(25_000), { ago: 26_000 }).shows('confirmed', 'drinkMade');
  });

  test('with an unknown clock, every drink needs it', () => {
    // Years off: the clock was never measured.
    const lost = () => brews(controlled({ ...android, timestamp: '20150101' }));
    const ahead = -300 * 24 * hour;
    reportsDrink(lost().after(25_000), { ahead }).shows('sent', 'drinkSometime');
    reportsDrink(lost().notifies().shows('sent', 'accepted').after(25_000), { ahead }).shows(
      'confirmed',
      'drinkMade',
    );
    reportsDrink(lost().notifies().shows('sent', 'accepted').after(25_000), { ahead, historyOrder: 1 }).shows(
      'sent',
      'drinkSometime',
    );
  });

  test('a stored drink that arrives hours late counts with its own time', () => {
    const book = brews()
      .after(5 * minute)
      .shows('expired', 'noProof')
      .after(hour);
    reportsDrink(book, { ago: hour + 5 * minute - 5_000, historyOrder: 1, order_resend_times: 3 }).shows(
      'confirmed',
      'late',
      'drinkMade',
    );
  });

  test('the drink of an earlier unproved command does not prove the newer one', () => {
    const book = brews().takesBack().shows('expired', 'stoppedWaiting').after(30_000);
    brews(book).after(25_000);
    reportsDrink(book, { ago: 50_000 }).showsOf(1, 'expired').shows('sent', 'drinkEarlier');
    reportsDrink(book, { ago: 20_000, n: 10_002 }).shows('confirmed', 'drinkMade');
  });

  test('nor does a drink that may belong to either', () => {
    const book = brews().takesBack().shows('expired', 'stoppedWaiting');
    brews(book).after(25_000);
    reportsDrink(book).shows('sent', 'drinkEarlier');
  });

  test('unless the machine has accepted the newer one', () => {
    const book = brews().takesBack().shows('expired', 'stoppedWaiting');
    brews(book).notifies().shows('sent', 'accepted').after(25_000);
    reportsDrink(book).shows('confirmed', 'drinkMade');
  });

  test.each(['Z0022', 'Z0024', 'Z0027', 'Z0028'])(
    'a refusal by notice fails it with its reason: %s',
    (reason) => {
      brews().notifies({ done: false, reason }).shows('failed', ['machineSaidFailed', { reason }]);
    },
  );

  const refusals = ['Z0022', 'Z0023', 'Z0024', 'Z0025', 'Z0026', 'Z0027', 'Z0028'];
  test.each(refusals)('so does an immediate productdone: %s', (failreason) => {
    reportsDrink(brews().after(500), { ago: 0, isok: false, failreason }).shows('failed', [
      'drinkFailed',
      { reason: failreason },
    ]);
    // Of an earlier command.
    reportsDrink(brews().after(25_000), { ago: 40_000, isok: false, failreason }).shows('sent');
  });

  test('a refusal counts up to the last millisecond of an immediate answer, and only once', () => {
    const refusedAfter = (ms: number, more: JsonOf = {}) =>
      reportsDrink(brews().after(ms), { ago: 40_000, isok: false, failreason: 'Z0022', ...more });
    refusedAfter(5_000).shows('failed', 'drinkFailed');
    refusedAfter(5_001).shows('sent');
    refusedAfter(500, { historyOrder: 1 }).shows('sent');
    refusedAfter(500, { order_resend_times: 1 }).shows('sent');
  });

  test('a drink that fails during preparation fails it', () => {
    reportsDrink(brews().after(25_000), { isok: false, failreason: 'ERROR:5300' }).shows('failed', [
      'drinkFailed',
      { reason: 'ERROR:5300' },
    ]);
  });

  test('an order on another connection proves it only by its own time', () => {
    const book = brews()
      .after(2_000)
      .hangsUp()
      .connects({ ...android, login_count: 5 })
      .after(25_000);
    reportsDrink(book, { ago: 22_000 }).shows('confirmed', 'drinkMade');
  });
});

test('a command that became impossible while waiting is not sent', () => {
  controlled(linux)
    .reboots()
    .gives('makeDrink', drink)
    .shows('queued')
    .after(400)
    .receives({ cmd: 'machinestatus', status: 'dooropen' })
    .takesBack(null, 1)
    .showsOf(1, 'expired', 'stoppedWaiting')
    .after(1_000)
    .shows('failed', ['notNow', { why: 'doorOpen' }]);
});

test('an invalid input is refused with the field’s name', () => {
  controlled(linux).refuses(
    'makeDrink',
    { ...drink, sugar: 6 },
    { code: 'badInput', params: { name: 'makeDrink', field: 'sugar' } },
  );
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
    refuses: refused,
    fails: 'failed: sent, accepted, drinkFailed',
    // It begins too late to be the ordered one.
    late: acceptedOnly,
    never: unproved,
    restarts: unproved,
    dropped: 'confirmed: sent, accepted, drinkMade',
  },
});
