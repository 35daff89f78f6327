/** The audit trail (main/desktop/audit): a file with one line for each act of a person. A changed line breaks the chain of hashes. */
import { z } from 'zod';

/** Lines about the trail itself: it begins, its last line was cut off, lines follow its last known end. */
const trailActs = ['begun', 'cut', 'unproven'] as const;
export const isTrailAct = (act: string): boolean => trailActs.some((one) => one === act);
/** Acts that no window of this computer requested: a run or support gave a command, a command ended. */
export const ownActs = ['runCommand', 'supportCommand', 'commandEnded', ...trailActs] as const;
/** Acts of Crema itself. */
export const isOwnAct = (act: string): boolean => ownActs.some((one) => one === act);
/** The act gives a command. Its end is another line. */
export const isGiving = (act: string): boolean =>
  act === 'command' || act === 'runCommand' || act === 'supportCommand' || act === 'siteCommand';

export const auditEntrySchema = z.strictObject({
  /** Grows by one. */
  n: z.int().min(1),
  /** ms since 1970 */
  at: z.int(),
  /** The person's user name in the operating system. */
  user: z.string(),
  /** The person's name in Settings, or ''. */
  name: z.string(),
  /** The window's screen: the part of its address after '#'; '' without a screen. */
  screen: z.string(),
  act: z.string(),
  vmcNo: z.int().nullable(),
  /** Arguments and results for a later reader. */
  what: z.record(z.string(), z.json()),
  /** `null`: done. Otherwise the code and parameters of the refusal. */
  refused: z.strictObject({ code: z.string(), params: z.record(z.string(), z.json()) }).nullable(),
  /** SHA-256 of the previous line, hex; '' in the first line. */
  prev: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
/** Number and hash of the last line of the chain. */
export interface AuditEnd {
  readonly n: number;
  readonly hash: string;
}

/** Reasons why a line is unproven. */
const auditFaults = ['unreadable', 'changed', 'missing', 'rewritten', 'beyondEnd', 'endMissing'] as const;
export type AuditFault = (typeof auditFaults)[number];

export interface AuditRow {
  /** Number of the line in the file, from 1. */
  readonly line: number;
  /** `null`: unreadable. */
  readonly entry: AuditEntry | null;
  /** `null`: unchanged, follows the previous line, and is not after the last known end. */
  readonly fault: AuditFault | null;
}

export const auditFilterSchema = z.strictObject({
  /** Anywhere in a line, case-insensitive; '' matches all lines. */
  text: z.string().max(200),
  /** Also matches lines of these acts: their names in the window's language contain the text. */
  acts: z.array(z.string().max(40)).max(100),
  /** Also matches lines with these commands, for the same reason. */
  commands: z.array(z.string().max(40)).max(100),
  vmcNo: z.int().min(0).nullable(),
  /** `broken`: only lines with a fault. */
  result: z.enum(['all', 'done', 'refused', 'broken']),
  /** ms; `null`: no limit. */
  from: z.int().nullable(),
  to: z.int().nullable(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** Newest first. The filter never hides lines with a fault. */
export interface AuditPage {
  readonly rows: readonly AuditRow[];
  /** Older lines exist. */
  readonly hasMore: boolean;
  /** Lines of the whole file, and lines with a fault. */
  readonly lines: number;
  readonly faults: number;
}

/** State of writing. */
export interface AuditState {
  /** Changes with every written line. */
  readonly written: number;
  /** The system's error if the file can't be written; `waiting` lines are in memory meanwhile. */
  readonly problem: string | null;
  readonly waiting: number;
}
