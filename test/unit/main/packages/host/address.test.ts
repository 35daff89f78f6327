/** Addresses given to machines. */
import { expect, it } from 'vitest';
import { addressOf, originOf } from '../../../../../src/main/packages/host/address';

it.each([
  ['10.0.0.5', 'http://10.0.0.5:8080'],
  ['fd00::2', 'http://[fd00::2]:8080'],
  // A zone names a local adapter, which means nothing to a machine, and an address may not contain a bare percent sign.
  ['fe80::fc:ff:fe00:1%eth0', 'http://[fe80::fc:ff:fe00:1]:8080'],
  ['fe80::1%12', 'http://[fe80::1]:8080'],
])('origin of %s: %s', (host, origin) => {
  expect(originOf(host, 8080)).toBe(origin);
  expect(URL.canParse(originOf(host, 8080))).toBe(true);
  const offer = { id: 3, vmcNo: 7, packageId: 'a' };
  expect(addressOf(offer, 'a b.zip', host, 8080, 'android')).toBe(`${origin}/u/7/3/a%20b.zip`);
});
