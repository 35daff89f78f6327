import type { Capture } from '#shared/model/capture';
import { noProgress, type Site, type SiteProgress } from '#shared/model/sites';
import { capture } from './rowsOfCaptures';

/** A site that this computer reads. */
export const site = (id: string, over: Partial<Site> = {}, progress: Partial<SiteProgress> = {}): Site => ({
  id,
  name: id,
  role: 'read',
  servers: 'broker.example.com',
  isMasked: true,
  credentials: 'keyStore',
  hasAuthority: false,
  allowedUntil: null,
  progress: { ...noProgress, ...progress },
  ...over,
});

/** A journal of the site. */
export const siteJournal = (id: number, of: string, over: Partial<Capture> = {}): Capture =>
  capture(id, {
    fileName: of,
    reading: { state: 'running' },
    site: { site: of, isNewest: true, commands: 0 },
    ...over,
  });
