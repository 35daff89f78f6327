/** What the package knows about how it was made: `build.json` of its archive, written by `npm run dist`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  kind: z.enum(['release', 'test']),
  version: z.string(),
  /** Of the sources; '' where that was not known. */
  commit: z.string(),
  /** The sources were changed after it. */
  changed: z.boolean(),
  /** When that was committed, ISO 8601. */
  committedAt: z.string(),
  /** The runtime's version. */
  electron: z.string(),
});
export type BuildInfo = z.infer<typeof schema>;

/** `null`: it runs from its sources. */
export function readBuildInfo(appPath: string): BuildInfo | null {
  try {
    return schema.parse(JSON.parse(readFileSync(join(appPath, 'build.json'), 'utf8')));
  } catch {
    return null;
  }
}
