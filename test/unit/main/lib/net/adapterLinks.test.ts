import { expect, it } from 'vitest';
import type { AdapterFacts } from '../../../../../src/main/lib/net/adapterFacts';
import { adapterLinks, type AdapterSystem } from '../../../../../src/main/lib/net/adapterLinks';

const of = (address: string, internal = false) =>
  ({ address, internal, family: address.includes(':') ? 'IPv6' : 'IPv4' }) as never;
const interfaces = (() => ({
  lo: [of('127.0.0.1', true)],
  eth0: [of('192.168.1.20'), of('2001:db8::1')],
  docker0: [of('172.17.0.1')],
  six: [of('2001:db8::2')],
})) as unknown as AdapterSystem['interfaces'];

it('includes adapters without an address, except those of programs and tunnels', async () => {
  const down = { kind: 'ethernet', link: 'down' } as const;
  const found = await adapterLinks({
    interfaces,
    sharing: (name) => Promise.resolve(name === 'docker0' ? '172.17.0.1' : null),
    readFacts: () =>
      Promise.resolve(
        new Map<string, AdapterFacts>([
          ['wlan0', { kind: 'wifi', link: 'down' }],
          ['eth0', { kind: 'ethernet', link: 'up' }],
          ['docker0', { kind: 'virtual', link: 'up' }],
          ['six', down],
          ['br-12ab', down],
          ['veth0a1b2c', down],
          ['virbr0', down],
          ['usb0', down],
          ['tun0', { kind: 'tunnel', link: 'up' }],
        ]),
      ),
  });
  expect(found).toEqual([
    { name: 'docker0', kind: 'virtual', link: 'up', addresses: ['172.17.0.1'], shared: '172.17.0.1' },
    { name: 'eth0', kind: 'ethernet', link: 'up', addresses: ['192.168.1.20'], shared: null },
    { name: 'six', kind: 'ethernet', link: 'down', addresses: [], shared: null },
    { name: 'usb0', kind: 'ethernet', link: 'down', addresses: [], shared: null },
    { name: 'wlan0', kind: 'wifi', link: 'down', addresses: [], shared: null },
  ]);
});

it('without facts of the system: adapters with an address, kind and link unknown', async () => {
  const found = await adapterLinks({
    interfaces,
    readFacts: () => Promise.resolve(new Map()),
    sharing: () => Promise.resolve(null),
  });
  const unknown = { kind: 'unknown', link: 'unknown', shared: null };
  expect(found).toEqual([
    { name: 'docker0', ...unknown, addresses: ['172.17.0.1'] },
    { name: 'eth0', ...unknown, addresses: ['192.168.1.20'] },
    { name: 'six', ...unknown, addresses: [] },
  ]);
});

it('this computer is read without an error', async () => {
  for (const { name, addresses } of await adapterLinks()) {
    expect(name).not.toBe('lo');
    for (const address of addresses) expect(address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
  }
});
