import { describe, expect, test } from 'vitest';
import { acceptedOnly, answers, refused, unproved } from '../../../builders/answering';
import { retryOf } from '#shared/commands/kit/rows';
import { android, controlled, linux, remote, settled, type Controlled } from '../../../builders/controlled';

const status = (word: string) => ({ cmd: 'machinestatus', status: word });

const open = { spelling: 'opendoor' };
const opens = (book: Controlled): Controlled =>
  book.world.fleet.machine(7)?.platform === 'android'
    ? book.gives('openDoor', open).sends(remote('opendoor')).after(501)
    : book.opensDoor();

test.each([
  ['linux', linux],
  ['android', android],
])('%s: the proof is dooropen for a door that was reported closed, and no other status', (_, login) => {
  opens(settled(login, 'doorclose'))
    .receives(status('doorclose'))
    .receives(status('normal'))
    .shows('sent')
    .after(2_499)
    .receives(status('dooropen'))
    // No frame names the person who opened it.
    .shows('confirmed', ['doorOpened', { after: 3_000 }]);
});

describe('linux answers a query that is sent first, in the order of its reports', () => {
  const asked = () =>
    settled(linux, 'doorclose').gives('openDoor', open).sends({ cmd: 'statusquery', vmc_no: 7 });

  test('so a door report before the answer was made before the command', () => {
    asked()
      .after(500)
      .sends({ cmd: 'opendoor', vmc_no: 7 })
      .receives(status('dooropen'))
      .shows('sent', 'openUnproved')
      .receives(status('normal'))
      .shows('sent', 'linkAlive')
      .after(60_000)
      .shows('expired', 'noProof');
  });

  test('nor does a late answer prove an earlier report', () => {
    asked()
      .after(500)
      .sends({ cmd: 'opendoor', vmc_no: 7 })
      .after(4_501)
      .receives(status('normal'))
      .receives(status('dooropen'))
      .shows('sent', 'openUnproved');
  });

  test('nor does a possible answer to an earlier query', () => {
    settled(linux, 'doorclose')
      .gives('queryStatus')
      .sends({ cmd: 'statusquery', vmc_no: 7 })
      .after(1_000)
      .gives('openDoor', open)
      .sends({ cmd: 'statusquery', vmc_no: 7 })
      .receives(status('normal'))
      .showsOf(1, 'confirmed', 'statusReported')
      .receives(status('dooropen'))
      .shows('sent', 'openUnproved')
      .after(500)
      .sends({ cmd: 'opendoor', vmc_no: 7 });
  });

  test('a door that closed before the answer and opens after it was opened after the command', () => {
    asked()
      .receives(status('dooropen'))
      .shows('sent', 'openUnproved')
      .receives(status('doorclose'))
      .receives(status('normal'))
      .shows('sent', 'linkAlive')
      .after(500)
      .sends({ cmd: 'opendoor', vmc_no: 7 })
      .receives(status('dooropen'))
      .shows('confirmed', 'doorOpened');
  });

  test('is not sent if the connection ends before the command is written', () => {
    asked().hangsUp().shows('failed', 'sendFailed');
  });
});

test('a report that a silent link may have delayed is not proof', () => {
  settled(linux, 'doorclose')
    .after(80_000)
    .gives('openDoor', open)
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .receives(status('normal'))
    .after(500)
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .receives(status('dooropen'))
    .shows('sent', 'openUnproved');
});

test('the door report of linux 15 s after a login is not proof, because the door may have been open before', () => {
  opens(controlled(linux).after(10_000))
    .after(3_499)
    .receives(status('dooropen'))
    .shows('sent', ['openUnproved', { after: 4_000 }])
    // The step occurs once.
    .receives(status('dooropen'))
    .shows('sent')
    .after(60_000)
    .shows('expired', 'noProof');
});

test('nor is it if the door was reported closed a moment before', () => {
  opens(controlled(linux).after(3_000).receives(status('doorclose')).after(5_000))
    .after(6_000)
    .receives(status('dooropen'))
    .shows('sent', 'openUnproved');
});

test('each login answer causes that report again', () => {
  opens(settled(linux, 'doorclose'))
    .receives(linux)
    .answers('login_r')
    .after(15_000)
    .receives(status('dooropen'))
    .shows('sent', 'openUnproved');
});

test('android sends every 30 s: a report after a longer silence may have been delayed', () => {
  const silentFor = (ms: number): Controlled =>
    opens(settled(android, 'doorclose').after(ms)).after(1_000).receives(status('dooropen'));
  silentFor(33_000).shows('confirmed', 'doorOpened');
  silentFor(34_000).shows('sent', 'openUnproved');
});

test('android: a report within 250 ms was sent before the command arrived', () => {
  const reportedAfter = (ms: number): Controlled =>
    settled(android, 'doorclose')
      .gives('openDoor', open)
      .sends(remote('opendoor'))
      .after(ms)
      .receives(status('dooropen'));
  reportedAfter(249).shows('sent', 'openUnproved');
  reportedAfter(250).shows('confirmed', 'doorOpened');
});

test('android opens at once, so a report 3 s after the command is not proof', () => {
  opens(settled(android, 'doorclose'))
    .after(2_500)
    .receives(status('dooropen'))
    .shows('sent', ['openUnproved', { after: 3_001 }]);
});

test('android reports its door after each login', () => {
  controlled(android)
    .gives('openDoor', open)
    .sends(remote('opendoor'))
    .receives(status('dooropen'))
    .shows('sent', 'openUnproved');
});

test('does not count for a door that was reported open before', () => {
  const book = opens(settled(linux, 'doorclose', 'dooropen'));
  book.receives(status('dooropen')).shows('sent');
  // Closed by hand, then opened with a key.
  book.receives(status('doorclose')).receives(status('dooropen')).shows('sent', 'openUnproved');
});

test('a door first reported closed after the command is not proof when it opens', () => {
  opens(settled(linux))
    .receives(status('doorclose'))
    .receives(status('dooropen'))
    .shows('sent', 'openUnproved');
});

test.each([
  ['linux', linux],
  ['android', { ...android, login_count: 5 }],
])('%s: a state from an earlier connection may have changed without a report', (_, login) => {
  opens(settled(login, 'doorclose').hangsUp().after(60_000).connects(login).after(21_000))
    .receives(status('dooropen'))
    .shows('sent', 'openUnproved');
});

test('a report on another connection belongs to its login', () => {
  opens(settled(linux, 'doorclose')).connects(linux).receives(status('dooropen')).shows('sent');
});

test('linux: the other spelling replaces the first', () => {
  const book = opens(settled(linux, 'doorclose'))
    .refuses('openDoor', open, { code: 'commandRunning' })
    .after(1_000)
    .gives('openDoor', { spelling: 'door open' })
    .showsOf(1, 'expired', 'otherSpelling')
    .sendsAsked('door open');
  book.receives(status('dooropen')).shows('confirmed', 'doorOpened');
});

test('the other spelling is not available once the door is reported open', () => {
  const book = opens(settled(linux));
  expect(retryOf(book.command())).toMatchObject({ input: { spelling: 'door open' } });
  book.receives(status('dooropen')).shows('sent', 'openUnproved');
  expect(retryOf(book.command())).toBeNull();
});

test('android has one message for both spellings, and gets it once', () => {
  controlled(android)
    .gives('openDoor', open)
    .sends(remote('opendoor'))
    .refuses('openDoor', { spelling: 'door open' }, { code: 'commandRunning' });
});

test('the answer to another query does not prove it; after the wait an opening door proves nothing', () => {
  opens(settled(linux, 'doorclose'))
    .receives({ cmd: 'statusquery_r', status: 'dooropen' })
    .shows('sent')
    .receives(status('doorclose'))
    .after(60_000)
    .shows('expired', 'noProof')
    .after(1)
    // A person has opened it with the key.
    .receives(status('dooropen'))
    .shows('expired');
});

test('after a person stops waiting, an opening door counts until the end of the original wait', () => {
  const stopped = () =>
    opens(settled(linux, 'doorclose')).after(5_000).takesBack().shows('expired', 'stoppedWaiting');
  stopped().after(49_500).receives(status('dooropen')).shows('confirmed', 'late', 'doorOpened');
  stopped().after(54_500).receives(status('dooropen')).shows('expired');
});

test('an earlier report proves nothing, however late it is decoded', () => {
  const book = settled(linux, 'doorclose');
  // Its head counts too many bytes, so it becomes a frame only when the next frame shows its end.
  const text = '{"cmd":"machinestatus","vmc_no":7,"status":"dooropen"}';
  const bytes = new TextEncoder().encode(`0090${'0'.repeat(8)}${text}`);
  book.world.connections.at(-1)?.receivesBytes(bytes);
  opens(book.after(2_000)).after(3_000).receives({ cmd: 'hb' }).answers('hb').shows('sent');
  expect(book.world.fleet.machine(7)?.door?.value).toBe('open');
});

test('a clock set back meanwhile removes no proof', () => {
  opens(settled(linux, 'doorclose'))
    .after(2_000)
    .setsClock(-60_000)
    .receives(status('dooropen'))
    .shows('confirmed', 'doorOpened');
});

test('a status long after the query is no answer, though the clock was set back meanwhile', () => {
  settled(linux, 'doorclose')
    .opensDoor('opendoor', false)
    .setsClock(-3_600_000)
    .after(20_000)
    .receives({ cmd: 'hb' })
    .answers('hb')
    .after(10_000)
    .receives({ cmd: 'machinestatus', status: 'normal' })
    .shows('sent')
    .receives(status('dooropen'))
    .shows('sent', 'openUnproved');
});

test('a door that opens at once on android is proved, though the clock was set meanwhile', () => {
  for (const ms of [-3_600_000, 3_600_000])
    settled(android, 'doorclose')
      .gives('openDoor', open)
      .sends(remote('opendoor'))
      .setsClock(ms)
      .after(1_000)
      .receives(status('dooropen'))
      .shows('confirmed', 'doorOpened');
});

test('a door that opens long after on android is not, though the clock was set back by about this time', () => {
  settled(android, 'doorclose')
    .gives('openDoor', open)
    .sends(remote('opendoor'))
    .setsClock(-20_000)
    .after(21_000)
    .receives(status('dooropen'))
    .shows('sent', 'openUnproved');
});

/** The machine does not answer the query either. */
const deaf = 'expired: sent, sent, noProof';

answers('openDoor', {
  linux: {
    truly: 'confirmed: sent, linkAlive, sent, doorOpened',
    refuses: deaf,
    fails: deaf,
    late: deaf,
    never: deaf,
    restarts: deaf,
    dropped: 'failed: sent, sendFailed',
  },
  android: {
    truly: 'confirmed: sent, doorOpened',
    refuses: refused,
    fails: acceptedOnly,
    late: acceptedOnly,
    never: unproved,
    restarts: acceptedOnly,
    dropped: acceptedOnly,
  },
});
