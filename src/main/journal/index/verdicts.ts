/**
 * Applies a filter to entries with only a known shape and machine, and a rough time and mark.
 * If the filter needs more, the answer is that the entry must be read.
 */
import type { FrameFilter, FrameTest } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import { endOf, startOf } from '#shared/filter/language/times';
import { mentions, type Choice, type FieldName, type Filter } from '#shared/filter/language/tree';
import type { Mark } from '#shared/model/journal';
import type { OwnErrors } from '#shared/model/ownErrors';
import type { Peer } from '#shared/model/frame';
import { answerState } from '#shared/model/timing';
import type { Measures } from './measures';
import type { Shape } from './shapes';

/** A filter, and the values that its terms refer to. */
export interface Question {
  readonly filter: FrameFilter;
  /** Reference time for relative times such as "two hours ago", ms since 1970. */
  readonly now: number;
  /** Machine names by number, as users set them. */
  readonly names: Readonly<Record<number, string>>;
  /** The user's own error texts and severities, for filters by severity. Left out: those of the last query. */
  readonly ownErrors?: OwnErrors;
}

/** Numbers of one entry, from the index. */
export interface EntryMeasures {
  readonly measures: Measures;
  /** The entry's place in the block. */
  readonly place: number;
  readonly peerOf: (conn: number) => Peer | null;
}

/** `ask`: the entry itself must be read. */
export type Verdict = 'yes' | 'no' | 'ask';
/** `depends`: on the machine or on the shape, whichever was not given. */
export type PartVerdict = Verdict | 'depends';

/** The known facts of an entry. Records whether a filter or group asked for other facts. */
export class Known implements FilterFacts {
  /** `null`: not given. */
  #shape: Shape | null = null;
  /** `undefined`: not given. */
  #machine: number | null | undefined;
  /** `null`: not given. */
  #numbers: EntryMeasures | null = null;
  /** The filter asked for the shape or the machine, which was not given. */
  isPartMissing = false;
  /** It asked for a fact that only the entry itself has. */
  isUnknown = false;
  readonly #names: Question['names'];
  readonly #at: number | null;
  readonly #isUnmarked: boolean;

  constructor(names: Question['names'], at: number | null, isUnmarked: boolean) {
    this.#names = names;
    this.#at = at;
    this.#isUnmarked = isUnmarked;
  }

  set(shape: Shape | null, machine: number | null | undefined, numbers: EntryMeasures | null = null): void {
    this.#shape = shape;
    this.#machine = machine;
    this.#numbers = numbers;
    this.isPartMissing = false;
    this.isUnknown = false;
  }

  #partMissing<T>(anything: T): T {
    this.isPartMissing = true;
    return anything;
  }
  #unknown<T>(anything: T): T {
    this.isUnknown = true;
    return anything;
  }

  get kind(): FilterFacts['kind'] {
    return this.#shape === null ? this.#partMissing('frame') : this.#shape.kind;
  }
  get dir(): FilterFacts['dir'] {
    if (this.#shape === null) return this.#partMissing(null);
    return this.#shape.kind === 'junk' ? this.#unknown(null) : this.#shape.dir;
  }
  get cmd(): string | null {
    if (this.#shape === null) return this.#partMissing(null);
    return this.#shape.cmd === undefined ? this.#unknown(null) : this.#shape.cmd;
  }
  get vmcNo(): number | null {
    if (this.#machine === undefined) return this.#partMissing(null);
    // Only the entry shows its owner. The shape does not even show whether there is one.
    if (this.#machine === null) return this.#shape === null ? this.#partMissing(null) : this.#unknown(null);
    return this.#machine;
  }
  get vmcName(): string | null {
    const { vmcNo } = this;
    return vmcNo === null ? null : (this.#names[vmcNo] ?? null);
  }
  #number(which: keyof Measures): number {
    return this.#numbers === null
      ? this.#unknown(0)
      : (this.#numbers.measures[which][this.#numbers.place] ?? NaN);
  }
  #numberOrNull(which: keyof Measures): number | null {
    const number = this.#number(which);
    return Number.isNaN(number) ? null : number;
  }

  get at(): number {
    return this.#at ?? this.#number('ats');
  }
  get gap(): number | null {
    return this.#numberOrNull('gaps');
  }
  get latency(): number | null {
    return this.#numberOrNull('latencies');
  }
  get answered(): FilterFacts['answered'] {
    return answerState(this.dir, this.cmd, this.latency);
  }
  get peer(): Peer | null {
    return this.#numbers === null ? this.#unknown(null) : this.#numbers.peerOf(this.#number('conns'));
  }
  get mark(): null {
    return this.#isUnmarked ? null : this.#unknown(null);
  }
  get note(): null {
    return this.#isUnmarked ? null : this.#unknown(null);
  }
  get id(): null {
    return this.#unknown(null);
  }
  get conn(): number {
    return this.#number('conns');
  }
  get size(): number {
    return this.#number('sizes');
  }
  get sequence(): null {
    return this.#unknown(null);
  }
  get head(): null {
    return this.#unknown(null);
  }
  get text(): string {
    return this.#unknown('');
  }
  get findings(): readonly [] {
    return this.#unknown([]);
  }
  get body(): () => null {
    return this.#unknown(() => null);
  }
}

interface ShapeVerdict {
  readonly shape: Shape;
  /** Index among the shapes seen so far. */
  readonly place: number;
  readonly verdict: PartVerdict;
}
export interface MachineVerdict {
  readonly vmcNo: number | null;
  readonly verdict: PartVerdict;
  /** By `place` of the shape. */
  readonly byShape: Verdict[];
}

/** The answers so far, by shape and by machine. */
export class Verdicts {
  readonly #known: Known;
  readonly #matches: (facts: FilterFacts) => boolean;
  readonly #shapes = new Map<string, ShapeVerdict>();
  /** By the machine's place in the journal. The caller fills it. */
  readonly ofMachines: MachineVerdict[] = [];

  constructor(matches: (facts: FilterFacts) => boolean, known: Known) {
    this.#matches = matches;
    this.#known = known;
  }

  ofShape(shape: Shape): ShapeVerdict {
    const { kind, dir, cmd } = shape;
    const key = `${kind} ${dir} ${typeof cmd} ${cmd}`;
    let found = this.#shapes.get(key);
    if (found === undefined) {
      found = { shape, place: this.#shapes.size, verdict: this.#ask(shape, undefined) };
      this.#shapes.set(key, found);
    }
    return found;
  }

  ofMachine(vmcNo: number | null): MachineVerdict {
    return { vmcNo, verdict: this.#ask(null, vmcNo), byShape: [] };
  }

  of({ shape, place, verdict }: ShapeVerdict, machine: MachineVerdict): Verdict {
    if (verdict !== 'depends') return verdict;
    if (machine.verdict !== 'depends') return machine.verdict;
    const known = machine.byShape[place];
    if (known !== undefined) return known;
    const answer = this.#ask(shape, machine.vmcNo);
    return (machine.byShape[place] = answer === 'depends' ? 'ask' : answer);
  }

  /** Asks again with the numbers of the entry. */
  ofEntry({ shape }: ShapeVerdict, { vmcNo }: MachineVerdict, numbers: EntryMeasures): Verdict {
    const answer = this.#ask(shape, vmcNo, numbers);
    return answer === 'depends' ? 'ask' : answer;
  }

  #ask(
    shape: Shape | null,
    vmcNo: number | null | undefined,
    numbers: EntryMeasures | null = null,
  ): PartVerdict {
    const known = this.#known;
    known.set(shape, vmcNo, numbers);
    const isLetThrough = this.#matches(known);
    if (known.isPartMissing) return 'depends';
    if (known.isUnknown) return 'ask';
    return isLetThrough ? 'yes' : 'no';
  }
}

export interface TimedBlock {
  readonly first: number;
  readonly last: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/**
 * Chooses the verdicts for a block. Blocks differ in facts that all their entries share:
 * the side of the filter's time limits, and whether none is marked.
 */
export class Judge {
  readonly #matches: (facts: FilterFacts) => boolean;
  /** Whether numbers of single entries can decide. */
  readonly asksNumbers: boolean;
  readonly #names: Question['names'];
  readonly #moments: readonly number[];
  readonly #marked: readonly number[];
  readonly #verdicts = new Map<string, Verdicts>();

  constructor(
    { matches, tree }: Pick<Extract<FrameTest, { ok: true }>, 'matches' | 'tree'>,
    { names }: Pick<Question, 'names'>,
    marks: ReadonlyMap<number, Mark>,
  ) {
    this.#matches = matches;
    this.asksNumbers = usesMeasures(tree);
    this.#names = names;
    this.#moments = momentsOf(tree).toSorted((a, b) => a - b);
    this.#marked = [...marks.keys()].toSorted((a, b) => a - b);
  }

  of({ first, last, firstAt, lastAt }: TimedBlock): Verdicts {
    const since = upTo(this.#moments, firstAt);
    const at = since === upTo(this.#moments, lastAt) ? firstAt : null;
    const isUnmarked = upTo(this.#marked, first - 1) === upTo(this.#marked, last);
    const key = `${at === null ? '?' : since} ${isUnmarked}`;
    let verdicts = this.#verdicts.get(key);
    if (verdicts === undefined) {
      verdicts = new Verdicts(this.#matches, new Known(this.#names, at, isUnmarked));
      this.#verdicts.set(key, verdicts);
    }
    return verdicts;
  }
}

const measured: ReadonlySet<FieldName> = new Set([
  'time',
  'conn',
  'size',
  'gap',
  'latency',
  'answered',
  'peer',
]);

/** Whether numbers of the index can decide a part of the filter. */
const usesMeasures = (filter: Filter): boolean => mentions(filter, ({ field }) => measured.has(field));

/** Count of sorted numbers that are at most `limit`. */
function upTo(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Times at which the answer of a time condition can change. Between two such times it is constant. */
function momentsOf(filter: Filter): readonly number[] {
  switch (filter.kind) {
    case 'all':
      return [];
    case 'and':
    case 'or':
      return filter.of.flatMap(momentsOf);
    case 'not':
      return momentsOf(filter.of);
    case 'term':
      return filter.field === 'time' ? filter.any.flatMap(momentsOfChoice) : [];
  }
}

function momentsOfChoice(choice: Choice): readonly number[] {
  switch (choice.is) {
    case 'number':
      return [choice.value, choice.value + 1];
    case 'range':
      return [choice.from, choice.to + 1];
    case 'time':
      return [startOf(choice.when), endOf(choice.when)];
    case 'timeRange':
      return [startOf(choice.from), endOf(choice.to)];
    case 'present':
    case 'word':
    case 'text':
    case 'regex':
    case 'member':
      return [];
  }
}
