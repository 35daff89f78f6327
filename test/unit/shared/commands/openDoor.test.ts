import { test } from 'vitest';
import { android, controlled, linux, remote } from '../../../builders/controlled';

const status = (word: string) => ({ cmd: 'machinestatus', status: word });

test('is proved by dooropen, and by no other status', () => {
  controlled(android)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    .receives(status('doorclose'))
    .shows('sent')
    .receives(status('dooropen'))
    .shows('confirmed', 'doorOpened');
});

test('linux: the other spelling takes the place of the first', () => {
  controlled(linux)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .refuses('openDoor', { spelling: 'opendoor' }, { code: 'commandRunning' })
    .gives('openDoor', { spelling: 'door open' })
    .sends({ cmd: 'door open', vmc_no: 7 })
    .showsOf(1, 'expired', 'otherSpelling')
    .receives(status('doorclose'))
    .shows('sent')
    .receives(status('dooropen'))
    .shows('confirmed', 'doorOpened');
});

test('a reply to our own question proves it too; a minute without one does not', () => {
  controlled(linux)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .receives({ cmd: 'statusquery_r', status: 'dooropen' })
    .shows('confirmed', 'doorOpened')
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .after(60_000)
    .shows('expired', 'noProof');
});
