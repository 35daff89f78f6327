/**
 * Answers to machines come first: the machines thread has priority over all other threads of the app. On Linux
 * each thread has a priority and may always lower it; elsewhere only whole processes have one.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { getPriority, setPriority } from 'node:os';

/** `nice` value of lower-priority threads: a third of the processor under full load, and no delay otherwise. */
export const givingWay = 5;

/** The system's id of the calling thread; `null`: threads have no priorities on this system. */
export function ownThread(): number | null {
  return process.platform === 'linux' ? Number(basename(readlinkSync('/proc/thread-self'))) : null;
}

/** For threads that the machines thread starts: they would inherit its priority. */
export function giveWay(): void {
  const thread = ownThread();
  if (thread !== null) lower(thread);
}

/** Lowers every other thread of these processes. Threads started later inherit the priority. */
export function giveWayTo(thread: number, processes: readonly number[]): void {
  for (const other of processes.flatMap(threadsOf)) if (other !== thread) lower(other);
}

function lower(thread: number): void {
  try {
    if (getPriority(thread) < givingWay) setPriority(thread, givingWay);
  } catch {
    // The thread has ended meanwhile.
  }
}

function threadsOf(process: number): readonly number[] {
  try {
    return readdirSync(`/proc/${process}/task`).map(Number);
  } catch {
    return [];
  }
}
