/** Adds up outcomes, and shows them as a table or as one JSON object. */
import { verdicts, type Outcome, type Verdict } from './play';

type Counts = Record<Verdict, number>;
const noCounts = (): Counts => Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Counts;

/** Verdicts with counted reasons: their number should fall. */
const reasoned: ReadonlySet<Verdict> = new Set(['unproved', 'unconfirmable', 'notDone', 'refused']);

export class Tally {
  readonly total = noCounts();
  readonly byCommand = new Map<string, Counts>();
  readonly reasons = new Map<string, number>();
  commands = 0;
  frames = 0;
  scenarios = 0;

  add(outcomes: readonly Outcome[], frames: number): void {
    this.scenarios += 1;
    this.frames += frames;
    for (const { name, verdict, reason } of outcomes) {
      this.commands += 1;
      this.total[verdict] += 1;
      const counts = this.byCommand.get(name) ?? noCounts();
      this.byCommand.set(name, counts);
      counts[verdict] += 1;
      if (!reasoned.has(verdict)) continue;
      const key = `${name} ${verdict} ${reason}`;
      this.reasons.set(key, (this.reasons.get(key) ?? 0) + 1);
    }
  }

  /** False after any false claim. */
  get isTrue(): boolean {
    return this.total.falselyConfirmed === 0 && this.total.falselyFailed === 0;
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
    const heads = [
      'command',
      'confirmed and done',
      'confirmed, not done',
      'failed, but done',
      'done, unproved',
      'not confirmable',
      'unverified',
      'failed',
      'not done',
      'refused',
    ];
    const rowOf = (name: string, counts: Counts): readonly string[] => [
      name,
      ...verdicts.map((verdict) => counts[verdict].toLocaleString('en')),
    ];
    const names = [...this.byCommand].toSorted(([a], [b]) => a.localeCompare(b));
    const rows = [heads, ...names.map(([name, counts]) => rowOf(name, counts)), rowOf('all', this.total)];
    const widths = heads.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const line = (row: readonly string[]): string =>
      `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0))).join(' | ')} |`;
    const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
    return [line(heads), rule, ...rows.slice(1).map(line)].join('\n');
  }

  /** The commonest reasons of one verdict, a line each. */
  why(verdict: Verdict, most: number): readonly string[] {
    return [...this.reasons]
      .filter(([key]) => key.split(' ')[1] === verdict)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .map(
        ([key, count]) => `${count.toLocaleString('en').padStart(9)}  ${key.replace(` ${verdict} `, ': ')}`,
      );
  }
}
