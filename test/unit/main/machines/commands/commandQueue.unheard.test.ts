/** Machines that disconnect after a command and do not return. */
import { expect, test } from 'vitest';
import {
  android,
  controlled,
  linux,
  packageDir,
  remote,
  type Controlled,
} from '../../../../builders/controlled';

const minute = 60_000;
const input = { packageId: 'a'.repeat(64) };
const upgradeFrame = { cmd: 'upgrade', vmc_no: 7, dir: packageDir };

const fetched = (): Controlled =>
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .after(minute)
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded');

test('a machine that left after its download is given up after ten minutes of silence', () => {
  const book = fetched().after(minute).receives({ cmd: 'hb' }).answers('hb');
  const since = book.world.now;
  book
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(10 * minute - 1)
    .shows('sent')
    .after(1)
    .shows('expired', ['noProof', { since }])
    // A later login changes that.
    .after(minute)
    .connects()
    .shows('expired', ['versionSame', { version: '1.0' }])
    .hangsUp()
    .connects({ ...linux, version: '1.1' })
    .shows('confirmed', 'late', ['versionConfirmed', { version: '1.1' }]);
});

test('a download counts as the last message if it came later', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(5 * minute)
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded');
  const since = book.world.now;
  book
    .after(10 * minute - 1)
    .shows('sent')
    .after(1)
    .shows('expired', ['noProof', { since }]);
});

test('a machine that is online has its whole hour, also while it waits to install', () => {
  const book = fetched();
  for (let passed = 0; passed < 58; passed += 1)
    book.after(minute).receives({ cmd: 'hb' }).answers('hb').shows('sent');
  book.after(minute);
  const [end] = book.command().steps.slice(-1);
  book.shows('expired', 'noProof');
  expect(end?.params).toEqual({});
});

test('silence does not count while Crema was closed or the computer slept', () => {
  const book = fetched()
    .ended('shutdown')
    .shows('sent', 'connectionClosed')
    .after(8 * minute)
    .restarts();
  book
    .after(10 * minute - 1)
    .shows('sent')
    .sleeps(30 * minute)
    .after(10 * minute - 1)
    .shows('sent');
  book.after(1).shows('expired', 'noProof');
});

test.each([
  ['linux', linux, (book: Controlled) => book.reboots()],
  ['android', android, (book: Controlled) => book.gives('reboot').sends(remote('reboot'))],
] as const)('a reboot ends the same way (%s)', (_, login, reboots) => {
  const book = reboots(controlled(login));
  book
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(5 * minute);
  const since = book.world.fleet.machine(7)?.lastHeard;
  book.shows('expired', ['noProof', { since }]);
});

test('a command that does not disconnect machines never reports silence', () => {
  const book = controlled(linux).opensDoor().hangsUp().after(minute);
  const { state, steps } = book.command();
  book.shows(state, 'noProof');
  expect(steps.at(-1)?.params).toEqual({});
});
