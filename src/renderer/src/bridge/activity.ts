/** How much happened when, for the strip above a list. */
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Activity } from '#shared/model/journal';
import { request } from './request';

export interface Span {
  readonly from: number;
  readonly to: number;
  readonly bins: number;
}
/** Counted for this span, which may not be the one asked for last. */
export interface Counted extends Span, Activity {}

export function useActivity(
  vmcNo: number | null,
  { from, to, bins }: Span,
): { readonly counted: Counted | null; readonly error: AppError | null } {
  const [counted, setCounted] = useState<Counted | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let wanted = true;
    const count = async (): Promise<void> => {
      const reply = await request('activity', { vmcNo, from, to, bins });
      if (!wanted) return;
      setError(reply.ok ? null : reply.error);
      if (reply.ok) setCounted({ ...reply.value, from, to, bins });
    };
    void count();
    return () => {
      wanted = false;
    };
  }, [vmcNo, from, to, bins]);
  return { counted, error };
}
