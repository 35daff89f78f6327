import { test } from 'vitest';
import { android, controlled, linux, remote } from '../../../builders/controlled';

test.each([
  ['linux', linux, { cmd: 'statusquery', vmc_no: 7 }],
  ['android', android, remote('sync')],
])('%s: is answered by machinestatus', (_platform, login, message) => {
  controlled(login)
    .gives('queryStatus')
    .sends(message)
    .receives({ cmd: 'machinestatus', status: 'doorclose' })
    .shows('confirmed', 'statusReported');
});
