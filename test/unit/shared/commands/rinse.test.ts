import { describe, test } from 'vitest';
import { secondOf } from '#shared/messages/times';
import { acceptedOnly, answers, never, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

/** The machine's record of a rinse `ms` from now. */
const record = (book: Controlled, ms: number, more: object = {}) => ({
  cmd: 'rinsingrecord',
  c_uid: `C${secondOf(book.world.now + ms)}700`,
  isok: true,
  ...more,
});
const way = { rinsing_way: 'remote' };
const rinses = (): Controlled => controlled(android).gives('rinse').sends(remote('rinsing'));

test('linux cannot prove it, which is shown immediately', () => {
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
  'a rinse started elsewhere is not proof: %j',
  (more) => {
    const book = rinses();
    book
      .receives(record(book, 10_000, more))
      .answers('rinsingrecord_r')
      .shows('sent');
  },
);

test('nor is a repeated one from before the command', () => {
  const book = rinses();
  book.receives(record(book, -60_000)).answers('rinsingrecord_r').shows('sent');
});

test('nor one with an unreadable time', () => {
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

test('a record that arrives 19 hours late counts with its own time', () => {
  const book = rinses().after(300_000).shows('expired', 'noProof');
  const lateRecord = record(book, -290_000);
  book
    .after(19 * 3_600_000)
    .receives(lateRecord)
    .answers('rinsingrecord_r')
    .shows('confirmed', ['late', { waited: 19 * 3_600_000 }], 'rinsed');
});

test('a record without a result is not proof', () => {
  const book = rinses();
  book
    .receives({ ...record(book, 0), isok: null })
    .answers('rinsingrecord_r')
    .shows('sent');
});

test('the repeated record of an earlier rinse is not proof, if the machine’s clock is ahead', () => {
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

test('however little its clock is ahead, and however late the repetition', () => {
  const { book, earlier } = afterOneOf(20_000);
  book.receives(earlier).answers('rinsingrecord_r').shows('sent');
  const { book: later, earlier: far } = afterOneOf(60_000);
  later.after(40_000).receives(far).answers('rinsingrecord_r').shows('sent');
  // Nor does it mean that the later one failed.
  later
    .receives({ ...far, isok: false })
    .answers('rinsingrecord_r')
    .shows('sent');
});

test('although it names Crema’s order as its origin, like the one before', () => {
  const { book, earlier } = afterOneOf(20_000, way);
  book.receives(earlier).answers('rinsingrecord_r').shows('sent');
  book
    .receives(record(book, 5_000, way))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

test('nor under another number of the same second, or after ninety-nine other rinses', () => {
  const { book, earlier } = afterOneOf(20_000);
  const second = earlier.c_uid.slice(0, 15);
  book
    .receives({ ...earlier, c_uid: `${second}999` })
    .answers('rinsingrecord_r')
    .shows('sent');
  for (let n = 1; n < 100; n += 1) {
    book.receives(record(book, -n * 60_000)).answers('rinsingrecord_r');
    // Like machines without an acknowledgement.
    if (n % 50 === 0) book.receives(earlier).answers('rinsingrecord_r');
  }
  book.receives(earlier).answers('rinsingrecord_r').shows('sent');
  book
    .receives(record(book, 10_000, way))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

test('a record that is complete only in its repetition counts', () => {
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

test.each([[{}], [way]])('a later rinse is not the given-up one, whatever its origin: %j', (more) => {
  const book = rinses().after(300_000).shows('expired', 'noProof').after(3_600_000);
  book
    .receives(record(book, 0, more))
    .answers('rinsingrecord_r')
    .shows('expired');
  // Nor the first one after its wait.
  book
    .receives(record(book, -3_598_000, more))
    .answers('rinsingrecord_r')
    .shows('expired');
  // Its own may follow them.
  book
    .receives(record(book, -3_600_000, more))
    .answers('rinsingrecord_r')
    .shows('confirmed', ['late', { waited: 3_600_000 }], 'rinsed');
});

test('without a known origin, a rinse of a fast clock does not count', () => {
  const book = rinses();
  book.receives(record(book, 10_000)).answers('rinsingrecord_r').shows('sent');
  book
    .receives(record(book, 20_000, way))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

describe('while an earlier rinse may still be recorded', () => {
  /** The first command is given up when the second is given. */
  const twice = (): Controlled =>
    rinses()
      .after(5_000)
      .takesBack()
      .shows('expired', 'stoppedWaiting')
      .after(1_000)
      .gives('rinse')
      .sends(remote('rinsing'));

  test.each([true, false])('a record belongs to neither; Crema restarted: %s', (isRestarted) => {
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

  test('one from before the second belongs to the first, and does not interfere', () => {
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

  test('nor does a failure show which of them failed', () => {
    const book = twice().after(14_000);
    book
      .receives(record(book, 0, { ...way, isok: false }))
      .answers('rinsingrecord_r')
      .shows('sent', 'rinsedEarlier');
  });

  test('one recorded before the second was sent does not interfere', () => {
    const book = rinses().after(5_000).takesBack().shows('expired', 'stoppedWaiting').hangsUp();
    book.after(1_000).gives('rinse').shows('queued', 'queued').after(10_000);
    // The reports after its login include the record of the first.
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

  test('an earlier record counts only once', () => {
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

  test('of three, the first two records belong to the others', () => {
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
])('is not sent if the machine has repeated it meanwhile: %s', (status, why) => {
  const report = { cmd: 'machinestatus', status };
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

test('but facts known when it was given do not block it', () => {
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

test('a given-up command is still judged while the same new command is not sent', () => {
  const book = rinses().hangsUp();
  book.after(600_000).shows('expired', 'noProof').gives('rinse').shows('queued', 'queued');
  book.after(900_000).shows('expired', 'notSent').connects();
  book
    .receives(record(book, -1_500_000, way))
    .answers('rinsingrecord_r')
    .showsOf(1, 'confirmed', 'late', 'rinsed');
});
