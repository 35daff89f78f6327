import { useCallback, useRef, useState } from 'react';
import type { Verb } from '#shared/contract/channels';
import type { AppError } from '#shared/contract/errors';
import type { Args, Reply } from '#shared/contract/requests';
import { createQuota } from '#shared/quota';
import { setFollowed, useCrema } from '../store';

type Asks = { readonly [V in Verb]: (args: Args<V>) => Promise<Reply<V>> };

/** Requests about what the window shows, which may be a capture. */
const ofSource: ReadonlySet<Verb> = new Set<Verb>([
  'watchMachine',
  'followFrames',
  'frames',
  'countFrames',
  'frame',
  'relations',
  'setMark',
  'exportFrames',
  'faults',
  'faultSums',
  'orders',
  'findOrders',
  'orderCounts',
  'orderSums',
  'commands',
]);

/** They send to a machine or change what is kept of it; the numbers of a capture mean something else there. */
const ofLive: ReadonlySet<Verb> = new Set<Verb>([
  'command',
  'cancelCommand',
  'sendAnyway',
  'setCommandWait',
  'previewRun',
  'startRun',
  'retryRun',
  'goBack',
  'sendFrame',
  'setMachine',
  'setMachineCode',
  'closeFault',
  'setMachinePhoto',
  'disconnect',
  'forgetMachine',
  'simulatorFault',
]);

/** What is followed ends in Live in any case: a capture follows nothing. */
function isEnd(verb: Verb, args: object): boolean {
  if (verb === 'watchMachine') return 'vmcNo' in args && args.vmcNo === null;
  return verb === 'followFrames' && 'filter' in args && args.filter === null;
}

function inSource<V extends Verb>(verb: V, args: Args<V>, source: number | null): Args<V> {
  if (source === null || args === undefined || !ofSource.has(verb) || isEnd(verb, args)) return args;
  return { capture: source, ...args };
}

function noteFollowed({ filter }: Args<'followFrames'>): void {
  if (filter !== null) setFollowed(filter);
}

/** Sends a request to the main process. Never throws: an error is in the result. */
export async function request<V extends Verb>(verb: V, args: Args<V>): Promise<Reply<V>> {
  const asks: Asks = window.crema;
  const { source } = useCrema.getState();
  if (source !== null && ofLive.has(verb)) return { ok: false, error: { code: 'inCapture', params: {} } };
  if (verb === 'followFrames') noteFollowed(args as Args<'followFrames'>);
  try {
    return await asks[verb](inSource(verb, args, source));
  } catch (problem) {
    const detail = problem instanceof Error ? problem.message : String(problem);
    return { ok: false, error: { code: 'internal', params: { detail } } };
  }
}

/** Limits reports, because a broken row may be rendered many times a second. */
const reports = createQuota(20, 60_000);

/** Something went wrong in the window itself; it is written to the log. */
export function reportProblem(where: string, detail: string): void {
  if (!reports.take(Date.now()).granted) return;
  void request('reportProblem', { where: where.slice(0, 200), detail: detail.slice(0, 4_000) });
}

export interface RequestState<V extends Verb> {
  /** Whether it was done; if not, `error` says why. */
  readonly run: (args: Args<V>) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly clear: () => void;
}

/** A request as a button uses it: busy while it runs, the error kept beside it. */
export function useRequest<V extends Verb>(verb: V): RequestState<V> {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const latest = useRef(0);
  const run = useCallback(
    async (args: Args<V>) => {
      latest.current += 1;
      const mine = latest.current;
      setBusy(true);
      setError(null);
      const reply = await request(verb, args);
      if (latest.current === mine) {
        setBusy(false);
        setError(reply.ok ? null : reply.error);
      }
      return reply.ok;
    },
    [verb],
  );
  const clear = useCallback(() => setError(null), []);
  return { run, busy, error, clear };
}
