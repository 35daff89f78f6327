/** What every kind is played with: folders, programs, random numbers of the seed and a good machine. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../src/main/simulator/random';
import { bundleAsked } from '../builders/asked';
import type { Bundles } from '../builders/bundles';
import { removed } from '../builders/removed';
import { GoodMachine } from './goodMachine';

/** How much of a kind is to be played. */
export interface Share {
  /** So many, if time allows. */
  readonly most: number;
  /** `performance.now()` at which it ends. */
  readonly until: number;
}

export class World {
  readonly random: Random;
  readonly good = new GoodMachine();
  readonly bundles: Bundles;
  /** The real app can be started: there are a runtime and a display. */
  readonly hasWindow = process.env['CREMA_ELECTRON'] !== undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'crema-ordeal-'));
  #last = 0;

  private constructor(seed: number, hasWindow: boolean, bundles: Bundles) {
    this.random = new Random(seed);
    this.hasWindow = hasWindow;
    this.bundles = bundles;
  }

  static async open(seed: number, hasWindow: boolean): Promise<World> {
    return new World(seed, hasWindow, await bundleAsked());
  }

  /** The name of a folder that does not exist yet. */
  newFolder(): string {
    this.#last += 1;
    return join(this.#folder, String(this.#last));
  }

  async close(): Promise<void> {
    this.good.close();
    this.bundles.remove();
    await removed(this.#folder);
  }
}

/** Plays until the share is used up, at least once. `workers`: so many at once. */
export async function playShare(
  { most, until }: Share,
  play: (turn: number) => Promise<void>,
  workers = 1,
): Promise<void> {
  let turn = 0;
  const one = async (): Promise<void> => {
    while (turn < most && (turn === 0 || performance.now() < until)) {
      turn += 1;
      await play(turn - 1);
    }
  };
  await Promise.all(Array.from({ length: workers }, one));
}
