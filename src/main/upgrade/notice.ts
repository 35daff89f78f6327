/** android's report that a command ended: GET /api/control/notify [field]. Its `sign` is not checked: nothing hangs on it alone. */
import type { ControlNotice } from '#shared/model/upgrade';

const longestSession = 200;
const longestReason = 1_000;

/** `null`: a parameter is missing or no number. */
export function readNotice(query: URLSearchParams, at: number, remoteAddress: string): ControlNotice | null {
  const [vmc, sessionId, status, reason] = ['vmc', 'sessionId', 'status', 'reason'].map(
    (name) => query.getAll(name).at(-1) ?? '',
  ) as [string, string, string, string];
  if (!/^\d{1,15}$/.test(vmc) || !/^-?\d{1,9}$/.test(status)) return null;
  if (sessionId === '' || sessionId.length > longestSession || reason.length > longestReason) return null;
  const done = Number(status) === 1;
  return { vmcNo: Number(vmc), sessionId, done, reason: done ? null : reason, at, remoteAddress };
}
