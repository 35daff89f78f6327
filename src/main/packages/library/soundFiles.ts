/**
 * Verifies package files. Machines receive the hash of the package, so only that file may be sent. A file is hashed
 * before it is served for the first time, and again after each change. Concurrent requests share one check.
 */
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { UpgradePackage } from '#shared/model/upgrade';
import { fileErrorOf, type FileCheck } from './spoiltFiles';

interface Stored {
  readonly pkg: Pick<UpgradePackage, 'id' | 'size'>;
  readonly file: string;
}

/** Detects whether a file was written or replaced. */
export const markOf = ({ size, mtimeMs, ino }: Stats): string => `${size} ${mtimeMs} ${ino}`;

/** `status`: the HTTP status of the answer. */
export type CheckResult = { readonly mark: string } | { readonly status: 404 | 409 | 500 };

/** A file that changes constantly is never verified. */
const maxChecks = 3;

const statusOf = { gone: 404, changed: 409, unreadable: 500 } as const;

export interface SoundFilesParts {
  /** SHA-256 of a file, lower-case hex. @throws the error of the disk */
  readonly hash: (file: string) => Promise<string>;
  readonly now: () => number;
  readonly onLooked: (check: FileCheck) => void;
}

export class SoundFiles {
  readonly #parts: SoundFilesParts;
  /** By package: the hash of the file with this mark. */
  readonly #hashes = new Map<string, { readonly mark: string; readonly sha256: Promise<string> }>();

  constructor(parts: SoundFilesParts) {
    this.#parts = parts;
  }

  async check(stored: Stored): Promise<CheckResult> {
    const { now, onLooked } = this.#parts;
    const at = now();
    const result = await this.#check(stored).catch((error: unknown) => fileErrorOf(error));
    const error = typeof result === 'string' ? result : null;
    onLooked({ id: stored.pkg.id, error, at });
    return typeof result === 'string' ? { status: statusOf[result] } : result;
  }

  async #check({ pkg: { id, size }, file }: Stored): Promise<{ readonly mark: string } | 'changed'> {
    for (let checks = 0; checks < maxChecks; checks += 1) {
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
