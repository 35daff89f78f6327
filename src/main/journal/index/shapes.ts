/**
 * Machine and shape (kind, direction, command) of each entry of a block, stored apart from the entries.
 * Queries about these values are answered and counted without reading entries.
 */
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import type { Direction, Entry } from '#shared/model/frame';
import type { Row } from '../store/columns';

export interface Shape {
  readonly kind: Entry['kind'];
  /** Unreliable for junk, where only the findings show the sender (earlier versions wrote `in`). */
  readonly dir: Direction | null;
  /** Without outer blanks; `undefined`: too long to be stored here. */
  readonly cmd: string | null | undefined;
  /** Entries of this shape. */
  readonly count: number;
}

/** The catalogue has no longer command. */
const longestCmd = 64;

/** As JSON; `false` stands for a command that is too long. */
type ShapeTuple = [Entry['kind'], Direction | null, string | null | false, number];

/** `null`: the counts do not add up to `entries`. */
export function readShapes(json: string, entries: number): readonly Shape[] | null {
  let tuples: unknown;
  try {
    tuples = JSON.parse(json);
  } catch {
    return null;
  }
  if (!Array.isArray(tuples)) return null;
  let all = 0;
  const shapes: Shape[] = [];
  for (const tuple of tuples as readonly unknown[]) {
    if (!isShapeTuple(tuple)) return null;
    const [kind, dir, cmd, count] = tuple;
    all += count;
    shapes.push({ kind, dir, cmd: cmd === false ? undefined : cmd, count });
  }
  return all === entries ? shapes : null;
}

function isShapeTuple(tuple: unknown): tuple is ShapeTuple {
  if (!Array.isArray(tuple)) return false;
  const [kind, dir, cmd, count] = tuple as readonly unknown[];
  return (
    typeof kind === 'string' &&
    Object.hasOwn(kindNumbers, kind) &&
    (dir === null || dir === 'in' || dir === 'out') &&
    (cmd === null || cmd === false || typeof cmd === 'string') &&
    typeof count === 'number'
  );
}

export interface Shaped {
  readonly id: number;
  readonly vmcNo: number | null;
  readonly kind: Entry['kind'];
  readonly dir?: Direction | null;
  readonly cmd?: string | null;
}

const kindNumbers: Readonly<Record<Entry['kind'], number>> = {
  opened: 0,
  closed: 1,
  junk: 2,
  finding: 3,
  frame: 4,
};

/** Collects the shapes of one block. */
export class ShapeSheet {
  readonly #ids: number[] = [];
  /** By kind and direction, then by command. */
  readonly #places = new Map<number, Map<string | null, number>>();
  readonly #tuples: ShapeTuple[] = [];
  readonly #shapes: number[] = [];
  readonly #machines: (number | null)[] = [];

  add({ id, vmcNo, kind, dir = null, cmd = null }: Shaped): void {
    const key = kindNumbers[kind] * 3 + (dir === null ? 0 : dir === 'in' ? 1 : 2);
    let places = this.#places.get(key);
    if (places === undefined) this.#places.set(key, (places = new Map<string | null, number>()));
    let place = places.get(cmd);
    if (place === undefined) {
      places.set(cmd, (place = this.#tuples.length));
      const short = cmd === null || cmd.length <= longestCmd ? (cmd?.trim() ?? null) : false;
      this.#tuples.push([kind, dir, short, 0]);
    }
    const tuple = this.#tuples[place];
    if (tuple !== undefined) tuple[3] += 1;
    this.#ids.push(id);
    this.#shapes.push(place);
    this.#machines.push(vmcNo);
  }

  get ids(): readonly number[] {
    return this.#ids;
  }

  /** As JSON, by place. */
  get shapes(): string {
    return JSON.stringify(this.#tuples);
  }

  write(facts: FactsWriter): void {
    facts.write(this.#ids, this.#shapes, this.#machines);
  }
}

/** Machine numbers have places in a table of their own, from 1. 0 means no machine. */
export class FactsWriter {
  readonly #insert: StatementSyncInstance;
  readonly #insertNumber: StatementSyncInstance;
  readonly #places: Map<number, number>;

  constructor(db: DatabaseSyncInstance) {
    this.#insert = db.prepare('INSERT INTO facts (block, ids, shapes, machines) VALUES (?,?,?,?)');
    this.#insertNumber = db.prepare('INSERT INTO numbers (place, vmc_no) VALUES (?,?)');
    const rows = db.prepare('SELECT place, vmc_no FROM numbers').all() as Row[];
    this.#places = new Map(rows.map((row) => [Number(row['vmc_no']), Number(row['place'])]));
  }

  write(ids: readonly number[], shapes: readonly number[], machines: readonly (number | null)[]): void {
    const [first, last] = [ids[0] ?? 0, ids.at(-1) ?? 0];
    this.#insert.run(
      first,
      // Ids are consecutive unless entries were lost.
      last - first + 1 === ids.length ? null : JSON.stringify(ids),
      planes(shapes),
      planes(machines.map((vmcNo) => this.#placeOf(vmcNo))),
    );
  }

  #placeOf(vmcNo: number | null): number {
    if (vmcNo === null) return 0;
    let place = this.#places.get(vmcNo);
    if (place === undefined) {
      place = this.#places.size + 1;
      this.#places.set(vmcNo, place);
      this.#insertNumber.run(place, vmcNo);
    }
    return place;
  }
}

/** The lowest byte of each place, then the higher bytes if any place needs them. */
function planes(places: readonly number[]): Uint8Array {
  const most = Math.max(...places);
  const count = most < 0x100 ? 1 : most < 0x10000 ? 2 : 4;
  const bytes = new Uint8Array(count * places.length);
  for (let plane = 0; plane < count; plane += 1)
    places.forEach((place, i) => (bytes[plane * places.length + i] = place >>> (8 * plane)));
  return bytes;
}

type Places = Uint8Array | Uint32Array;

function placesIn(bytes: unknown, size: number): Places {
  if (!(bytes instanceof Uint8Array)) return new Uint8Array();
  if (bytes.length === size) return bytes;
  const places = new Uint32Array(size);
  for (let start = 0, shift = 0; start < bytes.length; start += size, shift += 8)
    for (let i = 0; i < size; i += 1) places[i] = (places[i] ?? 0) | ((bytes[start + i] ?? 0) << shift);
  return places;
}

/** The shape and the machine of each entry of a block, oldest first. */
export interface Facts {
  /** As JSON (`idsOfBlock`); `null`: the ids are consecutive. */
  readonly ids: string | null;
  readonly shapes: Places;
  readonly machines: Places;
}

/** This data cannot be recomputed row by row, so the file counts as damaged. */
class IndexDamaged extends Error {
  override readonly name = 'IndexDamaged';
  readonly errcode = 11;
}

export class FactsReader {
  readonly #facts: StatementSyncInstance;
  readonly #numbers: StatementSyncInstance;
  readonly #place: StatementSyncInstance;
  /** By place. */
  readonly #machines: (number | null)[] = [null];

  constructor(db: DatabaseSyncInstance) {
    this.#facts = db.prepare('SELECT ids, shapes, machines FROM facts WHERE block = ?');
    this.#numbers = db.prepare('SELECT vmc_no FROM numbers WHERE place >= ? ORDER BY place');
    this.#place = db.prepare('SELECT place FROM numbers WHERE vmc_no = ?');
  }

  of(block: number, size: number): Facts {
    const row = this.#facts.get(block) as Row | undefined;
    if (row === undefined) throw new IndexDamaged(`block ${block} has no facts`);
    return {
      ids: typeof row['ids'] === 'string' ? row['ids'] : null,
      shapes: placesIn(row['shapes'], size),
      machines: placesIn(row['machines'], size),
    };
  }

  /** `null`: the machine is not in any block. */
  placeOf(vmcNo: number): number | null {
    const row = this.#place.get(vmcNo) as Row | undefined;
    return row === undefined ? null : Number(row['place']);
  }

  machine(place: number): number | null {
    const known = this.#machines;
    if (place >= known.length)
      for (const row of this.#numbers.all(known.length) as Row[]) known.push(Number(row['vmc_no']));
    return known[place] ?? null;
  }
}
