/** Sums of the orders of one machine or of all, kept up to date while a view shows them. */
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { OrderSums, OrderSumsQuery } from '#shared/model/orderSums';
import { useCrema, type CremaState } from '../store';
import { shownCapture } from '../store/source';
import { keepAsked } from './keepAsked';
import { request } from './request';

/** ms: minimum time between two requests during many orders. */
const pause = 1_500;

export interface ShownSums {
  /** `null`: unknown so far. */
  readonly sums: OrderSums | null;
  readonly error: AppError | null;
}

/** For the whole life of the component: use another component for another machine or time span. */
export function useOrderSums({ vmcNo, from, to }: OrderSumsQuery): ShownSums {
  const [shown, setShown] = useState<ShownSums>({ sums: null, error: null });
  const grown = useCrema((state) => shownCapture(state)?.entries ?? null);
  useEffect(() => {
    const isOld = ({ news: { orders }, configs, settings }: CremaState, before: CremaState): boolean =>
      (orders !== before.news.orders && orders.some((order) => vmcNo === null || order.vmcNo === vmcNo)) ||
      // Sums are separate for each currency.
      configs !== before.configs ||
      settings.currency !== before.settings.currency;
    return keepAsked({
      pause,
      ask: async (isWanted) => {
        const reply = await request('orderSums', { vmcNo, from, to });
        if (!isWanted()) return;
        setShown((old) => (reply.ok ? { sums: reply.value, error: null } : { ...old, error: reply.error }));
      },
      // The feed does not report rows of a capture that is being read: the sums are asked for again as it grows.
      isOld: grown === null ? isOld : null,
    });
  }, [vmcNo, from, to, grown]);
  return shown;
}
