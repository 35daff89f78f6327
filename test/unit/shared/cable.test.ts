import { expect, it } from 'vitest';
import {
  cableAddresses,
  dhcpServers,
  fixedCommands,
  shareCommands,
  sharedAddress,
  systems,
  type SharingFacts,
} from '#shared/cable';

it('proposes no address in a network of this computer', () => {
  expect(cableAddresses(['10.0.0.3'])).toMatchObject({ ours: '192.168.10.1', machine: '192.168.10.2' });
  expect(cableAddresses(['192.168.10.77', '192.168.20.1']).ours).toBe('192.168.50.1');
});

it('commands name the adapter, and an adapter’s name can’t end or add a command', () => {
  const addresses = cableAddresses([]);
  const odd = `LAN "2"; rm -rf '~'`;
  for (const system of systems) {
    const [command = ''] = fixedCommands[system]('eth1', addresses);
    expect(command).toContain('eth1');
    expect(command).toContain('192.168.10.1');
  }
  expect(fixedCommands.linux(odd, addresses)[1]).toBe(
    String.raw`sudo ip address add 192.168.10.1/24 dev 'LAN "2"; rm -rf '\''~'\'''`,
  );
  expect(fixedCommands.win32(odd, addresses)[0]).toContain(`name="LAN 2; rm -rf '~'" static`);
  expect(shareCommands.linux('eth1')).toEqual(['nmcli device modify eth1 ipv4.method shared']);
});

const facts: SharingFacts = {
  name: 'eth1',
  addresses: ['10.42.0.1'],
  forwards: true,
  dhcp: ['0.0.0.0'],
};
it.each<[string, string, Partial<SharingFacts>, string | null]>([
  ['NetworkManager shares', 'linux', {}, '10.42.0.1'],
  [
    'another DHCP server at its own address',
    'linux',
    { addresses: ['192.168.7.1'], dhcp: ['192.168.7.1'] },
    '192.168.7.1',
  ],
  ['no DHCP server', 'linux', { dhcp: [] }, null],
  ['no forwarding', 'linux', { forwards: false }, null],
  ['a program with a DHCP server for itself', 'linux', { addresses: ['192.168.7.1'] }, null],
  ['ICS', 'win32', { addresses: ['192.168.1.4', '192.168.137.1'] }, '192.168.137.1'],
  ['no ICS', 'win32', { addresses: ['192.168.1.4'] }, null],
  ['Internet Sharing', 'darwin', { name: 'bridge100', addresses: ['192.168.2.1'] }, '192.168.2.1'],
  ['virtual machines of macOS', 'darwin', { name: 'bridge100', addresses: ['192.168.64.1'] }, null],
  ['a cable of macOS', 'darwin', { addresses: ['192.168.2.1'] }, null],
  ['another system', 'freebsd', {}, null],
])('an adapter is shared: %s', (_what, system, over, address) => {
  expect(sharedAddress(system, { ...facts, ...over })).toBe(address);
});

it('finds the programs that assign addresses, in Linux’s list', () => {
  const text = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops',
    '  211: 00000000:0043 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 20561 2 0000000000000000 0',
    ' 1099: 01002A0A:0043 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 20562 2 0000000000000000 0',
    ' 1100: 01002A0A:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 20563 2 0000000000000000 0',
  ].join('\n');
  expect(dhcpServers(text)).toEqual(['0.0.0.0', '10.42.0.1']);
});
