/** Files that travel between sites through a broker. Sizes are bytes, times ms since 1970. */
import { z } from 'zod';

/** [ours] Bytes of a file that can be sent. */
export const longestSiteUpload = 256 * 1_048_576;

/** Names a file in a site's stream: a part of the SHA-256 of its content and name. */
export const siteFileId = z.string().regex(/^[\da-f]{32}$/);

/** Characters of a file's name. */
export const longestFileName = 150;

/**
 * complete: the broker has all of it. incomplete: parts are missing. coming: it is still being sent, and its name is not known yet.
 * differs: it was fetched, and its SHA-256 did not match. unreadable: its description can't be read.
 */
type SiteFileState = 'complete' | 'incomplete' | 'coming' | 'differs' | 'unreadable';

export interface SiteFile {
  readonly id: string;
  /** Safe as the name of a file; '': not known. */
  readonly name: string;
  readonly bytes: number;
  /** When it was sent, by the sender's clock; `null`: not known. */
  readonly at: number | null;
  /** The sender's computer. */
  readonly computer: string;
  readonly state: SiteFileState;
}

export interface SiteFileList {
  /** Newest first. */
  readonly files: readonly SiteFile[];
  /** Files that are not listed, because there are too many. */
  readonly leftOut: number;
  /** Whether the credentials of this computer may remove files. */
  readonly mayRemove: boolean;
}
