import { useCallback, useRef, useState } from 'react';
import type { Verb } from '#shared/contract/channels';
import type { AppError } from '#shared/contract/errors';
import type { Args, Reply } from '#shared/contract/requests';

type Asks = { readonly [V in Verb]: (args: Args<V>) => Promise<Reply<V>> };

/** The one way to ask main for something. Never throws: what goes wrong is in the answer. */
export async function request<V extends Verb>(verb: V, args: Args<V>): Promise<Reply<V>> {
  const asks: Asks = window.crema;
  try {
    return await asks[verb](args);
  } catch (problem) {
    const detail = problem instanceof Error ? problem.message : String(problem);
    return { ok: false, error: { code: 'internal', params: { detail } } };
  }
}

export interface Asking<V extends Verb> {
  /** Whether it was done; if not, `error` says why. */
  readonly run: (args: Args<V>) => Promise<boolean>;
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly clear: () => void;
}

/** A request as a button uses it: busy while it runs, the error kept beside it. */
export function useRequest<V extends Verb>(verb: V): Asking<V> {
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
