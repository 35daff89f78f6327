/** Files received from machines, as stored in the data folder (written by receiveFile.ts). */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fetchTypes, type FetchedFile } from '#shared/model/fetched';
import type { FileDamage } from '#shared/model/fileDamage';
import type { FileError } from '#shared/model/upgrade';
import { readKept } from '../../lib/files/keptFile';
import { mendKept } from '../../lib/files/writeKept';
import { fetchedPath } from './fetchedPath';

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

/** Maximum number of files, newest first. */
export const mostFetched = 500;

/** Known facts of the command that asked for a file. */
export type Asked = Pick<FetchedFile, 'type' | 'day' | 'askedAt'>;

interface Parts {
  readonly folder: string;
  /** SHA-256, lower-case hex. @throws the error of the disk */
  readonly hash: (file: string) => Promise<string>;
  /** By the command's number; `null`: not on record. */
  readonly asked: (id: number) => Promise<Asked | null>;
  readonly onDamage: (damage: FileDamage) => void;
}

/** Newest first. A damaged note is rebuilt; nothing is removed. A missing folder has no files. */
export async function keptFiles(parts: Parts): Promise<readonly FetchedFile[]> {
  const found: FetchedFile[] = [];
  for (const machine of await names(parts.folder)) {
    const ids = (await names(join(parts.folder, machine))).flatMap(
      (name) => /^(\d{1,15})(?:\.copy\.json|\.json)?$/.exec(name)?.[1] ?? [],
    );
    for (const id of new Set(ids)) {
      const file = await keptFile({ vmcNo: Number(machine), id: Number(id) }, parts);
      if (file !== null) found.push(file);
    }
  }
  return found.toSorted((a, b) => b.at - a.at || b.id - a.id).slice(0, mostFetched);
}

/**
 * Cleans up after a process that was killed during uploads: complete files get their names, incomplete ones are
 * removed. Call this before any upload. Returns the removed files, as paths below the data folder.
 */
export async function endUnfinished({
  folder,
  hash,
}: Pick<Parts, 'folder' | 'hash'>): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const machine of await names(folder))
    for (const name of await names(join(folder, machine))) {
      const id = /^(\d{1,15})\.part$/.exec(name)?.[1];
      if (id === undefined) continue;
      const place = { vmcNo: Number(machine), id: Number(id) };
      const path = fetchedPath(folder, place);
      if (await isWhole(place, { path, hash })) await rename(`${path}.part`, path).catch(() => undefined);
      else if (await isRemoved(`${path}.part`)) gone.push(`${nameOf(place)}.part`);
    }
  return gone;
}

/** The note is written just before the file gets its name, and contains the hash of these bytes. */
async function isWhole(
  place: Place,
  { path, hash }: { readonly path: string } & Pick<Parts, 'hash'>,
): Promise<boolean> {
  const note = noteFor(place, readKept(`${path}.json`).parts);
  if (note === undefined) return false;
  return (await hash(`${path}.part`).catch(() => null)) === note.sha256;
}

/** A file that cannot be removed only wastes disk space. */
const isRemoved = (file: string): Promise<boolean> =>
  rm(file, { recursive: true }).then(
    () => true,
    () => false,
  );

type Place = Pick<FetchedFile, 'vmcNo' | 'id'>;
const nameOf = ({ vmcNo, id }: Place): string => `fetched/${vmcNo}/${id}`;

/** `null`: unknown origin. */
async function keptFile(place: Place, { folder, hash, asked, onDamage }: Parts): Promise<FetchedFile | null> {
  const path = fetchedPath(folder, place);
  const note = `${path}.json`;
  const { state, parts, other, detail, isReadable } = readKept(note);
  const file = nameOf(place);
  const ownNote = state === 'sound' ? noteFor(place, parts) : undefined;
  if (ownNote !== undefined) return ownNote;
  // A valid note may fail to match because of damage, so the copy is tried too.
  const ofCopy = state === 'damaged' ? undefined : noteFor(place, state === 'sound' ? other : parts);
  if (ofCopy !== undefined) {
    onDamage({ what: 'fromCopy', file: `${file}.json`, detail });
    mendKept(note, { ...ofCopy }, { isReadable });
    return ofCopy;
  }
  const again = await madeAgain(place, { path, hash, known: await asked(place.id).catch(() => null) });
  if (again === null) {
    onDamage({ what: 'stray', file, detail });
    return null;
  }
  onDamage({ what: 'foundAgain', file, detail });
  mendKept(note, { ...again }, { isReadable });
  return again;
}

/** `undefined`: not a note, or the note of another file, which would misattribute this one. */
function noteFor({ vmcNo, id }: Place, parts: unknown): FetchedFile | undefined {
  const note = fileSchema.safeParse(parts).data;
  return note?.vmcNo === vmcNo && note.id === id ? note : undefined;
}

async function madeAgain(
  place: Place,
  { path, hash, known }: { readonly path: string; readonly known: Asked | null } & Pick<Parts, 'hash'>,
): Promise<FetchedFile | null> {
  if (known === null) return null;
  try {
    const { size, mtimeMs } = await stat(path);
    const facts = { at: Math.round(mtimeMs), bytes: size, sha256: await hash(path) };
    return { ...place, ...known, ...facts, fileName: '', remoteAddress: '' };
  } catch {
    return null;
  }
}

/** Compares the stored file with the received one. */
export async function uploadError(
  folder: string,
  file: FetchedFile,
  hash: Parts['hash'],
): Promise<{ readonly what: FileError; readonly detail: string } | null> {
  try {
    const isSame = (await hash(fetchedPath(folder, file))) === file.sha256;
    return isSame ? null : { what: 'changed', detail: '' };
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return { what: isGone ? 'gone' : 'unreadable', detail: isGone ? '' : String(error) };
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).toSorted((a, b) => (a < b ? -1 : 1));
}
