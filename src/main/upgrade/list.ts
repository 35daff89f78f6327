/** The library's list on disk, `packages.json`. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { androidPackageTypes, noStory, packagePathStyles, type UpgradePackage } from '#shared/model/upgrade';
import { setAside } from '../files/setAside';

const count = z.int().min(0);
const reason = z
  .strictObject({ by: z.enum(['fileName', 'member', 'updateXml']), text: z.string() })
  .nullable();
const schema = z.strictObject({
  version: z.literal(1),
  packages: z.array(
    z.strictObject({
      id: z.string().regex(/^[0-9a-f]{64}$/),
      fileName: z.string().min(1),
      size: count,
      md5: z.string().regex(/^[0-9a-f]{32}$/),
      addedAt: count,
      members: count,
      unpackedSize: count,
      version: z.string(),
      platform: z.enum(['linux', 'android']).nullable(),
      androidType: z.enum(androidPackageTypes).nullable(),
      pathStyle: z.enum(packagePathStyles),
      // A list that an earlier Crema wrote has none of these.
      label: z.string().default(noStory.label),
      notes: z.string().default(noStory.notes),
      guessed: z.strictObject({ version: reason, platform: reason }).default(noStory.guessed),
      matched: z
        .array(z.strictObject({ by: z.enum(['sha256', 'md5']), file: z.string() }))
        .default([...noStory.matched]),
      origin: z.strictObject({ vmcNo: count, model: z.string() }).nullable().default(noStory.origin),
    }),
  ),
});

/** How the name of a damaged list that was set aside begins. */
export const damagedList = 'packages.damaged-';

export interface ReadList {
  readonly packages: readonly UpgradePackage[];
  /** Where a damaged list was put, if there was one. */
  readonly damagedCopy: string | null;
}

export function readList(directory: string, now: number): ReadList {
  const file = join(directory, 'packages.json');
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      return { packages: [], damagedCopy: null };
    throw error;
  }
  const parsed = schema.safeParse(fromJson(text));
  if (parsed.success) return { packages: parsed.data.packages, damagedCopy: null };
  return { packages: [], damagedCopy: setAside(file, { why: 'damaged', now }) };
}

/** Replaces the list atomically, also if power fails. */
export function writeList(directory: string, packages: readonly UpgradePackage[]): void {
  const file = join(directory, 'packages.json');
  const temporary = `${file}.part`;
  try {
    const handle = openSync(temporary, 'w');
    try {
      writeFileSync(handle, `${JSON.stringify({ version: 1, packages }, null, 2)}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
