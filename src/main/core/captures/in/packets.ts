/** Reads packets of pcap and pcapng files of any byte order and resolution, in chunks of any size. */
import { Buffer } from 'node:buffer';
import { PcapFormat, pcapOrder } from './pcap';
import { PcapngFormat, sectionType } from '../pcapng';
import type { Packet, PacketFormat } from '../record';
import { CaptureError } from '../types';

const nothing = Buffer.alloc(0);
/** Minimum of bytes that are appended to an incomplete record. */
const joined = 4_096;

/** Bytes of a file in, packets out. Packets refer to the chunks, so the caller must not reuse the chunks. */
export class PacketReader {
  #format: PacketFormat | null = null;
  #rest: Buffer = nothing;
  #skip = 0;
  damaged = false;

  push(chunk: Buffer): Packet[] {
    const packets: Packet[] = [];
    let left = chunk;
    // A few bytes usually complete the record, so the chunk is not copied as a whole.
    while (this.#rest.length > 0 && left.length > 0) {
      const some = left.subarray(0, Math.max(joined, this.#rest.length));
      this.#read(Buffer.concat([this.#rest, some]), packets);
      const isCompleted = this.#rest.length <= some.length;
      left = left.subarray(isCompleted ? some.length - this.#rest.length : some.length);
      if (isCompleted) this.#rest = nothing;
    }
    if (left.length > 0) this.#read(left, packets);
    return packets;
  }

  /** Reads all complete records and keeps the rest. */
  #read(bytes: Buffer, packets: Packet[]): void {
    if (this.damaged) return;
    let at = Math.min(this.#skip, bytes.length);
    this.#skip -= at;
    if (this.#format === null) {
      this.#rest = bytes;
      if (bytes.length < 24) return;
      [this.#format, at] = formatOf(bytes);
    }
    const end = this.#format.read(bytes, at, packets);
    this.damaged = end === 'damaged';
    this.#skip += end === 'damaged' ? 0 : Math.max(0, end - bytes.length);
    this.#rest = end === 'damaged' ? nothing : bytes.subarray(end);
  }

  /** Crema wrote the file as a selection of frames. */
  get isSelection(): boolean {
    return this.#format instanceof PcapngFormat && this.#format.isSelection;
  }

  /** Call at the end of the file. Returns whether the file ends at the end of a record. @throws CaptureError */
  end(): boolean {
    if (this.#format === null) {
      if (this.#rest.length === 0) throw new CaptureError('emptyFile', 'The file is empty.');
      throw new CaptureError('notACapture');
    }
    return this.#rest.length === 0 && this.#skip === 0;
  }
}

function formatOf(bytes: Buffer): [PacketFormat, number] {
  if (bytes.readUInt32BE(0) === sectionType) return [new PcapngFormat(), 0];
  const order = pcapOrder(bytes);
  if (order !== null) return [new PcapFormat(order), 24];
  const packing = packings.find(([, magic]) => bytes.subarray(0, magic.length).equals(magic))?.[0];
  if (packing === undefined) throw new CaptureError('notACapture');
  throw new CaptureError('packed', `The file is packed with ${packing}: unpack it first, or use gzip.`);
}

/** Other compression formats by their first bytes. Node 20 cannot decompress them. */
const packings = [
  ['Zstandard', Buffer.from('28b52ffd', 'hex')],
  ['LZ4', Buffer.from('04224d18', 'hex')],
  ['xz', Buffer.from('fd377a585a00', 'hex')],
  ['bzip2', Buffer.from('BZh')],
  ['ZIP', Buffer.from('504b0304', 'hex')],
  ['7-Zip', Buffer.from('377abcaf271c', 'hex')],
  ['RAR', Buffer.from('526172211a07', 'hex')],
] as const;
