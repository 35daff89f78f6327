/** Facts about the build: `build.json` in the package's archive, written by `npm run dist`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const schema = z.object({
  kind: z.enum(['release', 'test']),
  version: z.string(),
  /** Commit of the sources; '' if unknown. */
  commit: z.string(),
  /** The sources had uncommitted changes. */
  changed: z.boolean(),
  /** Time of the commit, ISO 8601. */
  committedAt: z.string(),
  /** Version of the runtime. */
  electron: z.string(),
});
export type BuildInfo = z.infer<typeof schema>;

/** `null`: Crema runs from its sources. */
export function readBuildInfo(appPath: string): BuildInfo | null {
  try {
    return schema.parse(JSON.parse(readFileSync(join(appPath, 'build.json'), 'utf8')));
  } catch {
    return null;
  }
}
