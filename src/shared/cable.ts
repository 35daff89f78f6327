/**
 * One machine on a cable or hotspot without a router: fixed addresses of both ends, and commands that set them or share the Internet.
 * Pure. Texts: `directLink` in locales/<language>/directLink.ts. Tested on Linux only.
 */

export const systems = ['win32', 'darwin', 'linux'] as const;
export type System = (typeof systems)[number];

export interface CableAddresses {
  /** This computer's address, which is the machine's server and gateway. */
  readonly ours: string;
  readonly machine: string;
  readonly mask: string;
}

/** [ours] Networks that few routers use, in order of preference. */
const proposed = [10, 20, 50, 77, 88] as const;

/** `taken`: IPv4 addresses of this computer. Two adapters in the same network would not receive each other's packets. */
export function cableAddresses(taken: readonly string[]): CableAddresses {
  const isFree = (net: number): boolean => taken.every((address) => !address.startsWith(`192.168.${net}.`));
  const net = proposed.find(isFree) ?? proposed[0];
  return { ours: `192.168.${net}.1`, machine: `192.168.${net}.2`, mask: '255.255.255.0' };
}

const posix = (text: string): string =>
  /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

type Commands = Readonly<Record<System, (adapter: string, addresses: CableAddresses) => readonly string[]>>;

/** Alternative commands that set the adapter's fixed address. */
export const fixedCommands: Commands = {
  win32: (adapter, { ours, mask }) => [
    `netsh interface ipv4 set address name="${adapter.replaceAll('"', '')}" static ${ours} ${mask}`,
  ],
  darwin: (adapter, { ours, mask }) => [`sudo ipconfig set ${posix(adapter)} MANUAL ${ours} ${mask}`],
  linux: (adapter, { ours }) => [
    `nmcli device modify ${posix(adapter)} ipv4.method manual ipv4.addresses ${ours}/24`,
    `sudo ip address add ${ours}/24 dev ${posix(adapter)}`,
  ],
};

/** Commands that make this computer assign an address to the machine. Empty: only possible in the system's settings. */
export const shareCommands: Readonly<Record<System, (adapter: string) => readonly string[]>> = {
  win32: () => [],
  darwin: () => [],
  linux: (adapter) => [`nmcli device modify ${posix(adapter)} ipv4.method shared`],
};

export interface SharingFacts {
  readonly name: string;
  /** IPv4. */
  readonly addresses: readonly string[];
  /** Linux: the adapter forwards packets. */
  readonly forwards: boolean;
  /** Linux: local addresses of DHCP servers on this computer (UDP port 67). */
  readonly dhcp: readonly string[];
}

/** This computer's address that is the gateway of a machine behind a shared adapter; `null`: no evidence of sharing. */
export function sharedAddress(system: string, facts: SharingFacts): string | null {
  return facts.addresses.find((address) => isShared(system, address, facts)) ?? null;
}

function isShared(system: string, address: string, { name, forwards, dhcp }: SharingFacts): boolean {
  switch (system) {
    case 'win32':
      return address === '192.168.137.1';
    case 'darwin':
      return /^bridge1\d\d$/.test(name) && /^192\.168\.\d\.1$/.test(address);
    case 'linux': {
      // NetworkManager shares 10.42.x.1. Other programs serve DHCP at 0.0.0.0 for their own networks.
      const atAll = dhcp.includes('0.0.0.0') && /^10\.42\.\d+\.1$/.test(address);
      return forwards && (atAll || dhcp.includes(address));
    }
    default:
      return false;
  }
}

/** Local addresses of UDP sockets on port 67 in Linux's /proc/net/udp, where an address is a number in the processor's byte order. */
export function dhcpServers(procNetUdp: string): readonly string[] {
  return [...procNetUdp.matchAll(/^\s*\d+: ([0-9A-F]{8}):0043 /gm)].map(([, hex = '']) =>
    (hex.match(/../g) ?? [])
      .toReversed()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.'),
  );
}
