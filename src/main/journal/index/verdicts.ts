/**
 * Asks a filter about entries of which only shape, machine, and roughly time and mark are known. The filter itself is asked; where it
 * wants to know more, the answer is that the entry must be read.
 */
import type { FrameFilter, FrameTest } from '#shared/filter/frames';
import type { FilterFacts } from '#shared/filter/language/facts';
import { endOf, startOf } from '#shared/filter/language/times';
import type { Choice, Filter } from '#shared/filter/language/tree';
import type { Mark } from '#shared/model/journal';
import type { OwnErrors } from '#shared/model/ownErrors';
import type { Shape } from './shapes';

/** A filter, and what its words are understood by. */
export interface Question {
  readonly filter: FrameFilter;
  /** What "two hours ago" is counted from, ms since 1970. */
  readonly now: number;
  /** Machines' names by number, as people gave them. */
  readonly names: Readonly<Record<number, string>>;
  /** What the workshop says of error codes: filters ask how bad they are. Left out: as asked before. */
  readonly ownErrors?: OwnErrors;
}

/** `ask`: the entry itself must be read. */
export type Verdict = 'yes' | 'no' | 'ask';
/** `depends`: on the machine, or on the shape, which was not told. */
export type PartVerdict = Verdict | 'depends';

/** What is known of an entry; whether something else was asked for is remembered. */
class Known implements FilterFacts {
  /** `null`: not told. */
  #shape: Shape | null = null;
  /** `undefined`: not told. */
  #machine: number | null | undefined;
  /** Shape or machine were asked for, and not told. */
  isUntold = false;
  /** Something was asked for that only the entry itself knows. */
  isUnknown = false;
  readonly #names: Question['names'];
  readonly #at: number | null;
  readonly #isUnmarked: boolean;

  constructor(names: Question['names'], at: number | null, isUnmarked: boolean) {
    this.#names = names;
    this.#at = at;
    this.#isUnmarked = isUnmarked;
  }

  tell(shape: Shape | null, machine: number | null | undefined): void {
    this.#shape = shape;
    this.#machine = machine;
    this.isUntold = false;
    this.isUnknown = false;
  }

  #untold<T>(anything: T): T {
    this.isUntold = true;
    return anything;
  }
  #unknown<T>(anything: T): T {
    this.isUnknown = true;
    return anything;
  }

  get kind(): FilterFacts['kind'] {
    return this.#shape === null ? this.#untold('frame') : this.#shape.kind;
  }
  get dir(): FilterFacts['dir'] {
    if (this.#shape === null) return this.#untold(null);
    return this.#shape.kind === 'junk' ? this.#unknown(null) : this.#shape.dir;
  }
  get cmd(): string | null {
    if (this.#shape === null) return this.#untold(null);
    return this.#shape.cmd === undefined ? this.#unknown(null) : this.#shape.cmd;
  }
  get vmcNo(): number | null {
    if (this.#machine === undefined) return this.#untold(null);
    // Whose connection it turned out to be is told by the entry alone; that some machine is meant, not even by the shape.
    if (this.#machine === null) return this.#shape === null ? this.#untold(null) : this.#unknown(null);
    return this.#machine;
  }
  get vmcName(): string | null {
    const { vmcNo } = this;
    return vmcNo === null ? null : (this.#names[vmcNo] ?? null);
  }
  get at(): number {
    return this.#at ?? this.#unknown(0);
  }
  get mark(): null {
    return this.#isUnmarked ? null : this.#unknown(null);
  }
  get note(): null {
    return this.#isUnmarked ? null : this.#unknown(null);
  }
  get id(): number {
    return this.#unknown(0);
  }
  get conn(): number {
    return this.#unknown(0);
  }
  get size(): number {
    return this.#unknown(0);
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
  /** Among the shapes met so far. */
  readonly place: number;
  readonly verdict: PartVerdict;
}
export interface MachineVerdict {
  readonly vmcNo: number | null;
  readonly verdict: PartVerdict;
  /** By place of the shape. */
  readonly byShape: Verdict[];
}

/** The answers so far, by shape and by machine. */
export class Verdicts {
  readonly #known: Known;
  readonly #matches: (facts: FilterFacts) => boolean;
  readonly #shapes = new Map<string, ShapeVerdict>();
  /** By the machine's place in the journal, filled by whoever knows it. */
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

  #ask(shape: Shape | null, vmcNo: number | null | undefined): PartVerdict {
    const known = this.#known;
    known.tell(shape, vmcNo);
    const isLetThrough = this.#matches(known);
    if (known.isUntold) return 'depends';
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

/** Blocks differ in what is known of all of their entries: on which side of the filter's moments they are, and that none is marked. */
export class Judge {
  readonly #matches: (facts: FilterFacts) => boolean;
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

/** How many of the sorted numbers are `limit` or less. */
function upTo(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Moments at which the answer about a time may change: between two of them it is the same. */
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
      return [];
  }
}
