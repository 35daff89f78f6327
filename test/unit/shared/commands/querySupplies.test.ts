import { test } from 'vitest';
import { android, controlled, linux, remote } from '../../../builders/controlled';

test.each([
  ['linux', linux, { cmd: 'querysupplies', vmc_no: 7 }],
  ['android', android, remote('supplys')],
])('%s: is answered by a machinestatus with supplies', (_platform, login, message) => {
  controlled(login)
    .gives('querySupplies')
    .sends(message)
    .receives({ cmd: 'machinestatus', status: 'doorclose' })
    .shows('sent')
    .receives({ cmd: 'machinestatus', status: 'supply', supply: { 1: '200' } })
    .shows('confirmed', 'suppliesReported');
});

test('and a status asked at the same time by any', () => {
  controlled(linux)
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .gives('querySupplies')
    .sends({ cmd: 'querysupplies', vmc_no: 7 })
    .receives({ cmd: 'machinestatus', status: 'doorclose' })
    .showsOf(1, 'confirmed', 'statusReported')
    .shows('sent')
    .receives({ cmd: 'querysupplies_r', supply: { 1: '200' } })
    .shows('confirmed', 'suppliesReported');
});
