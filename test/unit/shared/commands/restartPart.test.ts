import { describe, expect, test } from 'vitest';
import { answers, itsWord, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, type Controlled } from '../../../builders/controlled';

const told = (part: string) => ({
  cmd: 'reboot',
  vmc_no: 7,
  type: part,
  session_id: expect.any(String) as string,
});
const restarts = (part: string): Controlled =>
  controlled(android).gives('restartPart', { part }).sends(told(part));

describe.each(['app', 'stum', 'all'])('%s', (part) => {
  test('is proved by a login of a program that began anew; its word is a step', () => {
    restarts(part)
      .notifies()
      .shows('sent', 'accepted')
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(8_000)
      .connects({ ...android, login_count: 2 })
      .shows('confirmed', ['loggedIn', { version: '2.0' }]);
  });

  test('a link that drops and comes back proves nothing', () => {
    restarts(part)
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(8_000)
      .connects({ ...android, login_count: 5 })
      .shows('sent', 'cameBack')
      .after(300_000)
      .shows('expired', 'noProof');
  });
});

describe.each(['cup', 'io', 'ice'])('%s', (part) => {
  test('logs in never: its word is all there is', () => {
    restarts(part).notifies().shows('confirmed', 'machineSaidDone');
  });

  test('and without one, nothing proves it', () => {
    restarts(part)
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(8_000)
      .connects({ ...android, login_count: 2 })
      .shows('sent')
      .after(300_000)
      .shows('expired', 'noProof')
      .notifies()
      .shows('confirmed', 'late', 'machineSaidDone');
  });
});

test('its code is its refusal', () => {
  restarts('cup')
    .notifies({ done: false, reason: 'Z0024' })
    .shows('failed', ['machineSaidFailed', { reason: 'Z0024' }]);
});

test('linux restarts as a whole only', () => {
  const notOnPlatform = { code: 'commandNotPossible', params: { why: 'notOnPlatform' } } as const;
  controlled(linux).refuses('restartPart', { part: 'cup' }, notOnPlatform);
});

answers('restartPart', {
  android: {
    truly: itsWord,
    refuses: refused,
    fails: itsWord,
    late: itsWord,
    never: unproved,
    restarts: itsWord,
    dropped: 'confirmed: sent, connectionClosed, machineSaidDone',
  },
});
