/** Keeps the store up to date: the feed, the adapters, the clock, the watched machine. */
import type { AppError } from '#shared/contract/errors';
import type { FeedBatch, Snapshot } from '#shared/contract/feed';
import { applyBatch, applySnapshot, setAdapters, tick, useCrema, watchAnswered, watchBegins } from '../store';
import { request } from './request';

/** Applies the snapshot and the feed's batches in order, whichever arrives first. */
interface FeedGate {
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

const gate = createFeedGate(
  (snapshot) => applySnapshot(snapshot, Date.now()),
  (batch) => applyBatch(batch, Date.now()),
);

/** Call once per page. Early batches wait for the snapshot. */
export function startFeed(): void {
  window.crema.onFeed((batch) => gate.batch(JSON.parse(batch) as FeedBatch));
  setInterval(() => tick(Date.now()), 1_000);
  useCrema.subscribe((state, before) => {
    if (state.listeners !== before.listeners || state.network !== before.network) void refreshAdapters();
  });
}

/** Returns `null` or the error. A snapshot that is no longer needed when it arrives is dropped. */
export async function loadSnapshot(isCurrent: () => boolean = () => true): Promise<AppError | null> {
  gate.expect();
  const reply = await request('snapshot', undefined);
  if (!reply.ok) return reply.error;
  if (isCurrent()) gate.snapshot(reply.value);
  return null;
}

async function refreshAdapters(): Promise<void> {
  const reply = await request('adapters', undefined);
  if (reply.ok) setAdapters(reply.value);
}

/** Follows one machine in detail, or none. An unknown machine leaves the detail empty. */
export async function watch(vmcNo: number | null): Promise<void> {
  watchBegins(vmcNo);
  const { source } = useCrema.getState();
  const reply = await request('watchMachine', { vmcNo });
  // The same machine number may exist in a capture and live.
  if (source !== useCrema.getState().source) return;
  if (vmcNo !== null && reply.ok && reply.value !== null) watchAnswered(vmcNo, reply.value);
}
