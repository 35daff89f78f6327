/** Requests about files that machines sent. */
import { z } from 'zod';
import type { FetchedContent } from '../../model/fetched';
import type { UpgradePackage } from '../../model/upgrade';
import { result, type RequestRows } from '../request';

export const uploadsRequests = {
  /** The content of a machine's file that can be shown; `id`: of the command that asked for it. */
  fetchedContent: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<FetchedContent>(),
  },
  /** Asks for a place and copies the file there; `null`: no place was chosen. */
  saveFetched: {
    thread: 'desktop',
    scope: 'app',
    audit: false,
    args: z.strictObject({ id: z.int().min(1) }),
    /** The name of the file. */
    result: result<string | null>(),
  },
  /** Imports the file into the library of packages. */
  backUpFetched: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<UpgradePackage>(),
  },
  removeFetched: {
    thread: 'desktop',
    scope: 'app',
    audit: 'args',
    args: z.strictObject({ id: z.int().min(1) }),
    result: result<null>(),
  },
} as const satisfies RequestRows;
