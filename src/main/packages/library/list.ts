/** The library's list on disk, `packages.json`. */
import { join } from 'node:path';
import { z } from 'zod';
import { androidPackageTypes, noStory, packagePathStyles, type UpgradePackage } from '#shared/model/upgrade';
import type { FileDamage } from '#shared/model/fileDamage';
import { readKept, type Parts } from '../../lib/files/keptFile';
import { clearUnfinished, keepDamaged, writeKept } from '../../lib/files/writeKept';

const count = z.int().min(0);
const reason = z
  .strictObject({ by: z.enum(['fileName', 'member', 'updateXml']), text: z.string() })
  .nullable();
const entrySchema = z.strictObject({
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
  // Lists of earlier versions lack these members.
  label: z.string().default(noStory.label),
  notes: z.string().default(noStory.notes),
  guessed: z.strictObject({ version: reason, platform: reason }).default(noStory.guessed),
  matched: z
    .array(z.strictObject({ by: z.enum(['sha256', 'md5']), file: z.string() }))
    .default([...noStory.matched]),
  origin: z.strictObject({ vmcNo: count, model: z.string() }).nullable().default(noStory.origin),
});
const version = 1;

export const listName = 'packages.json';

export interface ReadList {
  readonly packages: readonly UpgradePackage[];
  /** The damage of the list; `null`: none. */
  readonly damage: Pick<FileDamage, 'what' | 'detail'> | null;
}

export class PackageList {
  readonly #file: string;
  readonly #now: () => number;
  /** A damaged file without a copy so far. It is copied before it is overwritten. */
  #damaged: { readonly isReadable: boolean } | null = null;

  constructor(directory: string, now: () => number) {
    this.#file = join(directory, listName);
    this.#now = now;
  }

  /** A damaged list, or one without a copy, must be written next. */
  read(): ReadList & { readonly isToBeWritten: boolean } {
    clearUnfinished(this.#file);
    const { state, parts, other, detail, isReadable, isSafe } = readKept(this.#file);
    if (state === 'none') return { packages: [], damage: null, isToBeWritten: false };
    const mine = entriesOf(parts);
    const others = entriesOf(other);
    const isProven = state !== 'damaged' && mine.isWhole;
    const packages = isProven ? mine.packages : together(mine.packages, others.packages);
    if (isProven && state === 'sound') return { packages, damage: null, isToBeWritten: !isSafe };
    this.#damaged = { isReadable };
    return { packages, damage: { what: isProven ? 'fromCopy' : 'unproven', detail }, isToBeWritten: true };
  }

  /** Replaces the list, safe against power failures. @throws Error if the disk rejects the write */
  write(packages: readonly UpgradePackage[]): void {
    const damaged = this.#damaged;
    if (damaged !== null) keepDamaged(this.#file, damaged.isReadable, this.#now());
    this.#damaged = null;
    writeKept(this.#file, { version, packages });
  }
}

/** Parses each entry on its own: a damaged one does not affect the others. */
function entriesOf(parts: Parts | null): {
  readonly packages: readonly UpgradePackage[];
  readonly isWhole: boolean;
} {
  const entries = parts?.['packages'];
  if (!Array.isArray(entries)) return { packages: [], isWhole: false };
  const packages = entries.flatMap((entry: unknown) => entrySchema.safeParse(entry).data ?? []);
  return { packages, isWhole: packages.length === entries.length && parts?.['version'] === version };
}

const together = (
  first: readonly UpgradePackage[],
  second: readonly UpgradePackage[],
): readonly UpgradePackage[] => {
  const known = new Set(first.map(({ id }) => id));
  return [...first, ...second.filter(({ id }) => !known.has(id))];
};
