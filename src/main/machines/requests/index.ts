/** Handlers of all requests that windows send to this thread. */
import type { MachinesHandlers } from '../server/calls';
import type { Strangers } from '../server/strangers';
import { machineRequests, type MachineRequestParts } from './machineRequests';
import { runRequests, type RunRequestParts } from './runRequests';
import type { ServerParts } from '../server/serverParts';

interface WindowRequestsParts extends MachineRequestParts, RunRequestParts {
  /** `null`: the server is not open. */
  readonly parts: () => ServerParts | null;
  readonly strangers: Strangers;
}

export const windowRequests = (all: WindowRequestsParts): MachinesHandlers => {
  const { parts, running, strangers } = all;
  return {
    ...machineRequests(all),
    ...runRequests(all),
    dialNow: (target) => {
      parts()?.dialler.retry(target);
      return null;
    },
    retryUpstream: (target) => {
      parts()?.server.upstreams.retry(target);
      return null;
    },
    giveBack: () => running().relaying.giveBack(),
    releaseHeld: (args) => running().relaying.release(args),
    forgetStrangers: async ({ most }) => ({ forgotten: await strangers.forget(most) }),
    beginJournal: async () => {
      try {
        await running().journal.client.beginNew();
        return null;
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        return { code: 'journalInUse', params: { detail } };
      }
    },
  };
};
