/** What the services of the running app are built from, and what whoever starts them gets. */
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
  /** Where the built threads and processes are. */
  readonly threads: string;
  readonly startProcess: StartProcess;
  readonly dataDirectory: string;
  /** For files that end with the run. */
  readonly sessionDirectory: string;
  readonly dissector: string;
  readonly about: Omit<AboutParts, 'dataDirectory' | 'open'>;
  readonly log: AppLog;
  /** Where Electron's crash reporter keeps what it writes; `null`: there is none. */
  readonly dumps: string | null;
  /** Which screen each window shows. */
  readonly screens: () => readonly string[];
  /** As the system does, a file too; gives why it could not be opened, or ''. */
  readonly openFolder: (path: string) => Promise<string>;
  readonly ask: {
    readonly zip: (windowId: number) => Promise<string | null>;
    readonly capture: (windowId: number) => Promise<string | null>;
    readonly json: (windowId: number) => Promise<string | null>;
    /** A CSV file to be read. */
    readonly table: (windowId: number) => Promise<string | null>;
    readonly place: (windowId: number, name: string) => Promise<string | null>;
    readonly export: (windowId: number, format: ExportFormat) => Promise<string | null>;
    /** For what the disk refuses at the end. */
    readonly rescue: AskPlace;
  };
  /** The system's number of the server's thread, each time another one was started. */
  readonly onServerThread: (thread: number) => void;
  readonly openFirst: () => void;
  readonly openWindow: () => void;
  /** On the desktop; false: this system shows none. */
  readonly notify: (notice: Notice) => boolean;
  /** Brings a window to the front and there. */
  readonly openPlace: (place: OutsidePlace) => void;
  readonly copyText: (text: string) => void;
  readonly copyImage: (png: Uint8Array<ArrayBuffer>) => Promise<boolean>;
  /** What a window shows for paper, as PDF; `null`: the window is gone. */
  readonly sheet: (windowId: number) => Promise<Uint8Array | null>;
}

export interface Services {
  readonly handlers: Handlers;
  /** That windows are in now. */
  readonly language: () => Language;
  /** What the windows were told went wrong. */
  readonly told: LogService['told'];
  /** What died outside of the services. */
  readonly died: Died;
  readonly server: ServerService;
  /** Reads a capture in; gives the job that does. */
  readonly openCapture: (file: string) => { readonly to: 'job'; readonly id: number };
  /** One line for a terminal. */
  readonly status: () => Promise<string>;
  /** @throws what keeps it from starting; everything that had begun has ended then, or hangs */
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}
