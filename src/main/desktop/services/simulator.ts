/** Virtual machines in the app: they connect to Crema's own listener. */
import { Refusal } from '../ipc/requests';
import { type ListenerState, listensAt } from '#shared/model/listener';
import type { Platform } from '#shared/model/machine';
import { SimulatorHost } from '../../tools/simulator/api';
import type { Base } from './base';
import type { CrashesService, Died } from './crashes';
import type { PackagesService } from './packages';
import type { Changed, Service } from './service';
import type { ServerService } from './server';
import { originOf } from '../../packages/api';

/** ms to wait for the connections of stopped virtual machines to end. */
const closingTime = 300;
/** Times that machines with an open connection are looked at again. */
const forgetTries = 30;

interface SimulatorParts {
  readonly worker: string | URL;
  readonly server: ServerService;
  /** The listener for their command notices. */
  readonly noticesAt: () => ListenerState;
  readonly changed: Changed;
  readonly problem: (detail: string) => void;
  readonly died: Died;
}

export interface SimulatorService extends Service<
  'simulate' | 'simulatorFault' | 'simulatorAnswers',
  'simulator'
> {
  readonly run: (count: number, platform: Platform | 'mixed') => Promise<void>;
  /** The address for command notices has changed. */
  readonly noticesMoved: () => void;
}

export const simulator = (
  base: Base,
  {
    crashes,
    server,
    packages,
  }: {
    readonly crashes: CrashesService;
    readonly server: ServerService;
    readonly packages: PackagesService;
  },
): SimulatorService => {
  const service = simulatorService({
    ...base,
    worker: base.thread('simulatorWorker'),
    server,
    noticesAt: () => packages.listener('notices'),
    problem: base.log.from('virtual').problem,
    died: crashes.died,
  });
  base.events.on('noticesMoved', service.noticesMoved);
  return service;
};

function simulatorService({
  worker,
  server,
  noticesAt,
  changed,
  problem,
  died,
}: SimulatorParts): SimulatorService {
  const host = new SimulatorHost(worker, (virtualPorts) => server.learn({ virtualPorts }));
  host.onProblem((detail) => {
    problem(`the virtual machines stopped: ${detail}`);
    died('virtual', detail, false);
  });
  host.onState(() => changed('simulator'));
  /** The address to which they connect. */
  let machinesAt = '';
  /** Virtual machines are for training only. Stopped ones are removed from the list and do not return at the next start. */
  const stop = async (): Promise<void> => {
    await host.stop();
    await new Promise((resolve) => setTimeout(resolve, closingTime));
  };
  const run = async (count: number, platform: Platform | 'mixed'): Promise<void> => {
    const state = server.listener();
    if (count === 0) {
      await stop();
      // On a busy computer the server hears of the last closes later.
      for (let tries = 0; tries < forgetTries && host.state.running === 0; tries += 1) {
        if ((await server.call('forgetVirtual', undefined)) === 0) return;
        await new Promise((resolve) => setTimeout(resolve, closingTime));
      }
      return;
    }
    if (state.status !== 'listening') return;
    machinesAt = reachable(state.host);
    const seed = Math.floor(Math.random() * 1e6);
    const notifyBase = noticesBase(noticesAt(), machinesAt);
    await host.start({ host: machinesAt, port: state.port, count, platform, seed, notifyBase });
  };
  return {
    run,
    noticesMoved: () => host.setNotifyBase(noticesBase(noticesAt(), machinesAt)),
    stop: async () => {
      if (host.state.running === 0) return;
      await stop();
      // Without waiting: at the end the server may be gone.
      server.notify('forgetVirtual', undefined);
    },
    live: { simulator: () => host.state },
    requests: {
      simulate: async ({ count, platform }) => {
        if (count > 0 && server.listener().status !== 'listening') throw new Refusal('noListener');
        await run(count, platform);
        return null;
      },
      simulatorFault: ({ vmcNo, fault, on }) => {
        host.setMisbehaviour(vmcNo, fault, on);
        return null;
      },
      simulatorAnswers: ({ vmcNo, answering }) => {
        host.setAnswering(vmcNo, answering);
        return null;
      },
    },
  };
}

/**
 * The address to which virtual machines send android's notices. A notice counts only if it comes from the address of the machine's
 * connection. `machinesAt`: the address to which the machines connect. Their notices come from the same source address.
 */
export function noticesBase(notices: ListenerState, machinesAt: string): string | null {
  if (notices.status !== 'listening') return null;
  return originOf(listensAt(notices, machinesAt) ? machinesAt : reachable(notices.host), notices.port);
}

/** An address that this computer can reach. */
function reachable(host: string): string {
  return host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
}
