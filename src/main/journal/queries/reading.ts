/** Applies a filter with as few reads of entries as possible. Lists and counts share this code. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Needs } from '#shared/filter/language/needs';
import { idsOfBlock } from '../index/again';
import { candidateBlocks, type Block } from '../index/candidates';
import { alternativesOf, spanOf } from '../index/conditions';
import { FactsReader, type Shape } from '../index/shapes';
import type { Sizes } from '../index/sizes';
import type { Judge, Verdict, Verdicts } from '../index/verdicts';

export interface Range {
  readonly from: number;
  /** Exclusive. */
  readonly top: number;
}

/** Runs `work` on one snapshot of the database. */
export function atOneMoment<T>(db: DatabaseSyncInstance, work: () => T): T {
  db.exec('BEGIN');
  try {
    return work();
  } finally {
    if (db.isTransaction) db.exec('COMMIT');
  }
}

/** A span of ids that may contain matches, and its block; `null`: the newest entries, which are not in a block yet. */
export interface Stretch extends Range {
  readonly block: Block | null;
}

/** In reading order. */
export function* stretches(
  db: DatabaseSyncInstance,
  sizes: Sizes,
  needs: Needs | null,
  { from, top }: Range,
  order: 'newestFirst' | 'oldestFirst',
): Generator<Stretch> {
  const { last } = db.prepare('SELECT max(last) AS last FROM blocks').get() as {
    readonly last: number | null;
  };
  const ids = spanOf(needs, 'id');
  const low = Math.max(from, ids.from);
  const high = Math.min(top, ids.to + 1);
  const rest = { from: Math.max(low, (last ?? 0) + 1), top: high, block: null };
  const span = { after: low - 1, below: high, ...spanOf(needs, 'at') };
  if (order === 'newestFirst' && rest.from < rest.top) yield rest;
  for (const block of candidateBlocks(db, sizes, alternativesOf(needs), span, order))
    yield { from: Math.max(low, block.first), top: Math.min(high, block.last + 1), block };
  if (order === 'oldestFirst' && rest.from < rest.top) yield rest;
}

/** Entries closer than this are read together. */
const near = 16;

/** Accepted entries, and the part of them that is special to the caller. */
interface Counted {
  readonly entries: number;
  readonly special: number;
}

/** Finds entries of a block that match for certain, and entries that must be read. */
export class BlockMatcher {
  readonly #db: DatabaseSyncInstance;
  readonly #facts: FactsReader;
  readonly #sizes: Sizes;
  readonly #size: number;
  readonly #judge: Judge;

  constructor(db: DatabaseSyncInstance, sizes: Sizes, judge: Judge) {
    this.#db = db;
    this.#facts = new FactsReader(db);
    this.#sizes = sizes;
    this.#size = sizes.block;
    this.#judge = judge;
  }

  /** Id ranges of a stretch to read, oldest first; all ids if they are not in a block yet. */
  ranges(stretch: Stretch): readonly Range[] {
    const { block } = stretch;
    if (block === null) return [stretch];
    const verdicts = this.#judge.of(block);
    const answers = block.shapes.map((shape) => verdicts.ofShape(shape).verdict);
    if (answers.every((answer) => answer === 'no')) return [];
    if (answers.every((answer) => answer === 'yes' || answer === 'ask')) return [stretch];
    const ranges: { from: number; top: number }[] = [];
    this.#each(stretch, block.shapes, verdicts, (verdict, id) => {
      if (verdict === 'no') return;
      const range = ranges.at(-1);
      if (range !== undefined && id - range.top < near) range.top = id + 1;
      else ranges.push({ from: id, top: id + 1 });
    });
    return ranges;
  }

  /** `null`: a count needs reading. */
  count(stretch: Stretch, isSpecial: (shape: Shape) => boolean): Counted | null {
    const { block, from, top } = stretch;
    if (block === null) return null;
    const { shapes, first } = block;
    const verdicts = this.#judge.of(block);
    const answers = shapes.map((shape) => verdicts.ofShape(shape).verdict);
    if (answers.includes('ask')) return null;
    const isWhole = from <= first && top > block.last;
    const counts = new Float64Array(shapes.length);
    if (isWhole && !answers.includes('depends'))
      shapes.forEach(({ count }, i) => (counts[i] = answers[i] === 'yes' ? count : 0));
    else if (
      !(isWhole
        ? this.#countWhole(first, shapes, verdicts, counts)
        : this.#countPart(stretch, verdicts, counts))
    )
      return null;
    let [entries, special] = [0, 0];
    shapes.forEach((shape, i) => {
      const count = counts[i] ?? 0;
      entries += count;
      if (count > 0 && isSpecial(shape)) special += count;
    });
    return { entries, special };
  }

  /**
   * Counts a whole block by shape. Ten million entries of one machine are 20,000
   * such blocks. Returns false if entries must be read.
   */
  #countWhole(first: number, shapes: readonly Shape[], verdicts: Verdicts, counts: Float64Array): boolean {
    const { shapes: shapePlaces, machines } = this.#facts.of(first, this.#size);
    const ofShapes = shapes.map((shape) => verdicts.ofShape(shape));
    const { ofMachines } = verdicts;
    for (let i = 0; i < this.#size; i += 1) {
      const shapeAt = shapePlaces[i] ?? 0;
      const shape = ofShapes[shapeAt];
      if (shape === undefined || shape.verdict === 'no') continue;
      const place = machines[i] ?? 0;
      const machine = (ofMachines[place] ??= verdicts.ofMachine(this.#facts.machine(place)));
      if (shape.verdict === 'depends' && machine.verdict === 'no') continue;
      const verdict = verdicts.of(shape, machine);
      if (verdict === 'ask') return false;
      if (verdict === 'yes') counts[shapeAt] = (counts[shapeAt] ?? 0) + 1;
    }
    return true;
  }

  /** The same for a part of a block. */
  #countPart(stretch: Stretch, verdicts: Verdicts, counts: Float64Array): boolean {
    let isKnown = true;
    this.#each(stretch, stretch.block?.shapes ?? [], verdicts, (verdict, _id, shapeAt) => {
      if (verdict === 'yes') counts[shapeAt] = (counts[shapeAt] ?? 0) + 1;
      else if (verdict === 'ask') isKnown = false;
    });
    return isKnown;
  }

  #each(
    { block, from, top }: Stretch,
    shapes: readonly Shape[],
    verdicts: Verdicts,
    visit: (verdict: Verdict, id: number, shapeAt: number) => void,
  ): void {
    if (block === null) return;
    const { ids: json, shapes: shapePlaces, machines } = this.#facts.of(block.first, this.#size);
    const ids = json === null ? null : idsOfBlock(this.#db, this.#sizes, block.first, json);
    const ofShapes = shapes.map((shape) => verdicts.ofShape(shape));
    const { ofMachines } = verdicts;
    for (let i = 0; i < this.#size; i += 1) {
      const id = ids === null ? block.first + i : (ids[i] ?? 0);
      const shapeAt = shapePlaces[i] ?? 0;
      const shape = ofShapes[shapeAt];
      if (shape === undefined || id < from || id >= top) continue;
      const place = machines[i] ?? 0;
      const machine = (ofMachines[place] ??= verdicts.ofMachine(this.#facts.machine(place)));
      visit(verdicts.of(shape, machine), id, shapeAt);
    }
  }
}
