/** Other places through a broker: what this computer sends, and what it reads. Times are ms since 1970. */
import { z } from 'zod';
import type { CommandName } from '../commands/index';
import type { AcceptableReason } from '../commands/kit/possible';
import type { JsonObject } from './json';

/** `send`: this computer's journal goes to the broker. `read`: the journals of another site come from it. */
export const siteRoles = ['send', 'read'] as const;
export type SiteRole = (typeof siteRoles)[number];

export const longestSiteName = 60;
export const longestServers = 200;
/** One account of a broker each. */
export const mostSites = 200;

/** The part of a site that a person enters. */
export const siteFields = z.strictObject({
  name: z.string().trim().min(1).max(longestSiteName),
  role: z.enum(siteRoles),
  /** Name or address of the broker, and a port if it is not 4222; several with commas: the servers of one cluster. */
  servers: z.string().trim().min(1).max(longestServers),
  /** Only with `send`: private texts are replaced before they leave this computer. */
  isMasked: z.boolean(),
});
export type SiteFields = z.infer<typeof siteFields>;

/** A random text that names the site's folder on this computer. */
export const siteId = z.string().regex(/^[\da-z-]{1,40}$/);

/** Why the broker can't be used. */
export type BrokerTroubleCode =
  /** No address for its name. */
  | 'unknownName'
  /** Nothing listens there. */
  | 'closed'
  | 'unreachable'
  | 'certificate'
  /** Without encryption it does not answer. */
  | 'tlsNeeded'
  /** It does not encrypt from the first byte. */
  | 'tlsMissing'
  | 'noCredentials'
  | 'refused'
  | 'expired'
  | 'notPermitted'
  /** The account has no JetStream. */
  | 'noStreams'
  /** The account has no stream `UP`. */
  | 'noStream'
  | 'full'
  | 'tooLong'
  | 'silent'
  /** This computer can't write the entries that it read. */
  | 'thisDisk'
  | 'other';

export interface BrokerTrouble {
  readonly code: BrokerTroubleCode;
  /** The message of the broker or the system. */
  readonly detail: string;
}

/** How far sending or reading is. */
export interface SiteProgress {
  /** `recovering`: it waits for the end of a journal's recovery. */
  readonly status: 'connecting' | 'moving' | 'upToDate' | 'waiting' | 'recovering';
  /** Why it waits; `null`: it does not. */
  readonly trouble: BrokerTrouble | null;
  /** `send`: entries that the broker does not have. `read`: messages that this computer does not have. */
  readonly behind: number;
  /** Time of the newest entry that was sent or read; `null`: none. */
  readonly until: number | null;
  /** Time of the last acknowledgement or message; `null`: none in this launch. */
  readonly heardAt: number | null;
  /** `read`: journals that are not read, because a site has too many; 1,000 stands for more too. */
  readonly leftOut: number;
}

export const noProgress: SiteProgress = {
  status: 'connecting',
  trouble: null,
  behind: 0,
  until: null,
  heardAt: null,
  leftOut: 0,
};

/** Where the credentials are. `memory`: until Crema ends, because this computer has no key store. */
export type CredentialsPlace = 'none' | 'memory' | 'keyStore' | 'file';

/** A site as the window shows it. */
export interface Site extends SiteFields {
  readonly id: string;
  readonly credentials: CredentialsPlace;
  /** Whether the certificate of the broker's own authority is known; otherwise the system's authorities count. */
  readonly hasAuthority: boolean;
  /** Only with `send`: until when support's commands are carried out without a question; `null`: a person here is asked. */
  readonly allowedUntil: number | null;
  readonly progress: SiteProgress;
}

/** Support wants a command for a machine of this computer, and waits for a person here. */
export interface SupportAsk {
  /** Made by support's computer. */
  readonly request: string;
  readonly vmcNo: number;
  readonly name: CommandName;
  readonly input: JsonObject;
  /** Reasons against the command that the person at support accepted. */
  readonly accepted: readonly AcceptableReason[];
  readonly person: string;
  readonly computer: string;
  readonly at: number;
}

/** A person's answer to support. `hour`: it and all others of support for an hour. */
export const supportAnswers = ['once', 'hour', 'refuse'] as const;
export type SupportAnswer = (typeof supportAnswers)[number];
/** [ours] ms that support's commands may be allowed for at most. */
export const longestAllowed = 7 * 86_400_000;

/** The state of all sites. `problem`: why the file of sites can't be read or written; `null`: it can. */
export interface SitesState {
  readonly sites: readonly Site[];
  readonly problem: string | null;
  /** Oldest first. */
  readonly asks: readonly SupportAsk[];
}

export const siteTestSteps = [
  'name',
  'connection',
  'encryption',
  'account',
  'stream',
  'permissions',
] as const;
export type SiteTestStep = (typeof siteTestSteps)[number];
/** `result`: of this step; `skipped`: an earlier step failed, or it does not apply. */
export interface SiteTestResult {
  readonly step: SiteTestStep;
  readonly result: 'ok' | 'failed' | 'skipped';
  readonly trouble: BrokerTrouble | null;
  /** The addresses, the stream's size and similar facts; may be empty. */
  readonly detail: string;
}

/** A journal of another site that this computer reads: shown like a capture that grows. */
export interface SiteJournalFacts {
  readonly site: string;
  /** The newest of the site's journals. A site begins another if its data folder was replaced. */
  readonly isNewest: boolean;
  /** Grows with each change of a command that a person here gave. */
  readonly commands: number;
}

/** [ours] ms without a newer entry, after which a site counts as away. Machines send a heartbeat every minute or more often. */
export const awayAfter = 5 * 60_000;

/**
 * Whether nothing is known of a site's machines now: its computer, its network or its Crema may be off, although the broker answers. `to`:
 * time of its newest entry, by its own clock; `heardAt`: time of its last message, by this computer's.
 */
export function isAway(to: number, heardAt: number | null, now: number): boolean {
  // A site's clock can be ahead.
  const last = to > now ? (heardAt ?? -Infinity) : to;
  return now - last >= awayAfter;
}

/** Whether the broker has no newer entry of a read site: all is read, and still its machines are not known. */
export function isQuiet({ role, progress }: Pick<Site, 'role' | 'progress'>, now: number): boolean {
  const { status, until, heardAt } = progress;
  return role === 'read' && status === 'upToDate' && (until === null || isAway(until, heardAt, now));
}
