/** How much happened when, for the strip above a list. */
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { FrameFilter } from '#shared/filter/frames';
import type { Activity } from '#shared/model/journal';
import { useCrema } from '../store';
import { request } from './request';

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
}
/** The span it was counted for, which may not be the one requested last. */
export interface Counted extends Span, Activity {
  /** When it was counted, ms since 1970. */
  readonly at: number;
}

/** Counted again whenever `now` changes, and when the journal does. */
export function useActivity(
  filter: FrameFilter,
  { from, to, bins }: Span,
  now: number,
): { readonly counted: Counted | null; readonly error: AppError | null } {
  const [counted, setCounted] = useState<Counted | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  // The result differs after a capture was opened or replaced.
  const file = useCrema(({ journal }) =>
    journal.status === 'open' ? `open ${journal.aside?.file ?? ''}` : journal.status,
  );
  const wanted = JSON.stringify(filter);
  useEffect(() => {
    // Nothing is known of main yet.
    if (file === 'closed') return;
    let isActive = true;
    const shown = JSON.parse(wanted) as FrameFilter;
    const count = async (): Promise<void> => {
      const reply = await request('activity', { filter: shown, from, to, bins });
      if (!isActive) return;
      setError(reply.ok ? null : reply.error);
      if (reply.ok) setCounted({ ...reply.value, from, to, bins, at: now });
    };
    void count();
    return () => {
      isActive = false;
    };
  }, [wanted, from, to, bins, now, file]);
  return { counted, error };
}
