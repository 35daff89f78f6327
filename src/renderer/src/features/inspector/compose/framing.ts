import type { Reply } from '#shared/contract/requests/index';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import type { FrameRow, Head } from '#shared/model/frame';
import { request } from '../../../bridge/request';
import type { Framing } from './composeDraft';

const newest = (filter: Partial<FrameFilter>): Promise<Reply<'frames'>> =>
  request('frames', { filter: { ...everyFrame, ...filter }, place: { before: null }, limit: 1 });
const firstOf = (reply: Reply<'frames'>): FrameRow | null =>
  reply.ok ? (reply.value.rows[0] ?? null) : null;

/**
 * Crema's framing for a machine, from the last frames of its connection (docs/protocol/framing.md).
 * Head: the head in its settings, else the head it used last, else decimal.
 * Number: the number after the last sent frame; 0 on a new connection.
 */
export async function framingOf(vmcNo: number, fixed: Head | null, online: boolean): Promise<Framing> {
  const last = firstOf(await newest({ vmcNo, dir: 'in', text: 'head:decimal,le48' }));
  const head = fixed ?? last?.head ?? 'decimal';
  if (head === 'decimal' || last === null || !online) return { head, sequence: 0 };
  const sent = firstOf(await newest({ vmcNo, dir: 'out', text: `head:le48 conn:${last.conn}` }));
  const opened = sent === null ? null : await request('frame', { id: sent.id });
  const before = opened?.ok === true ? opened.value.sequence : null;
  return { head, sequence: before === null ? 0 : before + 1 };
}
