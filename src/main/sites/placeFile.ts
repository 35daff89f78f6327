/** A small file that says how far a stream was sent or read. If it is lost or damaged, more is sent or read again. */
import { renameSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import { readRegular } from '../lib/files/readRegular';

export class PlaceFile<T> {
  readonly #file: string;
  readonly #schema: z.ZodType<T>;

  constructor(file: string, schema: z.ZodType<T>) {
    this.#file = file;
    this.#schema = schema;
  }

  read(): T | null {
    try {
      return this.#schema.parse(JSON.parse(readRegular(this.#file)));
    } catch {
      return null;
    }
  }

  /** @throws Error if the disk rejects the write */
  keep(place: T): void {
    const next = `${this.#file}.tmp`;
    writeFileSync(next, JSON.stringify(place), { mode: 0o600 });
    renameSync(next, this.#file);
  }
}
