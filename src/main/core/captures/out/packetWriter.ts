/** pcapng blocks with IP packets (draft-ietf-opsawg-pcapng). Link type "raw IP" avoids made-up hardware addresses. */
import { Buffer } from 'node:buffer';
import {
  commentOption,
  enhancedPacketType,
  interfaceDescription,
  interfaceName,
  interfaceType,
  nameOfInterface,
  packetId,
  sectionType,
  selectionOfCrema,
} from '../pcapng';
import { ackFlag, push, syn } from '../segment';
import type { PieceWriter } from '../bytes';

const rawIp = 101;
const tcpHeader = 20;
/** Initial hop limit of most systems. */
const hops = 64;
/** The window never fills, because every segment is acknowledged immediately. */
const windowSize = 65_535;

/** One end of a connection, ready for packets. */
export interface Party {
  readonly address: Uint8Array;
  readonly port: number;
  /** Sequence number of the next byte that this party sends. */
  seq: number;
  /** Number of IPv4 packets sent. */
  packets: number;
}

export interface TcpPacket {
  readonly from: Party;
  readonly to: Party;
  readonly flags: number;
  readonly payload: Uint8Array;
  /** µs since 1970. */
  readonly time: number;
  readonly comments: readonly string[];
  /** The number of the entry that begins with the packet; `null`: none. */
  readonly number: number | null;
  /** The interface, by its order in the file. */
  readonly face: number;
}

/** Payload bytes of a packet of 1500 bytes. */
export function segmentSize({ address }: Party): number {
  return address.length === 4 ? 1460 : 1440;
}

/** Writes the section header with the application's name. */
export function writeStart(out: PieceWriter, application: string): void {
  const section = Buffer.alloc(16);
  section.writeUInt32LE(0x1a2b3c4d, 0);
  section.writeUInt16LE(1, 4);
  section.fill(0xff, 8); // section length: unspecified
  writeBlock(out, sectionType, section, [option(4, Buffer.from(application))]);
}

/** `journal`: see `interfaceName`. */
export function writeInterface(out: PieceWriter, journal: string | null, isSelection: boolean): void {
  const face = Buffer.alloc(8);
  face.writeUInt16LE(rawIp, 0);
  face.writeUInt32LE(262_144, 4);
  writeBlock(out, interfaceType, face, [
    option(interfaceName, Buffer.from(nameOfInterface(journal))),
    ...(isSelection ? [option(interfaceDescription, Buffer.from(selectionOfCrema))] : []),
    option(9, Buffer.from([6])),
  ]);
}

function writeBlock(out: PieceWriter, type: number, body: Buffer, options: readonly Buffer[]): void {
  const all = Buffer.concat([body, ...options, Buffer.alloc(4)]);
  const block = out.room(all.length + 12);
  block.writeUInt32LE(type, 0);
  block.writeUInt32LE(block.length, 4);
  all.copy(block, 8);
  block.writeUInt32LE(block.length, block.length - 4);
}

function option(code: number, value: Buffer): Buffer {
  const bytes = Buffer.alloc(4 + Math.ceil(value.length / 4) * 4);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt16LE(value.length, 2);
  value.copy(bytes, 4);
  return bytes;
}

/** Cuts comments that exceed the size of an option. */
function comment(text: string): Buffer {
  return option(commentOption, Buffer.from(text.slice(0, 16_000)));
}

function packetNumber(number: number): Buffer {
  const value = Buffer.alloc(8);
  value.writeBigUInt64LE(BigInt(number));
  return option(packetId, value);
}

/** Writes an Enhanced Packet Block with one TCP segment and advances the sender's sequence number. */
export function writePacket(out: PieceWriter, packet: TcpPacket): void {
  const { from, flags, payload, time, comments, number, face } = packet;
  const isV4 = from.address.length === 4;
  const tcpSize = tcpHeader + ((flags & syn) === 0 ? 0 : 4) + payload.length;
  const size = (isV4 ? 20 : 40) + tcpSize;
  const padded = Math.ceil(size / 4) * 4;
  const facts = [...comments.map(comment), ...(number === null ? [] : [packetNumber(number)])];
  const options = facts.length === 0 ? [] : [...facts, Buffer.alloc(4)];
  const optionSize = options.reduce((total, { length }) => total + length, 0);
  const block = out.room(32 + padded + optionSize);
  block.writeUInt32LE(enhancedPacketType, 0);
  block.writeUInt32LE(block.length, 4);
  block.writeUInt32LE(face, 8);
  block.writeUInt32LE(Math.floor(time / 4_294_967_296), 12);
  block.writeUInt32LE(time % 4_294_967_296, 16);
  block.writeUInt32LE(size, 20);
  block.writeUInt32LE(size, 24);
  const tcp = isV4 ? writeV4(block, packet, size) : writeV6(block, packet, tcpSize);
  writeTcp(block, tcp, tcpSize, packet);
  block.fill(0, 28 + size, 28 + padded);
  let at = 28 + padded;
  for (const bytes of options) at += bytes.copy(block, at);
  block.writeUInt32LE(block.length, at);
}

const ipStart = 28;

function writeV4(block: Buffer, { from, to }: TcpPacket, size: number): number {
  block.writeUInt16BE(0x4500, ipStart);
  block.writeUInt16BE(size, ipStart + 2);
  block.writeUInt16BE(from.packets & 0xffff, ipStart + 4);
  from.packets += 1;
  block.writeUInt16BE(0x4000, ipStart + 6); // don't fragment
  block.writeUInt16BE(hops * 256 + 6, ipStart + 8);
  block.writeUInt16BE(0, ipStart + 10);
  block.set(from.address, ipStart + 12);
  block.set(to.address, ipStart + 16);
  block.writeUInt16BE(checksum(block, ipStart, ipStart + 20, 0), ipStart + 10);
  return ipStart + 20;
}

function writeV6(block: Buffer, { from, to }: TcpPacket, tcpSize: number): number {
  block.writeUInt32BE(0x6000_0000, ipStart);
  block.writeUInt16BE(tcpSize, ipStart + 4);
  block.writeUInt16BE(6 * 256 + hops, ipStart + 6);
  block.set(from.address, ipStart + 8);
  block.set(to.address, ipStart + 24);
  return ipStart + 40;
}

function writeTcp(block: Buffer, at: number, size: number, { from, to, flags, payload }: TcpPacket): void {
  const isSyn = (flags & syn) !== 0;
  const header = tcpHeader + (isSyn ? 4 : 0);
  block.writeUInt16BE(from.port, at);
  block.writeUInt16BE(to.port, at + 2);
  block.writeUInt32BE(from.seq, at + 4);
  block.writeUInt32BE((flags & ackFlag) === 0 ? 0 : to.seq, at + 8);
  block.writeUInt16BE((header / 4) * 4096 + flags, at + 12);
  block.writeUInt16BE(windowSize, at + 14);
  block.writeUInt32BE(0, at + 16); // checksum, urgent
  if (isSyn) block.writeUInt32BE(0x0204_0000 + segmentSize(from), at + 20);
  block.set(payload, at + header);
  let pseudo = 6 + size;
  for (const { address } of [from, to]) pseudo += sum(address, 0, address.length);
  block.writeUInt16BE(checksum(block, at, at + size, pseudo), at + 16);
  const counted = payload.length + ((flags & 3) === 0 ? 0 : 1); // SYN and FIN take one sequence number each
  from.seq = (from.seq + counted) >>> 0;
}

function sum(bytes: Uint8Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to - 1; i += 2) total += (bytes[i] ?? 0) * 256 + (bytes[i + 1] ?? 0);
  return (to - from) % 2 === 0 ? total : total + (bytes[to - 1] ?? 0) * 256;
}

function checksum(bytes: Uint8Array, from: number, to: number, start: number): number {
  let total = start + sum(bytes, from, to);
  while (total > 0xffff) total = (total & 0xffff) + Math.floor(total / 65_536);
  return ~total & 0xffff;
}

export const nothing: Uint8Array = new Uint8Array();
export const pushed = push | ackFlag;
