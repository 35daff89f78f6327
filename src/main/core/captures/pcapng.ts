/** The file format of Wireshark (draft-ietf-opsawg-pcapng): sections of blocks, each with its own byte order and interfaces. */
import type { Buffer } from 'node:buffer';
import type { Original } from '#shared/model/frame';
import { isJournalName } from '#shared/model/journal';
import { longestRecord, noComments, u16, u32, type Packet, type PacketFormat } from './record';
import { Bound } from './types';

export const sectionType = 0x0a0d0d0a; // the same in both byte orders
export const interfaceType = 1;
export const enhancedPacketType = 6;
const simplePacketType = 3;
const oldPacketType = 2;
const orderMagic = 0x1a2b3c4d;
/** Option code and value that mark a selection of frames written by Crema. */
export const interfaceDescription = 3;
export const commentOption = 1;
export const selectionOfCrema = 'a selection of frames, written by Crema';

/** Code of the packet's number (`epb_packetid`, in Wireshark `frame.packet_id`): that of the entry which begins with the packet. */
export const packetId = 5;
/** Code of the interface's name. Wireshark, editcap and mergecap keep it, so it carries the name of the journal of these numbers. */
export const interfaceName = 2;
export const nameOfInterface = (journal: string | null): string =>
  journal === null ? 'crema' : `crema ${journal}`;

/** `undefined`: the interface is not of Crema. `null`: it names no journal. */
function journalOf(name: string): string | null | undefined {
  if (name === 'crema') return null;
  const journal = /^crema (.*)$/.exec(name)?.[1];
  return journal !== undefined && isJournalName(journal) ? journal : undefined;
}
interface Interface {
  readonly link: number;
  readonly snaplen: number;
  readonly isSelection: boolean;
  /** As `journalOf`. */
  readonly journal: string | null | undefined;
  /** Converts a 64-bit time to microseconds since 1970. */
  readonly micros: (high: number, low: number) => number;
}

export class PcapngFormat implements PacketFormat {
  #little = true;
  #interfaces: Interface[] = [];
  #bound = new Bound('tooManyInterfaces');
  isSelection = false;

  read(bytes: Buffer, start: number, out: Packet[]): number | 'damaged' {
    let at = start;
    while (at + 12 <= bytes.length) {
      const type = u32(bytes, at, this.#little);
      if (type === sectionType) {
        const little = u32(bytes, at + 8, true) === orderMagic;
        if (!little && u32(bytes, at + 8, false) !== orderMagic) return 'damaged';
        this.#little = little;
        this.#interfaces = [];
        this.#bound = new Bound('tooManyInterfaces');
      }
      const length = u32(bytes, at + 4, this.#little);
      if (length < 12 || length % 4 !== 0) return 'damaged';
      const known = type === interfaceType || packetTypes.has(type);
      if (known && length > longestRecord) return 'damaged';
      // A block that is not needed can be skipped before it is complete.
      if (known && at + length > bytes.length) break;
      if (type === interfaceType) {
        if (length < 20) return 'damaged';
        const face = readInterface(bytes, at, length, this.#little);
        this.#bound.add();
        this.#interfaces.push(face);
        this.isSelection ||= face.isSelection;
      } else if (known) {
        const packet = this.#packet(bytes, at, type, length);
        if (packet === null) return 'damaged';
        out.push(packet);
      }
      at += length;
    }
    return at;
  }

  #packet(bytes: Buffer, at: number, type: number, length: number): Packet | null {
    const little = this.#little;
    const isSimple = type === simplePacketType;
    const header = isSimple ? 12 : 28;
    if (length < header + 4) return null;
    const index = isSimple
      ? 0
      : type === oldPacketType
        ? u16(bytes, at + 8, little)
        : u32(bytes, at + 8, little);
    const face = this.#interfaces[index];
    if (face === undefined) return null;
    const room = length - header - 4;
    const size = u32(bytes, at + header - 4, little);
    const captured = isSimple
      ? Math.min(size, face.snaplen === 0 ? room : face.snaplen, room)
      : u32(bytes, at + 20, little);
    if (captured > room) return null;
    const time = isSimple
      ? null
      : possible(face.micros(u32(bytes, at + 12, little), u32(bytes, at + 16, little)));
    const from = at + header;
    const to = from + captured;
    const missing = Math.max(0, size - captured);
    const end = at + length - 4;
    const options = from + Math.ceil(captured / 4) * 4;
    const base = { time, link: face.link, bytes, from, to, missing };
    if (isSimple || options >= end) return { ...base, comments: noComments, original: null };
    const comments = commentsIn(bytes, options, end, little);
    const original = type === oldPacketType ? null : originalIn(bytes, options, end, little, face.journal);
    return { ...base, comments, original };
  }
}

/** Times before 1970 or beyond JavaScript's range of dates are damage (µs). The classic format cannot store such times. */
const latest = 8.64e18;
const possible = (time: number): number | null => (time >= 0 && time <= latest ? time : null);

const packetTypes: ReadonlySet<number> = new Set([enhancedPacketType, simplePacketType, oldPacketType]);

/** The options in `bytes[from..end)`: their codes and the positions of their values. */
function* optionsIn(
  bytes: Buffer,
  from: number,
  end: number,
  little: boolean,
): Generator<{ readonly code: number; readonly at: number; readonly size: number }> {
  for (let at = from; at + 4 <= end;) {
    const code = u16(bytes, at, little);
    const size = u16(bytes, at + 2, little);
    if (code === 0 || at + 4 + size > end) return;
    yield { code, at: at + 4, size };
    at += 4 + Math.ceil(size / 4) * 4;
  }
}

/** Limit of the comment bytes of one packet. Notes are far shorter. */
const longestComments = 65_536;

function commentsIn(bytes: Buffer, from: number, end: number, little: boolean): readonly string[] {
  const comments: string[] = [];
  let room = longestComments;
  for (const { code, at, size } of optionsIn(bytes, from, end, little)) {
    if (code !== commentOption) continue;
    comments.push(bytes.toString('utf8', at, at + Math.min(size, room)));
    // Empty comments count too.
    room -= size + 4;
    if (room <= 0) break;
  }
  return comments.length === 0 ? noComments : comments;
}

/** The first number of a packet of Crema; `null`: there is none. */
function originalIn(
  bytes: Buffer,
  from: number,
  end: number,
  little: boolean,
  journal: Interface['journal'],
): Original | null {
  if (journal === undefined) return null;
  for (const { code, at, size } of optionsIn(bytes, from, end, little)) {
    if (code !== packetId || size !== 8) continue;
    const id = Number(little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at));
    return Number.isSafeInteger(id) && id > 0 ? { id, journal } : null;
  }
  return null;
}

function readInterface(bytes: Buffer, at: number, length: number, little: boolean): Interface {
  let resolution = 6;
  let offset = 0;
  let isSelection = false;
  let journal: Interface['journal'];
  for (const option of optionsIn(bytes, at + 16, at + length - 4, little)) {
    const { code, at: value, size } = option;
    if (code === interfaceDescription)
      isSelection = bytes.toString('utf8', value, value + size) === selectionOfCrema;
    if (code === interfaceName)
      journal = journalOf(bytes.toString('utf8', value, value + Math.min(size, 64)));
    if (code === 9 && size >= 1) resolution = bytes[value] ?? 6;
    if (code === 14 && size >= 8)
      offset = Number(little ? bytes.readBigInt64LE(value) : bytes.readBigInt64BE(value)) * 1e6;
  }
  const micros = microsOf(resolution);
  return {
    link: u16(bytes, at + 8, little),
    snaplen: u32(bytes, at + 12, little),
    isSelection,
    journal,
    micros: offset === 0 ? micros : (high, low) => micros(high, low) + offset,
  };
}

/** `resolution`: 10^-n seconds, or 2^-n if the highest bit is set. */
function microsOf(resolution: number): Interface['micros'] {
  const whole = 4_294_967_296;
  if (resolution > 127) {
    const perSecond = 2 ** (resolution - 128);
    return (high, low) => Math.floor((high * whole + low) * (1e6 / perSecond));
  }
  if (resolution <= 6) {
    const factor = 10 ** (6 - resolution);
    return (high, low) => (high * whole + low) * factor;
  }
  // Nanoseconds since 1970 exceed the safe integer range, so the division has two parts.
  const divisor = 10 ** (resolution - 6);
  const each = Math.floor(whole / divisor);
  const rest = whole % divisor;
  return (high, low) => high * each + Math.floor((high * rest + low) / divisor);
}
