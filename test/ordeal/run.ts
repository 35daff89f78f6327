/** Plays kinds one after the other, each with its share of the time. */
import { kinds } from './kinds';
import { Tally } from './tally';
import { World, type Setting } from './world';

export interface Plan extends Setting {
  readonly seconds: number;
  /** Parts of kinds' names; none: all kinds. */
  readonly only: readonly string[];
  /** So many of each at most; `null`: as many as a whole run has. */
  readonly most: number | null;
  readonly note: (text: string) => void;
}

/** Time that a kind does not need goes to those after it. */
export async function playAll(plan: Plan): Promise<readonly Tally[]> {
  const { seconds, hasWindow, only, most, note } = plan;
  const world = await World.open(plan);
  const end = performance.now() + seconds * 1_000;
  try {
    const chosen = kinds
      .filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)))
      .filter(({ isWindowed }) => !isWindowed || hasWindow);
    const tallies: Tally[] = [];
    let weights = chosen.reduce((all, { weight }) => all + weight, 0);
    for (const kind of chosen) {
      const now = performance.now();
      const until = now + Math.max(0, end - now) * (kind.weight / weights);
      weights -= kind.weight;
      const tally = new Tally(kind.name);
      tallies.push(tally);
      note(`${kind.name}: at most ${Math.round((until - now) / 1_000)} s`);
      try {
        await kind.play({ most: Math.min(kind.most, most ?? Infinity), until }, tally, world);
      } catch (error) {
        tally.die(`it could not be played: ${error instanceof Error ? error.stack : String(error)}`);
      }
      note(
        `${kind.name}: ${tally.tried.toLocaleString('en')} tried, ${tally.lost} lost, ${tally.lostUntold} untold, ${tally.died} died, ${Math.round((performance.now() - now) / 1_000)} s`,
      );
    }
    return tallies;
  } finally {
    await world.close();
  }
}
