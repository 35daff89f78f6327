/** Switches between Live and opened captures; opens and closes captures. */
import type { AppError } from '#shared/contract/errors';
import { isOver, type Job } from '#shared/model/capture';
import { useCrema, watchRenewed } from '../store';
import { navigate } from '../store/navigate';
import { machineTable, type Route } from '../store/route';
import { hideSiteTab, isOfAllSites, openSiteTab, readOpenSites } from '../store/sites';
import { applyCapture, applyGrowth, forgetPlace, hasGrown, isOfLive, placeOf } from '../store/source';
import { loadSnapshot } from './live';
import { request } from './request';

/** Stays after a reload of the window, but not after its end. */
const key = 'crema.source';
const ofAllSites = 'all';

/** Counts requests, because only the latest is carried out. */
let wishes = 0;
function newRequest(): () => boolean {
  wishes += 1;
  const mine = wishes;
  return () => mine === wishes;
}

/** `null`, or the error. */
export async function showCapture(id: number, route: Route = placeOf(id)): Promise<AppError | null> {
  const isCurrent = newRequest();
  if (useCrema.getState().source === id) return null;
  const reply = await request('captureSnapshot', { id });
  if (!isCurrent()) return null;
  if (!reply.ok) return reply.error;
  if (reply.value.capture.site !== null) openSiteTab(id);
  applyCapture(reply.value, route);
  window.sessionStorage.setItem(key, String(id));
  return null;
}

export async function showLive(route: Route = placeOf(null)): Promise<AppError | null> {
  const isCurrent = newRequest();
  const isOfAll = useCrema.getState().allSites;
  if (useCrema.getState().source === null && !isOfAll) return null;
  const error = isOfAll ? null : await loadSnapshot(isCurrent);
  if (error !== null || !isCurrent()) return error;
  window.sessionStorage.removeItem(key);
  useCrema.setState({ allSites: false });
  // A move within Live, also to the same route, so that the window can return to it.
  navigate({ ...route });
  return null;
}

/** `null`: this computer. */
export const showPlace = (capture: number | null, route: Route): Promise<AppError | null> =>
  capture === null ? showLive(route) : showCapture(capture, route);

/** Shows the machines of this computer and of all read sites. */
export async function showAllSites(route: Route = machineTable('all')): Promise<AppError | null> {
  const error = await showLive();
  if (error !== null || useCrema.getState().source !== null) return error;
  navigate({ ...route });
  useCrema.setState({ allSites: true });
  window.sessionStorage.setItem(key, ofAllSites);
  return null;
}

/** All jobs that this window asked for. */
const asked = new Set<number>();
export const isAsked = (job: number): boolean => asked.has(job);

/** Jobs of this window: their captures are shown as soon as they have entries. */
const opening = new Set<number>();

/** Asks for a file; its tab opens as soon as it has entries. */
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
    const { id, what, capture } = job;
    if ((!isOver(job) && capture === null) || !opening.delete(id)) continue;
    if (capture === null) continue;
    if (what === 'fetch') showJob(capture);
    else void showCapture(capture);
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
  // A site stays: only its tab goes.
  if (useCrema.getState().captures.some((one) => one.id === id && one.site !== null)) {
    hideSiteTab(id);
    return null;
  }
  const reply = await request('closeCapture', { id });
  if (reply.ok) forgetPlace(id);
  return reply.ok ? null : reply.error;
}

/** Call once per page, when the route is known. Returns to the capture shown before a reload, and follows changes from then on. */
export async function startSources(): Promise<void> {
  useCrema.subscribe(({ jobs, captures, source, route, allSites }, before) => {
    if (jobs !== before.jobs) showOpened(jobs);
    if (allSites && route !== before.route && !isOfAllSites(route)) void showLive(route);
    if (source === null) return;
    const shown = captures.find(({ id }) => id === source);
    const known = before.captures.find(({ id }) => id === source);
    if (captures !== before.captures && shown === undefined) void showLive();
    else if (shown !== undefined && known !== undefined && hasGrown(known, shown)) void refresh();
    else if (route !== before.route && isOfLive(route)) void showLive(route);
  });
  useCrema.setState({ openSites: readOpenSites() });
  const { captures, route } = useCrema.getState();
  if (window.sessionStorage.getItem(key) === ofAllSites && isOfAllSites(route)) {
    await showAllSites(route);
    return;
  }
  const kept = Number(window.sessionStorage.getItem(key) ?? 0);
  if (isOfLive(route) || !captures.some(({ id }) => id === kept)) window.sessionStorage.removeItem(key);
  else await showCapture(kept, route);
}
