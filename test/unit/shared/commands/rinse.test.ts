import { test } from 'vitest';
import { secondOf } from '#shared/messages/times';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

/** As the machine writes it, of a rinse `ms` from now. */
const record = (book: Controlled, ms: number, more: object = {}) => ({
  cmd: 'rinsingrecord',
  c_uid: `C${secondOf(book.world.now + ms)}700`,
  isok: true,
  ...more,
});
const rinses = (): Controlled => controlled(android).gives('rinse').sends(remote('rinsing'));

test('linux can’t prove it, and that is said at once', () => {
  const book = controlled(linux)
    .gives('rinse')
    .sends({ cmd: 'rinsing', vmc_no: 7 })
    .shows('unconfirmable', 'cannotProve');
  book.receives(record(book, 0)).answers('rinsingrecord_r').shows('unconfirmable');
});

test.each([[{}], [{ rinsing_way: 'remote' }]])('android proves it by its record %j', (more) => {
  const book = rinses();
  book
    .receives(record(book, 10_000, more))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

test.each([[{ rinsing_way: 'auto' }], [{ rinsing_way: 'hand' }]])(
  'a rinse that was begun elsewhere proves nothing: %j',
  (more) => {
    const book = rinses();
    book
      .receives(record(book, 10_000, more))
      .answers('rinsingrecord_r')
      .shows('sent');
  },
);

test('nor does one that is told again, from before the command', () => {
  const book = rinses();
  book.receives(record(book, -60_000)).answers('rinsingrecord_r').shows('sent');
});

test('nor one whose time can’t be read', () => {
  const book = rinses();
  book.receives({ cmd: 'rinsingrecord', c_uid: 'r1', isok: true }).answers('rinsingrecord_r').shows('sent');
});

test('android’s record of a rinse that did not work fails it', () => {
  const book = rinses();
  book
    .receives(record(book, 10_000, { isok: false }))
    .answers('rinsingrecord_r')
    .shows('failed', 'rinseFailed');
});

test('a record that comes 19 hours late is taken as what it is', () => {
  const book = rinses().after(300_000).shows('expired', 'noProof');
  const told = record(book, -290_000);
  book
    .after(19 * 3_600_000)
    .receives(told)
    .answers('rinsingrecord_r')
    .shows('confirmed', ['late', { waited: 19 * 3_600_000 }], 'rinsed');
});

test('a record that does not say how it ended proves nothing', () => {
  const book = rinses();
  book
    .receives({ ...record(book, 10_000), isok: null })
    .answers('rinsingrecord_r')
    .shows('sent');
});

test('the record of an earlier rinse, told again by a machine whose clock is ahead, proves nothing', () => {
  const book = controlled(android);
  const ahead = record(book, 60_000);
  book.receives(ahead).answers('rinsingrecord_r').after(1_000).gives('rinse').sends(remote('rinsing'));
  book.receives(ahead).answers('rinsingrecord_r').shows('sent');
});
