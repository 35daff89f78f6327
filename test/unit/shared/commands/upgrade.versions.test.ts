import { expect, test } from 'vitest';
import { controlled, linux, packageDir } from '../../../builders/controlled';

const input = { packageId: 'a'.repeat(64) };
const told = { cmd: 'upgrade', vmc_no: 7, dir: packageDir };

test('a login that is said again on the same connection is no other version', () => {
  const book = controlled(linux)
    .offering({ version: '1.1', field: 'version' })
    .gives('upgrade', input)
    .sends(told)
    .receives(linux)
    .answers('login_r')
    .shows('sent');
  expect(book.command().until).toBe((book.command().sentAt ?? 0) + 3_600_000);
});

test('a machine whose version nobody knew is proved by its version only after it has fetched the package', () => {
  const version = { ...linux, version: '1.1' };
  const unknown = () =>
    controlled({ cmd: 'hb' }, 'hb')
      .offering({ version: '1.1', field: 'version' })
      .gives('upgrade', input)
      .sends(told);
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

test('nor by a login on the connection on which it was told, unless it fetched the package', () => {
  const again = { ...linux, version: '1.1' };
  const given = () =>
    controlled(linux).offering({ version: '1.1', field: 'version' }).gives('upgrade', input).sends(told);
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
