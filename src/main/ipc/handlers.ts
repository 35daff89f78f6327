/** What each verb of the contract does. */
import type { Handlers } from './guard';
import { Refusal } from './guard';
import type { Feed } from './feed';
import type { Services, Which } from './services';
import type { ListenerState } from '#shared/model/listener';

/** Rows a window gets when it begins to follow a machine. */
const firstRows = 300;

export function handlers(services: Services, feed: Feed): Handlers {
  const { app, machines, history, listen, settings, simulator } = services;

  const known = (vmcNo: number): void => {
    if (machines.row(vmcNo) === null) throw new Refusal('unknownMachine', { vmcNo });
  };
  const listened = (state: ListenerState): null => {
    if (state.status === 'listening' || state.status === 'off') return null;
    const reason = state.status === 'waiting' ? 'noAddress' : state.reason;
    throw new Refusal('listenFailed', { host: state.host, port: state.port, reason });
  };

  return {
    snapshot: () => feed.snapshot(),
    adapters: () => listen.adapters(),
    listen: async ({ which, host, port }) => {
      const state = await listen.listen(which, host, port);
      if (state.status === 'listening') remember(which, { host, port: state.port });
      return listened(state);
    },
    retryListen: async ({ which }) => listened(await listen.retry(which)),
    watchMachine: async ({ vmcNo }, { windowId }) => {
      feed.watch(windowId, vmcNo);
      if (vmcNo === null) return null;
      const frames = await machines.frames(vmcNo, firstRows);
      const detail = machines.detail(vmcNo);
      return detail === null ? null : { detail, frames };
    },
    frame: async ({ id }) => {
      const frame = await machines.frame(id);
      if (frame === null) throw new Refusal('unknownFrame', { id });
      return frame;
    },
    faults: async (query) => {
      const faults = await history.faults(query);
      if (faults === null) throw new Refusal('noJournal');
      return faults;
    },
    setSettings: (patch) => {
      settings.change(patch);
      feed.partChanged('settings');
      return null;
    },
    setMachine: ({ vmcNo, patch }) => {
      settings.changeMachine(vmcNo, patch);
      feed.partChanged('configs');
      feed.machineChanged(vmcNo);
      return null;
    },
    setMachineCode: ({ vmcNo, code }) => {
      settings.setCode(vmcNo, code);
      feed.machineChanged(vmcNo);
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
    copyText: ({ text }) => {
      app.copyText(text);
      return null;
    },
  };

  function remember(which: Which, address: { readonly host: string; readonly port: number }): void {
    settings.change(which === 'machines' ? { machineListen: address } : { updateListen: address });
    feed.partChanged('settings');
  }
}
