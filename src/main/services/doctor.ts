/** "Check this computer" in the window: the doctor's checks, one for each request, in a thread that is there while they are asked for. */
import { Worker } from 'node:worker_threads';
import type { Listeners } from '#shared/contract/live';
import { finding } from '#shared/doctor';
import type { ListenAt, ListenerState } from '#shared/model/listener';
import type { DoctorCalls } from '../doctor/calls';
import { readComputer } from '../doctor/computer';
import { Callable } from '../worker/callable';
import type { Service } from './service';

export interface DoctorParts {
  /** The built doctor/worker.ts. */
  readonly worker: string | URL;
  readonly appPath: string;
  /** The data folder. */
  readonly folder: string;
  readonly listeners: () => Listeners;
}

export function doctorService({ worker, appPath, folder, listeners }: DoctorParts): Service<'checkComputer'> {
  const running = new Set<Callable<DoctorCalls>>();
  const end = async (thread: Callable<DoctorCalls>): Promise<void> => {
    // Without force: what is inside SQLite must come out of it first.
    await thread.end();
    running.delete(thread);
  };
  return {
    live: {},
    stop: async () => void (await Promise.all([...running].map(end))),
    requests: {
      checkComputer: async ({ check: name }) => {
        const { machines, updates } = listeners();
        if (name === 'machinePort' || name === 'updatePort') {
          const state = name === 'machinePort' ? machines : updates;
          if (state.status === 'listening')
            return [finding(name, 'ours', { host: state.host, port: state.port })];
        }
        const listen = { machines: wanted(machines), updates: wanted(updates) };
        const { computer } = readComputer({ folder, appPath, isItself: true, listen });
        const thread = new Callable<DoctorCalls>(new Worker(worker, { name: 'doctor' }), { on: {} });
        running.add(thread);
        try {
          return await thread.call('examine', { name, computer });
        } finally {
          await end(thread);
        }
      },
    },
  };
}

/** Where it listens, or would; `null`: it was not begun yet. */
const wanted = (state: ListenerState): ListenAt | null =>
  state.status === 'off' ? null : { host: state.host, port: state.port };
