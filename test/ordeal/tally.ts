/** Tries and results of each kind, as a table and as JSON. */
import { z } from 'zod';

const figure = z.number().nonnegative();

/** Times in ms and memory in MB; `null`: it was not measured. */
const results = z.object({
  tried: figure,
  /** Records or rows that are gone or changed. */
  lost: figure,
  /** Losses without a message, an exit code or a documented limit. */
  lostUntold: figure,
  /** Processes and threads that ended unasked, failed starts, and requests with an internal error. */
  died: figure,
  /** Answer times of a good machine. */
  p99Ms: figure.nullable(),
  /** The longest task of the window, with its waits for a processor. */
  windowTaskMs: figure.nullable(),
  /** The longest processor time of one task of the window, at most. */
  taskRanMs: figure.nullable().default(null),
  /** The longest of those waits and tasks. */
  longestFreezeMs: figure.nullable(),
  /** Of the largest process. */
  mostMemoryMb: figure.nullable(),
});
type Result = Readonly<z.infer<typeof results>>;

const kepts = results.extend({
  oldestLostMs: figure.nullable(),
  taskScreen: z.string().nullable(),
  how: z.string().nullable(),
  memoryMb: z.record(z.string(), figure),
  problems: z.array(z.string()),
});
type Kept = z.infer<typeof kepts>;

const highest = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? (a ?? b) : Math.max(a, b);

/** ms: frames answered earlier than this before a kill are on disk. Younger ones may be lost, as documented. */
export const killBound = 500;

/** ms of processor time that one task of the window may take. */
const taskBound = 200;

/** MB that a process may take, by its role. Other roles have no bound. */
const memoryBounds: Readonly<Record<string, number>> = { main: 600, window: 450, reader: 400 };

/** The first of them are shown. */
const problemsShown = 5;

export class Tally implements Result {
  readonly name: string;
  tried = 0;
  lost = 0;
  lostUntold = 0;
  died = 0;
  p99Ms: number | null = null;
  windowTaskMs: number | null = null;
  taskRanMs: number | null = null;
  longestFreezeMs: number | null = null;
  mostMemoryMb: number | null = null;
  /** Of answered frames that a kill took: ms between the oldest such answer and the kill. */
  oldestLostMs: number | null = null;
  /** The screen at the window's longest task. */
  taskScreen: string | null = null;
  /** Problems found, with the steps that repeat them. */
  readonly problems: string[];
  /** MB by role of the process. */
  readonly memory: Map<string, number>;
  /** Conditions of the kind, where systems differ. */
  how: string | null = null;

  /** `kept`: the counts of earlier runs. */
  constructor(name: string, kept?: Kept) {
    this.name = name;
    const { problems = [], memoryMb = {}, ...counted } = kept ?? {};
    Object.assign(this, counted);
    this.problems = [...problems];
    this.memory = new Map(Object.entries(memoryMb));
  }

  get isGood(): boolean {
    return this.lostUntold === 0 && this.died === 0 && this.overBounds.length === 0;
  }

  /** Processes and tasks beyond their bounds. */
  get overBounds(): readonly string[] {
    const memory = [...this.memory].flatMap(([role, mb]) =>
      mb > (memoryBounds[role] ?? Infinity) ? [`${role} took ${mb} of ${memoryBounds[role]} MB`] : [],
    );
    const ran = this.taskRanMs ?? 0;
    return ran > taskBound
      ? [...memory, `a task of the window ran ${Math.round(ran)} of ${taskBound} ms`]
      : memory;
  }

  lose(rows: number, isTold: boolean, what: string): void {
    if (rows === 0) return;
    this.lost += rows;
    if (isTold) return;
    this.lostUntold += rows;
    this.problems.push(`lost unreported: ${what}`);
  }

  lostAge(ms: number): void {
    this.oldestLostMs = highest(this.oldestLostMs, ms);
  }

  die(what: string): void {
    this.died += 1;
    this.problems.push(`died: ${what}`);
  }

  waited(p99: number | null, longest: number | null): void {
    this.p99Ms = highest(this.p99Ms, p99);
    this.longestFreezeMs = highest(this.longestFreezeMs, longest);
  }

  /** `ran`: the processor time of the task that ran longest; `null`: not measured. */
  drew(longest: number, screen: string, ran: number | null): void {
    if (longest > (this.windowTaskMs ?? 0)) this.taskScreen = screen;
    this.windowTaskMs = highest(this.windowTaskMs, longest);
    this.taskRanMs = highest(this.taskRanMs, ran);
    this.longestFreezeMs = highest(this.longestFreezeMs, longest);
  }

  used(memory: ReadonlyMap<string, number>): void {
    for (const [role, mb] of memory) {
      this.memory.set(role, Math.max(mb, this.memory.get(role) ?? 0));
      this.mostMemoryMb = highest(this.mostMemoryMb, mb);
    }
  }

  /** The form of the file for the next run. */
  get kept(): Kept {
    const { oldestLostMs, taskScreen, how, memory, problems } = this;
    return {
      ...resultOf(this),
      oldestLostMs,
      taskScreen,
      how,
      memoryMb: Object.fromEntries(memory),
      problems: [...problems],
    };
  }
}

const sumOf = (tallies: readonly Tally[], key: 'tried' | 'lost' | 'lostUntold' | 'died'): number =>
  tallies.reduce((all, tally) => all + tally[key], 0);
const mostOf = (
  tallies: readonly Tally[],
  key: 'p99Ms' | 'windowTaskMs' | 'taskRanMs' | 'longestFreezeMs' | 'mostMemoryMb',
): number | null => tallies.reduce<number | null>((most, tally) => highest(most, tally[key]), null);

function resultOf(tally: Tally): Result {
  const { tried, lost, lostUntold, died, p99Ms, windowTaskMs, taskRanMs, longestFreezeMs, mostMemoryMb } =
    tally;
  return { tried, lost, lostUntold, died, p99Ms, windowTaskMs, taskRanMs, longestFreezeMs, mostMemoryMb };
}

function summed(tallies: readonly Tally[]): Result {
  return {
    tried: sumOf(tallies, 'tried'),
    lost: sumOf(tallies, 'lost'),
    lostUntold: sumOf(tallies, 'lostUntold'),
    died: sumOf(tallies, 'died'),
    p99Ms: mostOf(tallies, 'p99Ms'),
    windowTaskMs: mostOf(tallies, 'windowTaskMs'),
    taskRanMs: mostOf(tallies, 'taskRanMs'),
    longestFreezeMs: mostOf(tallies, 'longestFreezeMs'),
    mostMemoryMb: mostOf(tallies, 'mostMemoryMb'),
  };
}

export function jsonOf(seed: number, tallies: readonly Tally[]): string {
  const kinds = Object.fromEntries(tallies.map((tally) => [tally.name, tally.kept]));
  return JSON.stringify({ seed, ...summed(tallies), kinds }, null, 2);
}

/** Reads the output of `jsonOf`. @throws Error for any other text */
export function talliesOf(text: string): { readonly seed: number; readonly tallies: readonly Tally[] } {
  const { seed, kinds } = z
    .object({ seed: z.number(), kinds: z.record(z.string(), kepts) })
    .parse(JSON.parse(text));
  return { seed, tallies: Object.entries(kinds).map(([name, kept]) => new Tally(name, kept)) };
}

const columns = [
  'kind',
  'tried',
  'lost',
  'lost unreported',
  'died',
  'p99 ms',
  'window task ms',
  'task ran ms',
  'longest freeze ms',
  'memory MB',
] as const;

/** Markdown, ready for a document. */
export function tableOf(tallies: readonly Tally[]): string {
  const cell = (value: number | null): string =>
    value === null ? '–' : value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });
  const line = (name: string, result: Result): readonly string[] => [
    name,
    cell(result.tried),
    cell(result.lost),
    cell(result.lostUntold),
    cell(result.died),
    cell(result.p99Ms),
    cell(result.windowTaskMs),
    cell(result.taskRanMs),
    cell(result.longestFreezeMs),
    cell(result.mostMemoryMb),
  ];
  const lines = [...tallies.map((tally) => line(tally.name, tally)), line('all', summed(tallies))];
  const widths = columns.map((name, at) =>
    Math.max(name.length, ...lines.map((one) => one[at]?.length ?? 0)),
  );
  const row = (cells: readonly string[]): string =>
    `| ${cells.map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  return [row(columns), rule, ...lines.map(row)].join('\n');
}

/** Below the table: conditions of the kinds, memory of each process, and problems. */
export function notesOf(tallies: readonly Tally[]): string {
  const lines = tallies.flatMap(({ name, how, problems, oldestLostMs, overBounds, taskScreen }) => [
    ...(how === null ? [] : [`${name}: ${how}`]),
    ...(oldestLostMs === null
      ? []
      : [
          `${name}: the oldest lost answer was ${Math.round(oldestLostMs)} ms old; the bound is ${killBound} ms`,
        ]),
    ...(taskScreen === null ? [] : [`${name}: the window’s longest task was on the screen ${taskScreen}`]),
    ...overBounds.map((over) => `${name}: ${over}`),
    ...problems.slice(0, problemsShown).map((problem) => `${name}: ${problem}`),
    ...(problems.length > problemsShown ? [`${name}: ${problems.length - problemsShown} more problems`] : []),
  ]);
  const memory = new Map<string, number>();
  for (const tally of tallies)
    for (const [role, mb] of tally.memory) memory.set(role, Math.max(mb, memory.get(role) ?? 0));
  if (memory.size > 0)
    lines.push(
      `Highest memory of one process: ${[...memory].map(([role, mb]) => `${role} ${mb} MB`).join(', ')}.`,
    );
  return lines.join('\n');
}
