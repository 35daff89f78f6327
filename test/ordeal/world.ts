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

export interface Setting {
  readonly seed: number;
  /** There are a runtime and a display for the real app. */
  readonly hasWindow: boolean;
  /** Takes something out of a data folder after a kill, so that a test sees that it is missed. */
  readonly spoil?: (folder: string) => void;
}

export class World {
  readonly random: Random;
  readonly good = new GoodMachine();
  readonly bundles: Bundles;
  readonly hasWindow: boolean;
  readonly spoil: (folder: string) => void;
  readonly #folder = mkdtempSync(join(tmpdir(), 'crema-ordeal-'));
  #last = 0;

  private constructor({ seed, hasWindow, spoil = () => undefined }: Setting, bundles: Bundles) {
    this.random = new Random(seed);
    this.hasWindow = hasWindow;
    this.spoil = spoil;
    this.bundles = bundles;
  }

  static async open(setting: Setting): Promise<World> {
    return new World(setting, await bundleAsked());
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
