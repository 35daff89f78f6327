/**
 * Facts of systems about adapters. Texts of Linux come from real adapters;
 * those of Windows and macOS from their documentation.
 */
import { expect, it } from 'vitest';
import {
  linuxFacts,
  readMac,
  readWindows,
  type SysfsAdapter,
} from '../../../../../src/main/lib/net/adapterFacts';

const cable: SysfsAdapter = {
  type: '1\n',
  uevent: 'INTERFACE=enp3s0\nIFINDEX=2\n',
  tunFlags: '',
  carrier: '1\n',
  hasDevice: true,
  isWireless: false,
};
const devtype = (name: string): Partial<SysfsAdapter> => ({ uevent: `DEVTYPE=${name}\nINTERFACE=x\n` });

it.each<[string, Partial<SysfsAdapter>, ReturnType<typeof linuxFacts>]>([
  ['a cable', {}, { kind: 'ethernet', link: 'up' }],
  ['without a link', { carrier: '0\n' }, { kind: 'ethernet', link: 'down' }],
  ['switched off', { carrier: '' }, { kind: 'ethernet', link: 'down' }],
  ['Wi-Fi', { isWireless: true }, { kind: 'wifi', link: 'up' }],
  ['Wi-Fi by its type', { ...devtype('wlan') }, { kind: 'wifi', link: 'up' }],
  ['a bridge', { ...devtype('bridge'), hasDevice: false }, { kind: 'virtual', link: 'up' }],
  ['veth', { hasDevice: false }, { kind: 'virtual', link: 'up' }],
  ['tun', { type: '65534\n', tunFlags: '0x1001\n', hasDevice: false }, { kind: 'tunnel', link: 'up' }],
  ['tap', { tunFlags: '0x1002\n', hasDevice: false }, { kind: 'tunnel', link: 'up' }],
  ['WireGuard', { ...devtype('wireguard'), hasDevice: false }, { kind: 'tunnel', link: 'up' }],
  ['ppp', { type: '512\n', hasDevice: false }, { kind: 'tunnel', link: 'up' }],
  ['a modem', { ...devtype('wwan') }, { kind: 'unknown', link: 'up' }],
  ['InfiniBand', { type: '32\n' }, { kind: 'unknown', link: 'up' }],
])('Linux: %s', (_what, over, facts) => {
  expect(linuxFacts({ ...cable, ...over })).toEqual(facts);
});

const windows = (rows: readonly (readonly [string, string, number, boolean, string])[]): string =>
  JSON.stringify(
    rows.map(([Name, InterfaceDescription, InterfaceType, Virtual, Status]) => ({
      Name,
      InterfaceDescription,
      InterfaceType,
      Virtual,
      Status,
    })),
  );

it('Windows: by adapter type, and by the description of its maker', () => {
  const text = windows([
    ['以太网', 'Intel(R) Ethernet Connection I219-V', 6, false, 'Up'],
    ['WLAN', 'Intel(R) Wi-Fi 6 AX201 160MHz', 71, false, 'Disconnected'],
    ['vEthernet (Default Switch)', 'Hyper-V Virtual Ethernet Adapter', 6, true, 'Up'],
    ['VirtualBox Host-Only Network', 'VirtualBox Host-Only Ethernet Adapter', 6, false, 'Up'],
    ['wg0', 'WireGuard Tunnel', 53, true, 'Up'],
    ['office', 'WAN Miniport (PPPOE)', 23, false, 'Not Present'],
    ['Mobile', 'Quectel Generic Mobile Broadband', 243, false, 'Up'],
  ]);
  expect(Object.fromEntries(readWindows(text))).toEqual({
    以太网: { kind: 'ethernet', link: 'up' },
    WLAN: { kind: 'wifi', link: 'down' },
    'vEthernet (Default Switch)': { kind: 'virtual', link: 'up' },
    'VirtualBox Host-Only Network': { kind: 'virtual', link: 'up' },
    wg0: { kind: 'tunnel', link: 'up' },
    office: { kind: 'tunnel', link: 'down' },
    Mobile: { kind: 'unknown', link: 'up' },
  });
});

it('Windows: a single adapter is not a list, and an invalid answer yields nothing', () => {
  const one =
    '{"Name":"Ethernet","InterfaceDescription":"Realtek","InterfaceType":6,"Virtual":false,"Status":"Up"}';
  expect([...readWindows(one)]).toEqual([['Ethernet', { kind: 'ethernet', link: 'up' }]]);
  for (const text of ['', 'Get-NetAdapter : not recognized', '[null, 7, {"Name":7}]'])
    expect(readWindows(text).size).toBe(0);
});

it('macOS: by hardware port, or else by name', () => {
  const ports = [
    'Hardware Port: Ethernet Adapter (en4)\nDevice: en4\nEthernet Address: 2a:11:22:33:44:55\n',
    'Hardware Port: USB 10/100/1000 LAN\nDevice: en7\nEthernet Address: 2a:11:22:33:44:56\n',
    'Hardware Port: Wi-Fi\nDevice: en0\nEthernet Address: 2a:11:22:33:44:57\n',
    'Hardware Port: Thunderbolt Bridge\nDevice: bridge0\nEthernet Address: 2a:11:22:33:44:58\n',
  ].join('\n');
  const states = [
    'lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> mtu 16384\n\tinet 127.0.0.1 netmask 0xff000000 ',
    'en0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tether 2a:11:22:33:44:57\n\tstatus: active',
    'en7: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tmedia: autoselect (none)\n\tstatus: inactive',
    'bridge0: flags=8863<UP,BROADCAST,SMART,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\tstatus: inactive',
    'utun3: flags=8051<UP,POINTOPOINT,RUNNING,MULTICAST> mtu 1380\n\tinet6 fe80::1%utun3 prefixlen 64 scopeid 0x10 ',
    '',
  ].join('\n');
  expect(Object.fromEntries(readMac(ports, states))).toEqual({
    en0: { kind: 'wifi', link: 'up' },
    en7: { kind: 'ethernet', link: 'down' },
    bridge0: { kind: 'virtual', link: 'down' },
    utun3: { kind: 'tunnel', link: 'unknown' },
  });
});
