/** Requests about Crema itself: its windows, log, crashes, support file and audit trail. */
import { z } from 'zod';
import { checkNames, type DoctorResult } from '../doctor';
import type { About, Licence } from '../model/about';
import { auditFilterSchema, type AuditPage } from '../model/audit';
import { crashIdForm } from '../model/crash';
import { optionalSupport, supportHours } from '../model/support';
import { before, limit, nothing, vmcNo } from './fields';

export const appRequests = {
  /** One more window of the same app, for a second screen. */
  openWindow: nothing,
  /** A picture of a chart, as PNG. */
  copyImage: z.strictObject({ png: z.instanceof(Uint8Array).refine(({ length }) => length <= 20_000_000) }),
  copyText: z.strictObject({ text: z.string().max(1_000_000) }),
  /** Asks for a place and writes what this window shows for paper there, as PDF; `null`: none was chosen. */
  saveSheet: nothing,
  /** One of the doctor's checks; it changes nothing. */
  checkComputer: z.strictObject({ check: z.enum(checkNames) }),
  /** A part of the window could not be drawn: it is written to the log, at most 20 in a minute. */
  reportProblem: z.strictObject({ where: z.string().max(200), detail: z.string().max(4_000) }),
  /** In the system's file manager. */
  openLogFolder: nothing,
  about: nothing,
  /** Of everything that is shipped, by name. */
  licences: nothing,
  /** In the system's file manager. */
  openDataFolder: nothing,
  /** Chromium's own are a page of their own, for a browser. */
  openChromiumLicences: nothing,
  /** What was written about something that stopped working. */
  crashNote: z.strictObject({ id: z.string().regex(crashIdForm) }),
  /** A person has seen what stopped working: nobody is told again. */
  crashesSeen: nothing,
  /** Begins a support file: all but the frames is put together; the feed tells how far it is. */
  supportCollect: nothing,
  /** Puts the last hours of machines into it (`null`: of all), or (hours 0) takes them out again. */
  supportFrames: z.strictObject({
    hours: z.int().min(0).max(supportHours),
    machines: z.array(vmcNo).min(1).max(500).nullable(),
  }),
  /** Asks for a place and writes the ZIP there; `null`: none was chosen. */
  supportSave: z.strictObject({ without: z.array(z.enum(optionalSupport)).max(optionalSupport.length) }),
  /** Gives up what is being done for it; what was put together before stays. */
  supportCancel: nothing,
  /** Nobody looks at it any more. */
  supportEnd: nothing,
  /** A page of the audit trail, newest first. */
  audit: z.strictObject({
    filter: auditFilterSchema,
    before,
    limit,
  }),
  /** Asks for a place and writes all that the filter lets through there; JSONL as it stands in the file. `null`: none was chosen. */
  exportAudit: z.strictObject({
    filter: auditFilterSchema,
    as: z.enum(['csv', 'jsonl']),
    /** For CSV (main/desktop/audit/table.ts says which); what has none is written as its code. */
    words: z
      .record(z.string().max(60), z.string().max(300))
      .refine((words) => Object.keys(words).length <= 500),
  }),
} as const;

export interface AppResults {
  openWindow: null;
  copyText: null;
  copyImage: null;
  /** The name of the file. */
  saveSheet: string | null;
  checkComputer: readonly DoctorResult[];
  reportProblem: null;
  openLogFolder: null;
  about: About;
  licences: readonly Licence[];
  openDataFolder: null;
  openChromiumLicences: null;
  crashNote: { readonly text: string; readonly file: string };
  crashesSeen: null;
  supportCollect: null;
  supportFrames: null;
  /** The name of the file. */
  supportSave: string | null;
  supportCancel: null;
  supportEnd: null;
  audit: AuditPage;
  /** The name of the file. */
  exportAudit: string | null;
}
