import { useCallback, useRef, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import { requests, type Args, type Reply, type RequestName } from '#shared/contract/requests/index';
import { createQuota } from '#shared/quota';
import { setFollowed, useCrema } from '../store';

/** A window follows a machine or frames in live data only. A request to stop concerns live data, whatever the window shows. */
function isEnd(name: RequestName, args: object): boolean {
  if (name === 'watchMachine') return 'vmcNo' in args && args.vmcNo === null;
  return name === 'followFrames' && 'filter' in args && args.filter === null;
}

/** The capture of a request; `null`: live data. */
function captureOf(name: RequestName, args: object | undefined): number | null {
  const { source } = useCrema.getState();
  if (requests[name].scope === 'app' || (args !== undefined && isEnd(name, args))) return null;
  return source;
}

function noteFollowed({ filter }: Args<'followFrames'>): void {
  if (filter !== null) setFollowed(filter);
}

/** Sends a request to the main process. Never throws: an error is in the result. */
export const request = <N extends RequestName>(name: N, args: Args<N>): Promise<Reply<N>> =>
  requestOf(captureOf(name, args), name, args);

/** The same to another source than the shown one; `null`: live data. */
export async function requestOf<N extends RequestName>(
  capture: number | null,
  name: N,
  args: Args<N>,
): Promise<Reply<N>> {
  if (capture !== null && requests[name].scope === 'live')
    return { ok: false, error: { code: 'inCapture', params: {} } };
  if (name === 'followFrames') noteFollowed(args as Args<'followFrames'>);
  try {
    return await window.crema.request(name, args, capture);
  } catch (problem) {
    const detail = problem instanceof Error ? problem.message : String(problem);
    return { ok: false, error: { code: 'internal', params: { detail } } };
  }
}

/** Limits reports, because a broken row may be rendered many times a second. */
const reports = createQuota(20, 60_000);

/** Reports an error of the window itself, for the log. */
export function reportProblem(where: string, detail: string): void {
  if (!reports.take(Date.now()).granted) return;
  void request('reportProblem', { where: where.slice(0, 200), detail: detail.slice(0, 4_000) });
}

export interface RequestState<N extends RequestName> {
  /** Resolves to whether it was done; if not, `error` has the reason. */
  readonly run: (args: Args<N>) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly clear: () => void;
}

/** A request for a button: busy while it runs, with its error. */
export function useRequest<N extends RequestName>(name: N): RequestState<N> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const latest = useRef(0);
  const run = useCallback(
    async (args: Args<N>) => {
      latest.current += 1;
      const mine = latest.current;
      setBusy(true);
      setError(null);
      const reply = await request(name, args);
      if (latest.current === mine) {
        setBusy(false);
        setError(reply.ok ? null : reply.error);
      }
      return reply.ok;
    },
    [name],
  );
  const clear = useCallback(() => setError(null), []);
  return { run, busy, error, clear };
}
