/** Undecided bytes of a decoder. */
import { Buffer } from 'node:buffer';
import { maxPending } from './decoded';

const nothing = Buffer.alloc(0);

/** The bytes are `bytes[from..to)`. */
export class HeldBytes {
  bytes = nothing;
  from = 0;
  to = 0;

  get length(): number {
    return this.to - this.from;
  }

  /** Replaces everything by a copy of `bytes[from..to)`. */
  set(bytes: Buffer, from: number, to: number): void {
    this.from = 0;
    this.to = to - from;
    this.bytes = this.to === 0 ? nothing : Buffer.allocUnsafeSlow(roomFor(this.to));
    bytes.copy(this.bytes, 0, from, to);
  }

  append(bytes: Buffer, from: number, to: number): void {
    const length = this.length + to - from;
    if (this.from + length > this.bytes.length) {
      const room = Buffer.allocUnsafeSlow(roomFor(length));
      this.bytes.copy(room, 0, this.from, this.to);
      this.to -= this.from;
      this.from = 0;
      this.bytes = room;
    }
    bytes.copy(this.bytes, this.to, from, to);
    this.to += to - from;
  }

  /** Shrinks a buffer that is far too large for its content. */
  tidy(): void {
    const { length } = this.bytes;
    if (this.length === 0 || length > maxPending || length > 4 * roomFor(this.length))
      this.set(this.bytes, this.from, this.to);
  }
}

/** Bytes to allocate for `length`: twice as many up to the limit, so that slow arrival does not copy every time. */
function roomFor(length: number): number {
  return Math.max(256, length, Math.min(2 * length, maxPending));
}
