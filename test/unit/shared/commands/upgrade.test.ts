import { expect, test } from 'vitest';
import { upgrade } from '#shared/commands/upgrade';
import type { UpgradePackage } from '#shared/model/upgrade';
import { answers, unproved } from '../../../builders/answering';
import { android, controlled, linux, packageDir } from '../../../builders/controlled';
import { machineState, pkg } from '../../../builders/rows';
import type { LoginFacts } from '#shared/model/knownVersions';

const input = { packageId: 'a'.repeat(64) };
const upgradeFrame = { cmd: 'upgrade', vmc_no: 7, dir: packageDir };
const androidUpgradeFrame = { ...upgradeFrame, session_id: expect.any(String) as string };

test('a complete download is not proof, the login with the new version is', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('update.xml', { complete: true, sent: 100 })
    .shows('sent', ['updateXmlFetched', { sent: 100 }])
    .fetches('package', { sent: 10 })
    .shows('sent', ['downloadBegan', { sent: 10, total: 100 }])
    .fetches('package', { sent: 60 })
    .shows('sent')
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', ['downloadEnded', { sent: 100 }])
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(70_000)
    .connects()
    .shows('sent', 'loggedIn', ['versionSame', { version: '1.0' }])
    .hangsUp()
    .connects({ ...linux, version: ' 1.1 ' })
    .shows('confirmed', ['versionConfirmed', { version: '1.1' }]);
});

test('a package refused by Crema is reported once with the answer, and can be sent again immediately', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('update.xml', { complete: true, sent: 100 })
    .shows('sent', 'updateXmlFetched')
    .after(1_000)
    .fetches('package', { status: 404, complete: true, total: 0 })
    .shows('sent', ['downloadRefused', { status: 404, remoteAddress: '192.0.2.7' }])
    // It retries repeatedly.
    .after(1_000)
    .fetches('package', { status: 404, complete: true, total: 0 })
    .shows('sent')
    .after(1_000)
    .fetches('package', { status: 500, complete: true, total: 0 })
    .shows('sent', ['downloadRefused', { status: 500 }]);
  expect(upgrade.waiting(book.command())).toEqual(['again', {}]);
  expect(upgrade.replaces(book.command(), input)).toBe(true);
  book
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    // It has everything, and asks for more.
    .after(1_000)
    .fetches('package', { from: 0, status: 416, complete: true, total: 0 })
    .shows('sent')
    // The file is gone by now, but the machine has everything.
    .after(1_000)
    .fetches('package', { status: 404, complete: true, total: 0 })
    .shows('sent');
  expect(upgrade.waiting(book.command())).toEqual(['install', {}]);
  expect(upgrade.replaces(book.command(), input)).toBe(false);
});

test('a refused update.xml is reported too; "not modified" is not a refusal, and other clients do not count', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('package', { status: 304, complete: true, total: 0 })
    .shows('sent')
    .fetches('update.xml', { status: 404, complete: true, total: 0 })
    .shows('sent', ['downloadRefused', { status: 404 }])
    .fetches('package', { status: 416, complete: true, total: 0, remoteAddress: '192.0.2.99' })
    .shows('sent')
    .fetches('package', { sent: 10, complete: false, remoteAddress: '192.0.2.99' })
    .shows('sent', 'fetchedElsewhere');
});

test('an interrupted download is reported', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('package', { sent: 40, complete: false })
    .shows('sent', 'downloadBegan', ['downloadBroke', { sent: 40, total: 100 }])
    // It cannot continue from a byte that was not sent: the bytes before are missing.
    .after(1_000)
    .fetches('package', { from: 50, sent: 50, total: 50, status: 206, complete: true })
    .shows('sent', 'downloadResumed', ['downloadPart', { from: 50 }])
    .after(1_000)
    .fetches('package', { from: 38, sent: 62, total: 62, status: 206, complete: true })
    .shows(
      'sent',
      ['downloadResumed', { from: 38, total: 62 }],
      ['downloadEnded', { sent: 100, total: 100 }],
    );
});

test('android’s own notice reports failure, but never completion', () => {
  controlled(android)
    .offering({ version: '3', field: 'version' })
    .gives('upgrade', input)
    .sends(androidUpgradeFrame)
    .notifies()
    .shows('sent', 'accepted')
    .notifies({ done: false, reason: '5' })
    .shows('failed', ['machineSaidFailed', { reason: '5' }]);
});

test('a link that dropped and returned is not proof, and shortens no wait', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('package', { sent: 10 })
    .shows('sent', 'downloadBegan')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(5_000)
    .connects()
    .shows('sent', ['versionSame', { version: '1.0' }])
    // Nor is it reported again and again.
    .hangsUp()
    .after(5_000)
    .connects()
    .shows('sent');
  expect(book.command().until).toBe((book.command().sentAt ?? 0) + 3_600_000);
  book
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .hangsUp()
    .after(5_000)
    // It may have restarted in this short time, so nothing shows that the package was not applied.
    .connects()
    .shows('sent', 'versionSame');
  expect(book.command().until).toBe(book.world.now + 600_000);
});

test('unchanged after the download and a restart by its login count: not applied', () => {
  const book = controlled(android)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(androidUpgradeFrame)
    // A large one.
    .after(300_000)
    .receives({ cmd: 'hb' })
    .answers('hb')
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(5_000)
    .connects({ ...android, login_count: 2 })
    .shows('sent', ['notApplied', { version: android.version, expected: '1.1' }]);
  expect(book.command().until).toBe(book.world.now + 600_000);
  expect(upgrade.waiting(book.command())).toEqual(['notInstalled', { version: android.version }]);
  // It may restart once more, and late proof is proof.
  book
    .hangsUp()
    .connects({ ...android, version: '1.1' })
    .shows('confirmed', 'versionConfirmed');
});

// Its program redials by itself 120-240 s after the last received byte [field3].
test.each([70_000, 120_000, 240_000, 7_200_000])(
  'a linux machine that returns unchanged after %s ms may not have restarted',
  (ms) => {
    const book = controlled(linux)
      .offering({ version: '1.1', field: 'version' })
      .gives('upgrade', input)
      .sends(upgradeFrame)
      .after(300_000)
      .receives({ cmd: 'hb' })
      .answers('hb')
      .fetches('package', { sent: 100, complete: true })
      .shows('sent', 'downloadBegan', 'downloadEnded')
      .hangsUp()
      .shows('sent', 'connectionClosed')
      .after(ms);
    const isOver = book.command().state === 'expired';
    if (isOver) book.shows('expired', 'noProof');
    book.connects().shows(isOver ? 'expired' : 'sent', ['versionSame', { version: '1.0' }]);
  },
);

test('a linux machine that redials during its download keeps its whole time', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .after(20_000)
    .receives({ cmd: 'hb' })
    .answers('hb')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(120_000)
    .connects()
    .shows('sent', ['versionSame', { version: '1.0' }]);
  expect(book.command().until).toBe((book.command().sentAt ?? 0) + 3_600_000);
});

test('an android machine that only reconnected has not restarted, however long it was away', () => {
  controlled(android)
    .offering({ version: '3', field: 'version' })
    .gives('upgrade', input)
    .sends(androidUpgradeFrame)
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(120_000)
    .connects({ ...android, login_count: 5 })
    .shows('sent', ['versionSame', { version: '2.0' }]);
});

test('after a login with another version it can be repeated, without another hour of waiting', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .refuses('upgrade', input, { code: 'commandRunning' })
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects({ ...linux, version: '0.9' })
    .shows('sent', ['versionDiffers', { version: '0.9' }]);
  expect(book.command().until).toBe(book.world.now + 600_000);
  book
    .after(1_000)
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .showsOf(1, 'expired', 'replaced')
    .shows('sent');
});

test('a login without a version is not a login with another version', () => {
  const { version: _, ...nameless } = linux;
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects(nameless)
    .shows('sent');
  expect(book.command().until).toBe((book.command().sentAt ?? 0) + 3_600_000);
});

test('without a version in logins, nothing is proved: a notice precedes the download', () => {
  controlled(android)
    .offering({ version: '', field: null })
    .gives('upgrade', input)
    .sends(androidUpgradeFrame)
    .notifies()
    .shows('sent', 'accepted')
    .fetches('package', { complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .after(600_000)
    .shows('unconfirmable', 'cannotProve');
});

test.each([
  ['linux', linux, upgradeFrame, 'version', { linuxDriverVersion: '1.1' }, { version: '1.1' }],
  ['an app for android', android, androidUpgradeFrame, 'version', { io_version: '1.1' }, { version: '1.1' }],
  ['an IO board', android, androidUpgradeFrame, 'ioVersion', { version: '1.1' }, { io_version: '1.1' }],
] as const)('%s: only the version field of its package counts', (_, login, message, field, other, own) => {
  controlled(login)
    .offering({ version: '1.1', field })
    .gives('upgrade', input)
    .sends(message)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects({ ...login, ...other })
    // For the package's version field, it is unchanged.
    .shows('sent', 'versionSame')
    .hangsUp()
    .connects({ ...login, ...own })
    // Its download was not seen, so only the login counts.
    .shows('confirmed', [
      'versionNew',
      { version: '1.1', before: upgradeFrame === message ? '1.0' : field === 'version' ? '2.0' : '9' },
    ]);
});

test('an unchanged version does not prove that the machine runs the package', () => {
  controlled(linux)
    .offering({ version: '1.0', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    // Only its link: nothing was downloaded.
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects()
    .shows('sent')
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .hangsUp()
    .connects()
    .shows('unconfirmable', ['alreadyThere', { version: '1.0' }]);
});

test('a download by another computer, or a partial one, does not count', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('package', { sent: 100, complete: true, remoteAddress: '192.0.2.99' })
    .shows('sent', ['fetchedElsewhere', { remoteAddress: '192.0.2.99' }])
    .fetches('package', { sent: 100, complete: true, remoteAddress: '192.0.2.99' })
    .shows('sent')
    .fetches('package', { sent: 10, total: 10, status: 206, complete: true })
    .shows('sent', 'downloadBegan', ['downloadPart', { sent: 10 }])
    // A second part up to the end counts as partial if bytes in between are missing.
    .after(1_000)
    .fetches('package', { from: 20, sent: 80, total: 80, status: 206, complete: true })
    .shows('sent', ['downloadResumed', { from: 20 }], ['downloadPart', { from: 20, sent: 80 }])
    .after(1_000)
    .fetches('package', { from: 10, sent: 10, total: 10, status: 206, complete: true })
    .shows('sent', 'downloadResumed', ['downloadEnded', { sent: 100 }]);
});

test('a range of the whole package is the whole package', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('package', { sent: 100, status: 206, complete: true })
    .shows('sent', 'downloadBegan', ['downloadEnded', { sent: 100 }]);
});

test('a download from another address while the machine’s link is down does not count', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .fetches('package', { sent: 100, complete: true, remoteAddress: '192.0.2.99' })
    .shows('sent', ['fetchedElsewhere', { remoteAddress: '192.0.2.99' }])
    .fetches('update.xml', { sent: 100, complete: true, remoteAddress: '192.0.2.99' })
    .shows('sent')
    .after(1_000)
    // From the address of the command.
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded');
});

test('nor if Crema was restarted meanwhile', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .restarts()
    .fetches('package', { sent: 100, complete: true, remoteAddress: '192.0.2.99' })
    .shows('sent', 'fetchedElsewhere');
});

test('while waiting for its machine, it continues to wait in the next launch of Crema', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .hangsUp()
    .gives('upgrade', input)
    .shows('queued', 'queued')
    .restarts()
    .shows('queued')
    .connects()
    .rests()
    .sends(upgradeFrame)
    .restarts()
    .shows('sent');
});

test('the earlier version is the one at the time of sending', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .hangsUp()
    .gives('upgrade', input)
    .shows('queued', 'queued')
    .connects({ ...linux, version: '1.1' })
    .rests()
    .sends(upgradeFrame)
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects({ ...linux, version: '1.1' })
    .shows('sent');
});

test('a command of an earlier Crema is proved at a login too', () => {
  controlled(android)
    .offering({ version: '3', seenAtLogin: true })
    .gives('upgrade', input)
    .sends(androidUpgradeFrame)
    .notifies()
    .shows('sent', 'accepted');
});

test('a download after giving up is shown', () => {
  controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .takesBack()
    .shows('expired', 'stoppedWaiting')
    .fetches('package', { sent: 100, complete: true })
    .shows('expired', 'downloadBegan', 'downloadEnded');
});

test('its package is kept as long as late proof counts', () => {
  controlled(linux)
    .needs()
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .needs(input.packageId)
    .takesBack()
    .shows('expired', 'stoppedWaiting')
    .needs(input.packageId)
    .after(24 * 3_600_000 + 1)
    .needs();
});

answers('upgrade', {
  linux: {
    truly:
      'confirmed: sent, updateXmlFetched, downloadBegan, downloadEnded, connectionClosed, versionConfirmed',
    refuses: unproved,
    fails: unproved,
    late: 'confirmed: sent, noProof, updateXmlFetched, downloadBegan, downloadEnded, connectionClosed, late, versionConfirmed',
    never: unproved,
    restarts: 'expired: sent, connectionClosed, loggedIn, versionSame, noProof',
    dropped:
      'confirmed: sent, connectionClosed, updateXmlFetched, downloadBegan, downloadEnded, versionConfirmed',
  },
  android: {
    truly: 'confirmed: sent, downloadBegan, downloadEnded, connectionClosed, loggedIn, versionConfirmed',
    refuses: unproved,
    fails: unproved,
    late: 'confirmed: sent, noProof, downloadBegan, downloadEnded, connectionClosed, late, versionConfirmed',
    never: unproved,
    restarts: 'expired: sent, connectionClosed, loggedIn, versionSame, noProof',
    dropped: 'confirmed: sent, connectionClosed, downloadBegan, downloadEnded, loggedIn, versionConfirmed',
  },
});

test('a machine has a package’s version if its login has that version of that part', () => {
  const packageId = 'a'.repeat(64);
  const login = { version: '1.3 ', ioVersion: '0.7' } as LoginFacts;
  const has = (over: Partial<UpgradePackage>, lastLogin: LoginFacts | null = login): unknown =>
    upgrade.already(
      { machine: machineState(7, { login: lastLogin }), platform: null, packages: [pkg(over)], now: 0 },
      { packageId },
    );
  expect(has({ version: '1.3' })).toEqual({ version: '1.3' });
  expect(has({ version: '0.7', platform: 'android', androidType: 'io' })).toEqual({ version: '0.7' });
  expect(has({ version: '0.7' })).toBeNull();
  expect(has({ version: '1.3', platform: 'android', androidType: 'menu' })).toBeNull();
  expect(has({ version: '1.3' }, null)).toBeNull();
  expect(has({ version: '' }, { ...login, version: null })).toBeNull();
  expect(has({ id: 'b'.repeat(64), version: '1.3' })).toBeNull();
});
