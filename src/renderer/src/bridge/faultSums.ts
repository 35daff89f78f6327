/** What the faults of one machine or of all come to, kept up to date while a view shows it. */
import { useEffect, useState } from 'react';
import type { FaultSums, FaultSumsQuery } from '#shared/model/faultSums';
import { useCrema, type CremaState } from '../store';
import { shownCapture } from '../store/source';
import { request } from './request';

/** ms: a storm of faults asks the journal no more often. */
const pause = 1_000;

/** `null`: not known yet, or they can't be read. */
export function useFaultSums({ vmcNo, code }: FaultSumsQuery): FaultSums | null {
  const [shown, setShown] = useState<FaultSums | null>(null);
  const grown = useCrema((state) => shownCapture(state)?.entries ?? null);
  useEffect(() => {
    let isActive = true;
    let isAsking = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      // What came meanwhile is asked for next.
      if (isAsking) {
        later();
        return;
      }
      isAsking = true;
      const reply = await request('faultSums', { vmcNo, code });
      isAsking = false;
      if (isActive && reply.ok) setShown(reply.value);
    };
    const later = (): void => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void ask();
      }, pause);
    };
    const whenTold = ({ news }: CremaState, before: CremaState): void => {
      const { faults } = news;
      if (faults !== before.news.faults && faults.some((fault) => vmcNo === null || fault.vmcNo === vmcNo))
        later();
    };
    void ask();
    // Of a capture that is being read nothing is told: it is asked again as it grows.
    const stop = grown === null ? useCrema.subscribe(whenTold) : null;
    return () => {
      isActive = false;
      clearTimeout(timer);
      stop?.();
    };
  }, [vmcNo, code, grown]);
  return shown;
}
