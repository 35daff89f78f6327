/** Code that pcap and pcapng share. */
import type { Buffer } from 'node:buffer';
import type { Original } from '#shared/model/frame';

/** One recorded packet: `bytes[from..to)`. */
export interface Packet {
  /** Microseconds since 1970; `null` if the file has no time (Simple Packet Blocks) or an impossible one. */
  readonly time: number | null;
  /** LINKTYPE_… of https://www.tcpdump.org/linktypes.html */
  readonly link: number;
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  /** Bytes left out of the capture (snaplen). */
  readonly missing: number;
  /** Comments of people and programs (pcapng only). */
  readonly comments: readonly string[];
  /** The number of the entry that begins with this packet, if Crema wrote the file; `null`: none. */
  readonly original: Original | null;
}

export const noComments: readonly string[] = [];

export interface PacketFormat {
  /**
   * Takes the complete records in `bytes[at..)`. Returns the position of the next record, which may lie beyond the end if bytes must be
   * skipped. Returns `damaged` for invalid data.
   */
  read(bytes: Buffer, at: number, out: Packet[]): number | 'damaged';
}

/** A longer record is damage: no link has such packets, and the reader would have to keep it in memory. */
export const longestRecord = 16 * 1_048_576;

/** Reads single bytes: the bounds checks of Node's own readers cost more. Positions behind the end read as zero. */
export function u16(bytes: Buffer, at: number, little: boolean): number {
  const first = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  return little ? first | (second << 8) : (first << 8) | second;
}
export function u32(bytes: Buffer, at: number, little: boolean): number {
  const first = u16(bytes, at, little);
  const second = u16(bytes, at + 2, little);
  return little ? second * 65_536 + first : first * 65_536 + second;
}
