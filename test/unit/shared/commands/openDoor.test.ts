import { expect, test } from 'vitest';
import { acceptedOnly, answers, refused, unproved } from '../../../builders/answering';
import { android, controlled, linux, remote } from '../../../builders/controlled';

const status = (word: string) => ({ cmd: 'machinestatus', status: word });

test('is proved by dooropen, and by no other status', () => {
  controlled(android)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    .receives(status('doorclose'))
    .shows('sent')
    .after(3_999)
    .receives(status('dooropen'))
    // Who opened it, no frame says.
    .shows('confirmed', ['doorOpened', { after: 4_000 }]);
});

test('linux: the other spelling takes the place of the first', () => {
  controlled(linux)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .refuses('openDoor', { spelling: 'opendoor' }, { code: 'commandRunning' })
    .after(1_000)
    .gives('openDoor', { spelling: 'door open' })
    .sends({ cmd: 'door open', vmc_no: 7 })
    .showsOf(1, 'expired', 'otherSpelling')
    .receives(status('doorclose'))
    .shows('sent')
    .receives(status('dooropen'))
    .shows('confirmed', 'doorOpened');
});

test('android has one form: whatever the spelling, it is told once', () => {
  controlled(android)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    .refuses('openDoor', { spelling: 'door open' }, { code: 'commandRunning' });
});

test('the reply to another question does not prove it; when the wait is over, a door that opens proves nothing', () => {
  controlled(linux)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .receives({ cmd: 'statusquery_r', status: 'dooropen' })
    .shows('sent')
    .after(60_000)
    .shows('expired', 'noProof')
    // Somebody has opened it with the key.
    .receives(status('dooropen'))
    .shows('expired');
});

test('where a person stops waiting, the door that opens while it would have waited proves it still, and none after', () => {
  const stopped = () =>
    controlled(linux)
      .gives('openDoor', { spelling: 'opendoor' })
      .sends({ cmd: 'opendoor', vmc_no: 7 })
      .after(5_000)
      .takesBack()
      .shows('expired', 'stoppedWaiting');
  stopped().after(50_000).receives(status('dooropen')).shows('confirmed', 'late', 'doorOpened');
  stopped().after(55_000).receives(status('dooropen')).shows('expired');
});

test('a door that was open before, or is reported after a login, was not opened by it', () => {
  controlled(linux)
    .receives(status('dooropen'))
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .receives(status('dooropen'))
    .shows('sent');
  controlled(android)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    .connects({ ...android, login_count: 5 })
    .receives(status('dooropen'))
    .shows('sent');
});

test('android: the first report of a connection is of its login, however late that comes', () => {
  const book = controlled(android).receives(status('doorclose')).hangsUp().after(60_000);
  book
    .connects({ ...android, login_count: 5 })
    .rests()
    .gives('openDoor', { spelling: 'opendoor' })
    .sends(remote('opendoor'))
    // Opened with the key while it was away.
    .receives(status('dooropen'))
    .shows('sent')
    .receives(status('doorclose'))
    .receives(status('dooropen'))
    .shows('confirmed', 'doorOpened');
});

test('linux: a door that was open on an earlier connection may be closed by now', () => {
  controlled(linux)
    .receives(status('dooropen'))
    .hangsUp()
    .after(60_000)
    .connects()
    .rests()
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .receives(status('dooropen'))
    .shows('confirmed', 'doorOpened');
});

test('once said again on this connection, an open door is known to be open', () => {
  controlled(linux)
    .receives(status('dooropen'))
    .hangsUp()
    .connects()
    .receives({ cmd: 'statusquery_r', status: 'dooropen' })
    .rests()
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .receives(status('dooropen'))
    .shows('sent');
});

test('what came before the command proves nothing, however late it was decided what it is', () => {
  const book = controlled(linux);
  // Its head counts too many bytes: it is a frame once the next one shows where it ended.
  const text = '{"cmd":"machinestatus","vmc_no":7,"status":"dooropen"}';
  const bytes = new TextEncoder().encode(`0090${'0'.repeat(8)}${text}`);
  book.world.connections.at(-1)?.receivesBytes(bytes);
  book
    .after(2_000)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .after(3_000)
    .receives({ cmd: 'hb' })
    .answers('hb')
    .shows('sent');
  expect(book.world.fleet.machine(7)?.door?.value).toBe('open');
});

test.each([true, false])(
  'what linux answers to a status question is no opening; the question goes first: %s',
  (first) => {
    const book = controlled(linux);
    const asks = () => book.gives('queryStatus').sends({ cmd: 'statusquery', vmc_no: 7 }).after(1_000);
    const opens = () =>
      book.gives('openDoor', { spelling: 'opendoor' }).sends({ cmd: 'opendoor', vmc_no: 7 }).after(1_000);
    if (first) asks();
    opens();
    if (!first) asks();
    const [asked, opened] = first ? [1, 2] : [2, 1];
    // It may have been open all the time.
    book
      .receives(status('dooropen'))
      .showsOf(asked, 'confirmed', 'statusReported')
      .showsOf(opened, 'sent')
      .receives(status('doorclose'))
      .receives(status('dooropen'))
      .showsOf(opened, 'confirmed', 'doorOpened');
  },
);

test('of a door that was closed before, it is one all the same', () => {
  controlled(linux)
    .receives(status('doorclose'))
    .gives('queryStatus')
    .sends({ cmd: 'statusquery', vmc_no: 7 })
    .after(1_000)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .receives(status('dooropen'))
    .showsOf(1, 'sent')
    .shows('confirmed', 'doorOpened');
});

test('a clock that was set back meanwhile takes no proof away', () => {
  controlled(linux)
    .gives('openDoor', { spelling: 'opendoor' })
    .sends({ cmd: 'opendoor', vmc_no: 7 })
    .after(2_000)
    .setsClock(-60_000)
    .receives(status('dooropen'))
    .shows('confirmed', 'doorOpened');
});

answers('openDoor', {
  linux: {
    truly: 'confirmed: sent, doorOpened',
    refuses: unproved,
    fails: unproved,
    late: unproved,
    never: unproved,
    restarts: unproved,
    dropped: unproved,
  },
  android: {
    truly: 'confirmed: sent, accepted, doorOpened',
    refuses: refused,
    fails: acceptedOnly,
    late: acceptedOnly,
    never: unproved,
    restarts: acceptedOnly,
    dropped: acceptedOnly,
  },
});
