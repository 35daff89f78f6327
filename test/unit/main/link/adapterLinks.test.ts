import { expect, it } from 'vitest';
import { adapterLinks, type AdapterSystem } from '../../../../src/main/link/adapterLinks';

const of = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as never;
const interfaces = (() => ({
  lo: [of('127.0.0.1', true)],
  eth0: [of('192.168.1.20'), of('2001:db8::1')],
  docker0: [of('172.17.0.1')],
  six: [of('2001:db8::2')],
})) as unknown as AdapterSystem['interfaces'];

it('Linux: also adapters without an address, and none of programs but those with one', async () => {
  const up = new Set(['eth0', 'docker0']);
  const found = await adapterLinks({
    interfaces,
    names: () =>
      Promise.resolve(['wlan0', 'lo', 'eth0', 'docker0', 'six', 'br-12ab', 'veth0a1b2c', 'veth0', 'virbr0']),
    carrier: (name) => Promise.resolve(up.has(name)),
  });
  expect(found).toEqual([
    { name: 'docker0', link: 'up', addresses: ['172.17.0.1'] },
    { name: 'eth0', link: 'up', addresses: ['192.168.1.20'] },
    { name: 'six', link: 'down', addresses: [] },
    { name: 'veth0', link: 'down', addresses: [] },
    { name: 'wlan0', link: 'down', addresses: [] },
  ]);
});

it('a system that does not tell: adapters with an address, their link unknown', async () => {
  const carrier = () => Promise.reject(new Error('nobody asks'));
  const found = await adapterLinks({ interfaces, names: () => Promise.resolve(null), carrier });
  expect(found).toEqual([
    { name: 'eth0', link: 'unknown', addresses: ['192.168.1.20'] },
    { name: 'docker0', link: 'unknown', addresses: ['172.17.0.1'] },
    { name: 'six', link: 'unknown', addresses: [] },
  ]);
});

it('this computer is read without an error', async () => {
  for (const { name, addresses } of await adapterLinks()) {
    expect(name).not.toBe('lo');
    for (const address of addresses) expect(address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  }
});
