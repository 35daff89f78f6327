/** Whether a data folder is where the last run left it, or a copy of it: on another computer, or another folder of this one. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { readKept } from './keptFile';
import { mendKept } from './writeKept';

/** Where a folder is. A copy has none of the last three; one that was renamed, or is on a stick without fixed numbers, has two of them. */
interface Place {
  readonly host: string;
  readonly path: string;
  readonly inode: string;
  readonly born: string;
}

export interface Home {
  /** The folder has been used elsewhere, as far as can be told. */
  readonly isCopy: boolean;
  /** From now on this is its place. Called once all that a copy must not go on with is held. */
  readonly settle: () => void;
}

export function homeOf(folder: string, hostId: () => string = readHostId): Home {
  const file = join(folder, 'home.json');
  const kept = readKept(file);
  const host = hostId();
  const here = placeOf(folder, host);
  const isSame = here !== null && kept.state !== 'damaged' && isSamePlace(kept.parts ?? {}, here);
  return {
    // An earlier Crema has left no such file.
    isCopy: here !== null && kept.state !== 'none' && !isSame,
    settle: () => {
      const place = placeOf(folder, host);
      if (place !== null && (!isSame || !kept.isSafe)) mendKept(file, { ...place }, null);
    },
  };
}

/** `null`: there is no folder, or it can't be looked at. */
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

/** Nothing that says which computer it is to those who read the file. */
function readHostId(): string {
  return createHash('sha256')
    .update(`crema ${systemId() ?? hostname()}`)
    .digest('hex')
    .slice(0, 32);
}

/** `null`: this system has none, or does not say it. */
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
