/** Writes a note with the app's state for each crash. The crash is shown at once, and at each start until somebody has seen it. */
import { join } from 'node:path';
import type { AppFacts } from '#shared/contract/feed';
import type { Crash, CrashedPart } from '#shared/model/crash';
import { dumpsSince, keepNewestDumps } from '../crashes/dumps';
import { CrashNotes, type Facts } from '../crashes/notes';
import { Refusal } from '../ipc/requests';
import type { AppLog } from '../log/appLog';
import type { Base } from './base';
import type { Changed, Service } from './service';
import type { ListenerState } from '#shared/model/listener';
import { described } from '../../machines/api';

/** ms between two signs of life, each with the app's state. */
const lifeInterval = 30_000;

export interface CrashesParts {
  readonly directory: string;
  /** The folder of Electron's crash reporter; `null`: there is none. */
  readonly dumps: string | null;
  readonly now: () => number;
  readonly log: AppLog;
  readonly facts: AppFacts;
  readonly crashFacts: () => Facts;
  readonly changed: Changed;
}

/** `again`: the part was restarted. */
export type Died = (what: CrashedPart, reason: string, again: boolean) => void;

export interface CrashesService extends Service<'crashNote' | 'crashesSeen', 'crashes'> {
  readonly died: Died;
  /** The state that a note contains has changed. */
  readonly alive: () => void;
}

export const crashes = (base: Base): CrashesService =>
  crashesService({ ...base, directory: base.dataPath('crashes'), crashFacts: () => crashFacts(base) });

export function crashesService(parts: CrashesParts): CrashesService {
  const { now, log, changed } = parts;
  const notes = new CrashNotes(parts.directory);
  const since = now();
  let unseen: readonly Crash[] = [];
  let timer: NodeJS.Timeout | undefined;
  let isWritable = true;
  let isEnding = false;

  /** An unwritable folder costs the notes, never the app. */
  const tried = (what: () => void): void => {
    try {
      what();
    } catch (error) {
      if (isWritable) log.write('warn', 'main', `notes about crashes can't be written: ${String(error)}`);
      isWritable = false;
    }
  };
  const { appVersion, build, platformName } = parts.facts;
  const program = {
    crema: appVersion,
    build,
    runtime: Object.hasOwn(process.versions, 'electron')
      ? `electron ${process.versions.electron}`
      : `node ${process.versions.node}`,
    system: `${platformName} ${process.arch}`,
  };
  const present = (): Facts => ({ ...program, ...parts.crashFacts() });
  const add = (what: CrashedPart, at: number, again: boolean, facts: Facts): void => {
    log.write('error', 'main', `crash.${what}: ${String(facts['reason'])}`);
    tried(() => {
      unseen = [...unseen, notes.add({ what, at, again, seen: false, facts })];
      changed('crashes');
    });
  };
  const live = (): void => tried(() => notes.setRunning({ since, alive: now(), facts: present() }));
  return {
    died: (what, reason, again) => {
      // Processes may end in any order during the stop.
      if (isEnding) return;
      const at = now();
      // An error can quote data of a machine.
      add(what, at, again, {
        reason: log.clear(reason),
        ...present(),
        ranFor: seconds(at - since),
        log: [...log.tail],
      });
    },
    alive: () => {
      if (timer !== undefined) live();
    },
    start: () => {
      log.write(
        'info',
        'main',
        `Crema ${appVersion} (${build}, ${program.runtime}) begins on ${program.system}`,
      );
      unseen = notes.unseen();
      const left = notes.leftRunning();
      if (left !== null)
        add('app', left.alive, true, {
          reason: 'the run did not end in order: it crashed, was killed, or the power went',
          ...left.facts,
          ranFor: seconds(left.alive - left.since),
          dumps: dumpsSince(parts.dumps, left.since),
          log: log.earlier(),
        });
      tried(() => keepNewestDumps(parts.dumps));
      live();
      timer = setInterval(live, lifeInterval);
      return Promise.resolve();
    },
    stop: () => {
      isEnding = true;
      clearInterval(timer);
      // A launch that did not begin keeps the files of an earlier one.
      if (timer !== undefined) {
        tried(() => notes.endRunning());
        log.write('info', 'main', 'ended in order');
      }
      timer = undefined;
      return Promise.resolve();
    },
    live: { crashes: () => unseen },
    requests: {
      crashNote: ({ id }) => {
        const text = notes.text(id);
        if (text === null) throw new Refusal('unknownCrash');
        return { text, file: join(notes.directory, `${id}.json`) };
      },
      crashesSeen: () => {
        unseen = [];
        tried(() => notes.setSeen());
        changed('crashes');
        return null;
      },
    },
  };
}

const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;

/** The state of the app for crash notes. */
function crashFacts({ feed, screens }: Base): Facts {
  const machines = feed.rows('machines');
  const listeners = feed.value('listeners');
  const state = (listener: ListenerState): string =>
    listener.status === 'off' ? 'off' : described(listener);
  return {
    listeners: {
      machines: state(listeners.machines),
      updates: state(listeners.updates),
      notices: state(listeners.notices),
    },
    machines: { known: machines.length, online: machines.filter(({ online }) => online).length },
    commands: feed.rows('running').length,
    virtual: feed.value('simulator').running,
    journal: feed.value('journal').status,
    screens: screens(),
  };
}
