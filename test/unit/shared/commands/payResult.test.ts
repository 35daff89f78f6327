import { describe, expect, test } from 'vitest';
import type { JsonValue } from '#shared/model/json';
import { answers, sold, unproved } from '../../../builders/answering';
import { android, controlled, linux, type Controlled } from '../../../builders/controlled';

const pay = (orderNo: string) => ({ orderNo, amount: 1000, paid: true, payType: 'wx_pub' });
const paymentFrame = (order: string) => ({
  cmd: 'pay_done',
  vmc_no: 7,
  product_amount: 1000,
  order_no: order,
  paydone: true,
  paytype: 'wx_pub',
});

test('is proved by paydone_r, or else by the order’s productdone', () => {
  controlled(linux)
    .gives('payResult', pay('o1'))
    .sends(paymentFrame('o1'))
    // Another order's result is another command.
    .after(1_000)
    .gives('payResult', pay('o2'))
    .sends(paymentFrame('o2'))
    .refuses('payResult', pay('o2'), { code: 'commandRunning' })
    .receives({ cmd: 'paydone_r', order_no: 'o1' })
    .showsOf(1, 'confirmed', 'acknowledged')
    .shows('sent')
    .receives({ cmd: 'productdone', order_no: 'o2', isok: true })
    .answers('productdone_r')
    .shows('confirmed', ['drinkMade', { orderNo: 'o2' }]);
});

test.each(['ERROR:5300', 'cancel order'])(
  'a failed drink does not prove that the payment was accepted: %s',
  (why) => {
    controlled(linux)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .receives({ cmd: 'productdone', order_no: 'o1', isok: false, failreason: why })
      .answers('productdone_r')
      .shows('sent', ['drinkFailed', { reason: why }])
      .receives({ cmd: 'paydone_r', order_no: 'o1', status: 1 })
      .shows('confirmed', 'acknowledged');
  },
);

const tells = (status: JsonValue, order = 'o1') =>
  controlled(linux)
    .gives('payResult', pay('o1'))
    .sends(paymentFrame('o1'))
    .receives({ cmd: 'paydone_r', order_no: order, status });

test('a machine that refuses it has not accepted it; an unknown answer stays unknown', () => {
  tells(1).shows('confirmed', 'acknowledged');
  tells(0).shows('failed', ['refusedPayment', { status: '0' }]);
  tells('fail').shows('failed', ['refusedPayment', { status: 'fail' }]);
  tells(7).shows('sent', ['saidStatus', { status: '7' }]);
  tells(null).shows('confirmed', 'acknowledged');
});

test('a value that is neither text nor number is not proof either', () => {
  tells(true).shows('confirmed', 'acknowledged');
  tells(false).shows('failed', ['refusedPayment', { status: 'false' }]);
  tells({ code: 0 }).shows('sent', ['saidStatus', { status: '{"code":0}' }]);
  tells([1]).shows('sent', ['saidStatus', { status: '[1]' }]);
  tells({ a: 'x'.repeat(500) }).shows('sent', ['saidStatus', { status: `{"a":"${'x'.repeat(54)}` }]);
});

test('an answer without an order number, or with another, is not proof', () => {
  tells(1, '').shows('sent');
  tells(1, 'o2').shows('sent');
});

test.each([
  ['its answer', { cmd: 'paydone_r', order_no: 'o1', status: 1 }, 'acknowledged'],
  ['the drink', { cmd: 'productdone', order_no: 'o1', isok: true }, 'drinkMade'],
] as const)('%s counts for a day after giving up, and only once', (_what, lateFrame, step) => {
  const book = controlled(linux)
    .gives('payResult', pay('o1'))
    .sends(paymentFrame('o1'))
    .after(300_000)
    .shows('expired', 'noProof')
    .after(3_600_000)
    .receives(lateFrame);
  if (step === 'drinkMade') book.answers('productdone_r');
  book.shows('confirmed', 'late', step).receives({ cmd: 'paydone_r', order_no: 'o1', status: 0 });
  book.shows('confirmed');
});

test('a drink made before and reported again is not proof', () => {
  controlled(linux)
    .receives({ cmd: 'productdone', order_no: 'o1', isok: true })
    .answers('productdone_r')
    .rests()
    .gives('payResult', pay('o1'))
    .sends(paymentFrame('o1'))
    .receives({ cmd: 'productdone', order_no: 'o1', isok: true })
    .answers('productdone_r')
    .shows('sent');
});

describe('for a drink whose payment type is reported', () => {
  const made = (payType: string) => ({ cmd: 'productdone', order_no: 'o1', isok: true, PayType: payType });
  const payed = (payType: string) =>
    controlled(linux)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .receives(made(payType))
      .answers('productdone_r');

  test.each(['mdb_cash', 'free', 'alipay', 'barcode'])('with another payment type: %s', (payType) => {
    payed(payType)
      .shows('sent', ['paidOtherwise', { payType }])
      .receives({ cmd: 'paydone_r', order_no: 'o1', status: 1 })
      .shows('confirmed', 'acknowledged');
  });

  test.each(['', ' WX_PUB ', 'wxpub', 'wx', 'WeChat', 'qr_pay'])('as sent, or missing: “%s”', (payType) => {
    payed(payType).shows('confirmed', 'drinkMade');
  });
});

describe('a rejected payment', () => {
  const unpaid = { ...pay('o1'), paid: false };
  const frame = { ...paymentFrame('o1'), paydone: false };

  test('linux never answers it, which is shown immediately without a wait', () => {
    controlled(linux)
      .gives('payResult', unpaid)
      .sends(frame)
      .shows('unconfirmable', 'cannotProve')
      // For a payment sent before.
      .receives({ cmd: 'paydone_r', order_no: 'o1', status: 1 })
      .shows('unconfirmable')
      .gives('payResult', pay('o1'));
  });

  test('android: a drink made anyway does not prove receipt', () => {
    controlled(android)
      .gives('payResult', unpaid)
      .sends(frame)
      .receives({ cmd: 'productdone', order_no: 'o1', isok: true })
      .answers('productdone_r')
      .shows('sent', 'drinkMade');
  });

  test('an unknown program may answer', () => {
    const { cmd, vmc_no } = linux;
    controlled({ cmd, vmc_no }).gives('payResult', unpaid).sends(frame).shows('sent');
  });
});

describe('two results for one order', () => {
  const unpaid = { ...pay('o1'), paid: false };
  /** The first command is given up when the second is sent. */
  const twice = (
    first: typeof unpaid,
    between: (book: Controlled) => Controlled = (book) => book,
  ): Controlled =>
    between(
      // linux answers only positive results.
      controlled(android)
        .gives('payResult', first)
        .sends({ ...paymentFrame('o1'), paydone: first.paid })
        .takesBack()
        .shows('expired', 'stoppedWaiting')
        .after(1_000),
    )
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'));
  const answer = (status: number) => ({ cmd: 'paydone_r', order_no: 'o1', status });
  const made = { cmd: 'productdone', order_no: 'o1', isok: true };

  test.each([[unpaid], [pay('o1')]])('one answer proves neither, two prove the second: %j', (first) => {
    twice(first)
      .receives(answer(1))
      .showsOf(1, 'expired')
      .shows('sent', ['answeredOne', { status: '1' }])
      .receives(answer(1))
      .showsOf(1, 'expired')
      .shows('confirmed', 'acknowledged');
  });

  test('linux answers the payment, not the rejection before it', () => {
    controlled(linux)
      .gives('payResult', unpaid)
      .sends({ ...paymentFrame('o1'), paydone: false })
      .shows('unconfirmable', 'cannotProve')
      .after(1_000)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .receives(answer(1))
      .shows('confirmed', 'acknowledged');
  });

  test('nor does a refusal fail it', () => {
    twice(unpaid)
      .receives(answer(0))
      .shows('sent', ['answeredOne', { status: '0' }])
      .receives(answer(0))
      .shows('failed', 'refusedPayment');
  });

  test('the drink proves an accepted payment, but not which one', () => {
    twice(pay('o1')).receives(made).answers('productdone_r').shows('sent', 'drinkMade');
    // For an order with a single positive result it does.
    twice(unpaid).receives(made).answers('productdone_r').shows('confirmed', 'drinkMade');
  });

  test('the drink of an earlier accepted payment is not proof of another', () => {
    controlled(linux)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .receives(answer(1))
      .shows('confirmed', 'acknowledged')
      .after(1_000)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .receives(made)
      .answers('productdone_r')
      .shows('sent', 'drinkMade');
  });

  test('but a refused payment was not accepted', () => {
    controlled(linux)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .receives(answer(0))
      .shows('failed', 'refusedPayment')
      .after(1_000)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .receives(made)
      .answers('productdone_r')
      .shows('confirmed', 'drinkMade');
  });

  test('an answer on another connection does not belong to a result on an earlier one', () => {
    twice(unpaid, (book) => book.hangsUp().connects().rests())
      .receives(answer(1))
      .shows('confirmed', 'acknowledged');
  });

  test('nor does an answer on another connection show which earlier result it means', () => {
    const book = twice(unpaid).hangsUp().connects().rests();
    book.receives(answer(1)).shows('sent', ['answeredOne', { status: '1' }]);
    expect(book.world.fleet.machine(7)?.orders).toMatchObject([{ acknowledged: null }]);
    book.receives(answer(0)).shows('failed', 'refusedPayment');
  });

  test('but with a single result it does', () => {
    controlled(linux)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .hangsUp()
      .connects()
      .receives(answer(1))
      .shows('confirmed', 'acknowledged');
  });

  test('results of other orders are distinguished by number', () => {
    controlled(linux)
      .gives('payResult', pay('o2'))
      .sends(paymentFrame('o2'))
      .after(1_000)
      .gives('payResult', pay('o1'))
      .sends(paymentFrame('o1'))
      .receives(answer(1))
      .showsOf(1, 'sent')
      .shows('confirmed', 'acknowledged');
  });
});

test('half an answer, cut anywhere, is not proof: the refusal may be in the other half', () => {
  const book = controlled(linux).gives('payResult', pay('o1')).sends(paymentFrame('o1'));
  const whole = JSON.stringify({ cmd: 'paydone_r', vmc_no: 7, order_no: 'o1', status: 0 });
  for (let length = 1; length < whole.length; length += 1)
    book.receives(whole.slice(0, length)).receives({ cmd: 'hb' }).answers('hb').shows('sent');
  expect(book.world.fleet.machine(7)?.orders).toMatchObject([
    { acknowledged: null, told: [{ answer: null }] },
  ]);
  book.receives(whole).shows('failed', 'refusedPayment');
});

answers(
  'payResult',
  {
    linux: {
      truly: 'confirmed: sent, acknowledged',
      refuses: 'failed: sent, refusedPayment',
      fails: 'confirmed: sent, acknowledged',
      late: 'confirmed: sent, noProof, late, acknowledged',
      never: unproved,
      // It restarts before it reports anything.
      restarts: unproved,
      dropped: 'confirmed: sent, drinkMade',
    },
    android: {
      truly: 'confirmed: sent, drinkMade',
      refuses: 'confirmed: sent, drinkMade',
      fails: 'expired: sent, drinkFailed, noProof',
      late: 'confirmed: sent, drinkMade',
      never: 'confirmed: sent, drinkMade',
      restarts: unproved,
      dropped: 'confirmed: sent, drinkMade',
    },
  },
  { input: { amount: sold.price, paid: true, payType: 'wx_pub' }, customers: 'before' },
);
