/** Other sites in the window: their journals among the captures, and the opened tabs. */
import type { Capture } from '#shared/model/capture';
import type { Site } from '#shared/model/sites';
import { useCrema, type CremaState } from './index';
import type { Route } from './route';
import { isOfLive, shownCapture } from './source';

/** Stays after a reload of the window, but not after its end. */
const key = 'crema.openSites';

const isNumber = (value: unknown): value is number => typeof value === 'number';
export function readOpenSites(): readonly number[] {
  try {
    const kept = JSON.parse(window.sessionStorage.getItem(key) ?? '[]') as unknown;
    return Array.isArray(kept) ? kept.filter(isNumber) : [];
  } catch {
    return [];
  }
}

function keep(openSites: readonly number[]): void {
  useCrema.setState({ openSites });
  window.sessionStorage.setItem(key, JSON.stringify(openSites));
}

export function openSiteTab(id: number): void {
  const { openSites } = useCrema.getState();
  if (!openSites.includes(id)) keep([...openSites, id]);
}

export const hideSiteTab = (id: number): void =>
  keep(useCrema.getState().openSites.filter((one) => one !== id));

/** Sites whose records this computer reads, by name. */
export const readSites = ({
  sites,
}: {
  readonly sites: Pick<CremaState['sites'], 'sites'>;
}): readonly Site[] =>
  sites.sites
    .filter(({ role }) => role === 'read')
    .toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));

export interface SiteJournals {
  readonly site: Site;
  /** `null`: nothing was read yet. */
  readonly newest: Capture | null;
  /** Newest first. */
  readonly older: readonly Capture[];
}

export function siteJournals(state: Pick<CremaState, 'sites' | 'captures'>): readonly SiteJournals[] {
  const bySite = new Map<string, Capture[]>();
  for (const capture of state.captures) {
    if (capture.site === null) continue;
    const own = bySite.get(capture.site.site) ?? [];
    own.push(capture);
    bySite.set(capture.site.site, own);
  }
  return readSites(state).map((site) => {
    const own = (bySite.get(site.id) ?? []).toSorted((a, b) => (b.to ?? 0) - (a.to ?? 0));
    const newest = own.find((capture) => capture.site?.isNewest === true) ?? own[0] ?? null;
    return { site, newest, older: own.filter((capture) => capture !== newest) };
  });
}

/** The tabs beside Live: opened files, and the sites that were opened here. */
export const tabsOf = ({
  captures,
  openSites,
  source,
}: Pick<CremaState, 'captures' | 'openSites' | 'source'>): readonly Capture[] =>
  captures.filter(({ id, site }) => site === null || id === source || openSites.includes(id));

/** The window shows the journal of another site. */
export const isSite = (state: Pick<CremaState, 'captures' | 'source'>): boolean =>
  (shownCapture(state)?.site ?? null) !== null;

/** The shown site, if commands can be given to its machines: not in earlier records of it. `null`: none. */
export function commandedSite(state: Pick<CremaState, 'captures' | 'source' | 'sites'>): Site | null {
  const shown = shownCapture(state)?.site ?? null;
  if (shown?.isNewest !== true) return null;
  return state.sites.sites.find(({ id }) => id === shown.site) ?? null;
}

/** All sites together have this place; going to another returns to Live. */
export const isOfAllSites = (route: Route): boolean =>
  !isOfLive(route) && (route.screen !== 'machines' || route.vmcNo === null);
