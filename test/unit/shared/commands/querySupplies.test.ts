import { test } from 'vitest';
import { answers, unproved } from '../../../builders/answering';
import { android, controlled, linux } from '../../../builders/controlled';

test('is answered by a machinestatus with supplies', () => {
  controlled(linux)
    .gives('querySupplies')
    .sends({ cmd: 'querysupplies', vmc_no: 7 })
    .receives({ cmd: 'machinestatus', status: 'doorclose' })
    .shows('sent')
    .receives({ cmd: 'machinestatus', status: 'supply', supply: { 1: '200' } })
    .shows('confirmed', 'suppliesReported');
});

test('and a status asked at the same time by any', () => {
  controlled(linux)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .after(1_000)
    .gives('querySupplies')
    .sends({ cmd: 'querysupplies', vmc_no: 7 })
    .receives({ cmd: 'machinestatus', status: 'doorclose' })
    .showsOf(1, 'confirmed', 'statusReported')
    .shows('sent')
    .receives({ cmd: 'querysupplies_r', supply: { 1: '200' } })
    .shows('confirmed', 'suppliesReported');
});

test('what linux says of its own later, as after a drink, answers nothing', () => {
  controlled(linux)
    .gives('querySupplies')
    .sends({ cmd: 'querysupplies', vmc_no: 7 })
    .after(20_000)
    .receives({ cmd: 'machinestatus', status: 'supply', supply: { 1: '190' } })
    .shows('sent')
    .receives({ cmd: 'querysupplies_r', supply: { 1: '190' } })
    .shows('confirmed', 'suppliesReported');
});

test('what is said on another connection answers nothing, but for an answer under the name of the question', () => {
  controlled(linux)
    .gives('querySupplies')
    .sends({ cmd: 'querysupplies', vmc_no: 7 })
    .hangsUp()
    .connects()
    .receives({ cmd: 'machinestatus', status: 'supply', supply: { 1: '200' } })
    .shows('sent')
    .receives({ cmd: 'querysupplies_r', supply: { 1: '200' } })
    .shows('confirmed', 'suppliesReported');
});

test('android has no such question: what sounds like one adds to the stock', () => {
  controlled(android).refuses(
    'querySupplies',
    {},
    {
      code: 'commandNotPossible',
      params: { name: 'querySupplies', why: 'notOnPlatform', platform: 'android' },
    },
  );
});

test('given before the machine has said what it is: not sent to an android one', () => {
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
    refuses: unproved,
    fails: unproved,
    late: unproved,
    never: unproved,
    restarts: unproved,
    dropped: unproved,
  },
});
