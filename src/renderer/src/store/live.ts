/** The store's copy of all live parts (contract/live.ts), updated by snapshots and batches. */
import type { FeedBatch, Snapshot } from '#shared/contract/feed';
import {
  live,
  livePartsOf,
  type KeyedPart,
  type NewsPart,
  type RowOf,
  type WholeValues,
} from '#shared/contract/live';
import { applyRows, keepSame } from './rows';

export type KeyedMaps = { readonly [P in KeyedPart]: ReadonlyMap<number, RowOf<P>> };
/** The changes of the last batch that had any. Views of histories and lists take them from here. */
type News = { readonly [P in NewsPart]: readonly RowOf<P>[] };
export type LiveSlice = WholeValues & KeyedMaps & { readonly news: News };

const wholeParts = livePartsOf('whole');
const keyedParts = livePartsOf('keyed');
const newsParts = livePartsOf('news');

export const initialLive: LiveSlice = {
  ...(Object.fromEntries(wholeParts.map((part) => [part, live[part].initial])) as unknown as WholeValues),
  ...(Object.fromEntries(keyedParts.map((part) => [part, new Map()])) as unknown as KeyedMaps),
  news: Object.fromEntries(newsParts.map((part) => [part, []])) as unknown as News,
};

/** Replaces everything; equal values keep their identity. */
export function liveFromSnapshot(
  before: WholeValues & KeyedMaps,
  snapshot: Snapshot,
): WholeValues & KeyedMaps {
  const whole = Object.fromEntries(
    wholeParts.map((part) => [part, keepSame<unknown>(before[part], snapshot[part])]),
  ) as unknown as WholeValues;
  const keyed = Object.fromEntries(
    keyedParts.map((part) => [
      part,
      replaceRows(part, before[part] as Rows, snapshot[part] as readonly object[]),
    ]),
  ) as unknown as KeyedMaps;
  return { ...whole, ...keyed };
}

/** Applies a batch. `source`: the shown capture; live changes of machines are then ignored. */
export function liveAfterBatch(
  before: LiveSlice,
  batch: FeedBatch,
  source: number | null,
): Partial<LiveSlice> {
  const changed: Record<string, unknown> = {};
  for (const part of wholeParts) {
    if (batch[part] !== undefined && (source === null || !live[part].ofMachines))
      changed[part] = keepSame<unknown>(before[part], batch[part]);
  }
  if (source === null) {
    for (const part of keyedParts) {
      const change = batch[part];
      if (change !== undefined) {
        const keyOf = live[part].keyOf as (row: object) => number;
        changed[part] = applyRows(before[part] as Rows, change.rows, change.removed, keyOf);
      }
    }
  }
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

type Rows = ReadonlyMap<number, object>;

function replaceRows(part: KeyedPart, before: Rows, rows: readonly object[]): Rows {
  const keyOf = live[part].keyOf as (row: object) => number;
  const present = new Set(rows.map(keyOf));
  const gone = [...before.keys()].filter((key) => !present.has(key));
  return applyRows(before, rows, gone, keyOf);
}
