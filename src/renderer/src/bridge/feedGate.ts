/** Applies the snapshot and the feed's batches in order, whichever arrives first. */
import type { FeedBatch, Snapshot } from '#shared/contract/feed';

export interface FeedGate {
  readonly batch: (batch: FeedBatch) => void;
  /** Called when a snapshot is requested. Newer batches that arrive meanwhile are applied to it. */
  readonly expect: () => void;
  readonly snapshot: (snapshot: Snapshot) => void;
}

/** 100 s of batches: a snapshot that has not arrived by then was refused, and the next is requested. */
const maxWaiting = 1_000;

/** Batches wait for a snapshot; those not newer than the shown data are skipped. */
export function createFeedGate(
  onSnapshot: (snapshot: Snapshot) => void,
  onBatch: (batch: FeedBatch) => void,
): FeedGate {
  let shown: number | null = null;
  let waiting: FeedBatch[] | null = [];
  const show = (next: FeedBatch): void => {
    if (shown === null || next.seq <= shown) return;
    shown = next.seq;
    onBatch(next);
  };
  return {
    batch: (next) => {
      waiting?.push(next);
      if (shown !== null && waiting !== null && waiting.length > maxWaiting) waiting = null;
      show(next);
    },
    expect: () => {
      if (shown !== null) waiting = [];
    },
    snapshot: (snapshot) => {
      shown = snapshot.seq;
      onSnapshot(snapshot);
      const queued = waiting ?? [];
      waiting = null;
      queued.forEach(show);
    },
  };
}
