/** What the file formats share. */
import type { Buffer } from 'node:buffer';

/** One recorded packet: `bytes[from..to)`. */
export interface Packet {
  /** Microseconds since 1970, `null` where the file has none (Simple Packet Blocks), or one that can’t be. */
  readonly time: number | null;
  /** LINKTYPE_… of https://www.tcpdump.org/linktypes.html */
  readonly link: number;
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  /** Bytes left out of the capture (snaplen). */
  readonly missing: number;
  /** What people and programs wrote to it (pcapng only). */
  readonly comments: readonly string[];
}

export const noComments: readonly string[] = [];

export interface PacketFormat {
  /**
   * Takes the whole records in `bytes[at..)`. Gives where the next one begins, beyond the end where something is to be skipped,
   * or `damaged` where it makes no sense.
   */
  read(bytes: Buffer, at: number, out: Packet[]): number | 'damaged';
}

/** A record longer than this is damage: no link has such packets, and it would have to be held in memory. */
export const longestRecord = 16 * 1_048_576;

/** Byte by byte: Node's own readers check more than that costs, and each packet is read with several. Behind the end are zeros. */
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
