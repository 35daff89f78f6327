/**
 * Exports entries to a pcapng file. Wireshark reads the file as a capture with addresses, ports, times, handshakes and acknowledgements.
 * The payload bytes are real; the packets around them are made up.
 */
import type { Finding } from '#shared/findings';
import { closeReasons, type CloseReason } from '#shared/model/closeReasons';
import { directionOf, findingsOf, numberOf, type Entry, type Peer } from '#shared/model/frame';
import { parseAddress } from '../address';
import { commentsOf, ownComment } from '../notes';
import { PieceWriter } from '../bytes';
import { nothing, pushed, segmentSize, writeInterface, writePacket, writeStart, type Party } from './packetWriter';
import { ackFlag, fin, rst, syn } from '../segment';
import {
  noMarks,
  type MarkOf,
  type NumberOptions,
  type Pages,
  type TransferOptions,
  type Write,
} from '../types';

export interface PcapngOptions extends TransferOptions, NumberOptions {
  /** The writing application, as Wireshark shows it. */
  readonly application?: string;
  /** The entries are a selection. The file is marked as one, because it has gaps. */
  readonly isSelection?: boolean;
  /** The ends of a connection whose `opened` entry is not exported. */
  readonly peerOf?: (conn: number) => Peer | null | Promise<Peer | null>;
  /** A finding as text; its code and parameters by default. */
  readonly describe?: (finding: Finding) => string;
  /** A close reason as text; the code by default. */
  readonly reason?: (reason: CloseReason) => string;
  /** Comment text of marked packets. */
  readonly markWord?: string;
  /** Comment on the made-up start of a connection that began before the export. */
  readonly beganBefore?: string;
  /** Comment on a connection with unknown addresses. */
  readonly unknownEnds?: string;
  readonly markOf?: MarkOf;
}
type Texts = Required<
  Pick<PcapngOptions, 'describe' | 'reason' | 'markWord' | 'beganBefore' | 'unknownEnds' | 'markOf'>
>;

interface Line {
  readonly machine: Party;
  readonly server: Party;
  /** The addresses are made up. */
  readonly isUnknown: boolean;
  /** Time of the last packet, µs. */
  time: number;
  /** Comments for the next packet. */
  comments: string[];
  /** The number of the entry that begins with the next packet; `null`: none. */
  number: number | null;
  /** The file's interface for the packets. */
  face: number;
}

/** Writes the whole file. Returns its size in bytes. Entries must be sorted by number. */
export async function exportPcapng(
  pages: Pages<Entry>,
  write: Write,
  options: PcapngOptions = {},
): Promise<number> {
  const out = new PieceWriter(write, options);
  writeStart(out, options.application ?? 'Crema');
  const faces = new Faces(out, options.isSelection ?? false, options.journal ?? null);
  const capture = new CaptureWriter(out, faces, {
    describe: inCodes,
    reason: (reason) => `closed: ${reason}`,
    markWord: 'mark',
    beganBefore: 'added: the connection started before these frames',
    unknownEnds: 'added: the addresses are unknown',
    markOf: noMarks,
    ...options,
  });
  for await (const page of pages) {
    for (const entry of page) {
      if (!capture.knows(entry)) capture.meet(entry.conn, (await options.peerOf?.(entry.conn)) ?? null);
      capture.add(entry);
    }
    await out.drain();
  }
  capture.end();
  return out.end();
}

function inCodes({ code, params = {} }: Finding): string {
  return [code, ...Object.entries(params).map(([name, value]) => `${name}=${value}`)].join(' ');
}

/** The file's interfaces, one for each journal that numbered entries. mergecap keeps them apart. */
class Faces {
  readonly #out: PieceWriter;
  readonly #isSelection: boolean;
  readonly #own: string | null;
  readonly #all = new Map<string | null, number>();

  constructor(out: PieceWriter, isSelection: boolean, own: string | null) {
    this.#out = out;
    this.#isSelection = isSelection;
    this.#own = own;
  }

  of(entry: Entry): number {
    return this.#face(entry.original === undefined ? this.#own : entry.original.journal);
  }

  #face(journal: string | null): number {
    let face = this.#all.get(journal);
    if (face === undefined) {
      this.#all.set(journal, (face = this.#all.size));
      writeInterface(this.#out, journal, this.#isSelection);
    }
    return face;
  }

  /** A file has at least one. */
  end(): void {
    if (this.#all.size === 0) this.#face(this.#own);
  }
}

class CaptureWriter {
  readonly #out: PieceWriter;
  readonly #faces: Faces;
  readonly #texts: Texts;
  readonly #lines = new Map<number, Line>();
  readonly #peers = new Map<number, Peer | null>();

  constructor(out: PieceWriter, faces: Faces, texts: Texts) {
    this.#out = out;
    this.#faces = faces;
    this.#texts = texts;
  }

  /** The entry's connection has begun, or the entry contains its peer. */
  knows({ conn, kind }: Entry): boolean {
    return kind === 'opened' || this.#lines.has(conn) || this.#peers.has(conn);
  }

  meet(conn: number, peer: Peer | null): void {
    this.#peers.set(conn, peer);
  }

  add(entry: Entry): void {
    const { conn } = entry;
    const at = entry.at * 1000;
    if (entry.kind === 'opened') this.#peers.set(conn, entry.peer);
    const { markWord, markOf } = this.#texts;
    const comments = commentsOf(markOf(entry.id), markWord);
    if (entry.kind === 'opened') {
      this.#open(entry, [...comments, ...this.#described(findingsOf(entry))]);
      return;
    }
    const line = this.#lines.get(conn) ?? this.#open(entry, [ownComment(this.#texts.beganBefore)]);
    line.face = this.#faces.of(entry);
    // A finding has no packet of its own.
    if (entry.kind !== 'finding') line.number = numberOf(entry);
    line.comments.push(...comments, ...this.#described(findingsOf(entry)));
    switch (entry.kind) {
      case 'frame':
        this.#writeSegments(line, entry.dir === 'in', entry.bytes, at);
        break;
      case 'junk':
        this.#writeSegments(line, directionOf(entry) === 'in', entry.bytes, at);
        break;
      case 'finding':
        leaveOut(line, entry.finding);
        // About a machine without a connection: no packet follows.
        if (conn === 0) this.#say(line, at);
        break;
      case 'closed':
        this.#close(line, entry.reason, at);
        this.#lines.delete(conn);
        break;
    }
  }

  /** Adds a packet to each connection whose comments still wait for one. */
  end(): void {
    for (const line of this.#lines.values()) if (line.comments.length > 0) this.#say(line, line.time);
    this.#faces.end();
  }

  #say(line: Line, at: number): void {
    this.#packet(line, true, ackFlag, nothing, at);
  }

  #described(findings: readonly Finding[]): readonly string[] {
    return findings.map((finding) => ownComment(this.#texts.describe(finding)));
  }

  /** `entry`: its start, or its first entry. `comments`: for the first packet. */
  #open(entry: Entry, comments: readonly string[]): Line {
    const { conn } = entry;
    const at = entry.at * 1000;
    const peer = this.#peers.get(conn) ?? null;
    this.#peers.delete(conn);
    const line = newLine(conn, peer, at);
    line.face = this.#faces.of(entry);
    if (entry.kind === 'opened') line.number = numberOf(entry);
    if (line.isUnknown) line.comments.push(ownComment(this.#texts.unknownEnds));
    line.comments.push(...comments);
    this.#lines.set(conn, line);
    this.#packet(line, true, syn, nothing, at);
    this.#packet(line, false, syn | ackFlag, nothing, at);
    this.#packet(line, true, ackFlag, nothing, at);
    return line;
  }

  /** Acknowledges every segment, because Wireshark is thirty times slower without acknowledgements. */
  #writeSegments(line: Line, byMachine: boolean, bytes: Uint8Array, at: number): void {
    const most = segmentSize(line.machine);
    for (let from = 0; from < bytes.length; from += most) {
      this.#packet(line, byMachine, pushed, bytes.subarray(from, from + most), at);
      this.#packet(line, !byMachine, ackFlag, nothing, at);
    }
  }

  #close(line: Line, reason: CloseReason, at: number): void {
    const { by, inOrder } = closeReasons[reason];
    const byMachine = by === 'machine';
    const flag = inOrder ? fin : rst;
    line.comments.push(ownComment(this.#texts.reason(reason)));
    this.#packet(line, byMachine, flag | ackFlag, nothing, at);
    if (flag === rst) return;
    this.#packet(line, !byMachine, fin | ackFlag, nothing, at);
    this.#packet(line, byMachine, ackFlag, nothing, at);
  }

  #packet(line: Line, byMachine: boolean, flags: number, payload: Uint8Array, at: number): void {
    const { machine, server, comments, number, face } = line;
    line.time = Math.max(line.time + 1, at);
    const [from, to] = byMachine ? [machine, server] : [server, machine];
    writePacket(this.#out, { from, to, flags, payload, time: line.time, comments, number, face });
    if (comments.length > 0) line.comments = [];
    line.number = null;
  }
}

/** Bytes missing in the original capture leave a gap in the exported file too. */
function leaveOut({ machine, server }: Line, { code, params = {} }: Finding): void {
  if (code !== 'capture.gap') return;
  const sender = params['dir'] === 'out' ? server : machine;
  sender.seq = (sender.seq + Number(params['bytes'] ?? 0)) >>> 0;
}

/** Addresses reserved for examples (RFC 5737), for connections with unknown addresses. */
function unknownPeer(conn: number): Peer {
  const host = 1 + (Math.floor(conn / 28_000) % 250);
  return {
    remoteAddress: `192.0.2.${host}`,
    remotePort: 32_768 + (conn % 28_000),
    localAddress: '192.0.2.254',
    localPort: 9700,
  };
}

function newLine(conn: number, peer: Peer | null, at: number): Line {
  const { remoteAddress, remotePort, localAddress, localPort } = peer ?? unknownPeer(conn);
  let remote = parseAddress(remoteAddress);
  let local = parseAddress(localAddress);
  if (remote === null || local === null || remote.length !== local.length) {
    remote = Uint8Array.of(192, 0, 2, 1);
    local = Uint8Array.of(192, 0, 2, 254);
    peer = null;
  }
  // Start numbers lie far apart, so that programs do not join two connections.
  const start = Math.imul(conn, 0x9e37_79b1) >>> 0;
  return {
    machine: { address: remote, port: remotePort, seq: start, packets: 0 },
    server: { address: local, port: localPort, seq: ~start >>> 0, packets: 0 },
    time: at - 1,
    isUnknown: peer === null,
    comments: [],
    number: null,
    face: 0,
  };
}
