/**
 * A file that is being fetched, with the chunks that are here so far. After the place of the content each chunk has one byte, and then
 * comes the number of the last message that was read. They are written after the chunk: a killed process leaves no chunk that only seems
 * to be here. A power loss can, and then the hash says so.
 */
import { createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { mkdirSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeWholeFile } from '../../lib/files/writeWholeFile';
import { chunkBytes, chunksOf, sizeOfChunk, type FileManifest } from '../wire/file';
import { Failed } from './failed';

const here = Buffer.from([1]);
/** Bytes of the number of the last message. */
const forSeq = 8;

export class PartFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #size: number;
  readonly #missing: Set<number>;
  #done: number;
  #seq: number;
  /** Chunks were here already when it was opened. */
  readonly isContinued: boolean;

  private constructor(path: string, handle: FileHandle, size: number, missing: Set<number>, seq: number) {
    this.#path = path;
    this.#handle = handle;
    this.#size = size;
    this.#missing = missing;
    this.#seq = seq;
    this.#done = size;
    for (const n of missing) this.#done -= sizeOfChunk(size, n);
    this.isContinued = this.#done > 0;
  }

  static async open(path: string, size: number): Promise<PartFile> {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const handle = await open(path, 'r+').catch(() => open(path, 'w+', 0o600));
    try {
      const chunks = chunksOf(size);
      const own = Buffer.alloc(chunks + forSeq);
      if ((await handle.stat()).size === size + own.length) await handle.read(own, 0, own.length, size);
      else {
        await handle.truncate(0);
        await handle.truncate(size + own.length);
      }
      const missing = new Set<number>();
      for (let n = 0; n < chunks; n += 1) if (own[n] !== 1) missing.add(n);
      return new PartFile(path, handle, size, missing, own.readDoubleLE(chunks));
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Numbers of the chunks that are not here, in order. */
  get missing(): readonly number[] {
    return [...this.#missing];
  }

  /** The number of the last message that was read; 0: none. */
  get seq(): number {
    return this.#seq;
  }

  get done(): number {
    return this.#done;
  }

  /** A newer message of a chunk replaces the older one. @throws Failed if it has another length than its place */
  async take(n: number, chunk: Uint8Array, seq: number): Promise<void> {
    const chunks = chunksOf(this.#size);
    if (n >= chunks || chunk.length !== sizeOfChunk(this.#size, n)) throw new Failed('siteFileDiffers');
    await this.#handle.write(chunk, 0, chunk.length, n * chunkBytes);
    await this.#handle.write(here, 0, 1, this.#size + n);
    const last = Buffer.alloc(forSeq);
    last.writeDoubleLE(seq);
    await this.#handle.write(last, 0, forSeq, this.#size + chunks);
    this.#seq = seq;
    if (this.#missing.delete(n)) this.#done += chunk.length;
  }

  /** Writes the whole to its final place, if its hash is right. @throws Failed otherwise */
  async copyTo(target: string, { sha256 }: Pick<FileManifest, 'sha256'>, signal: AbortSignal): Promise<void> {
    await writeWholeFile(
      target,
      async (write) => {
        const whole = createHash('sha256');
        for (let n = 0; n < chunksOf(this.#size); n += 1) {
          signal.throwIfAborted();
          const wanted = sizeOfChunk(this.#size, n);
          const { buffer } = await this.#handle.read(Buffer.alloc(wanted), 0, wanted, n * chunkBytes);
          whole.update(buffer);
          await write(buffer);
        }
        if (whole.digest('hex') !== sha256) throw new Failed('siteFileDiffers');
      },
      signal,
    );
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }

  remove(): void {
    rmSync(this.#path, { force: true });
  }
}
