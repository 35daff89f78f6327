/**
 * A file in the stream FILES: chunks `files.<id>.<n>`, then the manifest `files.<id>.manifest`. The id depends on content and name only,
 * so a file that is sent again finds its chunks there.
 */
import { createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { longestSiteUpload, siteFileId } from '#shared/model/siteFiles';

export const filesStream = 'FILES';
/** Bytes of each chunk but the last. */
export const chunkBytes = 131_072;
/** Bytes of a manifest. */
const longestManifest = 8_192;

export const allFiles = 'files.>';
export const allManifests = 'files.*.manifest';
export const subjectsOfFile = (id: string): string => `files.${id}.>`;
export const manifestSubject = (id: string): string => `files.${id}.manifest`;
export const chunkSubject = (id: string, n: number): string => `files.${id}.${n}`;

/** `chunk`: `null` for the manifest. The whole is `null` if another program made the subject. */
export function partOfSubject(
  subject: string,
): { readonly id: string; readonly chunk: number | null } | null {
  const [, id, part] = /^files\.([\da-f]{32})\.(manifest|0|[1-9]\d{0,5})$/.exec(subject) ?? [];
  if (id === undefined) return null;
  return { id, chunk: part === 'manifest' ? null : Number(part) };
}

export const chunksOf = (bytes: number): number => Math.ceil(bytes / chunkBytes);
/** Bytes of the chunk `n`. */
export const sizeOfChunk = (bytes: number, n: number): number => Math.min(chunkBytes, bytes - n * chunkBytes);

const manifest = z.object({
  name: z.string().min(1).max(1_000),
  size: z.int().min(1).max(longestSiteUpload),
  sha256: z.string().regex(/^[\da-f]{64}$/),
  chunks: z.int(),
  at: z.int().min(0),
  computer: z.string().max(200),
});
export type FileManifest = z.infer<typeof manifest>;

export const fileId = ({ sha256, name }: Pick<FileManifest, 'sha256' | 'name'>): string =>
  siteFileId.parse(createHash('sha256').update(`${sha256}\n${name}`).digest('hex').slice(0, 32));

export const encodeManifest = (one: FileManifest): Uint8Array => Buffer.from(JSON.stringify(one));

/** `null`: it is not one of this version, or contradicts itself or its subject. */
export function decodeManifest(id: string, bytes: Uint8Array): FileManifest | null {
  if (bytes.length > longestManifest) return null;
  try {
    const one = manifest.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
    return one.chunks === chunksOf(one.size) && fileId(one) === id ? one : null;
  } catch {
    return null;
  }
}
