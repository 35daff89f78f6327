/** The histories of orders and faults. */
import type { Fault, FaultQuery, OrderRecord, OrderSpan } from '#shared/model/history';
import { errorKey } from '#shared/errors/codes';
import { orderPages } from '../store/orders';
import { faultPages } from '../store/faults';
import { useHistory, type History } from './pages';
import { request } from './request';

/** The orders of one machine or of all, optionally of a time span; for the whole life of the component. */
export function useOrders(vmcNo: number | null, during: OrderSpan | null): History<OrderRecord> {
  return useHistory(() => ({
    pages: orderPages,
    read: async (before, limit) =>
      request('orders', { vmcNo, before, limit, ...(during !== null && { during }) }),
    news: (state) => state.news.orders,
    isMine: (order) =>
      (vmcNo === null || order.vmcNo === vmcNo) &&
      (during === null || (order.at >= during.from && order.at < during.to)),
  }));
}

/** The newest orders with this text in their number; `null`: no journal is readable. */
export async function findOrders(text: string): Promise<readonly OrderRecord[] | null> {
  const reply = await request('findOrders', { text, limit: 12 });
  return reply.ok ? reply.value : null;
}

export type ShownFaults = Required<Omit<FaultQuery, 'before' | 'limit'>>;

/** The error history of one machine or of all; for the whole life of the component. */
export function useFaults({ vmcNo, activeOnly, code, during }: ShownFaults): History<Fault> {
  return useHistory(() => ({
    pages: faultPages,
    read: async (before, limit) => request('faults', { vmcNo, activeOnly, code, during, before, limit }),
    news: (state) => state.news.faults,
    isMine: (fault) =>
      (vmcNo === null || fault.vmcNo === vmcNo) &&
      (code === null || errorKey(fault.code) === errorKey(code)) &&
      (during === null || (fault.setAt >= during.from && fault.setAt < during.to)),
  }));
}
