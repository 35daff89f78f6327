/** Keeps the store up to date: the feed, the adapters, the clock, the watched machine. */
import type { AppError } from '#shared/contract/errors';
import type { FeedBatch } from '#shared/contract/feed';
import { applyBatch, applySnapshot, setAdapters, tick, useCrema, watchAnswered, watchBegins } from '../store';
import { createFeedGate } from './feedGate';
import { request } from './request';

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
