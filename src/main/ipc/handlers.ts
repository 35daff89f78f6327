/** What each verb of the contract does. */
import type { Handlers } from './guard';
import { Refusal } from './guard';
import type { Feed } from './feed';
import type { Services, Source, Which } from './services';
import { frameTest, type FrameFilter } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import type { AppError } from '#shared/contract/errors';
import type { ListenerState } from '#shared/model/listener';

/** Rows a window gets when it begins to follow a list of frames. */
const firstRows = 300;

export function handlers(services: Services, feed: Feed): Handlers {
  const { app, machines, history, listen, settings, simulator, commands, packages, captures, problems } =
    services;

  const known = (vmcNo: number): void => {
    if (machines.row(vmcNo) === null) throw new Refusal('unknownMachine', { vmcNo });
  };
  const listened = (state: ListenerState): null => {
    if (state.status === 'listening' || state.status === 'off') return null;
    const reason = state.status === 'waiting' ? 'noAddress' : state.reason;
    throw new Refusal('listenFailed', { host: state.host, port: state.port, reason });
  };

  /** Says why what was set will not outlast this run; to be asked when everybody knows of it. */
  const kept = (problem: string | null): null => {
    if (problem !== null) throw new Refusal('settingsNotKept', { detail: problem });
    return null;
  };

  /** `null`: there is no journal in this run. */
  const recorded = <T>(rows: T | null): T => {
    if (rows === null) throw new Refusal('noJournal');
    return rows;
  };
  const sourceOf = (capture: number | undefined): Source => {
    const source = capture === undefined ? services.live : captures.source(capture);
    if (source === null) throw new Refusal('unknownCapture', { id: capture ?? 0 });
    return source;
  };
  const found = <T>(value: T | null, id: number): T => {
    if (value === null) throw new Refusal('unknownFrame', { id });
    return value;
  };
  /** The filter as a question, or refused where it makes no sense. */
  const readable = (filter: FrameFilter): ((facts: FilterFacts) => boolean) => {
    const test = frameTest(filter, Date.now());
    if (!test.ok) throw new Refusal('badFilter', { at: test.error.at });
    return test.matches;
  };
  /** Hands out what a service gave, or refuses with the error it gave instead. */
  const granted = <T extends object | null>(value: T | AppError): T => {
    if (value !== null && 'code' in value && 'params' in value) throw new Refusal(value.code, value.params);
    return value;
  };

  return {
    snapshot: () => feed.snapshot(),
    adapters: () => listen.adapters(),
    listen: async ({ which, host, port }) => {
      const state = await listen.listen(which, host, port);
      listened(state);
      return state.status === 'listening' ? kept(remember(which, { host, port: state.port })) : null;
    },
    retryListen: async ({ which }) => listened(await listen.retry(which)),
    watchMachine: ({ capture, vmcNo }, { windowId }) => {
      feed.watch(windowId, capture === undefined ? vmcNo : null);
      return vmcNo === null ? null : sourceOf(capture).detail(vmcNo);
    },
    followFrames: async ({ capture, token, filter, place }, { windowId }) => {
      if (filter === null) {
        feed.follow(windowId, token, null);
        return null;
      }
      // A recording only grows while it is read: the window asks again then.
      feed.follow(windowId, token, capture === undefined ? readable(filter) : null);
      readable(filter);
      return sourceOf(capture).frames(filter, place, firstRows);
    },
    frames: ({ capture, filter, place, limit }) => {
      readable(filter);
      return sourceOf(capture).frames(filter, place, limit);
    },
    countFrames: ({ capture, filter, after }) => {
      readable(filter);
      return sourceOf(capture).countFrames(filter, after);
    },
    frame: async ({ capture, id }) => found(await sourceOf(capture).frame(id), id),
    relations: async ({ capture, id }) => found(await sourceOf(capture).relations(id), id),
    activity: async ({ capture, ...query }) => recorded(await sourceOf(capture).activity(query)),
    setMark: async ({ capture, ...change }) => {
      const mark =
        capture === undefined
          ? recorded(await history.setMark(change))
          : granted(await captures.setMark(capture, change));
      feed.markChanged(mark, capture ?? null);
      return null;
    },
    sendFrame: ({ vmcNo, content }) => {
      known(vmcNo);
      return granted(machines.sendByHand(vmcNo, content));
    },
    exportFrames: async ({ capture, filter, format, ids, words }, { windowId }) => {
      readable(filter);
      const wish = { capture: capture ?? null, filter, format, ids: ids ?? null, words };
      return granted(await captures.export(windowId, wish));
    },
    saveDissector: async (_args, { windowId }) => {
      const saved = await captures.saveDissector(windowId);
      return typeof saved === 'string' ? saved : granted(saved);
    },
    openCapture: (_args, { windowId }) => captures.open(windowId),
    closeCapture: async ({ id }) => {
      sourceOf(id);
      await captures.close(id);
      return null;
    },
    captureSnapshot: ({ id }) => granted(captures.snapshot(id)),
    cancelJob: ({ id }) => granted(captures.cancel(id)),
    faults: async ({ capture, ...query }) => recorded(await sourceOf(capture).faults(query)),
    orders: async ({ capture, ...query }) => recorded(await sourceOf(capture).orders(query)),
    commands: async ({ capture, ...query }) => recorded(await sourceOf(capture).commands(query)),
    command: ({ vmcNo, name, input }) => {
      known(vmcNo);
      return granted(commands.give(vmcNo, name, input));
    },
    cancelCommand: ({ id }) => granted(commands.cancel(id)),
    choosePackage: async (_args, { windowId }) => granted(await packages.choose(windowId)),
    cancelStaging: () => {
      packages.cancel();
      return null;
    },
    changePackage: ({ id, patch }) => granted(packages.change(id, patch)),
    removePackage: async ({ id }) => granted(await packages.remove(id)),
    journalSize: async () => recorded(await history.size()),
    setSettings: (patch) => {
      const problem = settings.change(patch);
      feed.partChanged('settings');
      return kept(problem);
    },
    setDirectLink: ({ vmcNo }) => {
      const problem = settings.change({ directLink: vmcNo });
      machines.setDirectLink(vmcNo);
      feed.partChanged('settings');
      return kept(problem);
    },
    setMachine: ({ vmcNo, patch }) => {
      const problem = settings.changeMachine(vmcNo, patch);
      feed.partChanged('configs');
      feed.machineChanged(vmcNo);
      return kept(problem);
    },
    setMachineCode: ({ vmcNo, code }) => {
      const problem = settings.setCode(vmcNo, code);
      feed.machineChanged(vmcNo);
      kept(problem);
      return { codeStored: settings.codeStored(vmcNo) };
    },
    disconnect: ({ vmcNo }) => {
      known(vmcNo);
      if (!machines.disconnect(vmcNo)) throw new Refusal('machineOffline', { vmcNo });
      return null;
    },
    forgetMachine: ({ vmcNo }) => {
      known(vmcNo);
      if (machines.row(vmcNo)?.online === true) throw new Refusal('machineOnline', { vmcNo });
      machines.forget(vmcNo);
      feed.machineForgotten(vmcNo);
      return null;
    },
    simulate: async ({ count, platform }) => {
      if (count > 0 && listen.states().machines.status !== 'listening') throw new Refusal('noListener');
      await simulator.run(count, platform);
      return null;
    },
    simulatorFault: ({ vmcNo, fault, on }) => {
      simulator.fault(vmcNo, fault, on);
      return null;
    },
    openWindow: () => {
      app.openWindow();
      return null;
    },
    copyText: ({ text }) => {
      app.copyText(text);
      return null;
    },
    reportProblem: (problem) => {
      problems.report(problem);
      return null;
    },
  };

  function remember(which: Which, address: { readonly host: string; readonly port: number }): string | null {
    const problem = settings.change(
      which === 'machines' ? { machineListen: address } : { updateListen: address },
    );
    feed.partChanged('settings');
    return problem;
  }
}
