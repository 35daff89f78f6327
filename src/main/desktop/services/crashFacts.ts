/** The state of the app for crash notes. */
import type { ListenerState } from '#shared/model/listener';
import type { Facts } from '../crashes/notes';
import { described } from '../../machines/api';
import type { PackagesService } from './packages';
import type { ServerService } from './server';
import type { SimulatorService } from './simulator';

interface Going {
  readonly server: ServerService;
  readonly packages: PackagesService;
  readonly simulator: SimulatorService;
  /** The screen of each window. */
  readonly screens: readonly string[];
}

export function crashFacts({ server, packages, simulator, screens }: Going): Facts {
  const { machines, running } = server.known();
  const state = (listener: ListenerState): string =>
    listener.status === 'off' ? 'off' : described(listener);
  return {
    listeners: {
      machines: state(server.listener()),
      updates: state(packages.listener('updates')),
      notices: state(packages.listener('notices')),
    },
    machines: { known: machines.length, online: machines.filter(({ online }) => online).length },
    commands: running.length,
    virtual: simulator.live.simulator().running,
    journal: server.report().status.status,
    screens,
  };
}
