/** Applies a filter with as few reads of entries as possible. Lists and counts share this code. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Needs } from '#shared/filter/language/needs';
import { candidateBlocks, type Block } from '../index/candidates';
import { alternativesOf, spanOf } from '../index/conditions';
import { FactsReader, type Shape } from '../index/shapes';
import type { Sizes } from '../index/sizes';
import type { Judge, MachineVerdict, Verdict, Verdicts } from '../index/verdicts';
import type { Measures } from '../index/measures';
import type { TimesReader } from './timesOf';

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

/** Ranges that contain the added entries, and others between near ones. */
export class Ranges {
  readonly list: { from: number; top: number }[] = [];

  /** In ascending order. */
  add(id: number): void {
    const range = this.list.at(-1);
    if (range !== undefined && id - range.top < near) range.top = id + 1;
    else this.list.push({ from: id, top: id + 1 });
  }
}

/** Accepted entries, and the part of them that is special to the caller. */
interface Counted {
  readonly entries: number;
  readonly special: number;
}

/** Finds entries of a block that match for certain, and entries that must be read. */
export class BlockMatcher {
  readonly #facts: FactsReader;
  readonly #size: number;
  readonly #judge: Judge;
  readonly #times: TimesReader;

  constructor(db: DatabaseSyncInstance, sizes: Sizes, judge: Judge, times: TimesReader) {
    this.#facts = new FactsReader(db);
    this.#size = sizes.block;
    this.#judge = judge;
    this.#times = times;
  }

  /** Id ranges of a stretch to read, oldest first; all ids if they are not in a block yet. */
  ranges(stretch: Stretch): readonly Range[] {
    const { block } = stretch;
    if (block === null) return [stretch];
    const verdicts = this.#judge.of(block);
    const answers = block.shapes.map((shape) => verdicts.ofShape(shape).verdict);
    if (answers.every((answer) => answer === 'no')) return [];
    const isAsked = this.#judge.asksNumbers && answers.includes('ask');
    if (!isAsked && answers.every((answer) => answer === 'yes' || answer === 'ask')) return [stretch];
    const ranges = new Ranges();
    this.each(stretch, ({ verdict, id }) => {
      if (verdict !== 'no') ranges.add(id);
    });
    return ranges.list;
  }

  /** `null`: a count needs reading. */
  count(stretch: Stretch, isSpecial: (shape: Shape) => boolean): Counted | null {
    const { block, from, top } = stretch;
    if (block === null) return null;
    const { shapes, first } = block;
    const verdicts = this.#judge.of(block);
    const answers = shapes.map((shape) => verdicts.ofShape(shape).verdict);
    if (answers.includes('ask') && !this.#judge.asksNumbers) return null;
    const isWhole = from <= first && top > block.last;
    const counts = new Float64Array(shapes.length);
    if (isWhole && !answers.includes('depends') && !answers.includes('ask'))
      shapes.forEach(({ count }, i) => (counts[i] = answers[i] === 'yes' ? count : 0));
    else if (
      !(isWhole && !this.#judge.asksNumbers
        ? this.#countWhole(first, shapes, verdicts, counts)
        : this.#countPart(stretch, counts))
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

  /** The same for a part of a block, or with the numbers of each entry. */
  #countPart(stretch: Stretch, counts: Float64Array): boolean {
    let isKnown = true;
    this.each(stretch, ({ verdict, shapeAt }) => {
      if (verdict === 'yes') counts[shapeAt] = (counts[shapeAt] ?? 0) + 1;
      else if (verdict === 'ask') isKnown = false;
    });
    return isKnown;
  }

  /** Visits the entries of a stretch that is in a block, oldest first. The visited object is reused. */
  each({ block, from, top }: Stretch, visit: (entry: Visited) => void): void {
    if (block === null) return;
    const { ids: json, shapes: shapePlaces, machines } = this.#facts.of(block.first, this.#size);
    const verdicts = this.#judge.of(block);
    const ofShapes = block.shapes.map((shape) => verdicts.ofShape(shape));
    const { ofMachines } = verdicts;
    const { peerOf } = this.#times;
    let measures: Measures | null = null;
    const numbers = (): Measures => (measures ??= this.#times.block(block.first, json));
    const ids = json === null ? null : numbers().ids;
    const visited: Visited = { verdict: 'no', id: 0, place: 0, shapeAt: 0, machine: nobody, numbers };
    for (let place = 0; place < this.#size; place += 1) {
      const id = ids === null ? block.first + place : (ids[place] ?? 0);
      const shapeAt = shapePlaces[place] ?? 0;
      const shape = ofShapes[shapeAt];
      if (shape === undefined || id < from || id >= top) continue;
      const machineAt = machines[place] ?? 0;
      const machine = (ofMachines[machineAt] ??= verdicts.ofMachine(this.#facts.machine(machineAt)));
      let verdict = verdicts.of(shape, machine);
      if (verdict === 'ask' && this.#judge.asksNumbers)
        verdict = verdicts.ofEntry(shape, machine, { measures: numbers(), place, peerOf });
      visited.verdict = verdict;
      visited.id = id;
      visited.place = place;
      visited.shapeAt = shapeAt;
      visited.machine = machine;
      visit(visited);
    }
  }
}

const nobody: MachineVerdict = { vmcNo: null, verdict: 'ask', byShape: [] };

/** An entry of a block, and what the filter says about it. */
export interface Visited {
  verdict: Verdict;
  id: number;
  /** In the block. */
  place: number;
  /** Place of its shape among the block's. */
  shapeAt: number;
  machine: MachineVerdict;
  /** The numbers of the block. Reading them costs as much as reading ten entries. */
  readonly numbers: () => Measures;
}
