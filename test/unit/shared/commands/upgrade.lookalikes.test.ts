/** Events that do not prove the restart of a machine in an upgrade, and the effect of a second machine. */
import { expect, test } from 'vitest';
import { controlled, linux, packageDir } from '../../../builders/controlled';
import { pkg } from '../../../builders/rows';

const input = { packageId: 'a'.repeat(64) };
const upgradeFrame = { cmd: 'upgrade', vmc_no: 7, dir: packageDir };

test.each(['shutdown', 'killed', 'byPerson'] as const)(
  'a silence after Crema closed the connection does not prove a restart, and shortens no wait (%s)',
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

test('a machine that was offline during its download gets more time', () => {
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

test('a repeated upgrade is judged until the newer one is written', () => {
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
  // Longer than the send wait of the newer command.
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
      // The step occurs once.
      .hangsUp()
      .after(70_000)
      .connects({ ...linux, version: '1.1' }, 'login_r', '192.0.2.8')
      .shows('sent');
  },
);

test('an unfinished download does not continue after a restart of the machine', () => {
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

test('a machine that downloaded a package and was not heard since has no certain version', () => {
  const book = controlled(older)
    .has('upgrade', input, 'there')
    .offering({ version: '2.0', field: 'version' })
    .gives('upgrade', input)
    .sends(told)
    // Sending the upgrade without a download does not change this.
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
    // The machine may be installing: a second upgrade would start a second program.
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

test('a machine that stays after its download gets the next package after the wait', () => {
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

test('an upgrade without a command of Crema leaves the version unknown until the next connection', () => {
  const book = controlled(older);
  book.has('upgrade', input, 'there').writes(told).has('upgrade', input, null);
  // A repeated login on the same connection comes from the same program.
  book.receives(older).answers('login_r').has('upgrade', input, null);
  book.hangsUp().connects(older).has('upgrade', input, 'there');
});
