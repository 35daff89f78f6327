/**
 * Entries packed for the transfer to the journal thread: numbers in columns, bytes in one buffer. Separate
 * objects would be copied one by one, at the expense of the thread that answers machines.
 */
import type { Finding } from '#shared/findings';
import type { CloseReason, Direction, Entry, Head, Peer } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import type { StoredEntry } from '#shared/model/frame';

/** An entry as recorded or as stored. Fields that can be decoded from its bytes are not stored. */
export type Recorded = Entry | StoredEntry;

const kinds = ['opened', 'closed', 'junk', 'finding', 'frame'] as const satisfies readonly Entry['kind'][];
const dirs = [null, 'in', 'out'] as const satisfies readonly (Direction | null)[];
const heads = [null, 'decimal', 'le48'] as const satisfies readonly (Head | null)[];

/** Kind, direction and head as one small number; an unreadable row gets a number that no valid entry has. */
export const whatOf = (kind: unknown, dir: unknown, head: unknown): number =>
  ((kinds as readonly unknown[]).indexOf(kind) * 3 + (dirs as readonly unknown[]).indexOf(dir)) * 3 +
  (heads as readonly unknown[]).indexOf(head);

/** Numbers per entry: id, at, conn, vmcNo, sequence. NaN: none. */
export const numbersEach = 5;
/** Places per entry: its `what`, its command in `cmds`, the start of its body, the end of its bytes. */
export const placesEach = 4;

/** Can be copied between threads; `PackedReader` reads it. */
export interface PackedEntries {
  readonly count: number;
  readonly numbers: Float64Array;
  readonly places: Uint32Array;
  readonly bytes: Uint8Array;
  readonly cmds: readonly (string | null)[];
  /** By entry index, as JSON: peer, close reason, findings. */
  readonly details: ReadonlyMap<number, string>;
}

/** The id of the last entry; `null` if there are none. */
export const lastIdOf = ({ count, numbers }: PackedEntries): number | null =>
  numbers[(count - 1) * numbersEach] ?? null;

const nothing = new Uint8Array();

/** An entry in the form of its stored row. `detail`: see `details`. */
export type EntryFields = Pick<
  PackedReader,
  'id' | 'at' | 'conn' | 'vmcNo' | 'sequence' | 'bodyStart' | 'what' | 'cmd' | 'bytes' | 'detail'
>;

export class EntryPacker {
  #count = 0;
  #end = 0;
  #numbers = new Float64Array(64 * numbersEach);
  #places = new Uint32Array(64 * placesEach);
  #bytes = new Uint8Array(8_192);
  #cmds = new Map<string | null, number>([[null, 0]]);
  #details = new Map<number, string>();

  /** Entries since the last `take`. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of these entries. */
  get size(): number {
    return this.#end;
  }

  add(entry: Recorded): void {
    const { id, at, conn, vmcNo, kind } = entry;
    const isFrame = kind === 'frame';
    this.addFields({
      id,
      at,
      conn,
      vmcNo,
      sequence: isFrame ? entry.sequence : null,
      what: whatOf(kind, isFrame ? entry.dir : null, isFrame ? entry.head : null),
      cmd: isFrame ? cmdOf(entry) : null,
      bodyStart: isFrame ? entry.bodyStart : 0,
      bytes: isFrame || kind === 'junk' ? entry.bytes : nothing,
      detail: detailOf(entry),
    });
  }

  addFields(entry: EntryFields): void {
    const i = this.#count;
    if (i * placesEach === this.#places.length) {
      this.#numbers = larger(this.#numbers, new Float64Array(2 * this.#numbers.length));
      this.#places = larger(this.#places, new Uint32Array(2 * this.#places.length));
    }
    const [n, p] = [i * numbersEach, i * placesEach];
    this.#numbers[n] = entry.id;
    this.#numbers[n + 1] = entry.at;
    this.#numbers[n + 2] = entry.conn;
    this.#numbers[n + 3] = entry.vmcNo ?? NaN;
    this.#numbers[n + 4] = entry.sequence ?? NaN;
    this.#places[p] = entry.what;
    this.#places[p + 1] = this.#placeOf(entry.cmd);
    this.#places[p + 2] = entry.bodyStart;
    this.#put(entry.bytes);
    this.#places[p + 3] = this.#end;
    if (entry.detail !== null) this.#details.set(i, entry.detail);
    this.#count = i + 1;
  }

  /** Returns everything added and empties the packer. */
  take(): PackedEntries {
    const packed = {
      count: this.#count,
      numbers: this.#numbers.slice(0, this.#count * numbersEach),
      places: this.#places.slice(0, this.#count * placesEach),
      bytes: this.#bytes.slice(0, this.#end),
      cmds: [...this.#cmds.keys()],
      details: this.#details,
    };
    this.#count = 0;
    this.#end = 0;
    this.#cmds = new Map([[null, 0]]);
    this.#details = new Map();
    return packed;
  }

  #put(bytes: Uint8Array): void {
    const end = this.#end + bytes.length;
    if (end > this.#bytes.length)
      this.#bytes = larger(this.#bytes, new Uint8Array(Math.max(end, 2 * this.#bytes.length)));
    this.#bytes.set(bytes, this.#end);
    this.#end = end;
  }

  #placeOf(cmd: string | null): number {
    let place = this.#cmds.get(cmd);
    if (place === undefined) this.#cmds.set(cmd, (place = this.#cmds.size));
    return place;
  }
}

function larger<T extends Float64Array | Uint32Array | Uint8Array>(old: T, room: T): T {
  room.set(old);
  return room;
}

export const noEntries: PackedEntries = new EntryPacker().take();

export function packEntries(entries: readonly Recorded[]): PackedEntries {
  const packer = new EntryPacker();
  for (const entry of entries) packer.add(entry);
  return packer.take();
}

function cmdOf(frame: Extract<Recorded, { kind: 'frame' }>): string | null {
  return 'message' in frame ? cmdOfMessage(frame.message) : frame.cmd;
}

function detailOf(entry: Recorded): string | null {
  switch (entry.kind) {
    case 'opened':
      return JSON.stringify(entry.peer);
    case 'closed':
      return JSON.stringify(entry.reason);
    case 'finding':
      return JSON.stringify(entry.finding);
    case 'junk':
    case 'frame':
      return entry.findings.length === 0 ? null : JSON.stringify(entry.findings);
  }
}

const noFindings: readonly Finding[] = [];

/** Details that were read already, by entry index. */
export type ReadDetails = ReadonlyMap<number, unknown>;

/** Reads packed entries one by one. */
export class PackedReader {
  readonly #packed: PackedEntries;
  readonly #read: ReadDetails | null;
  #i = -1;
  #bytes: Uint8Array = nothing;
  #bytesOf = -1;

  constructor(packed: PackedEntries, read: ReadDetails | null = null) {
    this.#packed = packed;
    this.#read = read;
  }

  /** False if there are no more entries. */
  next(): boolean {
    this.#i += 1;
    return this.#i < this.#packed.count;
  }

  get id(): number {
    return this.#number(0);
  }
  /** ms since 1970. */
  get at(): number {
    return this.#number(1);
  }
  get conn(): number {
    return this.#number(2);
  }
  get vmcNo(): number | null {
    return orNull(this.#number(3));
  }
  get sequence(): number | null {
    return orNull(this.#number(4));
  }
  get kind(): Entry['kind'] {
    return kinds[Math.floor(this.what / 9)] ?? 'frame';
  }
  get dir(): Direction | null {
    return dirs[Math.floor(this.what / 3) % 3] ?? null;
  }
  get head(): Head | null {
    return heads[this.what % 3] ?? null;
  }
  /** Kind, direction and head as one small number. */
  get what(): number {
    return this.#place(0);
  }
  get cmd(): string | null {
    return this.#packed.cmds[this.#place(1)] ?? null;
  }
  get bodyStart(): number {
    return this.#place(2);
  }
  /** True for kinds that have bytes. */
  get hasBytes(): boolean {
    const { kind } = this;
    return kind === 'frame' || kind === 'junk';
  }
  /** The entry's bytes are `all` from `from` to `to`. */
  get from(): number {
    return this.#i === 0 ? 0 : (this.#packed.places[this.#i * placesEach - 1] ?? 0);
  }
  get to(): number {
    return this.#place(3);
  }
  get all(): Uint8Array {
    return this.#packed.bytes;
  }
  /** The same array each time, because making one costs more than the rest. */
  get bytes(): Uint8Array {
    const { from, to } = this;
    if (this.#bytesOf !== this.#i) {
      this.#bytesOf = this.#i;
      this.#bytes = from === to ? nothing : this.#packed.bytes.subarray(from, to);
    }
    return this.#bytes;
  }
  get detail(): string | null {
    return this.#packed.details.get(this.#i) ?? null;
  }
  /** The detail as a value. */
  get value(): unknown {
    return this.#read?.get(this.#i) ?? (JSON.parse(this.detail ?? '') as unknown);
  }
  get findings(): readonly Finding[] {
    if (this.detail === null) return noFindings;
    const { kind } = this;
    if (kind === 'finding') return [this.value as Finding];
    return kind === 'frame' || kind === 'junk' ? (this.value as readonly Finding[]) : noFindings;
  }

  #number(which: number): number {
    return this.#packed.numbers[this.#i * numbersEach + which] ?? NaN;
  }

  #place(which: number): number {
    return this.#packed.places[this.#i * placesEach + which] ?? 0;
  }
}

/** Unpacks entries as they are stored. Those of a kind have the same members in the same order: a spread takes many times as long. */
export function* unpacked(packed: PackedEntries, read: ReadDetails | null = null): Generator<StoredEntry> {
  for (const entry = new PackedReader(packed, read); entry.next();) yield storedEntry(entry);
}

function storedEntry(entry: PackedReader): StoredEntry {
  const { id, at, conn, vmcNo, kind } = entry;
  switch (kind) {
    case 'opened':
      return { kind, id, at, conn, vmcNo, peer: entry.value as Peer };
    case 'closed':
      return { kind, id, at, conn, vmcNo, reason: entry.value as CloseReason };
    case 'finding':
      return { kind, id, at, conn, vmcNo, finding: entry.value as Finding };
    case 'junk':
      return { kind, id, at, conn, vmcNo, bytes: entry.bytes, findings: entry.findings };
    case 'frame':
      return {
        kind,
        id,
        at,
        conn,
        vmcNo,
        dir: entry.dir ?? 'in',
        head: entry.head,
        sequence: entry.sequence,
        cmd: entry.cmd,
        bodyStart: entry.bodyStart,
        bytes: entry.bytes,
        findings: entry.findings,
      };
  }
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
