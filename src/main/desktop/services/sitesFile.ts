/**
 * The sites of this computer, in `sites.json` of the data folder. The window changes the file. An administrator may put a
 * prepared one there, with credentials in clear or with paths of files. At its next start Crema seals credentials in
 * clear with the system's key store.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { z } from 'zod';
import { siteFields, siteId, mostSites, type CredentialsPlace } from '#shared/model/sites';
import { readKept, type Parts } from '../../lib/files/keptFile';
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
  /** Only with `send`: until when support's commands need no question. ms since 1970, or a date and time with its zone. */
  allowedUntil: z
    .union([z.int(), z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))])
    .optional(),
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

const key = z.string().regex(/^[\da-f]{64}$/);

/** Entries that this version does not use. They stay as they are when the file is written again. */
export interface RestOfSites {
  readonly sites: readonly unknown[];
  /** Other values of the file. */
  readonly values: Parts;
}

export interface FoundSites {
  readonly sites: readonly StoredSite[];
  /** Replacements of private texts are computed from it, so that equal texts get equal ones. */
  readonly maskKey: string;
  readonly rest: RestOfSites;
  /** One line for each entry that is not used, and for an unreadable file. */
  readonly problems: readonly string[];
  /** An administrator wrote the file: ids or the key were missing, and were made now. */
  readonly isPrepared: boolean;
  /** The file has something that would be lost if it were written again. */
  readonly isDamaged: boolean;
}

export function readSites(path: string): FoundSites {
  const { parts, state, detail, isCut } = readKept(path);
  const { sites: rows = [], maskKey: given, ...values } = parts ?? {};
  const sites: StoredSite[] = [];
  const unused: unknown[] = [];
  const problems: string[] = [];
  if (parts === null && state !== 'none') problems.push(`it can't be read (${detail})`);
  if (isCut) problems.push(`it is damaged (${detail})`);
  if (!Array.isArray(rows)) problems.push('"sites" is not a list');
  const all: readonly unknown[] = Array.isArray(rows) ? rows : [];
  for (const [index, one] of all.entries()) {
    const site = stored.safeParse(one);
    const problem = site.success ? problemOf(site.data, sites) : z.prettifyError(site.error);
    if (site.success && problem === null) sites.push(site.data);
    else {
      unused.push(one);
      problems.push(`site ${index + 1}: ${problem ?? ''}`);
    }
  }
  const maskKey = key.safeParse(given);
  const isKeyOdd = given !== undefined && !maskKey.success;
  if (isKeyOdd) problems.push('"maskKey" must have 64 hexadecimal digits; another key is used');
  return {
    sites,
    maskKey: maskKey.data ?? randomBytes(32).toString('hex'),
    rest: { sites: unused, values },
    problems,
    isPrepared: parts !== null && (given === undefined || !all.every(isNamed)),
    isDamaged: (parts === null && state !== 'none') || isCut || isKeyOdd || !Array.isArray(rows),
  };
}

const isNamed = (one: unknown): boolean => typeof one === 'object' && one !== null && 'id' in one;

function problemOf({ id, role }: StoredSite, before: readonly StoredSite[]): string | null {
  if (before.some((one) => one.id === id)) return 'its id is used twice';
  if (role === 'send' && before.some((one) => one.role === 'send'))
    return 'only one site can have the role "send"';
  return before.length < mostSites ? null : `more than ${mostSites} sites`;
}

/** @throws Error if the disk rejects the write */
export function writeSites(
  path: string,
  { sites, maskKey, rest }: Pick<FoundSites, 'sites' | 'maskKey' | 'rest'>,
): void {
  writeKept(path, { ...rest.values, sites: [...sites, ...rest.sites], maskKey });
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

/** Whether a chosen file may have these: a certificate or its key is mistaken for credentials, and the reverse. */
export const fits = (content: 'credentials' | 'authority', text: string): boolean =>
  content === 'authority'
    ? text.includes('-----BEGIN CERTIFICATE-----')
    : text.trim() !== '' && (!text.includes('-----BEGIN') || text.includes('-----BEGIN USER NKEY SEED-----'));

/** With credentials sealed, if this computer has a key store. */
export function sealed(site: StoredSite, credentials: string, keyStore: KeyStore): StoredSite {
  const { credentials: _clear, credentialsFile: _file, sealed: _old, ...others } = site;
  return keyStore.available() ? { ...others, sealed: keyStore.encrypt(credentials) } : others;
}
