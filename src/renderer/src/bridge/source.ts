/** Switches between Live and opened captures; opens and closes captures. */
import type { AppError } from '#shared/contract/errors';
import { isOver, type Job } from '#shared/model/capture';
import { useCrema, watchRenewed } from '../store';
import { navigate } from '../store/navigate';
import type { Route } from '../store/route';
import { applyCapture, applyGrowth, forgetPlace, hasGrown, isOfLive, placeOf } from '../store/source';
import { loadSnapshot } from './live';
import { request } from './request';

/** Survives a reload of the window, not its end. */
const key = 'crema.source';

/** Counts requests, because only the latest one is carried out. */
let wishes = 0;
function newRequest(): () => boolean {
  wishes += 1;
  const mine = wishes;
  return () => mine === wishes;
}

/** `null`, or why it can't be shown. */
export async function showCapture(id: number, route: Route = placeOf(id)): Promise<AppError | null> {
  const isCurrent = newRequest();
  if (useCrema.getState().source === id) return null;
  const reply = await request('captureSnapshot', { id });
  if (!isCurrent()) return null;
  if (!reply.ok) return reply.error;
  applyCapture(reply.value, route);
  window.sessionStorage.setItem(key, String(id));
  return null;
}

export async function showLive(route: Route = placeOf(null)): Promise<AppError | null> {
  const isCurrent = newRequest();
  if (useCrema.getState().source === null) return null;
  const error = await loadSnapshot(isCurrent);
  if (error !== null || !isCurrent()) return error;
  window.sessionStorage.removeItem(key);
  // As a move within Live, also where the route itself was taken before: it is the place to come back to.
  navigate({ ...route });
  return null;
}

/** All that this window was ever asked to show. */
const asked = new Set<number>();
export const isAsked = (job: number): boolean => asked.has(job);

/** Jobs of this window: their captures are shown as soon as there is something in them. */
const opening = new Set<number>();

/** Asks for a file; its tab opens as soon as the first of it has been read. */
export async function openCapture(): Promise<AppError | null> {
  const reply = await request('openCapture', undefined);
  if (!reply.ok) return reply.error;
  const job = reply.value;
  if (job === null) return null;
  showJob(job.id, [job]);
  return null;
}

/** Shows the capture that this job reads, now or as soon as it has entries. `heard`: jobs newer than those of the feed. */
export function showJob(id: number, heard: readonly Job[] = []): void {
  asked.add(id);
  opening.add(id);
  showOpened([...heard, ...useCrema.getState().jobs]);
}

function showOpened(jobs: readonly Job[]): void {
  for (const job of jobs) {
    const { id, capture } = job;
    if ((!isOver(job) && capture === null) || !opening.delete(id)) continue;
    if (capture !== null) void showCapture(capture);
  }
}

let isRefreshing = false;
let isStale = false;

/** Reloads the machines of the shown capture after it has grown, one request at a time. The capture may change meanwhile. */
async function refresh(): Promise<void> {
  isStale = true;
  if (isRefreshing) return;
  isRefreshing = true;
  while (isStale) {
    isStale = false;
    const id = useCrema.getState().source;
    if (id === null) break;
    const reply = await request('captureSnapshot', { id });
    const { watched } = useCrema.getState();
    const detail = watched === null ? null : await request('watchMachine', { vmcNo: watched });
    if (useCrema.getState().source !== id) continue;
    if (reply.ok) applyGrowth(reply.value);
    if (watched !== null && detail?.ok === true && detail.value !== null) watchRenewed(watched, detail.value);
  }
  isRefreshing = false;
}

export async function closeCapture(id: number): Promise<AppError | null> {
  const error = useCrema.getState().source === id ? await showLive() : null;
  if (error !== null) return error;
  const reply = await request('closeCapture', { id });
  if (reply.ok) forgetPlace(id);
  return reply.ok ? null : reply.error;
}

/** Once per page, when the place is known: goes back to the capture it showed before a reload, and follows from here on. */
export async function startSources(): Promise<void> {
  useCrema.subscribe(({ jobs, captures, source, route }, before) => {
    if (jobs !== before.jobs) showOpened(jobs);
    if (source === null) return;
    const shown = captures.find(({ id }) => id === source);
    const known = before.captures.find(({ id }) => id === source);
    if (captures !== before.captures && shown === undefined) void showLive();
    else if (shown !== undefined && known !== undefined && hasGrown(known, shown)) void refresh();
    else if (route !== before.route && isOfLive(route)) void showLive(route);
  });
  const kept = Number(window.sessionStorage.getItem(key) ?? 0);
  const { captures, route } = useCrema.getState();
  if (isOfLive(route) || !captures.some(({ id }) => id === kept)) window.sessionStorage.removeItem(key);
  else await showCapture(kept, route);
}
