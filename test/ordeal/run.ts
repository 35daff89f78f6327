/** Runs kinds one after the other, each with its share of the time. */
import { kinds } from './kinds';
import { Tally } from './tally';
import { World, type Setting } from './world';

export interface Plan extends Setting {
  /** `null`: until every kind has its full count. */
  readonly seconds: number | null;
  /** Parts of kinds' names; none: all kinds. */
  readonly only: readonly string[];
  /** Limit for each kind; `null`: the number of a whole run. */
  readonly most: number | null;
  /** Tallies of earlier runs with the same seed; this run continues them. */
  readonly before?: readonly Tally[];
  /** Ends the run after the current tries. */
  readonly stop?: AbortSignal;
  readonly note: (text: string) => void;
  /** Called after each kind, with the tallies so far. */
  readonly onCounted?: (tallies: readonly Tally[]) => void;
}

/** ms between two lines of a kind's progress. */
const progressEvery = 15_000;

/** Unused time of a kind goes to the later ones. Gives the kinds of this run and of earlier runs. */
export async function playAll(plan: Plan): Promise<readonly Tally[]> {
  const { seconds, hasWindow, only, most, before = [], stop, note, onCounted } = plan;
  const world = await World.open(plan);
  const end = seconds === null ? Infinity : performance.now() + seconds * 1_000;
  const known = new Map(before.map((tally) => [tally.name, tally]));
  const counted = (): readonly Tally[] => kinds.flatMap(({ name }) => known.get(name) ?? []);
  try {
    const chosen = kinds
      .filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)))
      .filter(({ isWindowed }) => !isWindowed || hasWindow)
      .map((kind) => ({ kind, tally: known.get(kind.name) ?? new Tally(kind.name) }))
      .filter(({ kind, tally }) => tally.tried < Math.min(kind.most, most ?? Infinity));
    let left = chosen.reduce((all, { kind }) => all + kind.seconds, 0);
    for (const { kind, tally } of chosen) {
      if (stop?.aborted === true) break;
      const begun = performance.now();
      const until = begun + Math.max(0, end - begun) * (kind.seconds / left);
      left -= kind.seconds;
      const share = {
        from: tally.tried,
        most: Math.min(kind.most, most ?? Infinity),
        isOver: () => stop?.aborted === true || performance.now() >= until,
      };
      const progress = (): void =>
        note(
          `${kind.name}: ${tally.tried.toLocaleString('en')} of ${share.most.toLocaleString('en')}, ${tally.lost} lost, ${tally.lostUntold} unreported, ${tally.died} died, ${Math.round((performance.now() - begun) / 1_000)} s`,
        );
      const timer = setInterval(progress, progressEvery);
      known.set(kind.name, tally);
      try {
        await kind.play(share, tally, world);
      } catch (error) {
        tally.die(`it could not be played: ${error instanceof Error ? error.stack : String(error)}`);
      }
      clearInterval(timer);
      progress();
      onCounted?.(counted());
    }
    return counted();
  } finally {
    await world.close();
  }
}
