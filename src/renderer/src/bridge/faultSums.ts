/** What the faults of one machine or of all come to, kept up to date while a view shows it. */
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { FaultSums, FaultSumsQuery } from '#shared/model/faultSums';
import { useCrema } from '../store';
import { shownCapture } from '../store/source';
import { request } from './request';

/** ms: a storm of faults asks the journal no more often. */
const pause = 1_000;

export interface ShownSums {
  /** `null`: not known yet. */
  readonly sums: FaultSums | null;
  readonly error: AppError | null;
}

export function useFaultSums({ vmcNo, code }: FaultSumsQuery): ShownSums {
  const [shown, setShown] = useState<ShownSums>({ sums: null, error: null });
  const grown = useCrema((state) => shownCapture(state)?.entries ?? null);
  useEffect(() => {
    let isActive = true;
    let isAsking = false;
    let isStale = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      if (isAsking) {
        isStale = true;
        return;
      }
      isAsking = true;
      isStale = false;
      const reply = await request('faultSums', { vmcNo, code });
      isAsking = false;
      if (!isActive) return;
      setShown((old) => (reply.ok ? { sums: reply.value, error: null } : { ...old, error: reply.error }));
      if (isStale) later();
    };
    const later = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void ask();
      }, pause);
    };
    void ask();
    const stop = useCrema.subscribe((state, before) => {
      const { faults } = state.news;
      if (faults !== before.news.faults && faults.some((fault) => vmcNo === null || fault.vmcNo === vmcNo))
        later();
    });
    return () => {
      isActive = false;
      clearTimeout(timer);
      stop();
    };
  }, [vmcNo, code, grown]);
  return shown;
}
