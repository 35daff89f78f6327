/** The data folder is one Crema's at a time: another start, with or without a window, is told so. */
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

/** Why nobody may start with the folder, which is said in a window where there can be one. */
export class FolderRefused extends Error {
  /** unusable: it is no folder, or can't be one. served: another process uses it; its lock does not say which one. */
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
  /** `null`: nothing can be written in it. */
  readonly folder: string | null;
  /** Where the crash reporter keeps what it writes; `null`: there is none. */
  readonly dumps: string | null;
}

const unwritable: ClaimedFolder = { refused: null, folder: null, dumps: null };

/** `null`: this start ends, and has said why; what it was to open goes to the Crema that has the folder. */
export function claimFolder({ dataDir, open }: Switches): ClaimedFolder | null {
  makeFilesPrivate();
  if (dataDir !== null) app.setPath('userData', dataDir);
  const folder = app.getPath('userData');
  const state = tryFolder(folder);
  if (state.kind === 'readOnly') {
    complain(
      `nothing can be written in the data folder ${folder} (${state.detail}); machines are served, and what is recorded waits until it can.`,
    );
    // The lock is a file in the data folder too: there is none, and nothing two of them could both write.
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

/** Whoever looks at a terminal reads it there at once; where there can be no window, that is all. */
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

/** Where there can't be a lock machines are served all the same. */
function locked(folder: string): FolderLock | null {
  try {
    return lockFolder(folder);
  } catch (error) {
    complain(`the data folder ${folder} can't be locked (${String(error)}).`);
    return { release: () => undefined };
  }
}

/**
 * What Chromium writes while it runs goes to a folder of its own, which is emptied at the end. Its network process may still
 * write a few kilobytes after that: they are left to whoever clears the folder for temporary files.
 */
function sessionElsewhere(): void {
  const session = mkdtempSync(join(tmpdir(), 'crema-session-'));
  app.setPath('sessionData', session);
  app.on('quit', () => {
    try {
      rmSync(session, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // On Windows what is still open stays.
    }
  });
}
