import { test } from 'vitest';
import { answers } from '../../../builders/answering';
import { android, controlled, linux } from '../../../builders/controlled';

const question = { cmd: 'querysupplies', vmc_no: 7 };
const supplies = { cmd: 'machinestatus', status: 'supply', supply: { 1: '200' } };
/** After the reports that follow a login on linux. */
const asks = () => controlled(linux).after(15_000).gives('querySupplies').sends(question);
const unanswered = 'unconfirmable: sent, noAnswer';

test('is answered by a machinestatus with supplies', () => {
  asks()
    .receives({ cmd: 'machinestatus', status: 'doorclose' })
    .shows('sent')
    .receives(supplies)
    .shows('confirmed', 'suppliesReported');
});

test('the supplies of linux 10 s after a login are not an answer: the query waits for them', () => {
  controlled(linux)
    .after(9_000)
    .gives('querySupplies')
    .shows('queued', 'waitsAfterLogin')
    .receives(supplies)
    .shows('queued')
    .after(3_000)
    .shows('queued')
    .after(3_000)
    .sends(question)
    .shows('sent')
    .receives(supplies)
    .shows('confirmed', 'suppliesReported');
});

test('another command precedes a waiting query', () => {
  controlled(linux)
    .gives('querySupplies')
    .shows('queued', 'waitsAfterLogin')
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .after(15_000)
    .showsOf(2, 'sent')
    .sends(question);
});

test('a later login restarts the wait', () => {
  controlled(linux)
    .gives('querySupplies')
    .shows('queued', 'waitsAfterLogin')
    .after(8_000)
    .receives(linux)
    .answers('login_r')
    .after(14_000)
    .shows('queued')
    .after(1_000)
    .sends(question);
});

test('the report of a login after the query is not an answer', () => {
  asks().after(1_000).receives(linux).answers('login_r').after(10_000).receives(supplies).shows('sent');
});

test('the answer to another query does not count', () => {
  controlled(linux)
    .after(15_000)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .after(1_000)
    .gives('querySupplies')
    .sends(question)
    .receives({ cmd: 'machinestatus', status: 'normal' })
    .showsOf(1, 'confirmed', 'statusReported')
    .shows('sent')
    .receives({ cmd: 'querysupplies_r', supply: { 1: '200' } })
    .shows('confirmed', 'suppliesReported');
});

test('no answer is not a failure: a machine without stock counting sends none', () => {
  asks().after(20_000).receives(supplies).shows('sent').after(10_000).shows('unconfirmable', 'noAnswer');
});

test('a report on another connection is not an answer', () => {
  asks()
    .hangsUp()
    .connects()
    .receives(supplies)
    .receives({ cmd: 'querysupplies_r', supply: { 1: '200' } })
    .shows('sent');
});

test('android has no such query: a similar message adds to the stock', () => {
  controlled(android).refuses(
    'querySupplies',
    {},
    {
      code: 'commandNotPossible',
      params: { name: 'querySupplies', why: 'notOnPlatform', platform: 'android' },
    },
  );
});

test('given before the platform is known: not sent to an android machine', () => {
  const { vmc_no, cmd } = linux;
  controlled({ vmc_no, cmd })
    .hangsUp()
    .gives('querySupplies')
    .shows('queued', 'queued')
    .connects(android)
    .rests()
    .shows('failed', ['notOnPlatform', { platform: 'android' }]);
});

answers('querySupplies', {
  linux: {
    truly: 'confirmed: sent, suppliesReported',
    refuses: unanswered,
    fails: unanswered,
    late: unanswered,
    never: unanswered,
    restarts: unanswered,
    dropped: unanswered,
  },
});
