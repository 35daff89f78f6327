import type { OrderRecord } from '#shared/model/history';
import { request } from './request';

/** The newest orders with this text in their number; `null`: no journal is readable. */
export async function findOrders(text: string): Promise<readonly OrderRecord[] | null> {
  const reply = await request('findOrders', { text, limit: 12 });
  return reply.ok ? reply.value : null;
}
