import { test } from 'vitest';
import { android, controlled, linux, remote } from '../../../builders/controlled';

const record = (isok: boolean) => ({ cmd: 'rinsingrecord', c_uid: 'r1', isok });

test('linux can’t prove it, and that is said at once', () => {
  controlled(linux)
    .gives('rinse')
    .sends({ cmd: 'rinsing', vmc_no: 7 })
    .shows('unconfirmable', 'cannotProve')
    .receives(record(true))
    .answers('rinsingrecord_r')
    .shows('unconfirmable');
});

test('android proves it by its record', () => {
  controlled(android)
    .gives('rinse')
    .sends(remote('rinsing'))
    .receives(record(true))
    .answers('rinsingrecord_r')
    .shows('confirmed', 'rinsed');
});

test('android’s record of a rinse that did not work fails it', () => {
  controlled(android)
    .gives('rinse')
    .sends(remote('rinsing'))
    .receives(record(false))
    .answers('rinsingrecord_r')
    .shows('failed', 'rinseFailed');
});
