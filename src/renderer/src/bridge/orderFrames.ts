/** Every frame of an order that the records still have, oldest first. */
import { useEffect, useState } from 'react';
import type { AppError } from '#shared/contract/errors';
import type { Reply } from '#shared/contract/requests/index';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { formatFilter } from '#shared/filter/language/format';
import { term } from '#shared/filter/language/tree';
import type { FrameRow } from '#shared/model/frame';
import type { OrderRecord } from '#shared/model/history';
import { request } from './request';

/** A machine may repeat a frame for days. */
const most = 500;

const orderFilter = (orderNo: string): string =>
  formatFilter(term('order', [{ is: 'text', how: 'equals', value: orderNo }]));

export interface OrderFrames {
  readonly rows: readonly FrameRow[];
  /** There are more frames than listed. */
  readonly cut: boolean;
  readonly begun: boolean;
  readonly error: AppError | null;
}

/** Read again whenever the order changes. */
export function useOrderFrames(order: OrderRecord): OrderFrames {
  const [frames, setFrames] = useState<OrderFrames>({ rows: [], cut: false, begun: false, error: null });
  useEffect(() => {
    let isActive = true;
    const { vmcNo, orderNo, entry } = order;
    const filter: FrameFilter = { ...everyFrame, vmcNo, text: orderFilter(orderNo) };
    const read = async (): Promise<void> => {
      const rows: FrameRow[] = [];
      let after: number | null = entry - 1;
      while (after !== null && rows.length < most) {
        const reply: Reply<'frames'> = await request('frames', { filter, place: { after }, limit: 200 });
        if (!isActive) return;
        if (!reply.ok) {
          setFrames((old) => ({ ...old, begun: true, error: reply.error }));
          return;
        }
        // A page is newest first.
        rows.push(...reply.value.rows.toReversed());
        after = reply.value.next;
      }
      setFrames({
        rows: rows.slice(0, most),
        cut: after !== null || rows.length > most,
        begun: true,
        error: null,
      });
    };
    void read();
    return () => {
      isActive = false;
    };
  }, [order]);
  return frames;
}
