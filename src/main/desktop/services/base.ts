/** The base of all services: the app's inputs and events of services above. */
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import type { Upload } from '#shared/model/fetched';
import { oneLine } from '#shared/visible';
import type { Words } from '#shared/words';
import type { Language } from '../electron/plainPage';
import type { AppParts } from './parts';
import type { ServerThread } from './serverWindows';
import type { Changed } from './service';

/** Reports to services further down, which the reporting service does not know. Services above are called. */
interface AppEvents {
  /** A machine has uploaded a file. */
  upload: [Upload];
  /** A machine gets a command to fetch a package. */
  packageOffered: [];
  /** The address for machines' command notices has changed, or no longer exists. */
  noticesMoved: [];
  /** A machine with an unknown number logged in on the direct link. */
  directMachine: [vmcNo: number];
  /** A machines thread was started; it gets its first call afterwards. */
  threadStarted: [ServerThread];
}

export interface Base extends AppParts {
  readonly now: () => number;
  /** The start of this launch. */
  readonly since: number;
  readonly changed: Changed;
  readonly events: EventEmitter<AppEvents>;
  /** The folder of package.json. */
  readonly appPath: string;
  /** The built file of a thread or process. */
  readonly thread: (name: string) => string;
  /** A file or folder in the data folder. */
  readonly dataPath: (name: string) => string;
  /** The current language of the windows. */
  readonly language: () => Language;
  /** Its key in texts that contain both languages. */
  readonly words: () => keyof Words;
  /** Aborted when the services begin to stop. */
  readonly ending: AbortSignal;
}

const wordKeys = { en: 'en', 'zh-CN': 'zh' } as const;

export function baseOf(parts: AppParts, ending: AbortSignal): Base {
  const { store, feed, facts, threads } = parts;
  parts.log.hide(store.codes().values());
  const language = (): Language => {
    const wanted = store.settings.language;
    return facts.languageSwitch ?? (wanted === 'system' ? facts.systemLanguage : wanted);
  };
  return {
    ...parts,
    ask: {
      ...parts.ask,
      // The name may come from a machine or a package.
      place: (window, name) => parts.ask.place(window, oneLine(name)),
    },
    now: Date.now,
    since: Date.now(),
    changed: feed.changed.bind(feed),
    events: new EventEmitter<AppEvents>(),
    appPath: join(threads, '..', '..'),
    thread: (name) => join(threads, `${name}.js`),
    dataPath: (name) => join(parts.dataDirectory, name),
    language,
    words: () => wordKeys[language()],
    ending,
  };
}
