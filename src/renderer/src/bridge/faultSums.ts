/** Sums of the faults of one machine or of all, kept up to date while a view shows them. */
import { useEffect, useState } from 'react';
import type { FaultSums, FaultSumsQuery } from '#shared/model/faultSums';
import { useCrema } from '../store';
import { haveOtherPlatforms } from '../store/faults';
import { shownCapture } from '../store/source';
import { keepAsked } from './keepAsked';
import { request } from './request';

/** ms: minimum time between two requests during many faults. */
const pause = 1_000;

export interface ShownSums {
  /** The query of these sums. Until a new query is answered, the sums of another code stay shown. */
  readonly query: FaultSumsQuery;
  readonly sums: FaultSums;
}

/** `null`: unknown so far, or unreadable. */
export function useFaultSums({ vmcNo, code }: FaultSumsQuery): ShownSums | null {
  const [shown, setShown] = useState<ShownSums | null>(null);
  const grown = useCrema((state) => shownCapture(state)?.entries ?? null);
  useEffect(
    () =>
      keepAsked({
        pause,
        ask: async (isWanted) => {
          const query = { vmcNo, code };
          const reply = await request('faultSums', query);
          if (isWanted() && reply.ok) setShown({ query, sums: reply.value });
        },
        // The feed does not report rows of a capture that is being read: the sums are asked for again as it grows.
        isOld:
          grown !== null
            ? null
            : ({ news: { faults }, machines }, before) =>
                (faults !== before.news.faults &&
                  faults.some((fault) => vmcNo === null || fault.vmcNo === vmcNo)) ||
                // The severity depends on the program, here as in the list.
                haveOtherPlatforms(machines, before.machines),
      }),
    [vmcNo, code, grown],
  );
  return shown?.query.vmcNo === vmcNo ? shown : null;
}
