import { describe, test } from 'vitest';
import { secondOf } from '#shared/messages/times';
import { acceptedOnly, answers, never, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

/** A machine's record of a rinse `ms` from now. */
const record = (book: Controlled, ms: number, more: object = {}) => ({
  cmd: 'rinsingrecord',
  c_uid: `C${secondOf(book.world.now + ms)}700`,
  isok: true,
  ...more,
});
const way = { rinsing_way: 'remote' };
const rinses = (): Controlled => controlled(android).gives('rinse').sends(remote('rinsing'));

test('linux can’t prove it, and the end is immediate', () => {
  const book = controlled(linux)
    .gives('rinse')
    .sends({ cmd: 'rinsing', vmc_no: 7 })
    .shows('unconfirmable', 'cannotProve');
  book.receives(record(book, 0)).answers('rinsingrecord_r').shows('unconfirmable');
});

test.each([
  [{}, 0],
  [{ rinsing_way: 'remote' }, 10_000],
])('android proves it by its record %j', (more, ahead) => {
  const book = rinses();
  book
    .receives(record(book, ahead, more))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

test.each([[{ rinsing_way: 'auto' }], [{ rinsing_way: 'hand' }]])(
  'a rinse started elsewhere proves nothing: %j',
  (more) => {
    const book = rinses();
    book
      .receives(record(book, 10_000, more))
      .answers('rinsingrecord_r')
      .shows('sent');
  },
);

test('nor does a repeat from before the command', () => {
  const book = rinses();
  book.receives(record(book, -60_000)).answers('rinsingrecord_r').shows('sent');
});

test('nor a record with an unreadable time', () => {
  const book = rinses();
  book.receives({ cmd: 'rinsingrecord', c_uid: 'r1', isok: true }).answers('rinsingrecord_r').shows('sent');
});

test('android’s record of a failed rinse fails it', () => {
  const book = rinses();
  book
    .receives(record(book, 0, { isok: false }))
    .answers('rinsingrecord_r')
    .shows('failed', 'rinseFailed');
});

test('a record that arrives 19 hours late is accepted', () => {
  const book = rinses().after(300_000).shows('expired', 'noProof');
  const lateRecord = record(book, -290_000);
  book
    .after(19 * 3_600_000)
    .receives(lateRecord)
    .answers('rinsingrecord_r')
    .shows('confirmed', ['late', { waited: 19 * 3_600_000 }], 'rinsed');
});

test('a record without a result proves nothing', () => {
  const book = rinses();
  book
    .receives({ ...record(book, 0), isok: null })
    .answers('rinsingrecord_r')
    .shows('sent');
});

test('a repeat of an earlier rinse by a machine with a fast clock proves nothing', () => {
  const book = controlled(android);
  const ahead = record(book, 60_000);
  book.receives(ahead).answers('rinsingrecord_r').after(1_000).gives('rinse').sends(remote('rinsing'));
  book.receives(ahead).answers('rinsingrecord_r').shows('sent');
});

/** A rinse was recorded, `ahead` ms from now by the machine's clock, before another is ordered. */
const afterOneOf = (ahead: number, more: object = {}) => {
  const book = controlled(android);
  const earlier = record(book, ahead, more);
  book.receives(earlier).answers('rinsingrecord_r').after(1_000).gives('rinse').sends(remote('rinsing'));
  return { book, earlier };
};

test('with any clock error and after any time', () => {
  const { book, earlier } = afterOneOf(20_000);
  book.receives(earlier).answers('rinsingrecord_r').shows('sent');
  const { book: later, earlier: far } = afterOneOf(60_000);
  later.after(40_000).receives(far).answers('rinsingrecord_r').shows('sent');
  // The record does not prove a failure of the later rinse either.
  later
    .receives({ ...far, isok: false })
    .answers('rinsingrecord_r')
    .shows('sent');
});

test('even with our own order as its origin, like the earlier rinse', () => {
  const { book, earlier } = afterOneOf(20_000, way);
  book.receives(earlier).answers('rinsingrecord_r').shows('sent');
  book
    .receives(record(book, 5_000, way))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

test('nor does it with another number for the same second, or after 99 other rinses', () => {
  const { book, earlier } = afterOneOf(20_000);
  const second = earlier.c_uid.slice(0, 15);
  book
    .receives({ ...earlier, c_uid: `${second}999` })
    .answers('rinsingrecord_r')
    .shows('sent');
  for (let n = 1; n < 100; n += 1) {
    book.receives(record(book, -n * 60_000)).answers('rinsingrecord_r');
    // Machines repeat a record until it is acknowledged.
    if (n % 50 === 0) book.receives(earlier).answers('rinsingrecord_r');
  }
  book.receives(earlier).answers('rinsingrecord_r').shows('sent');
  book
    .receives(record(book, 10_000, way))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

test('a record that becomes whole only when repeated is accepted', () => {
  const book = rinses();
  const lateRecord = record(book, 0);
  book
    .receives({ ...lateRecord, isok: null })
    .answers('rinsingrecord_r')
    .shows('sent')
    .receives(lateRecord)
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

test.each([[{}], [way]])('a later rinse is not the expired one, with any origin: %j', (more) => {
  const book = rinses().after(300_000).shows('expired', 'noProof').after(3_600_000);
  book
    .receives(record(book, 0, more))
    .answers('rinsingrecord_r')
    .shows('expired');
  // Nor does the first one after its wait.
  book
    .receives(record(book, -3_598_000, more))
    .answers('rinsingrecord_r')
    .shows('expired');
  // Its own record may follow them.
  book
    .receives(record(book, -3_600_000, more))
    .answers('rinsingrecord_r')
    .shows('confirmed', ['late', { waited: 3_600_000 }], 'rinsed');
});

test('without an origin, a rinse of a fast clock is not proof', () => {
  const book = rinses();
  book.receives(record(book, 10_000)).answers('rinsingrecord_r').shows('sent');
  book
    .receives(record(book, 20_000, way))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

describe('while an earlier one may still be recorded', () => {
  /** The wait for the first ends before the second is given. */
  const twice = (): Controlled =>
    rinses()
      .after(5_000)
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(1_000)
      .gives('rinse')
      .sends(remote('rinsing'));

  test.each([true, false])('a record belongs to neither; after a restart of Crema: %s', (anew) => {
    const book = twice();
    if (isRestarted) book.restarts();
    book.after(14_000);
    book
      .receives(record(book, 0, way))
      .answers('rinsingrecord_r')
      .showsOf(1, 'expired')
      .shows('sent', 'rinsedEarlier');
    book
      .after(20_000)
      .receives(record(book, 0, way))
      .answers('rinsingrecord_r')
      .showsOf(1, 'expired')
      .shows('confirmed', 'rinsed');
  });

  test('a record older than the second belongs to the first, and does not interfere', () => {
    const book = twice();
    book
      .receives(record(book, -4_000, way))
      .answers('rinsingrecord_r')
      .shows('sent', 'rinsedEarlier')
      .after(20_000);
    book
      .receives(record(book, 0, way))
      .answers('rinsingrecord_r')
      .shows('confirmed', 'rinsed');
  });

  test('nor does a failure show which one failed', () => {
    const book = twice().after(14_000);
    book
      .receives(record(book, 0, { ...way, isok: false }))
      .answers('rinsingrecord_r')
      .shows('sent', 'rinsedEarlier');
  });

  test('a record before the second was sent does not interfere', () => {
    const book = rinses().after(5_000).takesBack().shows('expired', 'stoppedWaiting').hangsUp();
    book.after(1_000).gives('rinse').shows('queued', 'queued').after(10_000);
    // Its ritual contains the record of the first.
    book
      .connects({ ...android, login_count: 5 })
      .receives(record(book, -12_000, way))
      .answers('rinsingrecord_r')
      .showsOf(1, 'confirmed', 'late', 'rinsed');
    book.after(20_000).sends(remote('rinsing')).shows('sent').after(15_000);
    book
      .receives(record(book, 0, way))
      .answers('rinsingrecord_r')
      .shows('confirmed', 'rinsed');
  });

  test('a repeat of an assigned record does not count again', () => {
    const book = twice();
    book
      .receives(record(book, 0, way))
      .answers('rinsingrecord_r')
      .shows('sent', 'rinsedEarlier')
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(1_000)
      .gives('rinse')
      .sends(remote('rinsing'))
      .after(10_000);
    book
      .receives(record(book, -2_000, way))
      .answers('rinsingrecord_r')
      .shows('sent', 'rinsedEarlier');
    book
      .receives(record(book, 0, way))
      .answers('rinsingrecord_r')
      .shows('confirmed', 'rinsed');
  });

  test('the first two of three records belong to others', () => {
    const book = twice().takesBack().shows('expired', 'stoppedWaiting').after(1_000);
    book.gives('rinse').sends(remote('rinsing')).after(10_000);
    for (let n = 0; n < 2; n += 1)
      book
        .receives(record(book, n * 2_000, way))
        .answers('rinsingrecord_r')
        .shows('sent', 'rinsedEarlier');
    book
      .receives(record(book, 6_000, way))
      .answers('rinsingrecord_r')
      .shows('confirmed', 'rinsed');
  });

  test('a refused, recorded or old rinse does not interfere', () => {
    const confirms = (book: Controlled) =>
      book
        .gives('rinse')
        .sends(remote('rinsing'))
        .receives(record(book, 0, way))
        .answers('rinsingrecord_r')
        .shows('confirmed', 'rinsed');
    confirms(
      rinses().notifies({ done: false, reason: 'Z0024' }).shows('failed', 'machineSaidFailed').rests(),
    );
    confirms(rinses().after(300_000).shows('expired', 'noProof').rests());
    const book = rinses();
    confirms(
      book
        .receives(record(book, 0, way))
        .answers('rinsingrecord_r')
        .shows('confirmed', 'rinsed')
        .after(10_000),
    );
  });
});

test.each([
  ['dooropen', 'doorOpen'],
  ['cupblock', 'cupInPlace'],
])('is not sent if the machine has reported again meanwhile: %s', (word, why) => {
  const said = { cmd: 'machinestatus', status: word };
  controlled(android)
    .receives(report)
    .hangsUp()
    .after(120_000)
    .gives('rinse')
    .shows('queued', 'queued')
    .after(30_000)
    .connects({ ...android, login_count: 5 })
    .receives(report)
    .after(2_000)
    .shows('failed', ['notNow', { why }]);
});

test('but a state that was known at the time does not prevent sending', () => {
  controlled(android)
    .receives({ cmd: 'machinestatus', status: 'dooropen' })
    .hangsUp()
    .after(120_000)
    .gives('rinse')
    .shows('queued', 'queued')
    .connects({ ...android, login_count: 5 })
    .after(2_000)
    .sends(remote('rinsing'));
});

answers('rinse', {
  linux: {
    truly: never,
    refuses: never,
    fails: never,
    late: never,
    never: never,
    restarts: never,
    dropped: never,
  },
  android: {
    truly: 'confirmed: sent, accepted, rinsed',
    refuses: refused,
    fails: 'failed: sent, accepted, rinseFailed',
    late: 'confirmed: sent, accepted, noProof, late, rinsed',
    never: unproved,
    restarts: acceptedOnly,
    dropped: 'confirmed: sent, accepted, rinsed',
  },
});

test('an expired one is still judged until the repeated command is written', () => {
  const book = rinses().hangsUp();
  book.after(600_000).shows('expired', 'noProof').gives('rinse').shows('queued', 'queued');
  book.after(900_000).shows('expired', 'notSent').connects();
  book
    .receives(record(book, -1_500_000, way))
    .answers('rinsingrecord_r')
    .showsOf(1, 'confirmed', 'late', 'rinsed');
});
