import { expect, test } from 'vitest';
import { plainAddress } from '#shared/model/listener';

test.each([
  ['::ffff:192.168.5.3', '192.168.5.3'],
  ['::FFFF:192.168.5.3', '192.168.5.3'],
  ['192.168.5.3', '192.168.5.3'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
  ['::ffff:1', '::ffff:1'],
  [undefined, ''],
])('%s is %s', (address, plain) => {
  expect(plainAddress(address)).toBe(plain);
});
