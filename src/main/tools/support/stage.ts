/** Stages files for the ZIP: each is compressed once into a folder, so that its size is known in advance. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { SupportKind } from '#shared/model/support';
import type { Staged } from './calls';

const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);

/** Bytes that a ZIP needs per file beside its content: two headers with the name, and a descriptor. */
const perFile = (name: string): number => 128 + 2 * Buffer.byteLength(name);
/** Bytes for the manifest and the ZIP's end record. */
export const forManifest = 8_192;

let lastPiece = 0;

export interface Piece {
  readonly path: string;
  readonly bytes: number;
  readonly packed: number;
}

/** @throws Error if the disk refuses */
export async function stagePiece(folder: string, content: Uint8Array | string): Promise<Piece> {
  const bytes = Buffer.from(content);
  const path = join(folder, String((lastPiece += 1)));
  const small = await pack(bytes);
  await writeFile(path, small, { mode: 0o600 });
  return { path, bytes: bytes.length, packed: small.length };
}

export const readPiece = async (path: string): Promise<Uint8Array> => unpack(await readFile(path));

export function stagedOf(kind: SupportKind, name: string, pieces: readonly Piece[]): Staged {
  const sum = (of: (piece: Piece) => number): number => pieces.reduce((all, piece) => all + of(piece), 0);
  return {
    kind,
    name,
    pieces: pieces.map(({ path }) => path),
    bytes: sum(({ bytes }) => bytes),
    packed: sum((piece) => piece.packed) + perFile(name),
  };
}
