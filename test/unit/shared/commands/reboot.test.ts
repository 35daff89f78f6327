import { describe, expect, test } from 'vitest';
import { acceptedOnly, answers, refused, unproved } from '../../../builders/answering';
import { rowOf } from '#shared/commands/kit/rows';
import type { SocketEnd } from '#shared/model/closeReasons';
import { android, controlled, linux, remote, type Controlled } from '../../../builders/controlled';

/** ms: the start time of a machine. */
const start = 70_000;
const counts = (loginCount: number) => ({ ...android, login_count: loginCount });

test('linux gets a query first; the proof is its answer, the closed connection, a silence as long as a start, and a login', () => {
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

test('a link that drops for less than a minute proves nothing', () => {
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

test('a machine that still sends long after the command has not obeyed, whatever its link does then', () => {
  const book = controlled(android).gives('reboot').sends(remote('reboot'));
  for (let beat = 0; beat < 4; beat += 1) book.after(30_000).receives({ cmd: 'hb' }).answers('hb');
  book.hangsUp().shows('sent', 'connectionClosed').after(start).connects(counts(2)).shows('sent', 'cameBack');
});

test('android restarts its login counter: proof after any silence', () => {
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

describe('android: a start before the command with an open old connection is not proof', () => {
  const told = () => controlled(android).gives('reboot').sends(remote('reboot'));

  test('if nothing shows that the machine was there after the command', () => {
    told()
      .after(20_000)
      .connects(counts(2))
      .shows('sent', 'startedSometime', ['connectionClosed', { reason: 'replaced' }]);
  });

  test('until its notice shows that it received the command, even after the restart', () => {
    const book = told().after(20_000).connects(counts(2));
    book.shows('sent', 'startedSometime', 'connectionClosed');
    expect(rowOf('reboot').waiting(book.command())).toEqual(['notice', {}]);
    book.notifies().shows('confirmed', 'doneReported');
  });

  test('nor if its old connection is reset, because the restarted machine does not know it', () => {
    told()
      .hangsUp('reset')
      .shows('sent', 'connectionClosed')
      .after(20_000)
      .connects(counts(2))
      .shows('sent', 'startedSometime');
  });

  test('nor by a frame or the end of the connection, because a dead link may have delayed them', () => {
    told()
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
    told()
      .notifies()
      .shows('sent', 'accepted')
      .after(20_000)
      .connects(counts(2))
      .shows('confirmed', 'loggedIn');
  });
});

describe('linux: a dead link and an automatic reconnect prove nothing', () => {
  const told = (isAlive = true) => controlled(linux).reboots(isAlive);
  const gone = (book: Controlled, how: SocketEnd = 'end') =>
    book.hangsUp(how).shows('sent', 'connectionClosed');

  test('without an answer to the query, because nothing shows that it read the command', () => {
    gone(told(false)).after(start).connects().shows('sent', 'cameBack');
  });

  test('an unsolicited report is not an answer', () => {
    const book = told(false).receives({ cmd: 'machinestatus', status: 'doorclose' });
    gone(book).after(start).connects().shows('sent', 'cameBack');
  });

  test('if its connection did not end but was dead, and is replaced 75 s later', () => {
    told()
      .after(75_000)
      .connects()
      .shows('sent', 'cameBack', ['connectionClosed', { reason: 'replaced' }]);
  });

  test.each(['silence', 'notReading'] as const)('if Crema closed it: %s', (reason) => {
    told()
      .ended(reason)
      .shows('sent', ['connectionClosed', { reason }])
      .after(start)
      .connects()
      .shows('sent', 'cameBack');
  });

  test('if it closed later than 15 s after the command', () => {
    gone(told().after(15_001)).after(start).connects().shows('sent', 'cameBack');
  });

  test('if it is back at the time of an automatic reconnect', () => {
    gone(told()).after(117_000).connects().shows('confirmed', 'loggedIn');
    // A middlebox may have reset the connection.
    gone(withReboot(), 'reset').after(118_000).connects().shows('sent', 'cameBack');
  });
});

test('and continues counting if only its link was gone, for any time', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(start)
    .connects(counts(5))
    .shows('sent', 'cameBack');
});

test('a login on the same connection, or after Crema closed it, proves nothing', () => {
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

test('nor does a login with a restarted counter on the connection of the command', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .after(2_000)
    .receives(counts(2))
    .answers('login_r')
    .shows('sent');
});

test('android’s notice reports acceptance, not completion', () => {
  controlled(android)
    .gives('reboot')
    .sends(remote('reboot'))
    .notifies({ sessionId: 'someone else’s' })
    .shows('sent')
    .notifies()
    .shows('sent', 'accepted');
});

test('a machine that returns after the wait has restarted, with a late proof', () => {
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

test('no other command is sent to a restarting machine', () => {
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
    // Its minute begins when it could be sent.
    .shows('queued')
    .connects()
    .showsOf(1, 'confirmed', 'loggedIn')
    .rests()
    .sends({ cmd: 'statusquery', vmc_no: 7 });
});

test('a machine that still sends for a minute has not obeyed, and gets other commands', () => {
  controlled(linux)
    .reboots()
    .after(50_000)
    .gives('queryStatus')
    .shows('queued', ['waitsFor', { behind: 'reboot' }])
    .after(9_498)
    .after(1)
    .sends({ cmd: 'statusquery', vmc_no: 7 });
});

test('android that has restarted without its notice gets other commands', () => {
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

test('so does linux that has reconnected, a minute after the command', () => {
  const book = controlled(linux).reboots().hangsUp().shows('sent', 'connectionClosed').after(10_000);
  book.connects().shows('sent', 'cameBack').gives('queryStatus').shows('queued');
  book
    .after(20_000)
    .shows('queued', ['waitsFor', { behind: 'reboot' }])
    .after(29_500)
    .sends({ cmd: 'statusquery', vmc_no: 7 });
});

test('and waits until another command is proved, or a person stops waiting for it', () => {
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

describe('a dropped link proves nothing', () => {
  const told = () => controlled(linux).after(58_000).reboots();

  test('at any time since the last frame before the command', () => {
    told()
      .after(1_000)
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(3_000)
      .connects()
      .shows('sent', 'cameBack');
  });

  test('after any silence before the end of its link', () => {
    told()
      .receives({ cmd: 'hb' })
      .answers('hb')
      .after(60_000)
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(100)
      .connects()
      .shows('sent', 'cameBack');
  });

  test('nor does a program whose login counter was not restarted', () => {
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

describe('obeys within seconds or not at all', () => {
  test('a machine that sends 50 s later and then drops for a minute has lost its link', () => {
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

  /** Gone at once, and back after this long with a heartbeat, before its login. */
  const beatsBefore = (away: number, login: typeof android | typeof linux) => {
    const isLinux = login === linux;
    const book = isLinux
      ? controlled(linux).reboots()
      : controlled(counts(2)).gives('reboot').sends(remote('reboot')).notifies().shows('sent', 'accepted');
    return book.hangsUp().shows('sent', 'connectionClosed').after(away).connects({ cmd: 'hb' }, 'hb');
  };

  test.each([
    ['linux', linux],
    ['android with a first login count, as before', counts(2)],
  ] as const)('a heartbeat before the login does not shorten the silence: %s', (_, login) => {
    beatsBefore(start, login).receives(login).answers('login_r').shows('confirmed', 'loggedIn');
    // Only the silence counts, not the time of the login.
    beatsBefore(5_000, login).after(start).receives(login).answers('login_r').shows('sent', 'cameBack');
  });

  test('and a restarted counter shows a restart', () => {
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

/** The preceding query is not answered either. */
const unanswered = 'expired: sent, sent, noProof';
answers('reboot', {
  linux: {
    truly: 'confirmed: sent, linkAlive, sent, connectionClosed, loggedIn',
    refuses: unanswered,
    fails: unanswered,
    late: 'expired: sent, sent, connectionClosed, noProof, cameBack',
    never: unanswered,
    // Already at the query.
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

test('another machine with the same number proves nothing', () => {
  const book = controlled({ ...android, login_count: 40 })
    .gives('reboot')
    .sends(remote('reboot'));
  // From another address, while the first connection is open.
  book
    .after(5_000)
    .connects(counts(6), 'login_r', '192.0.2.8')
    .shows('sent', 'otherAddress', ['connectionClosed', { reason: 'replaced' }]);
  // The first machine takes its number back, which proves nothing either: the two are indistinguishable.
  book.after(5_000).connects(counts(5)).shows('sent').after(300_000).shows('expired', 'noProof');
});
