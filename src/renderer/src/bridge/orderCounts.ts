import { useEffect, useState } from 'react';
import type { OrderCounts } from '#shared/model/history';
import { useCrema } from '../store';
import { shownCapture } from '../store/source';
import { request } from './request';

/** ms between two requests while orders arrive. */
const pace = 5_000;
/** ms after which the counts are requested anyway: a day ends without an order. */
const again = 60_000;

/** Orders of today, by machine; in a capture those of its last day. `null`: unknown. */
export function useOrderCounts(): OrderCounts | null {
  const [counts, setCounts] = useState<OrderCounts | null>(null);
  const source = useCrema((s) => s.source);
  useEffect(() => {
    let wanted = true;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const ask = async (): Promise<void> => {
      const day = new Date(shownCapture(useCrema.getState())?.to ?? Date.now());
      const reply = await request('orderCounts', { since: day.setHours(0, 0, 0, 0) });
      if (wanted) setCounts(reply.ok ? reply.value : null);
    };
    void ask();
    const soon = (): void => {
      timer ??= setTimeout(() => {
        timer = null;
        void ask();
      }, pace);
    };
    const stop = useCrema.subscribe(({ news, captures }, before) => {
      if (news.orders !== before.news.orders || (source !== null && captures !== before.captures)) soon();
    });
    const beat = setInterval(() => void ask(), again);
    return () => {
      wanted = false;
      stop();
      clearInterval(beat);
      if (timer !== null) clearTimeout(timer);
    };
  }, [source]);
  return counts;
}
