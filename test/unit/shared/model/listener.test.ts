import { expect, test } from 'vitest';
import { isLoopback, plainAddress } from '#shared/model/listener';

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

test('addresses of this computer only are recognised', () => {
  expect(['127.0.0.1', '127.1.2.3', '::1'].map(isLoopback)).toEqual([true, true, true]);
  expect(['192.168.1.20', '0.0.0.0', '::'].map(isLoopback)).toEqual([false, false, false]);
});
