/** Files on their way into the ZIP: each is packed once, so that its size is known before, and lies so in a folder. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { SupportKind } from '#shared/model/support';
import type { Staged } from './calls';

const pack = promisify(deflateRaw);
const unpack = promisify(inflateRaw);

/** Bytes that a ZIP needs for a file beside what is in it: two heads with its name, and what says where it ends. */
const perFile = (name: string): number => 128 + 2 * Buffer.byteLength(name);
/** Bytes for the list of what is in it, and its end. */
export const forManifest = 8_192;

let lastPiece = 0;

export interface Piece {
  readonly path: string;
  readonly bytes: number;
  readonly packed: number;
}

/** @throws Error where the disk refuses */
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
