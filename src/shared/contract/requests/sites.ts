/** Requests about other sites, which share their records through a broker. */
import { z } from 'zod';
import { siteFields, siteId, type SiteTestResult } from '../../model/sites';
import { result, type RequestRows } from '../request';

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
  /** Tries the broker step by step. It changes nothing there. */
  testSite: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: siteId }),
    result: result<readonly SiteTestResult[]>(),
  },
} as const satisfies RequestRows;
