/** Input of the checks: plain, read-only values that can be sent to a thread. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { z } from 'zod';
import type { ListenAt } from '#shared/model/listener';
import { defaultListen, machineListenOf, type Settings } from '#shared/model/settings';
import { readBuildInfo, type BuildInfo } from '../../lib/launch/buildInfo';
import { readSettingsFile } from '../../lib/settings/file';
import type { CheckName, DoctorResult } from '#shared/doctor';

export interface Computer {
  /** The data folder. */
  readonly folder: string;
  /** A running Crema uses this folder. */
  readonly isOpen: boolean;
  /** The caller is that running Crema. */
  readonly isItself: boolean;
  readonly machines: ListenAt;
  readonly updates: ListenAt;
  /** `null`: none is set. */
  readonly notices: ListenAt | null;
  readonly version: string;
  readonly build: BuildInfo['kind'] | 'development';
  /** Electron's version; `null`: plain Node, without a window. */
  readonly electron: string | null;
  /** Files of the program. A correct clock is not before their times. */
  readonly files: readonly string[];
  /** From the command line. */
  readonly hasNoSandbox: boolean;
}

export interface ComputerParts {
  readonly folder: string;
  /** The folder of package.json. */
  readonly appPath: string;
  /** The caller is the Crema that uses the folder. */
  readonly isItself?: boolean;
  /** From the command line, or the addresses in use: these override the settings. */
  readonly listen: { readonly [L in 'machines' | 'updates' | 'notices']: ListenAt | null };
}

export interface Read {
  readonly computer: Computer;
  readonly language: Settings['language'];
}

export function readComputer({ folder, appPath, isItself = false, listen }: ComputerParts): Read {
  const { settings } = readSettingsFile(join(folder, 'settings.json')).content;
  const build = readBuildInfo(appPath);
  return {
    language: settings.language,
    computer: {
      folder,
      isOpen: isItself || isLocked(folder),
      isItself,
      machines: listen.machines ?? machineListenOf(settings),
      updates: listen.updates ?? settings.updateListen ?? defaultListen.updates,
      notices: listen.notices ?? settings.noticeListen,
      version: versionOf(appPath),
      build: build?.kind ?? 'development',
      electron: 'electron' in process.versions ? process.versions.electron : null,
      // Files in an archive have no time of their own.
      files: [process.execPath, ...(build === null ? [join(appPath, 'package.json')] : [])],
      hasNoSandbox: process.argv.includes('--no-sandbox'),
    },
  };
}

function versionOf(appPath: string): string {
  try {
    const text = readFileSync(join(appPath, 'package.json'), 'utf8');
    return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
  } catch {
    return '';
  }
}

/** Whether a Crema holds the folder's lock (lib/files/folderLock.ts). The check does not take the lock. */
function isLocked(folder: string): boolean {
  let lock;
  try {
    lock = new DatabaseSync(join(folder, 'crema.lock'), { readOnly: true });
  } catch {
    return false;
  }
  try {
    lock.exec('PRAGMA busy_timeout = 0');
    lock.prepare('SELECT count(*) FROM sqlite_schema').get();
    return false;
  } catch (error) {
    return /locked/.test(String(error));
  } finally {
    lock.close();
  }
}

/** Calls to the doctor's thread. The check of a large journal takes too long for the main thread. */
export interface DoctorCalls {
  examine: {
    args: { readonly name: CheckName; readonly computer: Computer };
    result: readonly DoctorResult[];
  };
}

/** A check reads and changes nothing. */
export type Check = (computer: Computer) => Promise<readonly DoctorResult[]>;
