/** The two texts of a release: `SHA256SUMS`, which is signed, and `release.json`, whose sum is in it. */
import { z } from 'zod';

export const sumsName = 'SHA256SUMS';
export const manifestName = 'release.json';

/** Bounds of files that are read before their signature is checked. */
export const mostBytes = { sums: 65_536, manifest: 524_288, signature: 64 } as const;
const mostFiles = 100;

/**
 * No separator, no blank, no leading dot and no name that Windows reserves: a name is one file of one folder on every system.
 * The code hosting site keeps these names as they are.
 */
export const isPlainName = (name: string): boolean =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,126}[A-Za-z0-9]$/.test(name) &&
  !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name);

/** Names with a meaning of their own. */
export const isReserved = (name: string): boolean => {
  const lower = name.toLowerCase();
  return lower === sumsName.toLowerCase() || lower === manifestName || lower.endsWith('.sig');
};

export interface ReleaseFile {
  readonly name: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const version = z
  .string()
  .max(64)
  .regex(/^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/);
const notes = z.string().min(1).max(100_000);
const areDistinct = (names: readonly string[]): boolean =>
  new Set(names.map((name) => name.toLowerCase())).size === names.length;
const release = z.strictObject({
  format: z.literal(1),
  product: z.literal('crema'),
  version,
  /** The oldest version that can update to this one. */
  minimumVersion: version,
  files: z
    .array(
      z.strictObject({
        name: z.string().refine((name) => isPlainName(name) && !isReserved(name)),
        size: z.int().min(1),
        sha256,
      }),
    )
    .min(1)
    .max(mostFiles)
    .refine((files) => areDistinct(files.map(({ name }) => name))),
  notes: z.strictObject({ en: notes.optional(), 'zh-CN': notes.optional() }),
});
export type Release = z.infer<typeof release>;

/** `null`: not a manifest. */
export function readManifest(text: string): Release | null {
  try {
    return release.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Throws if `readManifest` would refuse it. */
export const manifestText = (of: Release): string => `${JSON.stringify(release.parse(of), null, 2)}\n`;

/** The form of `sha256sum`. */
export const sumsText = (sums: ReadonlyMap<string, string>): string =>
  [...sums].map(([name, sum]) => `${sum}  ${name}\n`).join('');

/** Sum by name. Exactly what `sumsText` writes; `null`: anything else. */
export function readSums(text: string): ReadonlyMap<string, string> | null {
  const lines = text.split('\n');
  if (lines.pop() !== '' || lines.length > mostFiles + 1) return null;
  const sums = new Map<string, string>();
  for (const line of lines) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined || !isPlainName(name)) return null;
    sums.set(name, sum);
  }
  return sums.size === lines.length && areDistinct([...sums.keys()]) ? sums : null;
}
