/** IP and TCP headers of a recorded packet. */
import { Buffer } from 'node:buffer';
import { formatAddress } from './address';
import { findIp, type NoPacket } from './link';
import { u16, u32, type Packet } from './record';

/** A TCP segment. One object is reused for all packets, and its bytes are the packet's. */
export interface Segment {
  bytes: Buffer;
  /** The recorded payload is `bytes[from..to)`. */
  from: number;
  to: number;
  /** Payload bytes after it that were not recorded. */
  missing: number;
  /** The first part of an IP fragment: the number of missing bytes is unknown. */
  fragment: boolean;
  seq: number;
  ack: number;
  flags: number;
  /** Offset of the source and destination addresses, and the size of each. */
  addressAt: number;
  addressSize: 4 | 16;
  /** Offset of both ports. */
  portAt: number;
}

export const fin = 1;
export const syn = 2;
export const rst = 4;
export const push = 8;
export const ackFlag = 16;

/** Why a packet has no TCP segment. `fragment`: a later part of a fragmented packet. */
export type NotTcp = NoPacket | 'notTcp' | 'fragment';

export function newSegment(): Segment {
  return {
    bytes: Buffer.alloc(0),
    from: 0,
    to: 0,
    missing: 0,
    fragment: false,
    seq: 0,
    ack: 0,
    flags: 0,
    addressAt: 0,
    addressSize: 4,
    portAt: 0,
  };
}

/** Fills `segment` from the packet. Returns the reason if this is not possible. */
export function readSegment(packet: Packet, segment: Segment): NotTcp | null {
  const at = findIp(packet);
  if (typeof at === 'string') return at;
  const { bytes, to } = packet;
  if (at >= to) return 'short';
  const version = (bytes[at] ?? 0) >> 4;
  if (version === 4) return readV4(packet, at, segment);
  return version === 6 ? readV6(packet, at, segment) : 'notIp';
}

function readV4(packet: Packet, at: number, segment: Segment): NotTcp | null {
  const { bytes, to } = packet;
  if (at + 20 > to) return 'short';
  if (bytes[at + 9] !== 6) return 'notTcp';
  const fragment = u16(bytes, at + 6, false);
  if ((fragment & 0x1fff) !== 0) return 'fragment';
  const header = ((bytes[at] ?? 0) & 15) * 4;
  // 0: the network card segments the data after the capture point.
  const total = u16(bytes, at + 2, false) || to + packet.missing - at;
  segment.addressAt = at + 12;
  segment.addressSize = 4;
  segment.fragment = (fragment & 0x2000) !== 0;
  return readTcp(packet, at + header, at + total, segment);
}

const hopByHop = 0;
const routing = 43;
const fragmentHeader = 44;
const authentication = 51;
const destination = 60;
const mobility = 135;

function readV6(packet: Packet, at: number, segment: Segment): NotTcp | null {
  const { bytes, to } = packet;
  if (at + 40 > to) return 'short';
  const length = u16(bytes, at + 4, false);
  const end = length === 0 ? to + packet.missing : at + 40 + length;
  segment.addressAt = at + 8;
  segment.addressSize = 16;
  segment.fragment = false;
  let next = bytes[at + 6] ?? 0;
  let header = at + 40;
  while (next !== 6) {
    if (header + 8 > to) return 'short';
    const units = bytes[header + 1] ?? 0;
    switch (next) {
      case hopByHop:
      case routing:
      case destination:
      case mobility:
        next = bytes[header] ?? 0;
        header += 8 * (units + 1);
        break;
      case authentication:
        next = bytes[header] ?? 0;
        header += 4 * (units + 2);
        break;
      case fragmentHeader: {
        const fragment = u16(bytes, header + 2, false);
        if (fragment >> 3 !== 0) return 'fragment';
        segment.fragment = (fragment & 1) !== 0;
        next = bytes[header] ?? 0;
        header += 8;
        break;
      }
      default:
        return 'notTcp';
    }
  }
  return readTcp(packet, header, end, segment);
}

/** `end`: end of the IP packet, recorded or not. Ethernet pads short packets beyond it. */
function readTcp(packet: Packet, at: number, end: number, segment: Segment): NotTcp | null {
  const { bytes, to } = packet;
  if (at + 20 > to || at + 20 > end) return 'short';
  const payload = at + ((bytes[at + 12] ?? 0) >> 4) * 4;
  if (payload < at + 20 || payload > end) return 'short';
  segment.bytes = bytes;
  segment.portAt = at;
  segment.seq = u32(bytes, at + 4, false);
  segment.ack = u32(bytes, at + 8, false);
  segment.flags = bytes[at + 13] ?? 0;
  segment.from = Math.min(payload, to);
  segment.to = Math.max(segment.from, Math.min(end, to));
  // The IP header of a fragment counts only this part; the size of the rest is unknown.
  segment.missing = end - payload - (segment.to - segment.from);
  return null;
}

/** One end of a connection. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

/** The sender and the receiver of a segment. */
export function endpointsOf({ bytes, addressAt, addressSize, portAt }: Segment): [Endpoint, Endpoint] {
  return [0, 1].map((i) => ({
    address: formatAddress(bytes, addressAt + i * addressSize, addressSize),
    port: u16(bytes, portAt + 2 * i, false),
  })) as [Endpoint, Endpoint];
}
