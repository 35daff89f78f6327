/** Files as streams of bytes: reading (also gzip), and writing in pieces of an efficient size. */
import { Buffer } from 'node:buffer';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { TransferOptions, Write } from './types';

/** Large enough for efficient writes, small enough to keep memory use flat. */
const pieceSize = 262_144;

/**
 * The file's bytes, unpacked if the file is gzip. Progress counts the bytes of the file itself.
 * A broken or truncated gzip file yields its readable part and calls `onBroken`.
 */
export async function* readBytes(
  source: AsyncIterable<Uint8Array>,
  options: TransferOptions,
  onBroken: () => void,
): AsyncGenerator<Buffer, void, undefined> {
  const counted = count(source, options);
  const start: Buffer[] = [];
  let length = 0;
  while (length < 2) {
    const next = await counted.next();
    if (next.done === true) break;
    start.push(next.value);
    length += next.value.length;
  }
  const first = start.length === 1 && start[0] !== undefined ? start[0] : Buffer.concat(start);
  const all = withFirst(first, counted);
  if (first[0] !== 0x1f || first[1] !== 0x8b) return yield* all;
  const gunzip = createGunzip({ chunkSize: pieceSize });
  const packed = Readable.from(all);
  packed.on('error', (error) => gunzip.destroy(error));
  packed.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    if (!isGzipError(error)) throw error;
    onBroken();
  } finally {
    packed.destroy();
    gunzip.destroy();
  }
}

function isGzipError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && code.startsWith('Z_');
}

async function* count(
  source: AsyncIterable<Uint8Array>,
  { signal, onProgress }: TransferOptions,
): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  for await (const chunk of source) {
    signal?.throwIfAborted();
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
    bytes += chunk.length;
    onProgress?.(bytes);
  }
}

async function* withFirst(
  first: Buffer,
  rest: AsyncGenerator<Buffer, void, undefined>,
): AsyncGenerator<Buffer, void, undefined> {
  yield first;
  yield* rest;
}

/** Collects output into pieces. Each piece has its own memory, so the receiver may keep it. */
export class PieceWriter {
  readonly #write: Write;
  readonly #options: TransferOptions;
  #piece = Buffer.allocUnsafeSlow(pieceSize);
  #used = 0;
  #written = 0;
  readonly #full: Buffer[] = [];

  constructor(write: Write, options: TransferOptions) {
    this.#write = write;
    this.#options = options;
  }

  /** Space for `size` bytes. The caller fills it immediately. */
  room(size: number): Buffer {
    if (this.#used + size > this.#piece.length) {
      this.#full.push(this.#piece.subarray(0, this.#used));
      this.#piece = Buffer.allocUnsafeSlow(Math.max(size, pieceSize));
      this.#used = 0;
    }
    this.#used += size;
    return this.#piece.subarray(this.#used - size, this.#used);
  }

  text(text: string): void {
    this.room(Buffer.byteLength(text)).write(text);
  }

  /** Writes the full pieces. Call it between entries. */
  async drain(): Promise<void> {
    this.#options.signal?.throwIfAborted();
    for (const piece of this.#full.splice(0)) await this.#hand(piece);
  }

  /** Writes the rest. Returns the size of the file in bytes. */
  async end(): Promise<number> {
    await this.drain();
    await this.#hand(this.#piece.subarray(0, this.#used));
    this.#used = 0;
    return this.#written;
  }

  async #hand(piece: Buffer): Promise<void> {
    if (piece.length === 0) return;
    await this.#write(piece);
    this.#written += piece.length;
    this.#options.onProgress?.(this.#written);
  }
}
