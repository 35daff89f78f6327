/** Calls and events of the sites thread. Crema owns both sides, so these types are the whole contract. */
import type { MessagePort } from 'node:worker_threads';
import type { Capture } from '#shared/model/capture';
import type { Retention } from '#shared/model/journal';
import type { SiteFields, SiteProgress, SiteTestResult } from '#shared/model/sites';
import type { BrokerAccess } from './broker/connect';

/** A site with everything that the thread needs. */
export interface SiteLink extends BrokerAccess, Pick<SiteFields, 'isMasked'> {
  readonly id: string;
  /** Secret of this computer from which the replacements of private texts are computed; 32 bytes as hex. */
  readonly maskKey: string;
  /** Verification codes, which are replaced too. */
  readonly codes: readonly string[];
}

/** A journal of a site as far as it was read, and the machines that changed since the last report. */
export interface SiteGrowth {
  readonly site: string;
  /** Its name, which is also its file's. */
  readonly journal: string;
  readonly file: string;
  readonly facts: Pick<Capture, 'entries' | 'machines' | 'from' | 'to'>;
  /** Machine states as JSON. */
  readonly machines: readonly { readonly vmcNo: number; readonly state: string }[];
}

export interface SitesCalls {
  /** Replaces all links. Links without a change stay connected. */
  configure: { args: { readonly links: readonly SiteLink[]; readonly retention: Retention }; result: null };
  /** A port to the journal thread, for the entries to send. */
  connectJournal: { args: { readonly port: MessagePort }; result: null };
  /** Changes nothing at the broker. */
  test: { args: SiteLink; result: readonly SiteTestResult[] };
}

export interface SitesEvents {
  readonly progress: { readonly id: string; readonly progress: SiteProgress };
  readonly grown: SiteGrowth;
  /** For the log. */
  readonly problem: string;
}

/** Data of the thread at its start. */
export interface SitesData {
  /** The folder with one folder for each site. */
  readonly directory: string;
}
