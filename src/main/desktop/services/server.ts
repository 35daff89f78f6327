/**
 * The machine server as the main thread uses it. It runs in its own thread, gets the settings, answers the window's requests,
 * and is started again if it dies. Main reads its journal over a separate port, so a window's question neither costs the server time
 * nor waits for it.
 */
import { Worker, type MessagePort } from 'node:worker_threads';
import { isAnsweredBy, requestNames, type RequestsOf } from '#shared/contract/requests/index';
import type { ListenerState } from '#shared/model/listener';
import { userName } from '../audit/person';
import { homeOf, type Home } from '../../lib/files/home';
import type { Feed } from '../ipc/feed';
import { granted, type Requests } from '../ipc/requests';
import type { JournalReader } from '../../journal/api';
import {
  nothingChosen,
  type JournalReport,
  type MachinesRequest,
  type ServerCalls,
  type ServerEvents,
  type ServerSettings,
  type ThreadData,
} from '../../machines/api';
import { Callable } from '../../lib/threads/callable';
import { Restarting } from '../../lib/threads/restarting';
import { whileAnswering } from '../../lib/threads/whileAnswering';
import type { RunCommand } from '#shared/model/run';
import type { SettingsStore } from '../../lib/settings/store';
import type { AuditService } from './audit';
import type { Base } from './base';
import type { CrashesService, Died } from './crashes';
import type { Service } from './service';
import { JournalOfServer } from './journalOfServer';
import { ListenerOfServer } from './listenerOfServer';
import { rescue, type Rescue } from './rescue';
import { ServerWindows, type Followed, type ServerThread } from './serverWindows';

/** ms in which the thread must end by itself after it has closed everything. */
const stopTimeoutMs = 2_000;
/** ms in which a start that is not complete must end in order. */
const beginningEnds = 5_000;
/** ms in which the thread must answer while it starts. */
const startPatience = 120_000;
/** ms in which the journal must answer each question of a start. The longest step opens a file whose index is computed again. */
const journalPatience = 120_000;

export interface ServerServiceParts {
  /** The built machines/thread.ts. */
  readonly worker: string;
  /** The built journal/thread.ts. */
  readonly journalWorker: string;
  readonly journal: string;
  readonly store: SettingsStore;
  readonly feed: Feed;
  readonly now: () => number;
  readonly line: (line: string) => void;
  readonly problem: (detail: string) => void;
  readonly died: Died;
  /** Commands that runs sent. They are reported before their results. */
  readonly onRunCommands: (commands: readonly RunCommand[]) => void;
  /** A machine with an unknown number logged in on the direct link. */
  readonly onDirectMachine: (vmcNo: number) => void;
  /** The system's id of the machines thread, after each start. */
  readonly onThread: (thread: number) => void;
  /** The earlier and the present place of the data folder. */
  readonly home: Home;
  /** A place for entries that the disk refuses at the end. */
  readonly rescue: Rescue;
  /** A thread was started; called before its first call. */
  readonly onStart: (thread: ServerThread) => void;
  /** ms without any answer after which the thread counts as hanging. */
  readonly patience?: number;
  /** Limits for machine connections; left out: the usual limits. */
  readonly places?: number | undefined;
}

/** Facts that the server needs in addition to the settings. */
type ServerFacts = Pick<ServerSettings, 'packages' | 'updates' | 'virtualPorts'>;

/** The live journal's file for other readers. A journal that is not readable may be of another version, which would be misread. */
export interface LiveJournal {
  readonly file: string;
  readonly isReadable: () => boolean;
  /** Writes all records so far: exports, replays and the support file read the file itself. */
  readonly flush: () => Promise<void>;
}

export interface ServerService extends Service<RequestsOf<'machines'>, 'journal' | 'damagedRows'> {
  /** Waits for a thread that is being restarted. */
  readonly call: ServerThread['call'];
  readonly notify: ServerThread['notify'];
  /** Gives the server new facts, and a restarted thread the same ones; resolves when they are known. It never rejects. */
  readonly learn: (facts: Partial<ServerFacts>) => Promise<void>;
  /** The journal's queries; `null`: no journal is readable. */
  readonly journal: () => JournalReader | null;
  /** Gives another thread a port to the journal, now and after each restart. `name`: of that thread. */
  readonly onJournalPort: (name: string, give: (port: MessagePort) => void) => void;
  readonly liveJournal: LiveJournal;
  readonly report: () => JournalReport;
  readonly listener: () => ListenerState;
  readonly watch: (window: number, vmcNo: number | null) => void;
  /** A page requested afterwards holds all entries before the first followed one. */
  readonly follow: (window: number, query: Followed) => Promise<void>;
  /** Listens at this address, also after a restart of the thread. */
  readonly listen: (
    host: string,
    port: number,
    avoid?: readonly number[],
    others?: readonly string[],
  ) => Promise<ListenerState>;
  /** Tries the same address again. A thread that failed for good is started again too. */
  readonly retryListen: (avoid?: readonly number[]) => Promise<ListenerState>;
  /** The reason why no machine is served; `null`: the server runs. */
  readonly failure: () => string | null;
  /** Whether records of this run are lost; final when the server has ended. */
  readonly isLost: () => boolean;
  /** Entries that only memory holds, after another try to write them; 0 if the server can't answer. */
  readonly refused: () => Promise<number>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

export const server = (
  base: Base,
  {
    crashes,
    audit,
  }: {
    readonly crashes: CrashesService;
    readonly audit: AuditService;
  },
): ServerService => {
  const { events, switches } = base;
  return serverService({
    ...base,
    ...base.log.from('server'),
    worker: base.thread('serverThread'),
    journalWorker: base.thread('journalWorker'),
    journal: base.dataPath('journal.sqlite'),
    home: homeOf(base.dataDirectory),
    died: crashes.died,
    rescue: rescue({ ...base.log.from('main'), place: base.ask.rescue, written: audit.rescued }),
    onThread: base.onServerThread,
    onStart: (thread) => events.emit('threadStarted', thread),
    onRunCommands: audit.takeRunCommands,
    onDirectMachine: (vmcNo) => events.emit('directMachine', vmcNo),
    places: switches.connections ?? undefined,
  });
};

export function serverService(parts: ServerServiceParts): ServerService {
  const { store, feed, now } = parts;
  let facts: ServerFacts = nothingChosen;
  let restarting: Restarting<ServerThread> | null = null;
  /** The thread died too often or can't be prepared. It stays so until a person tries again. `null`: it runs. */
  let failure: string | null = null;
  /** The time at which the last thread died with all its connections; `null`: none died, or the ends are recorded. */
  let stopped: number | null = null;
  let isOpen = false;
  /** The first start was complete. */
  let isReady = false;
  let isLost = false;
  const windows = new ServerWindows(feed);
  const listener = new ListenerOfServer(() => feed.changed('listeners'));
  const by = (): string => store.settings.person || userName();

  const thread = (): ServerThread => {
    if (restarting === null) throw new Error('the machine server was not started');
    return restarting.thread;
  };
  const ready = async (): Promise<ServerThread> => {
    if (restarting === null) throw new Error('the machine server was not started');
    return restarting.ready();
  };
  const call: ServerThread['call'] = async (name, args, transfer) => {
    const current = await ready();
    try {
      return await current.call(name, args, transfer);
    } catch (error) {
      // The message must name the stopped part, not only its exit code.
      const why = error instanceof Error ? error.message : String(error);
      throw current.isGone ? new Error(`the machine server stopped (${why})`) : error;
    }
  };
  const journal = new JournalOfServer(feed, ready);
  const settings = (): ServerSettings => ({
    ...facts,
    configs: store.configs,
    codes: store.codes(),
    settings: store.settings,
  });
  const launch = (onGone: (error: Error) => void): ServerThread =>
    new Callable<ServerCalls, ServerEvents>(
      new Worker(parts.worker, {
        name: 'server',
        workerData: { journalWorker: parts.journalWorker } satisfies ThreadData,
      }),
      {
        onGone: (error) => {
          // Before the next thread starts, because it records the ends of the connections.
          if (isOpen) stopped = now();
          isOpen = false;
          journal.threadDied();
          onGone(error);
        },
        on: {
          thread: parts.onThread,
          recorded: (next) => (journal.recorded = next),
          given: parts.onRunCommands,
          news: feed.take,
          listener: (state) => listener.reported(state),
          directMachine: parts.onDirectMachine,
          journal: (next) => journal.reported(next),
          journalRestarted: () => journal.connect(thread()),
          journalDied: (reason) => parts.died('journal', reason, true),
          line: parts.line,
          problem: parts.problem,
        },
      },
    );
  let { isCopy } = parts.home;
  /** Once the items that a copied data folder must not continue are paused on the disk: then the next start is a usual start. */
  const settleHome = async (to: ServerThread): Promise<void> => {
    // It must be on disk before the next start is a usual one.
    await to.call('flush', undefined);
    if ((await to.call('journalReport', undefined)).status.status !== 'open') return;
    isCopy = false;
    parts.home.settle();
  };
  /** Restores the previous state in a new thread, and sends its data to the windows. */
  const prepare = async (to: ServerThread): Promise<void> => {
    parts.onStart(to);
    const { journal: file, places } = parts;
    const { recorded } = journal;
    const opening = { journal: file, settings: settings(), stopped, patience: journalPatience };
    await to.call('open', { ...opening, isCopy, places, recorded });
    stopped = null;
    await settleHome(to);
    isOpen = true;
    journal.connect(to);
    await windows.bringTo(to);
    await listener.bringTo(to);
  };
  const begin = (): void => {
    // A thread that runs but could not be prepared makes room.
    void restarting?.end(stopTimeoutMs);
    failure = null;
    restarting = new Restarting<ServerThread>({
      launch,
      prepare,
      now,
      onDeath: (error, isFinal) => {
        parts.problem(
          `the machine server stopped: ${error.message}${isFinal ? '' : '; it is started again'}`,
        );
        parts.died('server', error.message, !isFinal);
        if (isFinal) fail(error);
        // The next thread reports its state only once the journal is open, which can take minutes.
        else showUnserved(error);
      },
      onUnprepared: (error) => {
        parts.problem(`the machine server can't begin: ${error.message}`);
        fail(error);
      },
    });
  };
  const showUnserved = ({ message }: Error): void => {
    listener.unserved(message);
    windows.allOffline(now());
  };
  /** No machine is served any more. Windows show that, and offer another try. */
  const fail = (error: Error): void => {
    failure = error.message;
    showUnserved(error);
    journal.failed();
  };
  /** If the thread dies during the question, it is restarted. Its listener state is then the answer. */
  const askListener = async (
    question: (to: ServerThread) => Promise<ListenerState>,
  ): Promise<ListenerState> => {
    if (failure !== null) begin();
    const current = await ready();
    try {
      return await question(current);
    } catch (error) {
      if (!current.isGone && failure === null) throw error;
      await ready();
      return listener.state;
    }
  };
  /** Stops waiting if the thread hangs or has died. */
  const whileItAnswers = <T>(to: ServerThread, work: Promise<T>): Promise<T> =>
    whileAnswering(work, () => to.call('journalReport', undefined), parts.patience);
  const endInOrder = async (to: ServerThread): Promise<void> => {
    const refused = await to.call('settle', undefined);
    const all = { ...refused, lost: refused.lost + journal.lost };
    isLost = await parts.rescue(all, () => to.call('takeUnwritten', undefined));
    await to.call('close', undefined);
  };
  /** The row of a request names the thread, which has the handler. */
  const answeredByThread = Object.fromEntries(
    requestNames
      .filter((name) => isAnsweredBy('machines', name))
      .map((name) => [
        name,
        async (args: unknown) => {
          // Name and arguments match: the guard checked them against the row.
          const request = { name, args, by: by() } as MachinesRequest;
          return granted((await call('request', request)) as object | null);
        },
      ]),
  ) as unknown as Requests<RequestsOf<'machines'>>;
  return {
    call,
    notify: (name, args, transfer) => thread().notify(name, args, transfer),
    learn: async (change) => {
      facts = { ...facts, ...change };
      // A stopped server gets them at its next start.
      await call('change', change).catch(() => undefined);
    },
    journal: () => journal.reader,
    onJournalPort: (name, give) => journal.onPort(name, give),
    liveJournal: {
      file: parts.journal,
      isReadable: () => journal.report.isReadable,
      flush: () => call('flush', undefined),
    },
    report: () => journal.report,
    listener: () => listener.state,
    listen: (host, port, avoid = [], others = []) =>
      listener.listen(
        { host, port, avoid, others },
        (wanted) => askListener((to) => to.call('listen', wanted)),
        () => failure !== null,
      ),
    retryListen: (avoid = []) => askListener((to) => to.call('retryListen', { avoid })),
    failure: () => failure,
    isLost: () => isLost || journal.lost > 0,
    refused: async () => {
      // Nothing is recorded during the start, and the start may never end.
      if (restarting === null || !isReady) return 0;
      const current = thread();
      const ask = async (): Promise<number> => {
        // Another try to write.
        await call('flush', undefined);
        return (await call('journalReport', undefined)).refused;
      };
      return whileItAnswers(current, ask()).catch(() => 0);
    },
    watch: (window, vmcNo) => {
      windows.watch(window, vmcNo);
      thread().notify('watch', { window, vmcNo });
    },
    follow: (window, query) => {
      windows.follow(window, query);
      if (query.filter !== null) return call('follow', { window, ...query });
      thread().notify('follow', { window, ...query });
      return Promise.resolve();
    },
    start: async () => {
      begin();
      // The thread itself judges the silence of the journal: on a busy computer it answers late while it is loaded.
      await whileAnswering(ready(), () => thread().call('journalReport', undefined), startPatience);
      if (failure !== null) throw new Error(`the machine server can't begin (${failure})`);
      isReady = true;
    },
    stop: async () => {
      await restarting?.end(stopTimeoutMs, async (to) => {
        const ending = whileItAnswers(to, endInOrder(to));
        // A thread that hangs at its start may stay so for long.
        const ended = isReady ? ending : Promise.race([ending, pause(beginningEnds)]);
        await ended.catch((error: unknown) => parts.problem(String(error)));
      });
      await journal.close(stopTimeoutMs);
    },
    live: {
      journal: () => journal.report.status,
      damagedRows: () => journal.report.damagedRows,
    },
    requests: answeredByThread,
  };
}
