/** What the faults of one machine or of all come to, kept up to date while a view shows it. */
import { useEffect, useState } from 'react';
import type { FaultSums, FaultSumsQuery } from '#shared/model/faultSums';
import { useCrema } from '../store';
import { shownCapture } from '../store/source';
import { keepAsked } from './keepAsked';
import { request } from './request';

/** ms: a storm of faults asks the journal no more often. */
const pause = 1_000;

/** `null`: not known yet, or they can't be read. */
export function useFaultSums({ vmcNo, code }: FaultSumsQuery): FaultSums | null {
  const [shown, setShown] = useState<FaultSums | null>(null);
  const grown = useCrema((state) => shownCapture(state)?.entries ?? null);
  useEffect(
    () =>
      keepAsked({
        pause,
        ask: async (isWanted) => {
          const reply = await request('faultSums', { vmcNo, code });
          if (isWanted() && reply.ok) setShown(reply.value);
        },
        // Of a capture that is being read nothing is told: it is asked again as it grows.
        isOld:
          grown !== null
            ? null
            : ({ news: { faults } }, before) =>
                faults !== before.news.faults &&
                faults.some((fault) => vmcNo === null || fault.vmcNo === vmcNo),
      }),
    [vmcNo, code, grown],
  );
  return shown;
}
