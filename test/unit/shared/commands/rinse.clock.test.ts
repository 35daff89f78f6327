import { test } from 'vitest';
import { secondOf } from '#shared/messages/times';
import { android, controlled, remote, type Controlled } from '../../../builders/controlled';

const hour = 3_600_000;
/** Its clock is `ahead` ms ahead, according to its report after the login. */
const withClock = (ahead: number, book = controlled(android)): Controlled =>
  book.receives({
    cmd: 'machinestatus',
    status: 'supply',
    supply: { '10009': '420' },
    time: secondOf(book.world.now + ahead),
  });
const rinses = (book: Controlled): Controlled => book.after(1_000).gives('rinse').sends(remote('rinsing'));
/** A record made `ago` ms ago by a clock that is `ahead` ms ahead. */
const records = (book: Controlled, ahead: number, { ago = 0, number = '700', way = 'remote' } = {}) =>
  book
    .receives({
      cmd: 'rinsingrecord',
      c_uid: `C${secondOf(book.world.now - ago + ahead)}${number}`,
      isok: true,
      rinsing_way: way,
    })
    .answers('rinsingrecord_r');

test.each([-400 * 24 * hour, -hour, -90_000, 45_000, 8 * hour])(
  'a rinse is proved even if the machine’s clock is %i ms off',
  (ahead) => {
    const book = rinses(withClock(ahead)).after(20_000);
    records(book, ahead).shows('confirmed', 'rinsed');
  },
);

test('an older rinse that a fast clock dates after the command proves nothing', () => {
  // Made a minute before the command, reported two minutes after it: its own time lies between the two.
  const book = rinses(withClock(90_000)).after(120_000);
  records(book, 90_000, { ago: 180_000 }).shows('sent');
  records(book, 90_000, { number: '701' }).shows('confirmed', 'rinsed');
});

test('a record from before a clock change is not dated by the current clock', () => {
  const book = withClock(0, withClock(hour).after(60_000)).after(55 * 60_000);
  rinses(book).after(10_000);
  // Made an hour ago: by the old clock its time lies within the last seconds.
  records(book, hour, { ago: hour - 2_000 }).shows('sent', 'rinsedSometime');
});

test('a clock that is off by an unknown amount proves nothing, and the step has the reason', () => {
  const book = controlled({ ...android, timestamp: '20150101' });
  rinses(book).after(20_000);
  records(book, -170 * 24 * hour).shows('sent', 'rinsedSometime');
  // A slow clock dates a new rinse before the command.
  records(book, -2_000, { number: '702' }).shows('sent', 'rinsedSometime');
});

test('a repeated record is not the later rinse, however its clock is off', () => {
  const book = withClock(2 * hour);
  const record = {
    cmd: 'rinsingrecord',
    c_uid: `C${secondOf(book.world.now + 2 * hour)}700`,
    isok: true,
    rinsing_way: 'remote',
  };
  book.receives(record).answers('rinsingrecord_r');
  rinses(book)
    .after(55_000)
    .receives({ ...record, uploadCount: 2 })
    .answers('rinsingrecord_r')
    .shows('sent');
});

test('the record of the first of two rinses, which has expired, does not prove the second', () => {
  const book = rinses(withClock(3 * hour))
    .takesBack()
    .shows('expired', 'stoppedWaiting');
  rinses(book).after(14_000);
  records(book, 3 * hour)
    .showsOf(1, 'expired')
    .shows('sent', 'rinsedEarlier')
    .after(20_000);
  records(book, 3 * hour).shows('confirmed', 'rinsed');
});

test.each(['auto', 'hand'])('a rinse %s proves nothing, with any clock', (way) => {
  const book = rinses(withClock(hour)).after(20_000);
  records(book, hour, { way }).shows('sent');
});
