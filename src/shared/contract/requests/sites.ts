/** Requests about other sites, which share their records through a broker. */
import { z } from 'zod';
import type { Job } from '../../model/capture';
import type { Command } from '../../model/command';
import { longestFileName, siteFileId, type SiteFileList } from '../../model/siteFiles';
import { longestAllowed, siteFields, siteId, supportAnswers, type SiteTestResult } from '../../model/sites';
import { result, type RequestRows } from '../request';
import { commandsRequests } from './commands';

/** `name`: as listed, for the audit trail and the file dialog. */
const listedFile = { id: siteId, file: siteFileId, name: z.string().max(longestFileName) };

export const siteRequests = {
  addSite: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: siteFields,
    /** Its id. */
    result: result<string>(),
  },
  changeSite: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id: siteId, ...siteFields.omit({ role: true }).shape }),
    result: result<null>(),
  },
  /** Also deletes what this computer has read of the site. */
  removeSite: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id: siteId }),
    result: result<null>(),
  },
  /** Asks for a file with the site's credentials, or with the certificate of the broker's own authority. `null`: none was chosen. */
  chooseSiteFile: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id: siteId, content: z.enum(['credentials', 'authority']) }),
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Lets support's commands through without a question, for so many ms; `null`: a person here is asked again. */
  allowSupport: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id: siteId, for: z.int().min(60_000).max(longestAllowed).nullable() }),
    result: result<null>(),
  },
  /** Answers support, which waits to give a command to a machine of this computer. */
  answerSupport: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ request: z.uuid(), answer: z.enum(supportAnswers) }),
    result: result<null>(),
  },
  /** Gives a command to a machine of another site. `request`: a new random id. Resolves when the site has given it. */
  siteCommand: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ site: siteId, request: z.uuid(), ...commandsRequests.command.args.shape }),
    result: result<Command>(),
  },
  /** Takes back such a command while a person at the site is asked. */
  withdrawSiteCommand: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ request: z.uuid() }),
    result: result<null>(),
  },
  /** Tries the broker step by step. It changes nothing there. */
  testSite: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: siteId }),
    result: result<readonly SiteTestResult[]>(),
  },
  /** The files in a site's stream. */
  siteFiles: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: siteId }),
    result: result<SiteFileList>(),
  },
  /** Asks for a capture to send. `null`: none was chosen. */
  sendSiteFile: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ id: siteId }),
    result: result<Job | null>(),
  },
  /** Fetches a file, to a place that is asked for, or to open it as a capture. `null`: no place was chosen. */
  fetchSiteFile: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject({ ...listedFile, as: z.enum(['file', 'capture']) }),
    result: result<Job | null>(),
  },
  /** Removes a file from the stream. */
  removeSiteFile: {
    thread: 'desktop',
    scope: 'app',
    audit: 'own',
    args: z.strictObject(listedFile),
    result: result<null>(),
  },
} as const satisfies RequestRows;
