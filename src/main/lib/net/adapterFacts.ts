/**
 * Parses the system's facts about adapters. No IO: adapterLinks.ts runs the programs.
 * Untested on Windows and macOS, whose texts follow their documentation.
 */
import type { AdapterKind, AdapterLink } from '#shared/model/arrivals';

export type AdapterFacts = Pick<AdapterLink, 'kind' | 'link'>;

/** One folder of /sys/class/net. Texts as read; '' if the file is missing. */
export interface SysfsAdapter {
  /** The hardware type, a number of the kernel (ARPHRD_). */
  readonly type: string;
  readonly uevent: string;
  readonly tunFlags: string;
  readonly carrier: string;
  /** The adapter belongs to a device of the computer. */
  readonly hasDevice: boolean;
  readonly isWireless: boolean;
}

/** ppp, IP in IP (both), sit, GRE (both), and types without hardware (tun, WireGuard). */
const tunnelTypes: ReadonlySet<string> = new Set(['512', '768', '769', '776', '778', '823', '65534']);

export function linuxFacts(adapter: SysfsAdapter): AdapterFacts {
  // A disabled adapter has no readable carrier.
  return { kind: linuxKind(adapter), link: adapter.carrier.trim() === '1' ? 'up' : 'down' };
}

function linuxKind({ type, uevent, tunFlags, hasDevice, isWireless }: SysfsAdapter): AdapterKind {
  const what = /^DEVTYPE=(.*)$/m.exec(uevent)?.[1] ?? '';
  if (isWireless || what === 'wlan') return 'wifi';
  if (what === 'wwan') return 'unknown';
  if (what === 'wireguard' || tunFlags !== '' || tunnelTypes.has(type.trim())) return 'tunnel';
  if (type.trim() !== '1') return 'unknown';
  return hasDevice ? 'ethernet' : 'virtual';
}

/** A PowerShell command. The names of its values are the same in every language. */
export const windowsQuestion =
  'Get-NetAdapter | Select-Object Name,InterfaceDescription,InterfaceType,Virtual,Status | ConvertTo-Json -Compress';

/** ifType of IANA. */
const ifTypes = { ethernet: 6, ppp: 23, wifi: 71, tunnel: 131 } as const;

/** The answer of PowerShell, by adapter name. Empty: not understood. */
export function readWindows(text: string): ReadonlyMap<string, AdapterFacts> {
  const found = new Map<string, AdapterFacts>();
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return found;
  }
  for (const one of Array.isArray(answer) ? answer : [answer]) {
    if (typeof one !== 'object' || one === null) continue;
    const row = one as Readonly<Record<string, unknown>>;
    const { Name: name, InterfaceDescription: about, InterfaceType: type, Virtual: isVirtual } = row;
    if (typeof name !== 'string') continue;
    const link = row['Status'] === 'Up' ? 'up' : 'down';
    found.set(name, { kind: windowsKind(Number(type), String(about), isVirtual === true), link });
  }
  return found;
}

function windowsKind(type: number, about: string, isVirtual: boolean): AdapterKind {
  if (type === ifTypes.ppp || type === ifTypes.tunnel) return 'tunnel';
  if (/\b(?:vpn|wireguard|wintun|tap-windows|tunnel)/i.test(about)) return 'tunnel';
  if (isVirtual || /\b(?:hyper-v|vmware|virtualbox|virtual)\b/i.test(about)) return 'virtual';
  if (type === ifTypes.wifi) return 'wifi';
  return type === ifTypes.ethernet ? 'ethernet' : 'unknown';
}

/** `ports`: output of `networksetup -listallhardwareports`; `states`: output of `ifconfig -a`. */
export function readMac(ports: string, states: string): ReadonlyMap<string, AdapterFacts> {
  const portOf = new Map<string, string>();
  for (const [, port = '', device = ''] of ports.matchAll(/^Hardware Port: (.*)\nDevice: (.*)$/gm))
    portOf.set(device.trim(), port.trim());
  const found = new Map<string, AdapterFacts>();
  // Only the first line of an adapter is not indented.
  for (const block of states.split(/\n(?=\S)/)) {
    const name = /^([^\s:]+): flags=/.exec(block)?.[1];
    if (name === undefined || /^lo\d/.test(name)) continue;
    const status = /^\s+status: (.*)$/m.exec(block)?.[1];
    const link = status === undefined ? 'unknown' : status === 'active' ? 'up' : 'down';
    found.set(name, { kind: macKind(name, portOf.get(name) ?? ''), link });
  }
  return found;
}

function macKind(name: string, port: string): AdapterKind {
  if (/^(?:utun|ipsec|ppp|gif|stf)\d/.test(name)) return 'tunnel';
  if (/^(?:bridge|vmnet|vmenet|feth|awdl|llw|anpi|ap)\d/.test(name)) return 'virtual';
  if (/wi-?fi|airport/i.test(port)) return 'wifi';
  return port !== '' && /^en\d/.test(name) ? 'ethernet' : 'unknown';
}
