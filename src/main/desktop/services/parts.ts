/** The inputs of the app's services. */
import type { AppFacts } from '#shared/contract/feed';
import type { ExportFormat } from '#shared/model/capture';
import type { OutsidePlace } from '#shared/outside';
import type { Notice } from '../electron/notify';
import type { BuildInfo } from '../../lib/launch/buildInfo';
import type { Switches } from '../../lib/launch/switches';
import type { Feed } from '../ipc/feed';
import type { AppLog } from '../log/appLog';
import type { KeyStore, SettingsStore } from '../../lib/settings/store';
import type { StartProcess } from '../../lib/threads/process';
import type { AskPlace } from './rescue';

export interface AppParts {
  readonly switches: Switches;
  readonly store: SettingsStore;
  readonly keyStore: KeyStore;
  readonly feed: Feed;
  readonly facts: AppFacts;
  /** The folder of the built threads and processes. */
  readonly threads: string;
  readonly startProcess: StartProcess;
  readonly dataDirectory: string;
  /** A folder for files of this launch. */
  readonly sessionDirectory: string;
  /** The dissector's path among the app's own files. */
  readonly dissector: string;
  readonly about: {
    readonly build: BuildInfo | null;
    /** Written by the build (scripts/lib/licences.mjs). */
    readonly licences: string;
    /** Possible places of Chromium's licences. */
    readonly chromiumLicences: readonly string[];
  };
  readonly log: AppLog;
  /** The folder of Electron's crash reporter; `null`: there is none. */
  readonly dumps: string | null;
  /** The screen of each window. */
  readonly screens: () => readonly string[];
  /** Opens a folder or file with the system's default program; resolves to the error, or ''. */
  readonly openFolder: (path: string) => Promise<string>;
  readonly ask: {
    readonly zip: (windowId: number) => Promise<string | null>;
    readonly capture: (windowId: number) => Promise<string | null>;
    readonly json: (windowId: number) => Promise<string | null>;
    /** Asks for a CSV file. */
    readonly table: (windowId: number) => Promise<string | null>;
    /** Asks for any file. */
    readonly any: (windowId: number) => Promise<string | null>;
    readonly place: (windowId: number, name: string) => Promise<string | null>;
    readonly export: (windowId: number, format: ExportFormat) => Promise<string | null>;
    /** Asks for a place for records that the disk refuses at the end. */
    readonly rescue: AskPlace;
  };
  /** Receives the system's id of the machines thread after each start. */
  readonly onServerThread: (thread: number) => void;
  readonly openFirst: () => void;
  readonly openWindow: () => void;
  /** Shows a desktop notification; returns false if this system shows none. */
  readonly notify: (notice: Notice) => boolean;
  /** Brings a window to the front and to this place. */
  readonly openPlace: (place: OutsidePlace) => void;
  readonly copyText: (text: string) => void;
  readonly copyImage: (png: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  /** A window's content as PDF; `null`: the window is gone. */
  readonly sheet: (windowId: number) => Promise<Uint8Array | null>;
}
