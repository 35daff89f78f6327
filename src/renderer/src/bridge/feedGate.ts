/** Puts the snapshot and the batches of the feed into one order, whichever comes first. */
import type { FeedBatch, Snapshot } from '#shared/contract/feed';

export interface FeedGate {
  readonly batch: (batch: FeedBatch) => void;
  readonly snapshot: (snapshot: Snapshot) => void;
}

/** Batches wait until a snapshot has come; those not newer than what is shown are skipped. */
export function createFeedGate(
  onSnapshot: (snapshot: Snapshot) => void,
  onBatch: (batch: FeedBatch) => void,
): FeedGate {
  let shown: number | null = null;
  let waiting: FeedBatch[] = [];
  const batch = (next: FeedBatch): void => {
    if (shown === null) {
      waiting.push(next);
    } else if (next.seq > shown) {
      shown = next.seq;
      onBatch(next);
    }
  };
  return {
    batch,
    snapshot: (snapshot) => {
      shown = snapshot.seq;
      onSnapshot(snapshot);
      const queued = waiting;
      waiting = [];
      queued.forEach(batch);
    },
  };
}
