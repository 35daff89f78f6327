/** Finds the IP packet in a recorded packet of each link type (https://www.tcpdump.org/linktypes.html). */
import type { Packet } from './record';
import { u32 } from './record';

/** Why a packet has no readable IP packet. */
export type NoPacket = 'unknownLink' | 'notIp' | 'short';

const ethernet = 1;
const cooked = 113;
const cookedV2 = 276;
const ipv4 = 0x0800;
const ipv6 = 0x86dd;
const vlanTags: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);

/** The offset of the IP packet in `packet.bytes`. */
export function findIp({ link, bytes, from, to }: Packet): number | NoPacket {
  switch (link) {
    case ethernet:
      return behindType(bytes, from + 12, from + 14, to);
    case cooked:
      return behindType(bytes, from + 14, from + 16, to);
    case cookedV2:
      return behindType(bytes, from, from + 20, to);
    case 0: // BSD loopback: address family in the host's byte order
    case 108: // OpenBSD loopback: address family in network order
      return behindFamily(bytes, from, to);
    case 12: // raw IP, with the numbers of the BSDs
    case 14:
    case 101:
    case 228:
    case 229:
      return from;
    default:
      return 'unknownLink';
  }
}

/** `type`: offset of the EtherType; `start`: offset of the payload or of a VLAN tag. */
function behindType(bytes: Packet['bytes'], type: number, start: number, to: number): number | NoPacket {
  if (start > to) return 'short';
  let ether = bytes.readUInt16BE(type);
  let at = start;
  while (vlanTags.has(ether)) {
    if (at + 4 > to) return 'short';
    ether = bytes.readUInt16BE(at + 2);
    at += 4;
  }
  return ether === ipv4 || ether === ipv6 ? at : 'notIp';
}

/** 2 is IPv4 on every system; the number of IPv6 differs. */
const families: ReadonlySet<number> = new Set([2, 10, 24, 28, 30]);

function behindFamily(bytes: Packet['bytes'], from: number, to: number): number | NoPacket {
  if (from + 4 > to) return 'short';
  return families.has(u32(bytes, from, true)) || families.has(u32(bytes, from, false)) ? from + 4 : 'notIp';
}
