import { expect, test } from 'vitest';
import { controlled, linux, packageDir } from '../../../builders/controlled';

const input = { packageId: 'a'.repeat(64) };
const upgradeFrame = { cmd: 'upgrade', vmc_no: 7, dir: packageDir };

test('a repeated login on the same connection is not another version', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(upgradeFrame)
    .receives(linux)
    .answers('login_r')
    .shows('sent');
  expect(book.command().until).toBe((book.command().sentAt ?? 0) + 3_600_000);
});

test('for a machine with an unknown version, the version is proof only after a download', () => {
  const version = { ...linux, version: '1.1' };
  const unknown = () =>
    controlled({ cmd: 'hb' }, 'hb')
      .offering({ version: '1.1', field: 'version' })
      .gives('upgrade', input)
      .sends(upgradeFrame);
  unknown()
    .receives(version)
    .answers('login_r')
    .shows('sent')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects(version)
    .shows('sent');
  unknown()
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .hangsUp()
    .shows('sent', 'connectionClosed')
    .connects(version)
    .shows('confirmed', 'versionConfirmed');
});

test('nor is a login on the connection of the command, without a download', () => {
  const again = { ...linux, version: '1.1' };
  const given = () =>
    controlled(linux)
      .offering({ version: '1.1', field: 'version' })
      .gives('upgrade', input)
      .sends(upgradeFrame);
  given().receives(again).answers('login_r').shows('sent');
  given()
    .fetches('package', { sent: 100, complete: true })
    .shows('sent', 'downloadBegan', 'downloadEnded')
    .receives(again)
    .answers('login_r')
    .shows('confirmed', 'versionConfirmed');
  // Another connection: its earlier reports do not count.
  given().hangsUp().shows('sent', 'connectionClosed').connects(again).shows('confirmed', 'versionNew');
});
