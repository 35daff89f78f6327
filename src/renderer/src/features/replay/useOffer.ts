import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Args } from '#shared/contract/requests/index';
import type { ReplayOffer } from '#shared/model/replay';
import { request } from '../../bridge/request';

interface Looked {
  readonly of: string;
  readonly offer: ReplayOffer | null;
  readonly error: AppError | null;
}

/** The frames that can be sent among the chosen frames; `offer` null without an error: it is being read. */
export function useOffer(wish: Args<'offerReplay'> | null): Omit<Looked, 'of'> {
  const [looked, setLooked] = useState<Looked>({ of: '', offer: null, error: null });
  const wanted = JSON.stringify(wish);
  useEffect(() => {
    let isCurrent = true;
    const look = async (): Promise<void> => {
      const asked = JSON.parse(wanted) as Args<'offerReplay'> | null;
      if (asked === null) return;
      const reply = await request('offerReplay', asked);
      if (!isCurrent) return;
      setLooked(
        reply.ok
          ? { of: wanted, offer: reply.value, error: null }
          : { of: wanted, offer: null, error: reply.error },
      );
    };
    void look();
    return () => {
      isCurrent = false;
    };
  }, [wanted]);
  return looked.of === wanted ? looked : { offer: null, error: null };
}
