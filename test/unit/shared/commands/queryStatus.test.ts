import { test } from 'vitest';
import { answers, unproved } from '../../../builders/answering';
import { android, controlled, linux } from '../../../builders/controlled';

test('linux answers with its status, and with nothing else', () => {
  controlled(linux)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .receives({ cmd: 'querysupplies_r', status: 'supply', supply: { 1: '200' } })
    .shows('sent')
    // That answers another question.
    .receives({ cmd: 'machinestatus', status: 'supply', supply: { 1: '200' } })
    .shows('sent')
    .receives({ cmd: 'machinestatus', status: 'doorclose' })
    .shows('confirmed', 'statusReported');
});

test('an answer under the name of the question is taken late too', () => {
  controlled(linux)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .after(30_000)
    .shows('expired', 'noProof')
    .after(20_000)
    .receives({ cmd: 'statusquery_r', status: 'dooropen' })
    .shows('confirmed', 'late', 'statusReported');
});

test('what linux says of its own later answers nothing, and that errors are cleared never does', () => {
  const book = controlled(linux)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .receives({ cmd: 'machinestatus', status: 'clearerror' })
    .shows('sent')
    .receives({ cmd: 'statusquery_r', status: 'clearerror' })
    .shows('sent')
    .after(25_000);
  for (const status of ['dooropen', 'cupblock', 'clearerror'])
    book.receives({ cmd: 'machinestatus', status }).shows('sent');
  // Under the name of the question it is the answer.
  book.receives({ cmd: 'statusquery_r', status: 'dooropen' }).shows('confirmed', 'statusReported');
});

test('what may be news of its own within those seconds is no answer: linux reports what changes', () => {
  const says = (status: string) => ({ cmd: 'machinestatus', status });
  const book = controlled(linux).receives(says('doorclose'));
  book
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .after(2_000)
    .receives(says('dooropen'))
    .shows('sent')
    .receives(says('cupblock'))
    .shows('sent')
    .after(1_000)
    // Once more the same is no news.
    .receives(says('dooropen'))
    .shows('confirmed', ['statusReported', { after: 3_000 }]);
  // What was said on an earlier connection may have changed unheard.
  book
    .hangsUp()
    .connects()
    .after(1_000)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .receives(says('doorclose'))
    .shows('confirmed', ['statusReported', { after: 1 }]);
});

test('what was said again on this connection, and is otherwise then, is news as well', () => {
  const says = (status: string) => ({ cmd: 'machinestatus', status });
  controlled(linux)
    .receives(says('doorclose'))
    .hangsUp()
    .after(60_000)
    .connects()
    .receives(says('doorclose'))
    .rests()
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .receives(says('dooropen'))
    .shows('sent');
});

test('what is said on another connection answers nothing, but for an answer under the name of the question', () => {
  controlled(linux)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .hangsUp()
    .connects()
    .after(1_000)
    .receives({ cmd: 'machinestatus', status: 'dooropen' })
    .shows('sent')
    .receives({ cmd: 'statusquery_r', status: 'dooropen' })
    .shows('confirmed', 'statusReported');
});

test('android knows no question', () => {
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
