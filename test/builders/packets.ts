/**
 * Captures of TCP connections built byte by byte, for tests of reading them. This file does not use the app's own
 * capture writer.
 */
import { Buffer } from 'node:buffer';

export const flags = { fin: 1, syn: 2, rst: 4, push: 8, ack: 16 } as const;
export type LinkType = 'ethernet' | 'vlan' | 'qinq' | 'cooked' | 'cooked2' | 'raw' | 'null' | 'loop';

const linkNumbers: Readonly<Record<LinkType, number>> = {
  ethernet: 1,
  vlan: 1,
  qinq: 1,
  cooked: 113,
  cooked2: 276,
  raw: 101,
  null: 0,
  loop: 108,
};

/** A packet from the IP header on, and its time in µs. */
export interface IpPacket {
  readonly time: number;
  readonly bytes: Buffer;
  /** Truncated to this length, counted from the IP header. */
  readonly cut?: number;
  /** A comment on the packet; enhanced blocks only. */
  readonly comments?: readonly string[];
}

export interface End {
  readonly address: readonly number[];
  readonly port: number;
}

export const machineV4: End = { address: [192, 0, 2, 7], port: 40_001 };
export const serverV4: End = { address: [192, 0, 2, 1], port: 9700 };
export const machineV6: End = {
  address: [0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), 7],
  port: 40_006,
};
export const serverV6: End = { address: [0x20, 1, 0xd, 0xb8, ...Array<number>(11).fill(0), 1], port: 9700 };

interface TcpFields {
  readonly from: End;
  readonly to: End;
  readonly seq: number;
  readonly ack: number;
  readonly flags: number;
  readonly payload?: Uint8Array;
}

function tcpPacket({ from, to, seq, ack, flags: bits, payload = Buffer.alloc(0) }: TcpFields): Buffer {
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(from.port, 0);
  tcp.writeUInt16BE(to.port, 2);
  tcp.writeUInt32BE(seq >>> 0, 4);
  tcp.writeUInt32BE(ack >>> 0, 8);
  tcp.writeUInt8(5 << 4, 12);
  tcp.writeUInt8(bits, 13);
  tcp.writeUInt16BE(65_535, 14);
  return ipPacket(from, to, Buffer.concat([tcp, payload]));
}

function ipPacket(from: End, to: End, payload: Buffer): Buffer {
  if (from.address.length === 4) {
    const ip = Buffer.alloc(20);
    ip[0] = 0x45;
    ip.writeUInt16BE(20 + payload.length, 2);
    ip[8] = 64;
    ip[9] = 6;
    ip.set(from.address, 12);
    ip.set(to.address, 16);
    return Buffer.concat([ip, payload]);
  }
  const ip = Buffer.alloc(40);
  ip[0] = 0x60;
  ip.writeUInt16BE(payload.length, 4);
  ip[6] = 6;
  ip[7] = 64;
  ip.set(from.address, 8);
  ip.set(to.address, 24);
  return Buffer.concat([ip, payload]);
}

/** A connection written packet by packet; every segment is acknowledged. Time and sequence numbers advance by themselves. */
export class TcpScript {
  readonly packets: IpPacket[] = [];
  time: number;
  readonly #ends: { readonly machine: End; readonly server: End };
  readonly next: { machine: number; server: number };

  constructor(
    options: {
      machine?: End;
      server?: End;
      machineSeq?: number;
      serverSeq?: number;
      time?: number;
    } = {},
  ) {
    this.#ends = { machine: options.machine ?? machineV4, server: options.server ?? serverV4 };
    this.next = { machine: options.machineSeq ?? 1000, server: options.serverSeq ?? 900_000 };
    this.time = options.time ?? 1_700_000_000_000_000;
  }

  opens(): this {
    this.packet('machine', flags.syn);
    this.packet('server', flags.syn | flags.ack);
    return this.packet('machine', flags.ack);
  }

  says(bytes: Uint8Array | string, by: 'machine' | 'server' = 'machine'): this {
    this.packet(by, flags.push | flags.ack, Buffer.from(bytes));
    return this.packet(by === 'machine' ? 'server' : 'machine', flags.ack);
  }

  closes(by: 'machine' | 'server' = 'machine'): this {
    const other = by === 'machine' ? 'server' : 'machine';
    this.packet(by, flags.fin | flags.ack);
    this.packet(other, flags.fin | flags.ack);
    return this.packet(by, flags.ack);
  }

  /** `at`: a sequence number other than the next, which stays unchanged. */
  packet(by: 'machine' | 'server', bits: number, payload: Uint8Array = Buffer.alloc(0), at?: number): this {
    const other = by === 'machine' ? 'server' : 'machine';
    const seq = at ?? this.next[by];
    const ack = (bits & flags.ack) === 0 ? 0 : this.next[other];
    const ends = { from: this.#ends[by], to: this.#ends[other] };
    this.packets.push({ time: this.time, bytes: tcpPacket({ ...ends, seq, ack, flags: bits, payload }) });
    this.time += 1000;
    if (at === undefined) {
      const counted = payload.length + ((bits & (flags.syn | flags.fin)) === 0 ? 0 : 1);
      this.next[by] = (this.next[by] + counted) >>> 0;
    }
    return this;
  }

  after(ms: number): this {
    this.time += ms * 1000;
    return this;
  }
}

/** The packet with its link-layer header. */
function linked(ip: Buffer, link: LinkType): Buffer {
  const isV4 = (ip[0] ?? 0) >> 4 === 4;
  const type = isV4 ? [8, 0] : [0x86, 0xdd];
  const header = {
    ethernet: [...Array<number>(12).fill(2), ...type],
    vlan: [...Array<number>(12).fill(2), 0x81, 0, 0, 5, ...type],
    qinq: [...Array<number>(12).fill(2), 0x88, 0xa8, 0, 9, 0x81, 0, 0, 5, ...type],
    cooked: [0, 0, 3, 4, 0, 6, ...Array<number>(8).fill(0), ...type],
    cooked2: [...type, 0, 0, 0, 0, 0, 1, 0, 1, 0, 6, ...Array<number>(8).fill(0)],
    raw: [],
    null: [isV4 ? 2 : 30, 0, 0, 0],
    loop: [0, 0, 0, isV4 ? 2 : 24],
  }[link];
  const bytes = Buffer.concat([Buffer.from(header), ip]);
  // Ethernet pads short packets.
  const short = header.length >= 14 && link !== 'cooked' && link !== 'cooked2' ? 60 - bytes.length : 0;
  return short > 0 ? Buffer.concat([bytes, Buffer.alloc(short, 0x55)]) : bytes;
}

interface Recorded {
  readonly bytes: Buffer;
  readonly original: number;
}

function recorded({ bytes, cut }: IpPacket, link: LinkType): Recorded {
  const whole = linked(bytes, link);
  const kept = cut === undefined ? whole : whole.subarray(0, whole.length - bytes.length + cut);
  return { bytes: kept, original: whole.length };
}

class Fields {
  readonly #parts: Buffer[] = [];
  readonly #little: boolean;
  constructor(little: boolean) {
    this.#little = little;
  }
  u16(...values: number[]): this {
    return this.#add(values, 2);
  }
  u32(...values: number[]): this {
    return this.#add(values, 4);
  }
  raw(bytes: Uint8Array): this {
    this.#parts.push(Buffer.from(bytes));
    return this;
  }
  get bytes(): Buffer {
    return Buffer.concat(this.#parts);
  }
  #add(values: readonly number[], size: 2 | 4): this {
    for (const value of values) {
      const part = Buffer.alloc(size);
      if (this.#little) part.writeUIntLE(value, 0, size);
      else part.writeUIntBE(value, 0, size);
      this.#parts.push(part);
    }
    return this;
  }
}

export interface PcapShape {
  readonly link?: LinkType;
  readonly little?: boolean;
  readonly nano?: boolean;
}

export function pcap(packets: readonly IpPacket[], shape: PcapShape = {}): Buffer {
  const { link = 'ethernet', little = true, nano = false } = shape;
  const out = new Fields(little);
  out
    .u32(nano ? 0xa1b23c4d : 0xa1b2c3d4)
    .u16(2, 4)
    .u32(0, 0, 65_535, linkNumbers[link]);
  for (const packet of packets) {
    const { bytes, original } = recorded(packet, link);
    const micros = packet.time % 1e6;
    out.u32(Math.floor(packet.time / 1e6), nano ? micros * 1000 : micros, bytes.length, original).raw(bytes);
  }
  return out.bytes;
}

export interface PcapngShape extends PcapShape {
  /** `simple` has no times; `old` is the obsolete Packet Block. */
  readonly block?: 'enhanced' | 'simple' | 'old';
  /** if_tsresol; with 9, times are nanoseconds. */
  readonly resolution?: number;
  /** if_tsoffset: seconds added to each time. */
  readonly offset?: bigint;
  /** Unknown blocks between all others. */
  readonly strange?: boolean;
}

/** One section. A file may contain several. */
export function pcapng(packets: readonly IpPacket[], shape: PcapngShape = {}): Buffer {
  const { link = 'ethernet', little = true, block = 'enhanced', resolution, offset, strange = false } = shape;
  const out = new Fields(little);
  const add = (type: number, body: Buffer): void => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    out
      .u32(type, padded.length + 12)
      .raw(padded)
      .u32(padded.length + 12);
    if (strange && type !== 0x0bad0000) add(0x0bad0000, Buffer.alloc(5000, 0xee));
  };
  const fields = (): Fields => new Fields(little);
  add(0x0a0d0d0a, fields().u32(0x1a2b3c4d).u16(1, 0).u32(0xffffffff, 0xffffffff).bytes);
  const face = fields()
    .u16(linkNumbers[link], 0)
    .u32(block === 'simple' ? 65_535 : 0);
  if (resolution !== undefined)
    face
      .u16(9, 1)
      .raw(Buffer.from([resolution, 0, 0, 0]))
      .u16(0, 0);
  if (offset !== undefined) {
    const bits = BigInt.asUintN(64, offset);
    const halves = [Number(bits >> 32n), Number(bits & 0xffffffffn)];
    face
      .u16(14, 8)
      .u32(...(little ? halves.toReversed() : halves))
      .u16(0, 0);
  }
  add(1, face.bytes);
  for (const packet of packets) {
    const { bytes, original } = recorded(packet, link);
    const ticks = BigInt(packet.time) * (resolution === 9 ? 1000n : 1n);
    const time = [Number(ticks >> 32n), Number(ticks & 0xffffffffn)] as const;
    const sizes = [bytes.length, original] as const;
    if (block === 'simple') add(3, fields().u32(original).raw(bytes).bytes);
    else if (block === 'old')
      add(
        2,
        fields()
          .u16(0, 0)
          .u32(...time, ...sizes)
          .raw(bytes).bytes,
      );
    else
      add(
        6,
        fields()
          .u32(0, ...time, ...sizes)
          .raw(bytes)
          .raw(commentOptions(fields, bytes.length, packet.comments ?? [])).bytes,
      );
  }
  return out.bytes;
}

function commentOptions(fields: () => Fields, size: number, comments: readonly string[]): Buffer {
  if (comments.length === 0) return Buffer.alloc(0);
  const out = fields().raw(Buffer.alloc((4 - (size % 4)) % 4));
  for (const comment of comments) {
    const text = Buffer.from(comment);
    out
      .u16(1, text.length)
      .raw(text)
      .raw(Buffer.alloc((4 - (text.length % 4)) % 4));
  }
  return out.u16(0, 0).bytes;
}

/** A file in pieces, as read from a disk. */
export async function* inPieces(bytes: Uint8Array, size = 65_536): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    yield Buffer.from(bytes.subarray(at, at + size));
  }
}
