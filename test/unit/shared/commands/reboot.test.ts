import { expect, test } from 'vitest';
import { android, controlled, linux, remote } from '../../../builders/controlled';

test('is proved by the connection closing and a login, not by being sent', () => {
  controlled(linux)
    .gives('reboot')
    .sends({ cmd: 'reboot', vmc_no: 7 })
    .shows('sent')
    .receives({ cmd: 'hb' })
    .answers('hb')
    .shows('sent')
    .hangsUp()
    .shows('sent', ['connectionClosed', { reason: 'machineClosed' }])
    .connects()
    .shows('confirmed', ['loggedIn', { version: '1.0' }]);
});

test('a machine that cut its power comes back before its old connection ends: proved all the same', () => {
  controlled(android).gives('reboot').sends(remote('reboot')).connects().shows('confirmed', 'loggedIn');
});

test('logging in again on the same connection, or after we hung up, proves nothing', () => {
  const book = controlled(linux)
    .gives('reboot')
    .sends({ cmd: 'reboot', vmc_no: 7 })
    .receives(linux)
    .answers('login_r')
    .shows('sent')
    .ended('byPerson')
    .shows('sent', ['connectionClosed', { reason: 'byPerson' }])
    .connects()
    .shows('sent')
    .after(300_000)
    .shows('expired', 'noProof');
  expect(book.command().endedAt).toBe(book.world.now);
});

test('android’s own notice proves it, if it names it', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .notifies({ sessionId: 'someone else’s' })
    .shows('sent')
    .notifies()
    .shows('confirmed', 'machineSaidDone');
});
