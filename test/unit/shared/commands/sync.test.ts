import { test } from 'vitest';
import { acceptedOnly, answers, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote } from '../../../builders/controlled';

const supply = { cmd: 'machinestatus', status: 'supply', supply: { 1: '200' } };

test('android connects anew, then reports everything: what it said before proves nothing', () => {
  controlled(android)
    .gives('sync')
    .sends(remote('sync'))
    .receives(supply)
    .shows('sent')
    .notifies()
    .shows('sent', 'accepted')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects({ ...android, login_count: 5 })
    .shows('sent')
    .receives({ cmd: 'machinestatus', status: 'doorclose' })
    .shows('sent')
    .receives(supply)
    .shows('confirmed', 'allReported');
});

test('one that is back before its old connection ended has connected anew too', () => {
  controlled(android)
    .gives('sync')
    .sends(remote('sync'))
    .connects({ ...android, login_count: 5 })
    .shows('sent', 'connectedAnew')
    .receives(supply)
    .shows('confirmed', 'allReported');
});

test('one that went to another server is not heard of again', () => {
  controlled(android)
    .gives('sync')
    .sends(remote('sync'))
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(60_000)
    .shows('expired', 'noProof');
});

test('linux has no such command', () => {
  controlled(linux).refuses('sync', {}, { code: 'commandNotPossible', params: { why: 'notOnPlatform' } });
});

answers('sync', {
  android: {
    truly: 'confirmed: sent, connectionClosed, allReported',
    refuses: refused,
    fails: acceptedOnly,
    late: 'confirmed: sent, connectionClosed, accepted, noProof, late, allReported',
    never: unproved,
    restarts: 'confirmed: sent, connectionClosed, allReported',
    dropped: 'confirmed: sent, connectionClosed, allReported',
  },
});
