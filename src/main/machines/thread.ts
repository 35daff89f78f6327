/** The machines thread. */
import { workerData } from 'node:worker_threads';
import { ownThread } from '../lib/threads/priority';
import { emitOn, ownPort, serve } from '../lib/threads/serve';
import type { ServerCalls, ServerEvents } from './server/calls';
import { StepClock } from './server/clocks';
import { Server } from './server/server';

/** Start data of the thread. */
export interface ThreadData {
  /** The built journal/thread.ts. */
  readonly journalWorker: string;
}

const port = ownPort();
const emit = emitOn<ServerEvents>(port);
// An unexpected error must not stop the server for every machine: it is reported, and the server continues.
process.on('uncaughtException', (error) => emit('problem', error.stack ?? error.message));

const { journalWorker } = workerData as ThreadData;
const clock = new StepClock();
const server = new Server({ now: clock.now, takeStep: () => clock.takeStep(), journalWorker, emit });
serve<ServerCalls>(port, server.handlers, { beforeResult: () => server.reportRecorded() });
const thread = ownThread();
if (thread !== null) emit('thread', thread);
