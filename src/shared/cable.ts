/**
 * One machine on one cable or hotspot, without a router: which fixed addresses both ends get, and which commands give them, or have this
 * computer give the machine one (Internet sharing). Pure; words: `directLink` in locales/<language>/directLink.ts. Only Linux was tried.
 */

export const systems = ['win32', 'darwin', 'linux'] as const;
export type System = (typeof systems)[number];

export interface CableAddresses {
  /** Of this computer, which the machine takes as its server and its gateway. */
  readonly ours: string;
  readonly machine: string;
  readonly mask: string;
}

/** [ours] Networks that few routers give out, in the order in which they are proposed. */
const proposed = [10, 20, 50, 77, 88] as const;

/** `taken`: IPv4 addresses that this computer has already; two adapters in one network would hear nothing of one another. */
export function cableAddresses(taken: readonly string[]): CableAddresses {
  const isFree = (net: number): boolean => taken.every((address) => !address.startsWith(`192.168.${net}.`));
  const net = proposed.find(isFree) ?? proposed[0];
  return { ours: `192.168.${net}.1`, machine: `192.168.${net}.2`, mask: '255.255.255.0' };
}

const posix = (text: string): string =>
  /^[\w.-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;

type Commands = Readonly<Record<System, (adapter: string, addresses: CableAddresses) => readonly string[]>>;

/** Any one of them gives the adapter its fixed address. */
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

/** Has this computer give the machine an address; only clicks do where there is none. */
export const shareCommands: Readonly<Record<System, (adapter: string) => readonly string[]>> = {
  win32: () => [],
  darwin: () => [],
  linux: (adapter) => [`nmcli device modify ${posix(adapter)} ipv4.method shared`],
};

export interface SharingFacts {
  readonly name: string;
  /** IPv4. */
  readonly addresses: readonly string[];
  /** Linux: it passes on what comes from there. */
  readonly forwards: boolean;
  /** Linux: addresses at which something of this computer gives out addresses (UDP port 67). */
  readonly dhcp: readonly string[];
}

/** The address of this computer that a machine behind a shared adapter takes as its gateway; `null`: nothing says that it is shared. */
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
      // NetworkManager shares 10.42.x.1; other programs give out addresses at 0.0.0.0 for networks of their own.
      const atAll = dhcp.includes('0.0.0.0') && /^10\.42\.\d+\.1$/.test(address);
      return forwards && (atAll || dhcp.includes(address));
    }
    default:
      return false;
  }
}

/** Local addresses of UDP sockets on port 67, of Linux's /proc/net/udp; in it an address is a number in the order of the processor's bytes. */
export function dhcpServers(procNetUdp: string): readonly string[] {
  return [...procNetUdp.matchAll(/^\s*\d+: ([0-9A-F]{8}):0043 /gm)].map(([, hex = '']) =>
    (hex.match(/../g) ?? [])
      .toReversed()
      .map((byte) => Number.parseInt(byte, 16))
      .join('.'),
  );
}
