import { test } from 'vitest';
import { acceptedOnly, answers, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote } from '../../../builders/controlled';

const supply = { cmd: 'machinestatus', status: 'supply', supply: { 1: '200' } };

test('android reconnects, then reports everything: earlier reports prove nothing', () => {
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

test('its notice may follow its report', () => {
  controlled(android)
    .gives('sync')
    .sends(remote('sync'))
    .after(1_000)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects({ ...android, login_count: 5 })
    .receives(supply)
    .shows('sent', 'reportedUnnoticed')
    .receives(supply)
    .shows('sent')
    .notifies()
    .shows('confirmed', 'doneReported');
});

test('a reconnect looks the same without the notice', () => {
  controlled(android)
    .after(118_000)
    .gives('sync')
    .sends(remote('sync'))
    .after(2_000)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(1_000)
    .connects({ ...android, login_count: 5 })
    .receives(supply)
    .shows('sent', 'reportedUnnoticed')
    .after(60_000)
    .shows('expired', 'noProof');
});

test('nor does a connection count that ends later, or that the machine did not close', () => {
  controlled(android)
    .gives('sync')
    .sends(remote('sync'))
    .notifies()
    .shows('sent', 'accepted')
    .after(20_000)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects({ ...android, login_count: 5 })
    .receives(supply)
    .shows('sent', 'reportedAnyway');
  controlled(android)
    .gives('sync')
    .sends(remote('sync'))
    .notifies()
    .shows('sent', 'accepted')
    .connects({ ...android, login_count: 5 })
    .shows('sent', 'connectedAnew')
    .receives(supply)
    .shows('sent', 'reportedAnyway');
});

test('a machine that went to another server does not return', () => {
  controlled(android)
    .gives('sync')
    .sends(remote('sync'))
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(60_000)
    .shows('expired', 'noProof');
});

test('linux lacks the command', () => {
  controlled(linux).refuses('sync', {}, { code: 'commandNotPossible', params: { why: 'notOnPlatform' } });
});

answers('sync', {
  android: {
    // Its notice follows its report.
    truly: 'confirmed: sent, connectionClosed, reportedUnnoticed, doneReported',
    refuses: refused,
    fails: acceptedOnly,
    late: 'confirmed: sent, connectionClosed, accepted, noProof, late, allReported',
    never: unproved,
    restarts: 'confirmed: sent, connectionClosed, reportedUnnoticed, doneReported',
    dropped: 'expired: sent, connectionClosed, reportedAnyway, accepted, noProof',
  },
});
