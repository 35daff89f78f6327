/** What the file formats share. */
import type { Buffer } from 'node:buffer';

/** One recorded packet: `bytes[from..to)`. */
export interface Packet {
  /** Microseconds since 1970, `null` where the file has none (Simple Packet Blocks). */
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

export function u16(bytes: Buffer, at: number, little: boolean): number {
  return little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
}
export function u32(bytes: Buffer, at: number, little: boolean): number {
  return little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
}
