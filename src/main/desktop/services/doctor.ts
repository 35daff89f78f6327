/** "Check this computer" in the window: one check of the doctor per request, in a thread that runs while checks are requested. */
import { Worker } from 'node:worker_threads';
import type { Listeners } from '#shared/contract/live';
import { finding, type DoctorResult } from '#shared/doctor';
import { addressesOf, isLoopback, type ListenAt, type ListenerState } from '#shared/model/listener';
import { type Computer, type DoctorCalls, type PortCheck, readComputer } from '../../tools/doctor/api';
import { Callable } from '../../lib/threads/callable';
import type { Base } from './base';
import type { Service } from './service';

export interface DoctorParts {
  /** The built doctor/thread.ts. */
  readonly worker: string | URL;
  readonly appPath: string;
  /** The data folder. */
  readonly folder: string;
  readonly listeners: () => Listeners;
}

/** Facts that only the running Crema has, and the input of the checks. */
interface ThisComputer {
  readonly computer: Computer;
  readonly known: readonly DoctorResult[];
}

function ownComputer({ appPath, folder, listeners }: Omit<DoctorParts, 'worker'>): ThisComputer {
  const { machines, updates, notices } = listeners();
  const listen = { machines: wanted(machines), updates: wanted(updates), notices: wanted(notices) };
  const { computer } = readComputer({ folder, appPath, isItself: true, listen });
  const known = [
    ...ours('machinePort', machines),
    ...ours('updatePort', updates),
    ...ours('noticePort', notices),
  ];
  return { computer, known };
}

function ours(check: PortCheck, state: ListenerState): readonly DoctorResult[] {
  const listening = addressesOf(state).filter(({ status }) => status === 'listening');
  const code = listening.every(({ host }) => isLoopback(host)) ? 'oursHere' : 'ours';
  return listening.map(({ host, port }) => finding(check, code, { host, port }));
}

/** ms an idle thread waits for the next check: the window requests them one by one. */
const rest = 1_000;

const runningParts = ({ appPath, dataDirectory, feed }: Base): Omit<DoctorParts, 'worker'> => ({
  appPath,
  folder: dataDirectory,
  listeners: () => feed.value('listeners'),
});

export const doctor = (base: Base): Service<'checkComputer'> =>
  doctorService({ worker: base.thread('doctorWorker'), ...runningParts(base) });

export const thisComputer = (base: Base): ThisComputer => ownComputer(runningParts(base));

export function doctorService({ worker, ...parts }: DoctorParts): Service<'checkComputer'> {
  const running = new Set<Callable<DoctorCalls>>();
  /** An idle thread, and the timer that ends it. */
  let spare: { readonly thread: Callable<DoctorCalls>; readonly timer: NodeJS.Timeout } | null = null;
  const take = (): Callable<DoctorCalls> => {
    const kept = spare;
    spare = null;
    if (kept !== null) {
      clearTimeout(kept.timer);
      if (!kept.thread.isGone) return kept.thread;
      running.delete(kept.thread);
    }
    const thread = new Callable<DoctorCalls>(new Worker(worker, { name: 'doctor' }), { on: {} });
    running.add(thread);
    return thread;
  };
  const end = async (thread: Callable<DoctorCalls>): Promise<void> => {
    // Not terminated by force: SQLite must finish first.
    await thread.end();
    running.delete(thread);
  };
  const keep = (thread: Callable<DoctorCalls>): void => {
    if (spare !== null || thread.isGone) return void end(thread);
    const timer = setTimeout(() => {
      spare = null;
      void end(thread);
    }, rest).unref();
    spare = { thread, timer };
  };
  return {
    live: {},
    stop: async () => {
      if (spare !== null) clearTimeout(spare.timer);
      await Promise.all([...running].map((thread) => thread.leave()));
    },
    requests: {
      checkComputer: async ({ check: name }) => {
        const { computer, known } = ownComputer(parts);
        const own = known.filter(({ check }) => check === name);
        if (own.length > 0) return own;
        const thread = take();
        try {
          return await thread.call('examine', { name, computer });
        } finally {
          keep(thread);
        }
      },
    },
  };
}

/** The current or intended address; `null`: listening has not begun. */
const wanted = (state: ListenerState): ListenAt | null =>
  state.status === 'off' ? null : { host: state.host, port: state.port };
