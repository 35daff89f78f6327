/** The files that machines have sent, as they lie in the data folder (upgrade/receiveFile.ts puts them there). */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fetchTypes, type FetchedFile } from '#shared/model/fetched';

const fileSchema = z.strictObject({
  id: z.int().min(1),
  vmcNo: z.int().min(0),
  type: z.enum(fetchTypes),
  day: z.string().max(20).nullable(),
  askedAt: z.number(),
  at: z.number(),
  bytes: z.int().min(0),
  sha256: z.string().length(64),
  fileName: z.string().max(300),
  remoteAddress: z.string().max(100),
});

/** So many of the newest are known. */
export const mostFetched = 500;

/** Newest first. A file that is gone, or of which nothing is known, is passed over. A folder that does not exist has none. */
export async function keptFiles(folder: string): Promise<readonly FetchedFile[]> {
  const found: FetchedFile[] = [];
  for (const machine of await names(folder))
    for (const name of await names(join(folder, machine))) {
      if (!name.endsWith('.json')) continue;
      const file = await readNote(join(folder, machine, name));
      const path = join(folder, machine, name.slice(0, -'.json'.length));
      if (file !== null && (await stat(path).catch(() => null))?.isFile() === true) found.push(file);
    }
  return found.toSorted((a, b) => b.at - a.at || b.id - a.id).slice(0, mostFetched);
}

async function readNote(path: string): Promise<FetchedFile | null> {
  try {
    const read = fileSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).toSorted((a, b) => (a < b ? -1 : 1));
}
