/** What people did with Crema, as the audit trail keeps it (main/audit): one line of a file for each act, which none can change without it showing. */
import { z } from 'zod';

/** About the trail itself: it begins, the line before was cut off, lines before were written after its last known end. */
const trailActs = ['begun', 'cut', 'unproven'] as const;
export const isTrailAct = (act: string): boolean => trailActs.some((one) => one === act);
/** Acts beside those that a window asked for: what a run gave, how a command ended. */
export const ownActs = ['runCommand', 'commandEnded', ...trailActs] as const;
/** What nobody did: Crema found it, or went on with what somebody had begun. */
export const isOwnAct = (act: string): boolean => ownActs.some((one) => one === act);
/** That a command was given proves nothing: how it ended is another line. */
export const isGiving = (act: string): boolean => act === 'command' || act === 'runCommand';

export const auditEntrySchema = z.strictObject({
  /** Grows by one. */
  n: z.int().min(1),
  /** ms since 1970 */
  at: z.int(),
  /** The operating system's name of whoever uses it. */
  user: z.string(),
  /** As said in Settings; ''. */
  name: z.string(),
  /** The screen it was done from, as the part of its address after '#'; '' where there was none. */
  screen: z.string(),
  act: z.string(),
  vmcNo: z.int().nullable(),
  /** What of the request matters to who reads it later. */
  what: z.record(z.string(), z.json()),
  /** `null`: done. Else the code and parameters of what was told instead. */
  refused: z.strictObject({ code: z.string(), params: z.record(z.string(), z.json()) }).nullable(),
  /** SHA-256 of the line before, hex; '' in the first. */
  prev: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
/** Where the chain stands: the number and hash of its last line. */
export interface AuditEnd {
  readonly n: number;
  readonly hash: string;
}

/** Why a line is not proven. */
const auditFaults = ['unreadable', 'changed', 'missing', 'rewritten', 'beyondEnd', 'endMissing'] as const;
export type AuditFault = (typeof auditFaults)[number];

export interface AuditRow {
  /** Of the file, from 1. */
  readonly line: number;
  /** `null`: it can't be read. */
  readonly entry: AuditEntry | null;
  /** `null`: it is as it was written, follows the one before it, and stands before the last known end. */
  readonly fault: AuditFault | null;
}

export const auditFilterSchema = z.strictObject({
  /** Anywhere in a line, whatever the case; '' for all. */
  text: z.string().max(200),
  /** … or any of these acts, whose words in the window's language have the text. */
  acts: z.array(z.string().max(40)).max(100),
  vmcNo: z.int().min(0).nullable(),
  /** broken: only what does not follow. */
  result: z.enum(['all', 'done', 'refused', 'broken']),
  /** ms; `null`: without a beginning, without an end. */
  from: z.int().nullable(),
  to: z.int().nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** Newest first. Lines that don't follow are in it whatever the filter. */
export interface AuditPage {
  readonly rows: readonly AuditRow[];
  /** There are older ones. */
  readonly hasMore: boolean;
  /** Of the whole file, and how many of them don't follow. */
  readonly lines: number;
  readonly faults: number;
}

/** How writing goes. */
export interface AuditState {
  /** Changes with every line that was written. */
  readonly written: number;
  /** What the system says where it can't be written, and how many lines wait in memory for it. */
  readonly problem: string | null;
  readonly waiting: number;
}
