import { describe, expect, test } from 'vitest';
import { againInput } from '#shared/commands/kit/rows';
import { readCommand } from '#shared/model/stored/work';
import { answers, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, type Controlled } from '../../../builders/controlled';

const restartFrame = (part: string) => ({
  cmd: 'reboot',
  vmc_no: 7,
  type: part,
  session_id: expect.any(String) as string,
});
const restarts = (part: string): Controlled =>
  controlled(android).gives('restartPart', { part }).sends(restartFrame(part));

describe.each(['app', 'stum', 'all'])('%s', (part) => {
  test('is proved by a login of a restarted program; its reply is a step', () => {
    restarts(part)
      .notifies()
      .shows('sent', 'accepted')
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(8_000)
      .connects({ ...android, login_count: 2 })
      .shows('confirmed', ['loggedIn', { version: '2.0' }]);
  });

  test('a restarted program proves nothing if the link may have been dead', () => {
    restarts(part)
      .after(60_000)
      .connects({ ...android, login_count: 2 })
      .shows('sent', 'startedSometime', 'connectionClosed')
      .after(300_000)
      .shows('expired', 'noProof');
  });

  test('it does if the machine reported that it read the command', () => {
    restarts(part)
      .notifies()
      .shows('sent', 'accepted')
      .after(60_000)
      .connects({ ...android, login_count: 2 })
      .shows('confirmed', 'loggedIn');
  });

  test('a reconnect proves nothing', () => {
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

describe('ice', () => {
  const part = 'ice';
  test('is accepted before it is done, and no other report follows', () => {
    restarts(part).notifies().shows('unconfirmable', 'acceptedOnly');
  });

  test('and without acceptance it can’t be proved', () => {
    restarts(part)
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(8_000)
      .connects({ ...android, login_count: 2 })
      .shows('sent')
      .after(300_000)
      .shows('expired', 'noProof')
      .notifies()
      .shows('expired', 'acceptedOnly')
      .notifies()
      .shows('expired');
  });
});

test('fails with the code of a refusal', () => {
  restarts('ice')
    .notifies({ done: false, reason: 'Z0024' })
    .shows('failed', ['machineSaidFailed', { reason: 'Z0024' }]);
});

test.each(['cup', 'io'])(
  '%s stops the machine’s program: it can’t be given any more, but old commands can be read',
  (part) => {
    controlled(android).refuses('restartPart', { part }, { code: 'badInput' });
    const given = restarts('ice').command();
    const earlier = {
      ...given,
      input: { part },
      steps: [...given.steps, { what: 'machineSaidDone' as const, at: 1, entry: null, params: {} }],
    };
    expect(readCommand(JSON.stringify(earlier))).toEqual(earlier);
    expect(againInput(earlier)).toBeNull();
  },
);

test('linux restarts only completely', () => {
  const notOnPlatform = { code: 'commandNotPossible', params: { why: 'notOnPlatform' } } as const;
  controlled(linux).refuses('restartPart', { part: 'ice' }, notOnPlatform);
});

const accepted = 'unconfirmable: sent, acceptedOnly';
answers('restartPart', {
  android: {
    truly: accepted,
    refuses: refused,
    fails: accepted,
    late: accepted,
    never: unproved,
    restarts: 'unconfirmable: sent, connectionClosed, acceptedOnly',
    dropped: 'unconfirmable: sent, connectionClosed, acceptedOnly',
  },
});
