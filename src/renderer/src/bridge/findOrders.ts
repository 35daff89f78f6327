import type { OrderRecord } from '#shared/model/history';
import { request } from './request';

/** The newest orders with this text in their number; `null`: they can't be searched now. */
export async function findOrders(text: string): Promise<readonly OrderRecord[] | null> {
  const reply = await request('findOrders', { text, limit: 12 });
  return reply.ok ? reply.value : null;
}
