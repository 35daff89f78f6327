/** Only one Crema may use a data folder. A second launch, with or without a window, reports the conflict. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { oneLine } from '#shared/visible';
import { lockFolder, type FolderLock } from '../../lib/files/folderLock';
import { makeFilesPrivate } from '../../lib/files/privateFolder';
import { complain } from '../../lib/log/terminal';
import { startCrashReporter } from './crashReports';
import { tryFolder } from '../../lib/launch/dataFolder';
import { askInTime } from './patience';
import type { Switches } from '../../lib/launch/switches';

/** The reason why Crema can't start with the folder; shown in a window where possible. */
export class FolderRefused extends Error {
  /** unusable: the path is not a folder. served: another process uses the folder; the lock does not name it. */
  readonly why: 'unusable' | 'served';
  readonly folder: string;
  constructor(why: 'unusable' | 'served', folder: string, sentence: string) {
    super(sentence);
    this.why = why;
    this.folder = folder;
  }
}

export interface ClaimedFolder {
  readonly refused: FolderRefused | null;
  /** `null`: the folder is not writable. */
  readonly folder: string | null;
  /** The crash reporter's folder; `null`: there is no crash reporter. */
  readonly dumps: string | null;
}

const unwritable: ClaimedFolder = { refused: null, folder: null, dumps: null };

/** `null`: this launch ends and has reported why. The Crema that has the folder opens its files and links. */
export function claimFolder({ dataDir, open }: Switches): ClaimedFolder | null {
  makeFilesPrivate();
  if (dataDir !== null) app.setPath('userData', dataDir);
  const folder = app.getPath('userData');
  const state = tryFolder(folder);
  if (state.kind === 'readOnly') {
    complain(
      `nothing can be written in the data folder ${folder} (${state.detail}); machines are served, and what is recorded waits until it can.`,
    );
    // Without a writable folder there is no lock, and also nothing that two launches could both write.
    sessionElsewhere();
    return unwritable;
  }
  const isHung = `crema: Crema is open with the data folder ${oneLine(folder)} and does not answer; wait, or end it first.`;
  const { answer: isFirst, over } = askInTime(isHung, folder, () => app.requestSingleInstanceLock({ open }));
  const exit = (code: number): void => void over.then(() => app.exit(code));
  if (!isFirst) {
    if (state.kind !== 'writable')
      return refuse({
        why: 'unusable',
        folder,
        sentence: `the data folder ${folder} can't be used (${state.detail}).`,
        exit,
      });
    complain(`Crema is already open with the data folder ${folder}; its window comes to the front.`, () =>
      exit(0),
    );
    return null;
  }
  if (state.kind !== 'writable') return unwritable;
  const lock = locked(folder);
  if (lock === null)
    return refuse({
      why: 'served',
      folder,
      sentence: `another process uses the data folder ${folder}, perhaps a Crema without a window (npm run serve); end it first.`,
      exit,
    });
  app.on('quit', () => lock.release());
  return { refused: null, folder, dumps: startCrashReporter() };
}

/** Reports on the terminal at once. Without a window, that is the only report. */
function refuse({
  why,
  folder,
  sentence,
  exit,
}: Pick<FolderRefused, 'why' | 'folder'> & {
  readonly sentence: string;
  readonly exit: (code: number) => void;
}): ClaimedFolder | null {
  if (!canShowWindows()) {
    complain(sentence, () => exit(1));
    return null;
  }
  complain(sentence);
  sessionElsewhere();
  return { ...unwritable, refused: new FolderRefused(why, folder, sentence) };
}

function canShowWindows(): boolean {
  const { commandLine } = app;
  if (commandLine.hasSwitch('headless') || commandLine.getSwitchValue('ozone-platform') === 'headless')
    return false;
  return process.platform !== 'linux' || ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => process.env[name]);
}

/** If locking fails, machines are served without a lock. */
function locked(folder: string): FolderLock | null {
  try {
    return lockFolder(folder);
  } catch (error) {
    complain(`the data folder ${folder} can't be locked (${String(error)}).`);
    return { release: () => undefined };
  }
}

/**
 * Chromium's session files go to a temporary folder, which is deleted at the end. Chromium's network process may write a few kilobytes
 * after that; the system's clean-up of temporary files removes them.
 */
function sessionElsewhere(): void {
  const session = mkdtempSync(join(tmpdir(), 'crema-session-'));
  app.setPath('sessionData', session);
  app.on('quit', () => {
    try {
      rmSync(session, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Windows can't delete open files.
    }
  });
}
