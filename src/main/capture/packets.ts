/** Packets out of pcap and pcapng files, whatever their byte order, resolution and pieces. */
import { Buffer } from 'node:buffer';
import { PcapFormat, pcapOrder } from './pcap';
import { PcapngFormat, sectionType } from './pcapng';
import type { Packet, PacketFormat } from './record';
import { CaptureError } from './types';

const nothing = Buffer.alloc(0);

/** Bytes of a file in, packets out. Packets refer to the chunks, which must not be used for anything else afterwards. */
export class PacketReader {
  #format: PacketFormat | null = null;
  #rest: Buffer = nothing;
  #skip = 0;
  damaged = false;

  push(chunk: Buffer): Packet[] {
    const packets: Packet[] = [];
    if (this.damaged) return packets;
    const skipped = Math.min(this.#skip, chunk.length);
    this.#skip -= skipped;
    const fresh = chunk.subarray(skipped);
    const bytes = this.#rest.length === 0 ? fresh : Buffer.concat([this.#rest, fresh]);
    let at = 0;
    if (this.#format === null) {
      if (bytes.length < 24) {
        this.#rest = bytes;
        return packets;
      }
      [this.#format, at] = formatOf(bytes);
    }
    const end = this.#format.read(bytes, at, packets);
    if (end === 'damaged') {
      this.damaged = true;
      this.#rest = nothing;
    } else {
      this.#skip += Math.max(0, end - bytes.length);
      this.#rest = bytes.subarray(end);
    }
    return packets;
  }

  /** Crema wrote it and left out frames by choice. */
  get isSelection(): boolean {
    return this.#format instanceof PcapngFormat && this.#format.isSelection;
  }

  /** The file is over. Gives whether it ends where a record does. */
  end(): boolean {
    if (this.#format === null) throw new CaptureError('notACapture');
    return this.#rest.length === 0 && this.#skip === 0;
  }
}

function formatOf(bytes: Buffer): [PacketFormat, number] {
  if (bytes.readUInt32BE(0) === sectionType) return [new PcapngFormat(), 0];
  const order = pcapOrder(bytes);
  if (order === null) throw new CaptureError('notACapture');
  return [new PcapFormat(order), 24];
}
