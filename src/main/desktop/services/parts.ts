/** The inputs and results of the app's services. */
import type { AppFacts } from '#shared/contract/feed';
import type { ExportFormat } from '#shared/model/capture';
import type { OutsidePlace } from '#shared/outside';
import type { Language } from '../electron/plainPage';
import type { Switches } from '../../lib/launch/switches';
import type { Feed } from '../ipc/feed';
import type { Handlers } from '../ipc/requests';
import type { AppLog } from '../log/appLog';
import type { SettingsStore } from '../../lib/settings/store';
import type { StartProcess } from '../../lib/threads/process';
import type { AboutParts } from './about';
import type { Died } from './crashes';
import type { LogService } from './log';
import type { Notice } from './notices';
import type { AskPlace } from './rescue';
import type { ServerService } from './server';

export interface AppParts {
  readonly switches: Switches;
  readonly store: SettingsStore;
  readonly feed: Feed;
  readonly facts: AppFacts;
  /** The folder of the built threads and processes. */
  readonly threads: string;
  readonly startProcess: StartProcess;
  readonly dataDirectory: string;
  /** A folder for files of this launch. */
  readonly sessionDirectory: string;
  readonly dissector: string;
  readonly about: Omit<AboutParts, 'dataDirectory' | 'open'>;
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

export interface Services {
  readonly handlers: Handlers;
  /** The current language of the windows. */
  readonly language: () => Language;
  /** The errors that windows showed. */
  readonly onErrors: LogService['onErrors'];
  /** Reports crashes outside the services. */
  readonly died: Died;
  readonly server: ServerService;
  /** Imports a capture; returns the job. */
  readonly openCapture: (file: string) => { readonly to: 'job'; readonly id: number };
  /** One status line for the terminal. */
  readonly status: () => Promise<string>;
  /** @throws the error of the start; by then all started services have stopped, or hang */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}
