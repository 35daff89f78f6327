/** Checks the signed texts of a release, before any of its files is believed. Reads no file and no clock. */
import { createHash } from 'node:crypto';
import type { ReleaseKeys } from './keys';
import { manifestName, mostBytes, readManifest, readSums, type Release, type ReleaseFile } from './manifest';
import { checkSignatures, type SignatureFault } from './signature';

export type ReleaseFault =
  | SignatureFault
  | { readonly is: 'unreadableSums' }
  | { readonly is: 'unreadableManifest' }
  /** Another manifest was signed. */
  | { readonly is: 'otherManifest' }
  /** Both were signed, but differ about their files. */
  | { readonly is: 'unlikeSums'; readonly name: string };

export interface ReleaseTexts {
  readonly sums: Buffer;
  readonly manifest: Buffer;
  /** By id of the key. */
  readonly signatures: ReadonlyMap<string, Buffer>;
}

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Reads the texts without their signature. */
export function readTexts({
  sums,
  manifest,
}: Pick<ReleaseTexts, 'sums' | 'manifest'>):
  | { readonly ok: true; readonly release: Release }
  | { readonly ok: false; readonly fault: ReleaseFault } {
  const listed = sums.length > mostBytes.sums ? null : readSums(sums.toString('utf8'));
  if (listed === null) return { ok: false, fault: { is: 'unreadableSums' } };
  if (listed.get(manifestName) !== sha256Of(manifest)) return { ok: false, fault: { is: 'otherManifest' } };
  const release = manifest.length > mostBytes.manifest ? null : readManifest(manifest.toString('utf8'));
  if (release === null) return { ok: false, fault: { is: 'unreadableManifest' } };
  const named = new Map(release.files.map(({ name, sha256 }) => [name, sha256]));
  named.set(manifestName, sha256Of(manifest));
  for (const name of new Set([...listed.keys(), ...named.keys()]))
    if (listed.get(name) !== named.get(name)) return { ok: false, fault: { is: 'unlikeSums', name } };
  return { ok: true, release };
}

/** The signature comes first: no unsigned text is parsed. */
export function checkRelease(
  texts: ReleaseTexts,
  keys: ReleaseKeys,
):
  | { readonly ok: true; readonly id: string; readonly release: Release }
  | { readonly ok: false; readonly fault: ReleaseFault } {
  const signed = checkSignatures(texts.sums, texts.signatures, keys);
  if (!signed.ok) return signed;
  const read = readTexts(texts);
  return read.ok ? { ok: true, id: signed.id, release: read.release } : read;
}

export type FoundFile = 'missing' | 'notAFile' | Pick<ReleaseFile, 'size' | 'sha256'>;
export type FileState = 'same' | 'missing' | 'notAFile' | 'otherSize' | 'otherContent';

/** A file of the release against what is on disk. */
export function stateOf(file: ReleaseFile, found: FoundFile): FileState {
  if (typeof found === 'string') return found;
  if (found.size !== file.size) return 'otherSize';
  return found.sha256 === file.sha256 ? 'same' : 'otherContent';
}
