/** Detects whether a data folder is a copy: on another computer, or in another folder of this one. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { readKept } from './keptFile';
import { mendKept } from './writeKept';

/**
 * Location of a folder. A copy shares none of the last three members. A renamed
 * folder, or one on a stick without stable numbers, shares two.
 */
interface Place {
  readonly host: string;
  readonly path: string;
  readonly inode: string;
  readonly born: string;
}

export interface Home {
  /** The folder was probably used at another location. */
  readonly isCopy: boolean;
  /** Stores this location. Call this after everything that a copy must not continue is on hold. */
  readonly settle: () => void;
}

export function homeOf(folder: string, hostId: () => string = readHostId): Home {
  const file = join(folder, 'home.json');
  const kept = readKept(file);
  const host = hostId();
  const here = placeOf(folder, host);
  const isSame = here !== null && kept.state !== 'damaged' && isSamePlace(kept.parts ?? {}, here);
  return {
    // Earlier versions did not write this file.
    isCopy: here !== null && kept.state !== 'none' && !isSame,
    settle: () => {
      const place = placeOf(folder, host);
      if (place !== null && (!isSame || !kept.isSafe)) mendKept(file, { ...place }, null);
    },
  };
}

/** `null`: the folder does not exist or is not readable. */
function placeOf(folder: string, host: string): Place | null {
  try {
    const { ino, birthtimeMs } = statSync(folder, { bigint: true });
    return { host, path: realpathSync(folder), inode: String(ino), born: String(birthtimeMs) };
  } catch {
    return null;
  }
}

function isSamePlace(before: Readonly<Record<string, unknown>>, { host, ...here }: Place): boolean {
  const same = Object.entries(here).filter(([name, value]) => before[name] === value);
  return before['host'] === host && same.length >= 2;
}

/** A hash, so that the file does not reveal the computer. */
function readHostId(): string {
  return createHash('sha256')
    .update(`crema ${systemId() ?? hostname()}`)
    .digest('hex')
    .slice(0, 32);
}

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
