import { describe, expect, test } from 'vitest';
import { acceptedOnly, answers, refused, unproved } from '../../../builders/answering';
import { rowOf } from '#shared/commands/kit/rows';
import type { SocketEnd } from '#shared/model/closeReasons';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

/** ms: the time of a machine's start. */
const start = 70_000;
const counts = (loginCount: number) => ({ ...android, login_count: loginCount });

test('linux first answers a question; then its connection closes, it is silent for the time of a start, and logs in', () => {
  controlled(linux)
    .reboots()
    .shows('sent')
    .receives({ cmd: 'hb' })
    .answers('hb')
    .shows('sent')
    .hangsUp()
    .shows('sent', ['connectionClosed', { reason: 'machineClosed' }])
    .after(start)
    .connects()
    .shows('confirmed', ['loggedIn', { version: '1.0' }]);
});

test('each of the two stages has five minutes', () => {
  const book = controlled(linux).reboots();
  expect(book.command().until).toBe((book.command().sentAt ?? 0) + 300_000);
  book.after(10_000).hangsUp().shows('sent', 'connectionClosed');
  expect(book.command().until).toBe(book.world.now + 300_000);
});

test('a link that drops and returns within a minute is not proof', () => {
  controlled(linux)
    .reboots()
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(5_000)
    .connects()
    .shows('sent', 'cameBack')
    .after(300_000)
    .shows('expired', 'noProof');
});

test('a machine heard long afterwards did not obey, whatever its link does then', () => {
  const book = controlled(android).gives('reboot').sends(remote('reboot'));
  for (let beat = 0; beat < 4; beat += 1) book.after(30_000).receives({ cmd: 'hb' }).answers('hb');
  book.hangsUp().shows('sent', 'connectionClosed').after(start).connects(counts(2)).shows('sent', 'cameBack');
});

test('android’s restarted login count is proof, however soon it is back', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .notifies()
    .shows('sent', 'accepted')
    // After a power cut it is back before its old connection ends.
    .after(20_000)
    .connects(counts(2))
    .shows('confirmed', 'loggedIn');
});

describe('android: a start before the command, with the old connection still open, is not proof', () => {
  const withReboot = () => controlled(android).gives('reboot').sends(remote('reboot'));

  test('without evidence that the machine was present after the command', () => {
    withReboot()
      .after(20_000)
      .connects(counts(2))
      .shows('sent', 'startedSometime', ['connectionClosed', { reason: 'replaced' }]);
  });

  test('until its notice shows receipt of the command, which may follow the restart', () => {
    const book = withReboot().after(20_000).connects(counts(2));
    book.shows('sent', 'startedSometime', 'connectionClosed');
    expect(rowOf('reboot').waiting(book.command())).toEqual(['notice', {}]);
    book.notifies().shows('confirmed', 'doneReported');
  });

  test('nor if the old connection is reset: the restarted machine does not know it', () => {
    withReboot()
      .hangsUp('reset')
      .shows('sent', 'connectionClosed')
      .after(20_000)
      .connects(counts(2))
      .shows('sent', 'startedSometime');
  });

  test('nor by a frame or the end of the connection: a dead link may have held them back', () => {
    withReboot()
      .after(1_000)
      .receives({ cmd: 'hb' })
      .answers('hb')
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(20_000)
      .connects(counts(2))
      .shows('sent', 'startedSometime');
  });

  test('but its notice before the restart is proof', () => {
    withReboot()
      .notifies()
      .shows('sent', 'accepted')
      .after(20_000)
      .connects(counts(2))
      .shows('confirmed', 'loggedIn');
  });
});

describe('linux: a dead link and a program that reconnects by itself are not proof', () => {
  const withReboot = (isAlive = true) => controlled(linux).reboots(isAlive);
  const gone = (book: Controlled, how: SocketEnd = 'end') =>
    book.hangsUp(how).shows('sent', 'connectionClosed');

  test('without an answer to the question, receipt of the command is unproved', () => {
    gone(withReboot(false)).after(start).connects().shows('sent', 'cameBack');
  });

  test('an unprompted report is not an answer', () => {
    const book = withReboot(false).receives({ cmd: 'machinestatus', status: 'doorclose' });
    gone(book).after(start).connects().shows('sent', 'cameBack');
  });

  test('if its connection did not end: it was dead, and is replaced 75 s later', () => {
    withReboot()
      .after(75_000)
      .connects()
      .shows('sent', 'cameBack', ['connectionClosed', { reason: 'replaced' }]);
  });

  test.each(['silence', 'notReading'] as const)('if Crema closed it: %s', (reason) => {
    withReboot()
      .ended(reason)
      .shows('sent', ['connectionClosed', { reason }])
      .after(start)
      .connects()
      .shows('sent', 'cameBack');
  });

  test('if the machine closed it later than 15 s after the command', () => {
    gone(withReboot().after(15_001)).after(start).connects().shows('sent', 'cameBack');
  });

  test('if it returns when its program would reconnect by itself', () => {
    gone(withReboot()).after(117_000).connects().shows('confirmed', 'loggedIn');
    // A middlebox may have reset the connection.
    gone(withReboot(), 'reset').after(118_000).connects().shows('sent', 'cameBack');
  });
});

test('and continues counting if only its link was lost, however long', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(start)
    .connects(counts(5))
    .shows('sent', 'cameBack');
});

test('a login on the same connection, or after Crema disconnected it, is not proof', () => {
  const book = controlled(linux)
    .reboots()
    .receives(linux)
    .answers('login_r')
    .shows('sent')
    .ended('byPerson')
    .shows('sent', ['connectionClosed', { reason: 'byPerson' }])
    .after(start)
    .connects()
    .shows('sent', 'cameBack')
    .after(300_000)
    .shows('expired', 'noProof');
  expect(book.command().endedAt).toBe(book.world.now);
});

test('nor is a restarted login count on the command’s connection', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .after(2_000)
    .receives(counts(2))
    .answers('login_r')
    .shows('sent');
});

test('android’s notice proves acceptance, not execution', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .notifies({ sessionId: 'someone else’s' })
    .shows('sent')
    .notifies()
    .shows('sent', 'accepted');
});

test('a machine that returns after giving up has restarted, and this is shown', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .notifies()
    .shows('sent', 'accepted')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(300_000)
    .shows('expired', 'noProof')
    .after(180_000)
    .connects(counts(2))
    .shows('confirmed', ['late', { waited: 180_000 }], 'loggedIn');
});

test('nothing else is sent to a restarting machine', () => {
  controlled(linux)
    .reboots()
    .gives('queryStatus')
    .shows('queued')
    .after(2_000)
    .shows('queued', ['waitsFor', { behind: 'reboot' }])
    .after(5_000)
    .shows('queued')
    .hangsUp()
    .showsOf(1, 'sent', 'connectionClosed')
    .after(start)
    // Its minute counts from the time when it could be sent.
    .shows('queued')
    .connects()
    .showsOf(1, 'confirmed', 'loggedIn')
    .rests()
    .sends({ cmd: 'statusquery', vmc_no: 7 });
});

test('a machine that continues to send for a minute did not obey, and gets other commands', () => {
  controlled(linux)
    .reboots()
    .after(50_000)
    .gives('queryStatus')
    .shows('queued', ['waitsFor', { behind: 'reboot' }])
    .after(9_498)
    .after(1)
    .sends({ cmd: 'statusquery', vmc_no: 7 });
});

test('an android machine that restarted without its notice gets other commands', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(20_000)
    .connects(counts(2))
    .shows('sent', 'startedSometime')
    .after(1_000)
    .gives('rinse')
    .sends(remote('rinsing'));
});

test('so does a linux machine that reconnected a minute after the command', () => {
  const book = controlled(linux).reboots().hangsUp().shows('sent', 'connectionClosed').after(10_000);
  book.connects().shows('sent', 'cameBack').gives('queryStatus').shows('queued');
  book
    .after(20_000)
    .shows('queued', ['waitsFor', { behind: 'reboot' }])
    .after(29_500)
    .sends({ cmd: 'statusquery', vmc_no: 7 });
});

test('and it waits for the proof of another command, or until a person stops waiting', () => {
  controlled(linux)
    .opensDoor()
    .after(2_000)
    .gives('reboot')
    .shows('queued', ['waitsFor', { behind: 'openDoor' }])
    .takesBack(null, 1)
    .showsOf(1, 'expired', 'stoppedWaiting')
    .after(1_000)
    .sendsReboot();
});

describe('a link that drops is not proof', () => {
  const withReboot = () => controlled(linux).after(58_000).reboots();

  test('whenever the machine was heard before the command', () => {
    withReboot()
      .after(1_000)
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(3_000)
      .connects()
      .shows('sent', 'cameBack');
  });

  test('however long it was silent before its link ended', () => {
    withReboot()
      .receives({ cmd: 'hb' })
      .answers('hb')
      .after(60_000)
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(100)
      .connects()
      .shows('sent', 'cameBack');
  });

  test('nor is a program that has counted no login since', () => {
    controlled(android)
      .gives('reboot')
      .sends(remote('reboot'))
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(10_000)
      .connects()
      .shows('sent', 'cameBack');
  });
});

describe('it leaves within seconds, or it did not obey', () => {
  test('a machine heard 50 s later and then gone for a minute has lost its link', () => {
    controlled(linux)
      .reboots()
      .after(50_000)
      .receives({ cmd: 'hb' })
      .answers('hb')
      .after(11_000)
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(start)
      .connects()
      .shows('sent', 'cameBack');
  });

  /** Disconnected immediately, and back after this time with a heartbeat before its login. */
  const beatsBefore = (away: number, login: typeof android | typeof linux) => {
    const isLinux = login === linux;
    const book = isLinux
      ? controlled(linux).reboots()
      : controlled(counts(2)).gives('reboot').sends(remote('reboot')).notifies().shows('sent', 'accepted');
    return book.hangsUp().shows('sent', 'connectionClosed').after(away).connects({ cmd: 'hb' }, 'hb');
  };

  test.each([
    ['linux', linux],
    ['android, whose count is the first as before', counts(2)],
  ] as const)('with a heartbeat before its login, it was silent until then: %s', (_, login) => {
    beatsBefore(start, login).receives(login).answers('login_r').shows('confirmed', 'loggedIn');
    // Only the silence counts, not the time until the login.
    beatsBefore(5_000, login).after(start).receives(login).answers('login_r').shows('sent', 'cameBack');
  });

  test('and with a restarted count it has restarted', () => {
    controlled(android)
      .gives('reboot')
      .sends(remote('reboot'))
      .notifies()
      .shows('sent', 'accepted')
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(20_000)
      .connects({ cmd: 'hb' }, 'hb')
      .receives(counts(2))
      .answers('login_r')
      .shows('confirmed', 'loggedIn');
  });
});

/** The preceding question is not answered either. */
const unanswered = 'expired: sent, sent, noProof';
answers('reboot', {
  linux: {
    truly: 'confirmed: sent, linkAlive, sent, connectionClosed, loggedIn',
    refuses: unanswered,
    fails: unanswered,
    late: 'expired: sent, sent, connectionClosed, noProof, cameBack',
    never: unanswered,
    // At the question already.
    restarts: 'expired: sent, sent, connectionClosed, cameBack, noProof',
    dropped: 'failed: sent, connectionClosed, sendFailed',
  },
  android: {
    // Its notice comes last.
    truly: 'confirmed: sent, connectionClosed, startedSometime, doneReported',
    refuses: refused,
    fails: acceptedOnly,
    late: 'confirmed: sent, connectionClosed, noProof, startedSometime, late, doneReported',
    never: unproved,
    restarts: 'confirmed: sent, connectionClosed, startedSometime, doneReported',
    dropped: 'confirmed: sent, connectionClosed, startedSometime, doneReported',
  },
});

test('messages of another machine with the same number are not proof', () => {
  const book = controlled({ ...android, login_count: 40 })
    .gives('reboot')
    .sends(remote('reboot'));
  // From another address, while the first connection is open.
  book
    .after(5_000)
    .connects(counts(6), 'login_r', '192.0.2.8')
    .shows('sent', 'otherAddress', ['connectionClosed', { reason: 'replaced' }]);
  // Nor does the first one, which takes its number back: which of the two it is, is unknown.
  book.after(5_000).connects(counts(5)).shows('sent').after(300_000).shows('expired', 'noProof');
});
