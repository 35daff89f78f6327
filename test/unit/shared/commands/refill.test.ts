import { describe, expect, test } from 'vitest';
import { secondOf } from '#shared/messages/times';
import { answers, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

const supply = (amounts: Record<string, string>) => ({
  cmd: 'machinestatus',
  status: 'supply',
  supply: amounts,
});
const record = (
  book: Controlled,
  ms = 0,
  amounts: Record<string, string> = { '10009': '200', '10016': '-50' },
) => ({
  cmd: 'feedrecord',
  timestamp: secondOf(book.world.now + ms),
  operation: 'supply',
  supply: amounts,
});
const warning = (code: string) => ({ cmd: 'error', error_code: code, isSet: true, is_fatal_error: true });
const changes = { '10009': 200, '10016': -50 };
const changed = { '10009': '+200', '10016': '-50' };
const known = { '10009': '420', '10016': '30' };
/** With known stock, after its login reports. */
const refills = (book = controlled(android).receives(supply(known)).after(20_000)): Controlled =>
  book.gives('refill', { changes }).sends(remote('supplys', { supply: { '10009': '+200', '10016': '-50' } }));
const recorded = (book: Controlled, ms = 0): Controlled =>
  book.receives(record(book, ms)).answers('feedrecord_r');

test('is proved by a record, then by the sum; nothing falls below 0', () => {
  const book = refills();
  recorded(book)
    .shows('sent', 'refillRecorded')
    .receives({ cmd: 'machinestatus', status: 'dooropen' })
    .shows('sent')
    .receives(supply({ '10009': '620', '10016': '0' }))
    .shows('confirmed', 'sumReported');
});

test('its reply is a step, its code a refusal', () => {
  refills()
    .notifies()
    .shows('sent', 'accepted')
    .notifies({ done: false, reason: 'Z0023' })
    .shows('failed', ['machineSaidFailed', { reason: 'Z0023' }]);
});

test('the sum alone is not proof, nor is another sum', () => {
  const book = refills()
    .receives(supply({ '10009': '620', '10016': '0' }))
    .shows('sent');
  const other = recorded(refills()).shows('sent', 'refillRecorded');
  other
    .receives(supply({ '10009': '520', '10016': '0' }))
    .shows('sent', ['sumDiffers', { material: '10009', amountLeft: 520, sum: 620 }])
    .after(60_000)
    .shows('expired', 'noProof');
  book.after(60_000).shows('expired', 'noProof');
});

test('the consumption of drinks is subtracted; if it is unknown, the sum is smaller', () => {
  const book = refills();
  const order = { ProductId: 101, isok: true, order_no: 'a', PayType: 'cash' };
  recorded(book).shows('sent', 'refillRecorded');
  book.receives({ cmd: 'productdone', ...order }).answers('productdone_r');
  book
    .receives(supply({ '10009': '300', '10016': '0' }))
    .shows('sent', ['sumDiffers', { amountLeft: 300 }])
    .receives({ cmd: 'upordrecipe', timestamp: '20150624120000', order_no: 'a', recipe: { '10009': '9.50' } })
    .answers('upordrecipe_r');
});

describe('warnings', () => {
  const low = (): Controlled =>
    refills(
      controlled(android)
        .receives(supply(known))
        .receives(warning('WARNING:10009'))
        .answers('error_r')
        .receives(warning('WARNING:10016'))
        .answers('error_r')
        .after(20_000),
    );
  const summed = (): Controlled =>
    recorded(low())
      .shows('sent', 'refillRecorded')
      .receives(supply({ '10009': '620', '10016': '0' }))
      .shows('sent', 'sumReported');

  test('about an added material are awaited', () => {
    const book = summed();
    expect(book.command().awaited).toEqual([10_009]);
    book
      .receives({ cmd: 'clearwarning', timestamp: '20150624120100', error_code: 'WARNING:10016' })
      .shows('sent')
      .receives({ cmd: 'clearwarning', timestamp: '20150624120100', error_code: 'WARNING:10009' })
      .shows('confirmed', ['warningOver', { material: '10009' }]);
  });

  test('that stay leave the sum unchanged', () => {
    summed().after(10_000).shows('confirmed', 'warningStays');
  });

  test('are not awaited after the end of the wait', () => {
    const book = low().after(60_000).shows('expired', 'noProof');
    recorded(book, 0)
      .shows('expired', 'refillRecorded')
      .receives(supply({ '10009': '620', '10016': '0' }))
      .shows('confirmed', 'late', 'sumReported');
  });
});

describe('a record', () => {
  test('with another material belongs to another refill', () => {
    const book = refills();
    book
      .receives(record(book, 0, { '10007': '9000' }))
      .answers('feedrecord_r')
      .shows('sent');
  });

  test('that android stored and sends after its login is dated by its own time', () => {
    const book = refills();
    book
      .hangsUp()
      .after(5_000)
      .connects({ ...android, login_count: 5 });
    recorded(book, -60_000).shows('sent');
    recorded(book, 3_600_000).shows('sent', 'refilledSometime');
    recorded(book, -3_000).shows('sent', 'refillRecorded');
  });

  test('of a machine with a wrong clock is dated by the measured clock', () => {
    const hours = 8 * 3_600_000;
    const book = controlled(android);
    book.receives({ ...supply(known), time: secondOf(book.world.now + hours) }).after(20_000);
    refills(book);
    recorded(book, hours - 60_000).shows('sent');
    recorded(book, hours).shows('sent', 'refillRecorded');
  });

  test('that arrives long after the login may still be a stored one', () => {
    // Twenty stored records take twenty seconds.
    recorded(refills(), -86_400_000).shows('sent');
  });

  test('that may be older than the command is proof only if it is sent at once', () => {
    const measured = (book: Controlled): Controlled =>
      book.receives({ ...supply(known), time: secondOf(book.world.now) });
    const live = refills(measured(controlled(android)).after(20_000));
    recorded(live).shows('sent', 'refillRecorded');
    const book = refills(measured(controlled(android)).after(20_000));
    const kept = record(book);
    measured(
      book
        .hangsUp()
        .after(5_000)
        .connects({ ...android, login_count: 5 }),
    );
    book.receives(kept).answers('feedrecord_r').shows('sent', 'refilledSometime');
    // Repeated.
    book.receives(kept).answers('feedrecord_r').shows('sent');
  });

  test('with other amounts, or with more, belongs to another refill', () => {
    for (const amounts of [
      { '10009': '300', '10016': '-50' },
      { '10009': '200' },
      { ...changed, '10007': '1' },
    ]) {
      const book = refills();
      book
        .receives(record(book, 0, amounts))
        .answers('feedrecord_r')
        .shows('sent');
    }
    const signed = refills();
    signed
      .receives(record(signed, 0, changed))
      .answers('feedrecord_r')
      .shows('sent', 'refillRecorded');
  });
});

describe('while an earlier one may still be recorded', () => {
  /** The wait for the first ends before the second is given. */
  const twice = (): Controlled =>
    refills()
      .after(5_000)
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(10_000)
      .gives('refill', { changes })
      .sends(remote('supplys', { supply: changed }));

  test('its record and its sum do not prove the second', () => {
    const book = twice().after(2_000);
    recorded(book)
      .showsOf(1, 'expired')
      .shows('sent', 'refilledEarlier')
      .receives(supply({ '10009': '620', '10016': '0' }))
      .shows('sent')
      .after(2_000);
    // The record of the second.
    recorded(book).shows('sent', 'refillRecorded');
  });

  test('nor does an older record, nor one of other materials, which does not interfere', () => {
    const before = twice()
      .hangsUp()
      .connects({ ...android, login_count: 5 });
    recorded(before, -4_000).shows('sent', 'refilledEarlier');
    recorded(before, 0).shows('sent', 'refillRecorded');
    const other = twice();
    other
      .receives(record(other, 0, { '10007': '9000' }))
      .answers('feedrecord_r')
      .shows('sent');
    recorded(other).shows('sent', 'refilledEarlier').after(2_000);
    recorded(other).shows('sent', 'refillRecorded');
  });

  test('with other materials it does not interfere', () => {
    const book = refills()
      .after(5_000)
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(10_000)
      .gives('refill', { changes: { '10007': 100 } })
      .sends(remote('supplys', { supply: { '10007': '+100' } }));
    book
      .receives(record(book, 0, { '10007': '100' }))
      .answers('feedrecord_r')
      .shows('sent', 'refillRecorded');
  });

  test('a recorded one, or an old one, does not interfere', () => {
    const first = recorded(refills()).shows('sent', 'refillRecorded').takesBack();
    first
      .shows('expired', 'stoppedWaiting')
      .after(15_000)
      .gives('refill', { changes })
      .sends(remote('supplys', { supply: changed }));
    recorded(first).shows('sent', 'refillRecorded');
    const book = refills().after(60_000).shows('expired', 'noProof').after(245_000);
    book.gives('refill', { changes }).sends(remote('supplys', { supply: changed }));
    recorded(book).shows('sent', 'refillRecorded');
  });
});

test('a material that turns out to be uncounted proves nothing', () => {
  const book = refills(controlled(android).after(20_000));
  recorded(book)
    .shows('sent', 'refillRecorded')
    .receives(supply({ '10009': '100000', '10016': '30' }))
    .shows('sent', ['notCounted', { material: '10009' }]);
});

test('an expired refill with other amounts takes no record', () => {
  const book = refills().takesBack().shows('expired', 'stoppedWaiting').after(15_000);
  book
    .gives('refill', { changes: { '10009': 100 } })
    .sends(remote('supplys', { supply: { '10009': '+100' } }))
    .receives(record(book, 0, { '10009': '100' }))
    .answers('feedrecord_r')
    .shows('sent', 'refillRecorded');
});

test('an uncounted material is refused', () => {
  controlled(android)
    .receives(supply({ '10007': '100000' }))
    .refuses(
      'refill',
      { changes: { '10007': 100 } },
      { code: 'commandNotPossible', params: { name: 'refill', why: 'notCounted', material: '10007' } },
    );
});

test.each([{}, { '10009': 0 }])('nothing is not a refill: %j', (none) => {
  controlled(android).refuses('refill', { changes: none }, { code: 'refillNothing' });
});

test('has no known linux command', () => {
  controlled(linux).refuses('refill', { changes }, { code: 'commandNotPossible' });
});

answers(
  'refill',
  {
    android: {
      truly: 'confirmed: sent, refillRecorded, sumReported',
      refuses: unproved,
      fails: unproved,
      late: 'confirmed: sent, noProof, refillRecorded, late, sumReported',
      never: unproved,
      restarts: unproved,
      // It is back only after two minutes.
      dropped: unproved,
    },
  },
  { input: { changes: { '10009': 200, '10016': -50 } } },
);
