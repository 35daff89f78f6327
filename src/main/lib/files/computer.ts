/** Identifies this computer, for the note of a data folder's location. Only hashes leave this file. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

export interface Computer {
  /** The installed system. A copied disk has it too. */
  readonly system: string;
  /** Network adapters that are built in. Empty: unknown. */
  readonly adapters: readonly string[];
}

export function thisComputer(): Computer {
  return { system: hashed(`crema ${systemId() ?? hostname()}`), adapters: builtInAdapters('/sys') };
}

/**
 * A computer may get another adapter, or lose one. A disk copied to another computer shares none with the original. Earlier
 * versions of Crema kept no adapters.
 */
export function isSameComputer(before: { readonly [K in keyof Computer]?: unknown }, now: Computer): boolean {
  if (before.system !== now.system) return false;
  const known = Array.isArray(before.adapters) ? before.adapters : [];
  return known.length === 0 || now.adapters.length === 0 || now.adapters.some((one) => known.includes(one));
}

const hashed = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** `null`: the system does not have one, or does not report it. */
function systemId(): string | null {
  try {
    switch (process.platform) {
      case 'darwin':
        return found(/"IOPlatformUUID" = "([^"]+)"/, '/usr/sbin/ioreg', [
          '-rd1',
          '-c',
          'IOPlatformExpertDevice',
        ]);
      case 'win32':
        return found(
          /MachineGuid\s+REG_SZ\s+(\S+)/,
          join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'reg.exe'),
          ['query', 'HKLM\\SOFTWARE\\Microsoft\\Cryptography', '/v', 'MachineGuid'],
        );
      default:
        return readFileSync('/etc/machine-id', 'utf8').trim() || null;
    }
  } catch {
    return null;
  }
}

function found(pattern: RegExp, program: string, args: readonly string[]): string | null {
  const text = execFileSync(program, args, { encoding: 'utf8', timeout: 2_000, windowsHide: true });
  return pattern.exec(text)?.[1] ?? null;
}

/**
 * Hashes of permanent addresses, on Linux. Adapters at USB change computers, virtual ones have no device, and a changed address
 * is not permanent. Wi-Fi devices list their permanent address. `system`: the folder `/sys`.
 */
export function builtInAdapters(system: string): readonly string[] {
  const names = (folder: string): readonly string[] => {
    try {
      return readdirSync(join(system, 'class', folder));
    } catch {
      return [];
    }
  };
  const text = (...path: readonly string[]): string => {
    try {
      return readFileSync(join(system, 'class', ...path), 'utf8').trim();
    } catch {
      return '';
    }
  };
  const isBuiltIn = (...path: readonly string[]): boolean => {
    try {
      return !/\/usb\d/.test(realpathSync(join(system, 'class', ...path, 'device')));
    } catch {
      return false;
    }
  };
  const wired = names('net').flatMap((name) =>
    isBuiltIn('net', name) && text('net', name, 'addr_assign_type') === '0'
      ? [text('net', name, 'address')]
      : [],
  );
  const wireless = names('ieee80211').flatMap((name) =>
    isBuiltIn('ieee80211', name) ? [text('ieee80211', name, 'macaddress')] : [],
  );
  const all = [...wired, ...wireless].filter((one) => /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(one));
  return [...new Set(all)].map((one) => hashed(`crema adapter ${one}`)).toSorted();
}
