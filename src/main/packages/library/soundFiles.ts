/**
 * Whether the file of a package is what was read in: machines are told its hash, so that nothing else may go out. It is read to its end before
 * it is served for the first time, and again where it was written since; whoever asks meanwhile waits for the same look.
 */
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { UpgradePackage } from '#shared/model/upgrade';
import { faultOf, type FileLook } from './spoiltFiles';

interface Stored {
  readonly pkg: Pick<UpgradePackage, 'id' | 'size'>;
  readonly file: string;
}

/** By which a file that was written or replaced is known. */
export const markOf = ({ size, mtimeMs, ino }: Stats): string => `${size} ${mtimeMs} ${ino}`;

/** `status`: what whoever asks for it is answered. */
export type Looked = { readonly mark: string } | { readonly status: 404 | 409 | 500 };

/** A file that somebody writes all the time is never what was read in. */
const mostLooks = 3;

const statusOf = { gone: 404, changed: 409, unreadable: 500 } as const;

export interface SoundFilesParts {
  /** SHA-256 of a file, lower-case hex. @throws what the disk says */
  readonly hash: (file: string) => Promise<string>;
  readonly now: () => number;
  readonly onLooked: (look: FileLook) => void;
}

export class SoundFiles {
  readonly #parts: SoundFilesParts;
  /** By package: the hash of the file that had this mark. */
  readonly #hashes = new Map<string, { readonly mark: string; readonly sha256: Promise<string> }>();

  constructor(parts: SoundFilesParts) {
    this.#parts = parts;
  }

  async look(stored: Stored): Promise<Looked> {
    const { now, onLooked } = this.#parts;
    const at = now();
    const looked = await this.#look(stored).catch((error: unknown) => faultOf(error));
    const fault = typeof looked === 'string' ? looked : null;
    onLooked({ id: stored.pkg.id, fault, at });
    return typeof looked === 'string' ? { status: statusOf[looked] } : looked;
  }

  async #look({ pkg: { id, size }, file }: Stored): Promise<{ readonly mark: string } | 'changed'> {
    for (let looks = 0; looks < mostLooks; looks += 1) {
      const found = await stat(file);
      if (found.size !== size) return 'changed';
      const mark = markOf(found);
      const sha256 = await this.#hashOf(id, file, mark);
      if (markOf(await stat(file)) === mark) return sha256 === id ? { mark } : 'changed';
    }
    return 'changed';
  }

  async #hashOf(id: string, file: string, mark: string): Promise<string> {
    const known = this.#hashes.get(id);
    if (known?.mark === mark) return known.sha256;
    const hashed = { mark, sha256: this.#parts.hash(file) };
    this.#hashes.set(id, hashed);
    try {
      return await hashed.sha256;
    } catch (error) {
      if (this.#hashes.get(id) === hashed) this.#hashes.delete(id);
      throw error;
    }
  }
}
