/** The sites thread's interface for other threads. */
export type { SiteGrowth, SiteLink, SitesCalls, SitesData, SitesEvents } from './calls';
