/**
 * Machines are answered before anything is drawn, written or counted: the server's thread goes before all others of the app. On
 * Linux a thread has a priority of its own, and may always give way; elsewhere only whole processes have one.
 */
import { readdirSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';
import { getPriority, setPriority } from 'node:os';

/** Of threads that give way, as for `nice`: a third of the processor where both want all of it, and at once where only one does. */
export const givingWay = 5;

/** The system's number of the calling thread; `null`: this system's threads have no priorities of their own. */
export function ownThread(): number | null {
  return process.platform === 'linux' ? Number(basename(readlinkSync('/proc/thread-self'))) : null;
}

/** Of a thread that the server's starts itself: it would take over that one's priority. */
export function giveWay(): void {
  const thread = ownThread();
  if (thread !== null) lower(thread);
}

/** Lets every thread of these processes give way to one. Threads that they start later take it over from those that start them. */
export function giveWayTo(thread: number, processes: readonly number[]): void {
  for (const other of processes.flatMap(threadsOf)) if (other !== thread) lower(other);
}

function lower(thread: number): void {
  try {
    if (getPriority(thread) < givingWay) setPriority(thread, givingWay);
  } catch {
    // It has ended meanwhile.
  }
}

function threadsOf(process: number): readonly number[] {
  try {
    return readdirSync(`/proc/${process}/task`).map(Number);
  } catch {
    return [];
  }
}
