/** The store's copy of all live parts (contract/live.ts), updated by snapshots and batches. */
import type { FeedBatch, Snapshot } from '#shared/contract/feed';
import { live, livePartsOf, type NewsPart, type RowOf } from '#shared/contract/live';
import { afterBatch, batchTo, emptyReplica, type Replica } from '#shared/contract/replica';

/** The changes of the last batch that had any. Views of histories and lists take them from here. */
type News = { readonly [P in NewsPart]: readonly RowOf<P>[] };
export type LiveSlice = Replica & { readonly news: News };

const newsParts = livePartsOf('news');

export const initialLive: LiveSlice = {
  ...emptyReplica,
  news: Object.fromEntries(newsParts.map((part) => [part, []])) as unknown as News,
};

/** Replaces everything; equal values keep their identity. */
export const liveFromSnapshot = (before: Replica, snapshot: Snapshot): Partial<Replica> =>
  afterBatch(before, batchTo(before, snapshot));

/** Applies a batch. `source`: the shown capture; live changes of machines are then ignored. */
export function liveAfterBatch(
  before: LiveSlice,
  batch: FeedBatch,
  source: number | null,
): Partial<LiveSlice> {
  const changed = afterBatch(before, batch, (part) => source === null || !live[part].ofMachines);
  const news = newsAfterBatch(batch, source);
  return { ...changed, ...(news !== null && { news: { ...before.news, ...news } }) };
}

function newsAfterBatch(batch: FeedBatch, source: number | null): Partial<News> | null {
  const news: Record<string, unknown> = {};
  for (const part of newsParts) {
    const captureOf = live[part].captureOf as (row: unknown) => number | null;
    const mine = (batch[part] as readonly unknown[] | undefined)?.filter((row) => captureOf(row) === source);
    if (mine !== undefined && mine.length > 0) news[part] = mine;
  }
  return Object.keys(news).length === 0 ? null : news;
}
