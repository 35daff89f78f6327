import type { OrderRecord } from '#shared/model/history';
import { orderPages } from '../store/orders';
import { useHistory, type History } from './pages';
import { request } from './request';

/** The orders of one machine or of all; for the whole life of the component. */
export function useOrders(vmcNo: number | null): History<OrderRecord> {
  return useHistory(() => ({
    pages: orderPages,
    read: async (before, limit) => request('orders', { vmcNo, before, limit }),
    news: (state) => state.news.orders,
    isMine: (order) => vmcNo === null || order.vmcNo === vmcNo,
  }));
}
