import type { OrderRecord, OrderSpan } from '#shared/model/history';
import { orderPages } from '../store/orders';
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
