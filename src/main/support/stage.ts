/** Files on their way into the ZIP: each is written to a folder of its own and packed once, so that its size is known before. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import type { SupportKind } from '#shared/model/support';
import type { Staged } from './calls';

const packed = promisify(deflateRaw);

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
  await writeFile(path, bytes, { mode: 0o600 });
  return { path, bytes: bytes.length, packed: (await packed(bytes)).length };
}

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
