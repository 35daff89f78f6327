/**
 * The machine server as the main thread uses it: started in its thread, told of settings, asked for what windows want to know,
 * and started again should it die. Its journal is read over a port of its own, so that no question of a window costs the server
 * any time.
 */
import { MessageChannel, Worker } from 'node:worker_threads';
import type { UnnamedLink } from '#shared/contract/live';
import type { ListenerState } from '#shared/model/listener';
import type { MachineState } from '#shared/model/machine';
import type { Feed } from '../ipc/feed';
import { granted, recorded, Refusal } from '../ipc/requests';
import { JournalReader } from '../journal/client/journalReader';
import type { JournalReport, ServerCalls, ServerEvents, ServerNews, ServerSettings } from '../server/calls';
import type { ThreadData } from '../server/thread';
import { Callable } from '../worker/callable';
import { Restarting } from '../worker/restarting';
import type { SettingsStore } from '../settings/store';
import type { Memory } from './source';
import type { Service } from './service';

/** ms in which the thread, which has closed everything, ends by itself. */
const farewell = 2_000;

type ServerThread = Callable<ServerCalls, ServerEvents>;

export interface ServerParts {
  /** The built server/thread.ts. */
  readonly worker: string;
  /** The built journal/worker.ts. */
  readonly journalWorker: string;
  readonly journal: string;
  readonly store: SettingsStore;
  /** What it must know beside the settings. */
  readonly facts: () => Pick<ServerSettings, 'packages' | 'updates' | 'virtualPorts'>;
  readonly feed: Feed;
  readonly now: () => number;
  readonly line: (line: string) => void;
  readonly problem: (detail: string) => void;
  /** Gives the server its port to the package host. */
  readonly connectHost: (thread: ServerThread) => void;
}

export type ServerVerb =
  'sendFrame' | 'disconnect' | 'forgetMachine' | 'command' | 'cancelCommand' | 'journalSize' | 'beginJournal';

export interface ServerService extends Service<ServerVerb, 'journal' | 'unnamed'> {
  readonly call: ServerThread['call'];
  readonly tell: ServerThread['tell'];
  /** The journal's questions; `null`: there is none that can be asked. */
  readonly journal: () => JournalReader | null;
  readonly report: () => JournalReport;
  readonly listener: () => ListenerState;
  readonly memory: Memory;
  readonly watch: (window: number, vmcNo: number | null) => void;
  /** A page asked for after it begins where these entries begin: calls are taken in their order. */
  readonly follow: (window: number, query: Omit<ServerCalls['follow']['args'], 'window'>) => void;
  /** The listener's address, once chosen, is listened on again should the thread be started again. */
  readonly listen: (host: string, port: number) => Promise<ListenerState>;
}

export function serverService(parts: ServerParts): ServerService {
  const { store, feed, now } = parts;
  let report: JournalReport = { status: { status: 'closed' }, isReadable: false, refused: 0 };
  let listener: ListenerState = { status: 'off' };
  let unnamed: readonly UnnamedLink[] = [];
  const watched = new Map<number, number>();
  const followed = new Map<number, Omit<ServerCalls['follow']['args'], 'window'>>();
  let reader: JournalReader | null = null;
  let target: { readonly host: string; readonly port: number } | null = null;
  let restarting: Restarting<ServerThread> | null = null;

  const thread = (): ServerThread => {
    if (restarting === null) throw new Error('the machine server was not started');
    return restarting.thread;
  };
  const connectReader = (to: ServerThread): void => {
    const { port1, port2 } = new MessageChannel();
    to.tell('connectReader', port1, [port1]);
    if (reader === null) reader = new JournalReader(port2, () => thread().call('flush', undefined));
    else void reader.connect(port2);
  };
  const settings = (): ServerSettings => ({
    ...parts.facts(),
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
        onGone,
        on: {
          news: (news) => deliver(news),
          listener: (state) => {
            listener = state;
            feed.changed('listeners');
          },
          journal: (next) => {
            report = next;
            feed.changed('journal');
          },
          journalRestarted: () => connectReader(thread()),
          line: parts.line,
          problem: parts.problem,
        },
      },
    );
  /** Brings a new thread to where the last one was. */
  const prepare = async (to: ServerThread): Promise<void> => {
    parts.connectHost(to);
    await to.call('open', { journal: parts.journal, settings: settings() });
    connectReader(to);
    for (const [window, vmcNo] of watched) to.tell('watch', { window, vmcNo });
    for (const [window, query] of followed) to.tell('follow', { window, ...query });
    if (target !== null) await to.call('listen', target);
  };
  const deliver = (news: ServerNews): void => {
    const { details, frames } = news;
    feed.take(news);
    if (news.unnamed !== undefined) {
      ({ unnamed } = news);
      feed.changed('unnamed');
    }
    for (const state of details) tellDetail(state);
    for (const { window, ...rows } of frames) feed.own(window, { frames: rows });
    feed.flush();
  };
  const tellDetail = (state: MachineState): void => {
    const detail = { state, codeStored: store.codeStored(state.vmcNo) };
    for (const [window, vmcNo] of watched) if (vmcNo === state.vmcNo) feed.own(window, { detail });
  };

  return {
    call: (name, args, transfer) => thread().call(name, args, transfer),
    tell: (name, args, transfer) => thread().tell(name, args, transfer),
    journal: () => (report.isReadable ? reader : null),
    report: () => report,
    listener: () => listener,
    listen: async (host, port) => {
      const state = await thread().call('listen', { host, port });
      if (state.status === 'listening') target = { host, port: state.port };
      return state;
    },
    memory: {
      page: (filter, place, limit) => thread().call('recentPage', { filter, place, limit }),
      entry: (id) => thread().call('recentEntry', { id }),
    },
    watch: (window, vmcNo) => {
      if (vmcNo === null) watched.delete(window);
      else watched.set(window, vmcNo);
      thread().tell('watch', { window, vmcNo });
    },
    follow: (window, query) => {
      if (query.filter === null) followed.delete(window);
      else followed.set(window, query);
      thread().tell('follow', { window, ...query });
    },
    start: async () => {
      restarting = new Restarting<ServerThread>({
        launch,
        prepare,
        now,
        onDeath: (error, isFinal) => {
          parts.problem(
            `the machine server stopped: ${error.message}${isFinal ? '' : '; it is started again'}`,
          );
          if (isFinal && target !== null)
            listener = {
              status: 'failed',
              ...target,
              reason: 'other',
              detail: error.message,
              holder: null,
              nextFree: null,
            };
          feed.changed('listeners');
        },
      });
      await restarting.ready();
    },
    stop: async () => {
      if (restarting === null) return;
      await restarting.thread
        .call('close', undefined)
        .catch((error: unknown) => parts.problem(String(error)));
      await reader?.close();
      await restarting.end(farewell);
    },
    live: { journal: () => report.status, unnamed: () => unnamed },
    requests: {
      sendFrame: async (args) => granted(await thread().call('sendByHand', args)),
      disconnect: async (args) => granted(await thread().call('disconnect', args)),
      forgetMachine: async (args) => granted(await thread().call('forget', args)),
      command: async (args) => granted(await thread().call('command', args)),
      cancelCommand: async (args) => granted(await thread().call('cancelCommand', args)),
      journalSize: async () =>
        recorded((await (report.isReadable ? reader : null)?.query('size', null)) ?? null),
      beginJournal: async () => {
        await thread()
          .call('beginJournal', undefined)
          .catch((error: unknown) => {
            const detail = error instanceof Error ? error.message : String(error);
            throw new Refusal('journalInUse', { detail });
          });
        return null;
      },
    },
  };
}
