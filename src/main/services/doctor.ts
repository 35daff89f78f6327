/** "Check this computer" in the window: the doctor's checks, one for each request, in a thread that is there while they are asked for. */
import { Worker } from 'node:worker_threads';
import type { Switches } from '../app/switches';
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
  readonly switches: Pick<Switches, 'machineListen' | 'updateListen'>;
}

export function doctorService({ worker, appPath, folder, switches }: DoctorParts): Service<'checkComputer'> {
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
        const { computer } = readComputer({
          folder,
          appPath,
          isOpen: true,
          listen: { machines: switches.machineListen, updates: switches.updateListen },
        });
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
