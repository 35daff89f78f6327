import { test } from 'vitest';
import { answers, unproved } from '../../../builders/answering';
import { android, controlled, linux } from '../../../builders/controlled';

const says = (status: string, more = {}) => ({ cmd: 'machinestatus', status, ...more });
const asks = () => controlled(linux).gives('queryStatus').sends({ cmd: 'statusquery', vmc_no: 7 });

test.each(['normal', 'not normal', '1'])('linux answers with its status, in any term: %s', (word) => {
  asks()
    .receives(says(word))
    .shows('confirmed', ['statusReported', { status: word, after: 1 }]);
});

test('a report of another kind is not an answer, because linux sends those by itself', () => {
  const book = asks();
  for (const status of ['clearerror', 'cupblock', 'dooropen', 'doorclose'])
    book.receives(says(status)).shows('sent');
  book
    .receives(says('supply', { supply: { 1: '200' } }))
    .receives(says('machinelock', { islock: true }))
    .receives({ cmd: 'machinestatus', supply: { 1: '200' } })
    .receives({ cmd: 'querysupplies_r', status: 'supply', supply: { 1: '200' } })
    .shows('sent')
    .receives(says('normal'))
    .shows('confirmed', 'statusReported');
});

test('the door report of linux 15 s after a login is not an answer', () => {
  controlled(linux)
    .after(13_000)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .after(1_000)
    .receives(says('doorclose'))
    .shows('sent')
    .after(30_000)
    .shows('expired', 'noProof');
});

test('accepts no late answer, because linux answers at once', () => {
  asks().after(5_001).receives(says('normal')).shows('sent').after(25_000).shows('expired', 'noProof');
});

test('nor an answer to the open query before a reboot', () => {
  const book = controlled(linux).reboots(false).gives('queryStatus').shows('queued');
  book.after(20_000).shows('queued', 'waitsFor').receives({ cmd: 'hb' }).answers('hb');
  book.after(20_000).receives({ cmd: 'hb' }).answers('hb').after(20_000);
  book.sends({ cmd: 'statusquery', vmc_no: 7 }).receives(says('normal')).shows('sent');
});

test('nor an answer that a silent link may have delayed', () => {
  const book = controlled(linux).after(70_000).gives('queryStatus').sends({ cmd: 'statusquery', vmc_no: 7 });
  book.receives(says('normal')).shows('sent');
});

test('the answer on another connection belongs to another query', () => {
  asks()
    .hangsUp()
    .connects()
    .receives(says('normal'))
    .receives({ cmd: 'statusquery_r', status: 'normal' })
    .shows('sent');
});

test('an answer with the query’s name is also accepted late', () => {
  asks()
    .receives({ cmd: 'statusquery_r', status: 'clearerror' })
    .shows('sent')
    .after(30_000)
    .shows('expired', 'noProof')
    .after(20_000)
    .receives({ cmd: 'statusquery_r', status: 'dooropen' })
    .shows('confirmed', 'late', ['statusReported', { status: 'dooropen' }]);
});

test('android has no such query', () => {
  controlled(android).refuses(
    'queryStatus',
    {},
    { code: 'commandNotPossible', params: { why: 'notOnPlatform' } },
  );
});

answers('queryStatus', {
  linux: {
    truly: 'confirmed: sent, statusReported',
    refuses: unproved,
    fails: unproved,
    late: unproved,
    never: unproved,
    restarts: unproved,
    dropped: unproved,
  },
});
