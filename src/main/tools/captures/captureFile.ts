/** A file of frames, opened once: another file that gets its name meanwhile is not mixed in. */
import { open, type FileHandle } from 'node:fs/promises';
import { CaptureError } from '../../core/captures/types';
import { orAbort } from '../../lib/threads/orAbort';

/** Bytes of the first piece: a small one, so that the first entries are shown early. */
const firstSize = 65_536;
/** Bytes of the other pieces. One piece is decoded at once; more objects of larger pieces outlive V8's young collections. */
const pieceSize = 131_072;

export class CaptureFile {
  readonly #handle: FileHandle;
  readonly #signal: AbortSignal;
  /** Bytes when it was opened. */
  readonly size: number;
  readonly #first: Buffer[] = [];
  #isShort = false;

  private constructor(handle: FileHandle, size: number, signal: AbortSignal) {
    this.#handle = handle;
    this.size = size;
    this.#signal = signal;
  }

  static async open(path: string, signal: AbortSignal): Promise<CaptureFile> {
    signal.throwIfAborted();
    // Opening a pipe waits for a writer.
    const opening = open(path);
    const handle = await orAbort(opening, signal).catch((error: unknown) => {
      opening.then((late) => late.close()).catch(() => undefined);
      throw error;
    });
    return new CaptureFile(handle, (await handle.stat()).size, signal);
  }

  /** The beginning, for a guess of the format. */
  start(): AsyncGenerator<Buffer> {
    return this.#pieces(0, firstSize);
  }

  async *bytes(): AsyncGenerator<Buffer> {
    let read = 0;
    for await (const piece of this.#pieces(0, Infinity)) {
      if (read < firstSize) this.#first.push(piece);
      read += piece.length;
      yield piece;
    }
    this.#isShort = read < this.size;
  }

  /** Call after reading. A file that only grew has not changed. @throws CaptureError `changed` */
  async check(): Promise<void> {
    const first = Buffer.concat(this.#first);
    const again = await this.#read(0, first.length);
    const { size } = await this.#handle.stat();
    if (this.#isShort || size < this.size || !again.equals(first)) throw new CaptureError('changed');
  }

  async close(): Promise<void> {
    const closing = this.#handle.close();
    // The handle closes after its pending read.
    if (this.#signal.aborted) closing.catch(() => undefined);
    else await closing;
  }

  async *#pieces(from: number, to: number): AsyncGenerator<Buffer> {
    for (let at = from; at < to;) {
      const piece = await this.#read(at, at < firstSize ? firstSize - at : pieceSize);
      if (piece.length === 0) return;
      at += piece.length;
      yield piece;
    }
  }

  /** Waits for no read after an abort. */
  async #read(at: number, length: number): Promise<Buffer> {
    const reading = this.#handle.read(Buffer.allocUnsafeSlow(length), 0, length, at);
    const { buffer, bytesRead } = await orAbort(reading, this.#signal);
    return buffer.subarray(0, bytesRead);
  }
}
