/**
 * The sites of this computer, in `sites.json` of the data folder. The window changes the file. An administrator may put a
 * prepared one there, with credentials in clear or with paths of files. At its next start Crema seals credentials in
 * clear with the system's key store.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import { siteFields, siteId, mostSites, type CredentialsPlace } from '#shared/model/sites';
import { readKept } from '../../lib/files/keptFile';
import { readShort } from '../../lib/files/readRegular';
import { writeKept } from '../../lib/files/writeKept';
import type { KeyStore } from '../../lib/settings/store';

/** Bytes of a file with credentials or certificates. */
export const longestSiteFile = 100_000;

const stored = z.strictObject({
  ...siteFields.shape,
  /** Left out in a prepared file. */
  id: siteId.default(() => randomUUID()),
  isMasked: z.boolean().default(true),
  /** In clear: prepared, and not sealed yet. */
  credentials: z.string().max(longestSiteFile).optional(),
  /** As sealed by the key store. */
  sealed: z
    .string()
    .max(4 * longestSiteFile)
    .optional(),
  /** A path, from the data folder on. */
  credentialsFile: z.string().max(1_000).optional(),
  /** PEM. */
  authority: z.string().max(longestSiteFile).optional(),
  authorityFile: z.string().max(1_000).optional(),
});
export type StoredSite = z.infer<typeof stored>;

const file = z.looseObject({
  sites: z.array(z.unknown()).max(mostSites).default([]),
  maskKey: z
    .string()
    .regex(/^[\da-f]{64}$/)
    .optional(),
});

export interface FoundSites {
  readonly sites: readonly StoredSite[];
  /** Replacements of private texts are computed from it, so that equal texts get equal ones. */
  readonly maskKey: string;
  /** One line for each entry that is not used, and for an unreadable file. */
  readonly problems: readonly string[];
  /** An administrator wrote the file: ids or the key were missing, and were made now. */
  readonly isPrepared: boolean;
}

export function readSites(path: string): FoundSites {
  const { parts, state, detail } = readKept(path);
  const fresh = randomBytes(32).toString('hex');
  if (parts === null)
    return {
      sites: [],
      maskKey: fresh,
      problems: state === 'none' ? [] : [`it can't be read (${detail})`],
      isPrepared: false,
    };
  const read = file.safeParse(parts);
  if (!read.success)
    return { sites: [], maskKey: fresh, problems: [z.prettifyError(read.error)], isPrepared: false };
  const sites: StoredSite[] = [];
  const problems: string[] = [];
  for (const [index, one] of read.data.sites.entries()) {
    const site = stored.safeParse(one);
    const what = `site ${index + 1}`;
    if (!site.success) problems.push(`${what}: ${z.prettifyError(site.error)}`);
    else if (sites.some(({ id }) => id === site.data.id)) problems.push(`${what}: its id is used twice`);
    else if (site.data.role === 'send' && sites.some(({ role }) => role === 'send'))
      problems.push(`${what}: only one site can have the role "send"`);
    else sites.push(site.data);
  }
  const isNamed = (one: unknown): boolean => typeof one === 'object' && one !== null && 'id' in one;
  const isPrepared = read.data.maskKey === undefined || !read.data.sites.every(isNamed);
  return { sites, maskKey: read.data.maskKey ?? fresh, problems, isPrepared };
}

/** @throws Error if the disk rejects the write */
export function writeSites(path: string, { sites, maskKey }: Pick<FoundSites, 'sites' | 'maskKey'>): void {
  writeKept(path, { sites, maskKey });
}

/** The secrets of a site; `problem`: a file that can't be read. */
export interface OpenedSite {
  readonly credentials: string;
  readonly place: CredentialsPlace;
  readonly authority: string;
  readonly problem: string | null;
}

export function openSite(site: StoredSite, directory: string, keyStore: KeyStore): OpenedSite {
  let problem: string | null = null;
  const read = (path: string): string => {
    try {
      const bytes = readShort(resolve(directory, path), longestSiteFile);
      if (bytes === null) throw new Error(`it has more than ${longestSiteFile} bytes`);
      return bytes.toString('utf8');
    } catch (error) {
      problem = `${path}: ${error instanceof Error ? error.message : String(error)}`;
      return '';
    }
  };
  const authority = site.authority ?? (site.authorityFile === undefined ? '' : read(site.authorityFile));
  const opened = (): Pick<OpenedSite, 'credentials' | 'place'> => {
    if (site.credentials !== undefined) return { credentials: site.credentials, place: 'file' };
    if (site.credentialsFile !== undefined) return { credentials: read(site.credentialsFile), place: 'file' };
    if (site.sealed === undefined || !keyStore.available()) return { credentials: '', place: 'none' };
    try {
      return { credentials: keyStore.decrypt(site.sealed), place: 'keyStore' };
    } catch {
      problem = 'its credentials were sealed on another computer or by another user; choose the file again';
      return { credentials: '', place: 'none' };
    }
  };
  const { credentials, place } = opened();
  return { credentials, place: credentials === '' ? 'none' : place, authority, problem };
}

/** With credentials sealed, if this computer has a key store. */
export function sealed(site: StoredSite, credentials: string, keyStore: KeyStore): StoredSite {
  const { credentials: _clear, credentialsFile: _file, sealed: _old, ...others } = site;
  return keyStore.available() ? { ...others, sealed: keyStore.encrypt(credentials) } : others;
}
