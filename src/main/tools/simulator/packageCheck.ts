/** Checks that a machine makes before it unpacks a package. Only the end of the file is kept. */
import { createHash } from 'node:crypto';
import type { AnswerHead } from './web';

/** The record at a ZIP's end, without its comment, and the offsets in it (APPNOTE 4.3.16). */
const endSize = 22;
const endSignature = 0x06054b50;
const directorySizeAt = 12;
const directoryOffsetAt = 16;
const commentSizeAt = 20;
const longestComment = 65_535;
/** In a ZIP64 the numbers are in another record. */
const elsewhere = 0xffff_ffff;

export class PackageCheck {
  readonly #hash = createHash('sha256');
  readonly #last: Uint8Array[] = [];
  #lastSize = 0;
  #bytes = 0;
  #head: Pick<AnswerHead, 'etag' | 'whole'> = { etag: null, whole: null };

  /** Bytes received so far. */
  get bytes(): number {
    return this.#bytes;
  }
  get etag(): string | null {
    return this.#head.etag;
  }
  get whole(): number | null {
    return this.#head.whole;
  }

  begins(head: Pick<AnswerHead, 'etag' | 'whole'>): void {
    this.#head = head;
  }

  takes(piece: Uint8Array): void {
    this.#bytes += piece.length;
    this.#hash.update(piece);
    this.#last.push(piece);
    this.#lastSize += piece.length;
    for (;;) {
      const first = this.#last[0];
      if (first === undefined || this.#lastSize - first.length < endSize + longestComment) return;
      this.#last.shift();
      this.#lastSize -= first.length;
    }
  }

  /** The problem of the file, as far as known. Call once. */
  problem(isZip: boolean): string | null {
    const { etag, whole } = this.#head;
    if (whole !== null && whole !== this.#bytes) return `${this.#bytes} bytes of ${whole}`;
    const expected = /^"([0-9a-f]{64})"$/.exec(etag ?? '')?.[1];
    if (expected !== undefined && expected !== this.#hash.digest('hex')) return 'the package is another one';
    return isZip && !this.#endsAsZip() ? 'the package is not a complete ZIP' : null;
  }

  /** Whether the ZIP's directory ends where its end record begins. */
  #endsAsZip(): boolean {
    const last = Buffer.concat(this.#last);
    for (let at = last.length - endSize; at >= 0; at -= 1) {
      if (last.readUInt32LE(at) !== endSignature) continue;
      if (at + endSize + last.readUInt16LE(at + commentSizeAt) !== last.length) continue;
      const offset = last.readUInt32LE(at + directoryOffsetAt);
      return (
        offset === elsewhere ||
        offset + last.readUInt32LE(at + directorySizeAt) === this.#bytes - (last.length - at)
      );
    }
    return false;
  }
}
