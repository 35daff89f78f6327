/** Events that are not evidence of a restart after an upgrade command, and the fate of a second command. */
import { expect, test } from 'vitest';
import { controlled, linux, packageDir } from '../../../builders/controlled';
import { pkg } from '../../../builders/rows';

const input = { packageId: 'a'.repeat(64) };
const upgradeFrame = { cmd: 'upgrade', vmc_no: 7, dir: packageDir };

test.each(['shutdown', 'killed', 'byPerson'] as const)(
  'silence after a connection closed by Crema is not a restart, and shortens no wait (%s)',
  (reason) => {
    const book = controlled(linux)
      .offering({ version: '1.1', field: 'version' })
      .gives('upgrade', input)
      .sends(upgradeFrame)
      .fetches('package', { sent: 40 })
      .shows('sent', 'downloadBegan')
      .ended(reason)
      .shows('sent', 'connectionClosed')
      .after(120_000)
      .connects()
      .shows('sent', ['versionSame', { version: '1.0' }]);
    expect(book.command().until).toBe((book.command().sentAt ?? 0) + 3_600_000);
  },
);

test('a machine that was offline during its download gets time for the rest', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('package', { sent: 40 })
    .shows('sent', 'downloadBegan')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(70_000)
    .connects()
    .shows('sent', 'loggedIn', ['versionSame', { version: '1.0' }]);
  expect(book.command().until).toBe((book.command().sentAt ?? 0) + 3_600_000);
});

test('a repeated command is judged until the newer one is written', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .after(5_000)
    .connects()
    .shows('sent', 'versionSame')
    .hangsUp()
    .after(1_000)
    .gives('upgrade', input)
    .shows('queued', 'queued')
    .refuses('upgrade', input, { code: 'commandRunning' });
  // Longer than the newer one waits to be sent.
  book.after(660_000).showsOf(1, 'expired', 'noProof').shows('expired', 'notSent');
  book.connects({ ...linux, version: '1.1' }).showsOf(1, 'confirmed', 'late', 'versionConfirmed');
});

test.each(['', ', though the package was fetched'])(
  'the version of another machine with the same number is not proof%s',
  (fetched) => {
    const book = controlled(linux)
      .offering({ version: '1.1', field: 'version' })
      .gives('upgrade', input)
      .sends(upgradeFrame);
    if (fetched !== '')
      book.fetches('package', { sent: 100, complete: true }).shows('sent', 'downloadBegan', 'downloadEnded');
    book
      .after(5_000)
      .connects({ ...linux, version: '1.1' }, 'login_r', '192.0.2.8')
      .shows('sent', 'otherAddress', ['connectionClosed', { reason: 'replaced' }])
      // Reported once.
      .hangsUp()
      .after(70_000)
      .connects({ ...linux, version: '1.1' }, 'login_r', '192.0.2.8')
      .shows('sent');
  },
);

test('a download whose end Crema did not see does not continue after it ended', () => {
  const login = { cmd: 'login', vmc_no: 7, version: '1.0', io_version: '9', login_count: 8 };
  const book = controlled(login)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends({ ...upgradeFrame, session_id: expect.any(String) as string })
    .fetches('package', { sent: 40 })
    .shows('sent', 'downloadBegan')
    .ended('killed')
    .shows('sent', 'connectionClosed')
    .after(120_000)
    .connects({ ...login, login_count: 2 })
    .shows('sent', 'loggedIn', 'versionSame');
  expect(book.command().until).toBe(book.world.now + 600_000);
});

const older = { ...linux, version: pkg().version };

test('a machine that downloaded a package and was not heard since has an uncertain version', () => {
  const book = controlled(older)
    .has('upgrade', input, 'there')
    .offering({ version: '2.0', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    // An upgrade command without a download changes nothing.
    .has('upgrade', input, 'there')
    .fetches('package', { sent: 40 })
    .shows('sent', 'downloadBegan')
    .has('upgrade', input, 'there')
    .after(1_000)
    .fetches('package', { from: 40, sent: 60, total: 60, complete: true, status: 206 })
    .shows('sent', 'downloadResumed', ['downloadPart', { from: 40 }])
    .after(1_000)
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    // It may install: a second upgrade would start a second program.
    .has('upgrade', input, 'awaitsLogin')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .has('upgrade', input, null)
    .restarts()
    .has('upgrade', input, null)
    .after(7_200_000)
    .shows('expired', 'noProof')
    .has('upgrade', input, null);
  book
    .connects({ cmd: 'hb' }, 'hb')
    .has('upgrade', input, 'awaitsLogin')
    .receives(older)
    .answers('login_r')
    .shows('expired', 'versionSame')
    .has('upgrade', input, 'there');
});

test('a machine that stays online after its download gets the next package after the settle time', () => {
  controlled(older)
    .offering({ version: '2.0', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .after(1_000)
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .after(599_000)
    .has('upgrade', input, 'awaitsLogin')
    .after(1_000)
    .has('upgrade', input, null);
});

test('an upgrade that Crema did not follow leaves the version unknown until the next connection', () => {
  const book = controlled(older);
  book.has('upgrade', input, 'there').writes(upgradeFrame).has('upgrade', input, null);
  // A repeated login on the same connection is from the same program.
  book.receives(older).answers('login_r').has('upgrade', input, null);
  book.hangsUp().connects(older).has('upgrade', input, 'there');
});
