/** The classic file of tcpdump (draft-ietf-opsawg-pcap): one header, then packets with seconds and a fraction. */
import type { Buffer } from 'node:buffer';
import { longestRecord, noComments, u32, type Packet, type PacketFormat } from '../record';

interface Order {
  readonly little: boolean;
  /** The fraction is in nanoseconds. */
  readonly nano: boolean;
  readonly link: number;
}

const micro = 0xa1b2c3d4;
const nano = 0xa1b23c4d;

/** The format of the file with this 24-byte header; `null` if the file is not pcap. */
export function pcapOrder(header: Buffer): Order | null {
  for (const little of [true, false]) {
    const magic = u32(header, 0, little);
    if (magic === micro || magic === nano) {
      // The upper bits indicate a checksum behind each frame. The IP header gives the end of the packet anyway.
      return { little, nano: magic === nano, link: u32(header, 20, little) & 0xffff };
    }
  }
  return null;
}

export class PcapFormat implements PacketFormat {
  readonly #order: Order;
  constructor(order: Order) {
    this.#order = order;
  }

  read(bytes: Buffer, start: number, out: Packet[]): number | 'damaged' {
    const { little, nano: isNano, link } = this.#order;
    let at = start;
    while (at + 16 <= bytes.length) {
      const captured = u32(bytes, at + 8, little);
      if (captured > longestRecord) return 'damaged';
      const from = at + 16;
      const to = from + captured;
      if (to > bytes.length) break;
      const fraction = u32(bytes, at + 4, little);
      const time = u32(bytes, at, little) * 1e6 + (isNano ? Math.floor(fraction / 1000) : fraction);
      const missing = Math.max(0, u32(bytes, at + 12, little) - captured);
      out.push({ time, link, bytes, from, to, missing, comments: noComments, original: null });
      at = to;
    }
    return at;
  }
}
