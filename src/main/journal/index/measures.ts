/**
 * Time, connection, bytes and times between frames of each entry of a block, packed. Filters and groups about
 * these numbers are answered without reading entries.
 */
import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Timing } from '../../core/state/timings';

/** An entry answered by a later block. */
export interface LateAnswer {
  readonly question: number;
  readonly answer: number;
  /** ms from the question to the answer. */
  readonly latency: number;
}

/** The numbers of the entries of a block, oldest first. NaN: none. */
export interface Measures {
  readonly ids: Float64Array;
  /** ms since 1970. */
  readonly ats: Float64Array;
  readonly conns: Float64Array;
  /** Bytes on the wire, 0 for entries without bytes. */
  readonly sizes: Float64Array;
  /** ms since the frame before on the connection. */
  readonly gaps: Float64Array;
  /** ms from a question to its answer, at both. */
  readonly latencies: Float64Array;
  /** The entry of the question (at answers) or of the answer (at questions). A frame that is both has its own answer here. */
  readonly partners: Float64Array;
}

export interface Measured {
  readonly id: number;
  readonly at: number;
  readonly conn: number;
  readonly size: number;
  readonly isFrame: boolean;
}

/** Collects the numbers of a block. */
export class MeasureSheet {
  readonly #entries: Measured[] = [];
  /** By entry: its distance to its question in this block; 0: none. */
  readonly #backs: number[] = [];
  /** Of the first frame of each connection, NaN if it is the connection's first. */
  readonly #firstGaps = new Map<number, number>();
  readonly #late: LateAnswer[] = [];

  get count(): number {
    return this.#entries.length;
  }

  add(entry: Measured, { gap, answered }: Timing): void {
    const place = this.#entries.length;
    this.#entries.push(entry);
    if (entry.isFrame && !this.#firstGaps.has(entry.conn)) this.#firstGaps.set(entry.conn, gap ?? NaN);
    const question = answered === null ? -1 : this.placeOf(answered.question);
    this.#backs.push(question < 0 ? 0 : place - question);
    if (answered !== null && question < 0) this.#late.push({ ...answered, answer: entry.id });
  }

  /** Answers to questions of earlier blocks, since the last call. */
  takeLate(): readonly LateAnswer[] {
    return this.#late.splice(0);
  }

  /** -1: not in this block. */
  placeOf(id: number): number {
    return placeIn(this.#entries.length, (i) => this.#entries[i]?.id ?? 0, id);
  }

  /** Without answers in later blocks. */
  get measures(): Measures {
    const found = emptyMeasures(this.#entries.length);
    this.#entries.forEach(({ id, at, conn, size }, i) => {
      found.ids[i] = id;
      found.ats[i] = at;
      found.conns[i] = conn;
      found.sizes[i] = size;
    });
    fillTimes(found, this.#backs, (i) => this.#entries[i]?.isFrame === true, this.#firstGaps);
    return found;
  }

  get packed(): Uint8Array {
    return pack(this.#entries, this.#backs, this.#firstGaps);
  }
}

/** Where `id` is among `count` ascending numbers; -1: nowhere. */
export function placeIn(count: number, at: (i: number) => number, id: number): number {
  let [low, high] = [0, count - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = at(middle);
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

const emptyMeasures = (count: number): Measures => ({
  ids: new Float64Array(count),
  ats: new Float64Array(count),
  conns: new Float64Array(count),
  sizes: new Float64Array(count),
  gaps: new Float64Array(count).fill(NaN),
  latencies: new Float64Array(count).fill(NaN),
  partners: new Float64Array(count).fill(NaN),
});

function fillTimes(
  { ids, ats, conns, gaps, latencies, partners }: Measures,
  backs: ArrayLike<number>,
  isFrame: (i: number) => boolean,
  firstGaps: ReadonlyMap<number, number>,
): void {
  const lastAt = new Map<number, number>();
  for (let i = 0; i < ids.length; i += 1) {
    if (!isFrame(i)) continue;
    const [conn, at] = [conns[i] ?? 0, ats[i] ?? 0];
    const before = lastAt.get(conn);
    gaps[i] = before === undefined ? (firstGaps.get(conn) ?? NaN) : at - before;
    lastAt.set(conn, at);
  }
  for (let i = 0; i < ids.length; i += 1) {
    const back = backs[i] ?? 0;
    if (back === 0) continue;
    const question = i - back;
    latencies[i] = latencies[question] = (ats[i] ?? 0) - (ats[question] ?? 0);
    partners[i] = ids[question] ?? NaN;
    partners[question] = ids[i] ?? NaN;
  }
}

/** Adds answers of later blocks to their questions, and their questions to answers of this block. */
export function addLate({ ids, latencies, partners }: Measures, late: readonly LateAnswer[]): void {
  const placeOf = (id: number): number => placeIn(ids.length, (i) => ids[i] ?? 0, id);
  for (const { question, answer, latency } of late) {
    const [asked, answered] = [placeOf(question), placeOf(answer)];
    if (asked >= 0) {
      latencies[asked] = latency;
      partners[asked] = answer;
    }
    // It may be a question itself, with an answer.
    if (answered >= 0 && Number.isNaN(partners[answered] ?? NaN)) {
      latencies[answered] = latency;
      partners[answered] = question;
    }
  }
}

/*
 * Layout: CRC-32 of the rest (4 bytes), then a deflated part. It begins with the number of entries and the lengths of the lists. The
 * lists follow, all as 8-byte numbers. Then come columns of two bytes per entry, low bytes first. A column has 65,535 for a number that
 * does not fit; its list has place and number.
 */
const tooLarge = 0xff_ff;

class Packer {
  readonly #columns: Uint8Array[] = [];
  readonly #lists: number[][] = [];
  readonly #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  column(numbers: readonly number[]): void {
    const bytes = new Uint8Array(2 * this.#count);
    const rest: number[] = [];
    numbers.forEach((number, i) => {
      const fits = number >= 0 && number < tooLarge && Number.isInteger(number);
      if (!fits) rest.push(i, number);
      const stored = fits ? number : tooLarge;
      bytes[i] = stored & 0xff;
      bytes[this.#count + i] = stored >>> 8;
    });
    this.#columns.push(bytes);
    this.list(rest);
  }

  list(numbers: readonly number[]): void {
    this.#lists.push([...numbers]);
  }

  take(): Uint8Array {
    const lengths = this.#lists.map(({ length }) => length);
    const numbers = Float64Array.from([this.#count, ...lengths, ...this.#lists.flat()]);
    const plain = Buffer.concat([Buffer.from(numbers.buffer), ...this.#columns]);
    const deflated = deflateRawSync(plain);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(deflated));
    return Buffer.concat([sum, deflated]);
  }
}

const zigzag = (number: number): number => (number >= 0 ? 2 * number : -2 * number - 1);
const unzigzag = (number: number): number => (number % 2 === 0 ? number / 2 : -(number + 1) / 2);

/** Lists: the numbers that do not fit of four columns, the connections, the first gaps, the start. */
const lists = 7;

function pack(
  entries: readonly Measured[],
  backs: readonly number[],
  firstGaps: ReadonlyMap<number, number>,
): Uint8Array {
  const conns = new Map<number, number>();
  for (const { conn } of entries) if (!conns.has(conn)) conns.set(conn, conns.size);
  const packer = new Packer(entries.length);
  packer.column(entries.map(({ at }, i) => zigzag(at - (entries[i - 1]?.at ?? at))));
  packer.column(entries.map(({ size, isFrame }) => 2 * size + (isFrame ? 1 : 0)));
  packer.column(entries.map(({ conn }) => conns.get(conn) ?? 0));
  packer.column(backs);
  packer.list([...conns.keys()]);
  packer.list([...conns.keys()].map((conn) => firstGaps.get(conn) ?? NaN));
  packer.list([entries[0]?.at ?? 0]);
  return packer.take();
}

/** `ids`: of the block. `null`: unreadable. */
export function unpackMeasures(packed: unknown, ids: Float64Array): Measures | null {
  if (!(packed instanceof Uint8Array) || packed.length < 5) return null;
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.length);
  if (crc32(bytes.subarray(4)) !== bytes.readUInt32LE(0)) return null;
  const plain = Uint8Array.from(inflateRawSync(bytes.subarray(4)));
  const head = new Float64Array(plain.buffer, 0, 1 + lists);
  const [count = 0, ...lengths] = head;
  if (count !== ids.length) return null;
  let at = 1 + lists;
  const list = lengths.map((length) => {
    const found = new Float64Array(plain.buffer, 8 * at, length);
    at += length;
    return found;
  });
  const start = 8 * at;
  const column = (which: number): Float64Array => {
    const numbers = new Float64Array(count);
    const [low, high] = [start + 2 * count * which, start + 2 * count * which + count];
    for (let i = 0; i < count; i += 1) numbers[i] = (plain[low + i] ?? 0) | ((plain[high + i] ?? 0) << 8);
    const rest = list[which] ?? [];
    for (let i = 0; i < rest.length; i += 2) numbers[rest[i] ?? 0] = rest[i + 1] ?? 0;
    return numbers;
  };
  const [deltas, sizes, places, backs] = [column(0), column(1), column(2), column(3)];
  const [conns, gaps, begin] = [list[4] ?? [], list[5] ?? [], list[6]?.[0] ?? 0];
  const found = { ...emptyMeasures(count), ids };
  let time = begin;
  for (let i = 0; i < count; i += 1) {
    time += unzigzag(deltas[i] ?? 0);
    found.ats[i] = time;
    found.sizes[i] = Math.floor((sizes[i] ?? 0) / 2);
    found.conns[i] = conns[places[i] ?? 0] ?? NaN;
  }
  const firstGaps = new Map<number, number>();
  conns.forEach((conn, i) => firstGaps.set(conn, gaps[i] ?? NaN));
  fillTimes(found, backs, (i) => (sizes[i] ?? 0) % 2 === 1, firstGaps);
  return found;
}
