/** Whether a machine that logs in has restarted. A link that merely dropped and came back says nothing of it. */
import type { MachineState } from './machine';

/** [ours] ms in which a machine that obeys is heard of for the last time. */
export const goesWithin = 60_000;
/** [ours] ms: no machine starts faster. */
const startTakes = 60_000;

/** Of a login: when and on which connection its frame came, and the frame's number where the head counts. */
interface Arrival {
  readonly at: number;
  readonly conn: number;
  readonly sequence: number | null;
}

/** `machine`: as known before its login. */
export function hasRestarted(
  { login, restart, lastHeard, sequence }: MachineState,
  loginCount: number | null,
  entry: Arrival,
): boolean {
  const before = login?.loginCount ?? null;
  if (before !== null && loginCount !== null) {
    // A program that starts counts its logins anew; one that goes on counts on [field].
    if (loginCount < before) return true;
    if (loginCount > before) return false;
  }
  if (restart === null || restart.conn === entry.conn || lastHeard === null) return false;
  if (lastHeard - restart.at > goesWithin) return false;
  const anew = entry.sequence === null || sequence === null ? null : entry.sequence < sequence;
  // With a login counted as the first as before, and its frames counted anew.
  if (before !== null && loginCount === before && anew === true) return true;
  if (anew === false) return false;
  // A program may count the frames of each connection anew: only so long a silence shows that it was away for a start.
  return entry.at - Math.max(lastHeard, restart.at, restart.goneAt ?? 0) >= startTakes;
}
