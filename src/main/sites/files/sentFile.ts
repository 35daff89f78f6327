/** A file that is being sent: its hash first, then its chunks, each of them as it was hashed. */
import { createHash } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { longestSiteUpload } from '#shared/model/siteFiles';
import { chunkBytes, chunksOf, sizeOfChunk } from '../wire/file';
import { Failed } from './failed';

/** Opening a pipe waits for a writer. Windows lacks the flag. */
const withoutWaiting = (constants as { readonly O_NONBLOCK?: number }).O_NONBLOCK ?? 0;

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

export class SentFile {
  readonly #handle: FileHandle;
  readonly size: number;
  readonly #hashes: string[] = [];
  #sha256 = '';

  private constructor(handle: FileHandle, size: number) {
    this.#handle = handle;
    this.size = size;
  }

  /** @throws Failed, and Node's own errors */
  static async open(path: string, signal: AbortSignal): Promise<SentFile> {
    const handle = await open(path, constants.O_RDONLY | withoutWaiting);
    try {
      const facts = await handle.stat();
      if (!facts.isFile()) throw new Failed('unreadable', 'not a regular file');
      if (facts.size === 0) throw new Failed('emptyFile');
      if (facts.size > longestSiteUpload) throw new Failed('siteFileTooLarge');
      const file = new SentFile(handle, facts.size);
      await file.#measure(signal);
      return file;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get sha256(): string {
    return this.#sha256;
  }

  get chunks(): number {
    return chunksOf(this.size);
  }

  async #measure(signal: AbortSignal): Promise<void> {
    const whole = createHash('sha256');
    for (let n = 0; n < this.chunks; n += 1) {
      signal.throwIfAborted();
      const chunk = await this.#read(n);
      whole.update(chunk);
      this.#hashes.push(hashOf(chunk));
    }
    this.#sha256 = whole.digest('hex');
  }

  async #read(n: number): Promise<Buffer> {
    const wanted = sizeOfChunk(this.size, n);
    const { buffer, bytesRead } = await this.#handle.read(
      Buffer.allocUnsafeSlow(wanted),
      0,
      wanted,
      n * chunkBytes,
    );
    if (bytesRead < wanted) throw new Failed('siteFileChanged');
    return buffer;
  }

  /** @throws Failed if the file has changed since it was hashed */
  async chunk(n: number): Promise<Buffer> {
    const chunk = await this.#read(n);
    if (hashOf(chunk) !== this.#hashes[n]) throw new Failed('siteFileChanged');
    return chunk;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
