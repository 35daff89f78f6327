/** Adds up outcomes, and shows them as a table or as one JSON object. */
import type { Verdict } from './play';

/** The order of the table's columns, with their heads. */
export const truthHeads = {
  confirmed: 'confirmed and done',
  falselyConfirmed: 'confirmed, not done',
  falselyFailed: 'failed, but done',
  unproved: 'done, unproved',
  unconfirmable: 'not confirmable',
  unverified: 'unverified',
  failed: 'failed',
  notDone: 'not done',
  refused: 'refused',
} as const satisfies Record<Verdict, string>;

export const truthTally = (): Tally<Verdict> =>
  new Tally<Verdict>(truthHeads, new Set(['falselyConfirmed', 'falselyFailed'] as const));

interface Counted<V> {
  readonly name: string;
  readonly verdict: V;
  readonly reason: string;
}

export class Tally<V extends string> {
  readonly heads: Readonly<Record<V, string>>;
  readonly #mustNot: ReadonlySet<V>;
  readonly total: Record<V, number>;
  readonly byCommand = new Map<string, Record<V, number>>();
  readonly reasons = new Map<string, number>();
  commands = 0;
  frames = 0;
  scenarios = 0;

  /** `mustNot`: verdicts that are false. */
  constructor(heads: Readonly<Record<V, string>>, mustNot: ReadonlySet<V>) {
    this.heads = heads;
    this.#mustNot = mustNot;
    this.total = this.#noCounts();
  }

  get #verdicts(): readonly V[] {
    return Object.keys(this.heads) as V[];
  }

  #noCounts(): Record<V, number> {
    return Object.fromEntries(this.#verdicts.map((verdict) => [verdict, 0])) as Record<V, number>;
  }

  add(outcomes: readonly Counted<V>[], frames: number): void {
    this.scenarios += 1;
    this.frames += frames;
    for (const { name, verdict, reason } of outcomes) {
      this.commands += 1;
      this.total[verdict] += 1;
      const counts = this.byCommand.get(name) ?? this.#noCounts();
      this.byCommand.set(name, counts);
      counts[verdict] += 1;
      const key = `${name} ${verdict} ${reason}`;
      this.reasons.set(key, (this.reasons.get(key) ?? 0) + 1);
    }
  }

  /** False after any false claim. */
  get isTrue(): boolean {
    return [...this.#mustNot].every((verdict) => this.total[verdict] === 0);
  }

  json(seed: number): string {
    const byCommand = Object.fromEntries([...this.byCommand].toSorted(([a], [b]) => a.localeCompare(b)));
    const { commands, scenarios, frames } = this;
    return JSON.stringify({
      seed,
      commands,
      scenarios,
      frames,
      ...this.total,
      byCommand,
      reasons: Object.fromEntries([...this.reasons].toSorted(([, a], [, b]) => b - a)),
    });
  }

  table(): string {
    const columns = ['command', ...this.#verdicts.map((verdict) => this.heads[verdict])];
    const rowOf = (name: string, counts: Record<V, number>): readonly string[] => [
      name,
      ...this.#verdicts.map((verdict) => counts[verdict].toLocaleString('en')),
    ];
    const names = [...this.byCommand].toSorted(([a], [b]) => a.localeCompare(b));
    const rows = [columns, ...names.map(([name, counts]) => rowOf(name, counts)), rowOf('all', this.total)];
    const widths = columns.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const line = (row: readonly string[]): string =>
      `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
    const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
    return [line(columns), rule, ...rows.slice(1).map(line)].join('\n');
  }

  /** The commonest reasons of one verdict, a line each. */
  why(verdict: V, most: number): readonly string[] {
    return [...this.reasons]
      .filter(([key]) => key.split(' ')[1] === verdict)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(
        ([key, count]) => `${count.toLocaleString('en').padStart(9)}  ${key.replace(` ${verdict} `, ': ')}`,
      );
  }
}
