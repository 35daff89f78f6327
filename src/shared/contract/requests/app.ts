/** Requests about Crema itself: its windows, log, crashes, support file and audit trail. */
import { z } from 'zod';
import { checkNames, type DoctorResult } from '../../doctor';
import type { About, Licence } from '../../model/about';
import { auditFilterSchema, type AuditPage } from '../../model/audit';
import { crashIdForm } from '../../model/crash';
import { optionalSupport, supportHours } from '../../model/support';
import { result, type RequestRows, before, limit, nothing, vmcNo } from '../request';

export const appRequests = {
  /** Opens another window of the app, for a second screen. */
  openWindow: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  /** A picture of a chart, as PNG. */
  copyImage: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ png: z.instanceof(Uint8Array).refine(({ length }) => length <= 20_000_000) }),
    result: result<null>(),
  },
  copyText: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ text: z.string().max(1_000_000) }),
    result: result<null>(),
  },
  /** Asks for a place and writes this window's print view there, as PDF; `null`: no place was chosen. */
  saveSheet: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Runs one of the doctor's checks; it changes nothing. */
  checkComputer: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ check: z.enum(checkNames) }),
    result: result<readonly DoctorResult[]>(),
  },
  /** Reports a part of the window that could not be drawn. It is written to the log, at most 20 times in a minute. */
  reportProblem: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ where: z.string().max(200), detail: z.string().max(4_000) }),
    result: result<null>(),
  },
  /** In the system's file manager. */
  openLogFolder: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  about: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<About>(),
  },
  /** Licences of everything that is shipped, by name. */
  licences: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<readonly Licence[]>(),
  },
  /** In the system's file manager. */
  openDataFolder: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  /** Opens Chromium's licences, a separate page, in the browser. */
  openChromiumLicences: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  /** The report about a crashed part. */
  crashNote: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: z.string().regex(crashIdForm) }),
    result: result<{ readonly text: string; readonly file: string }>(),
  },
  /** A person has acknowledged the crashes: they are not reported again. */
  crashesSeen: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  /** Begins a support file and collects everything but the frames. The feed reports the progress. */
  supportCollect: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  /** Adds the frames of the last `hours` to the support file; 0 removes them. `machines` null: of all machines. */
  supportFrames: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({
      hours: z.int().min(0).max(supportHours),
      machines: z.array(vmcNo).min(1).max(500).nullable(),
    }),
    result: result<null>(),
  },
  /** Asks for a place and writes the ZIP there; `null`: no place was chosen. */
  supportSave: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ without: z.array(z.enum(optionalSupport)).max(optionalSupport.length) }),
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Cancels the work on it; earlier results stay. */
  supportCancel: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  /** The dialog was closed. */
  supportEnd: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: nothing,
    result: result<null>(),
  },
  /** A page of the audit trail, newest first. */
  audit: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({
      filter: auditFilterSchema,
      before,
      limit,
    }),
    result: result<AuditPage>(),
  },
  /** Asks for a place and writes all lines that the filter lets through; JSONL as in the file. `null`: no place was chosen. */
  exportAudit: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({
      filter: auditFilterSchema,
      as: z.enum(['csv', 'jsonl']),
      /** For CSV (the keys are in main/desktop/audit/table.ts). A value without a text is written as its code. */
      words: z
        .record(z.string().max(60), z.string().max(300))
        .refine((words) => Object.keys(words).length <= 500),
    }),
    /** The name of the file. */
    result: result<string | null>(),
  },
} as const satisfies RequestRows;
