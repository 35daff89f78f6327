/** Missing entries of a site's journal, and the entry that names them. */
import type { StoredEntry } from '#shared/model/frame';

/** Entries that are missing: they were deleted there before they were sent, or the broker lost them. */
export interface Gap {
  readonly from: number;
  readonly to: number;
}

/** Stands in place of missing entries, with the number of the last of them. It belongs to no connection. */
export const gapEntry = ({ from, to }: Gap, at: number): StoredEntry => ({
  kind: 'finding',
  id: to,
  at,
  conn: 0,
  vmcNo: null,
  finding: { code: 'record.missing', params: { from, to, count: to - from + 1 } },
});

/** The missing entries that this one stands for; `null`: it is another entry. */
export function gapOf(entry: StoredEntry): Gap | null {
  if (entry.kind !== 'finding' || entry.finding.code !== 'record.missing') return null;
  const { from, to } = entry.finding.params ?? {};
  return typeof from === 'number' && typeof to === 'number' ? { from, to } : null;
}
