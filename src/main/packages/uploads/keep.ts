/** The files that machines have sent, as they lie in the data folder (receiveFile.ts puts them there). */
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { fetchTypes, type FetchedFile } from '#shared/model/fetched';
import type { FileDamage } from '#shared/model/fileDamage';
import type { FileFault } from '#shared/model/upgrade';
import { readKept } from '../../lib/files/keptFile';
import { mendKept } from '../../lib/files/writeKept';
import { fetchedPath } from './path';

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

/** What is known of a command that asked for a file. */
export type Asked = Pick<FetchedFile, 'type' | 'day' | 'askedAt'>;

interface Parts {
  readonly folder: string;
  /** SHA-256, lower-case hex. @throws what the disk says */
  readonly hash: (file: string) => Promise<string>;
  /** By a command's number; `null`: it is not on record. */
  readonly asked: (id: number) => Promise<Asked | null>;
  readonly tell: (damage: FileDamage) => void;
}

/** Newest first. What is known of a file is made again where its note is damaged; nothing is removed. A folder that does not exist has none. */
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
 * Cleans up after a run that was killed while machines sent files: complete files get their names, incomplete ones are removed. Call it before
 * anything is received. Returns the removed files, as paths below the data folder.
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

/** Its note, which is written just before the file gets its name, has the hash of these bytes. */
async function isWhole(
  place: Place,
  { path, hash }: { readonly path: string } & Pick<Parts, 'hash'>,
): Promise<boolean> {
  const note = noteFor(place, readKept(`${path}.json`).parts);
  if (note === undefined) return false;
  return (await hash(`${path}.part`).catch(() => null)) === note.sha256;
}

/** A file that can't be removed costs only its room on the disk. */
const isRemoved = (file: string): Promise<boolean> =>
  rm(file, { recursive: true }).then(
    () => true,
    () => false,
  );

type Place = Pick<FetchedFile, 'vmcNo' | 'id'>;
const nameOf = ({ vmcNo, id }: Place): string => `fetched/${vmcNo}/${id}`;

/** `null`: nobody knows what it is. */
async function keptFile(place: Place, { folder, hash, asked, tell }: Parts): Promise<FetchedFile | null> {
  const path = fetchedPath(folder, place);
  const note = `${path}.json`;
  const { state, parts, other, detail, isReadable } = readKept(note);
  const file = nameOf(place);
  const ownNote = state === 'sound' ? noteFor(place, parts) : undefined;
  if (ownNote !== undefined) return ownNote;
  // Of a sound note that does not fit, what made it so may be the damage.
  const ofCopy = state === 'damaged' ? undefined : noteFor(place, state === 'sound' ? other : parts);
  if (ofCopy !== undefined) {
    tell({ what: 'fromCopy', file: `${file}.json`, detail });
    mendKept(note, { ...ofCopy }, { isReadable });
    return ofCopy;
  }
  const again = await madeAgain(place, { path, hash, known: await asked(place.id).catch(() => null) });
  if (again === null) {
    tell({ what: 'stray', file, detail });
    return null;
  }
  tell({ what: 'foundAgain', file, detail });
  mendKept(note, { ...again }, { isReadable });
  return again;
}

/** `undefined`: it is no note, or that of another file, whose bytes it would pass off as this one. */
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

/** Whether the stored file is what came. */
export async function uploadFault(
  folder: string,
  file: FetchedFile,
  hash: Parts['hash'],
): Promise<{ readonly what: FileFault; readonly detail: string } | null> {
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
