/** Detects whether a data folder is a copy: on another computer, or in another folder of this one. */
import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isSameComputer, thisComputer, type Computer } from './computer';
import { readKept } from './keptFile';
import { mendKept } from './writeKept';

/**
 * Location of a folder on its computer. A copy on the same disk shares none of these members. A renamed
 * folder, or one on a stick without stable numbers, shares two.
 */
interface Place {
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

export function homeOf(folder: string, computer: () => Computer = thisComputer): Home {
  const file = join(folder, 'home.json');
  const kept = readKept(file);
  const { system, adapters } = computer();
  const here = placeOf(folder);
  const before = kept.parts ?? {};
  const isSame =
    here !== null &&
    kept.state !== 'damaged' &&
    isSameComputer({ system: before['host'], adapters: before['adapters'] }, { system, adapters }) &&
    isSamePlace(before, here);
  // Adapters are replaced one by one. Unknown ones do not replace known ones.
  const isCurrent =
    isSame && (adapters.length === 0 || JSON.stringify(before['adapters']) === JSON.stringify(adapters));
  return {
    // Earlier versions did not write this file.
    isCopy: here !== null && kept.state !== 'none' && !isSame,
    settle: () => {
      const place = placeOf(folder);
      if (place !== null && (!isCurrent || !kept.isSafe))
        mendKept(file, { host: system, ...place, adapters: isCurrent ? before['adapters'] : adapters }, null);
    },
  };
}

/** `null`: the folder does not exist or is not readable. */
function placeOf(folder: string): Place | null {
  try {
    const { ino, birthtimeMs } = statSync(folder, { bigint: true });
    return { path: realpathSync(folder), inode: String(ino), born: String(birthtimeMs) };
  } catch {
    return null;
  }
}

const isSamePlace = (before: Readonly<Record<string, unknown>>, here: Place): boolean =>
  Object.entries(here).filter(([name, value]) => before[name] === value).length >= 2;
