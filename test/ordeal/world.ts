/** Shared by all kinds: folders, programs, random numbers of the seed and a good machine. */
import { join } from 'node:path';
import { Random } from '../../src/main/tools/simulator/random';
import { bundleAsked } from '../builders/asked';
import type { Bundles } from '../builders/bundles';
import { newFolder, removed } from '../builders/folders';
import { GoodMachine } from './goodMachine';

/** The share of a kind that is to be played. */
export interface Share {
  /** The number of its first try: earlier runs have played those before it. */
  readonly from: number;
  /** Tries of all runs, if time allows. */
  readonly most: number;
  /** Its time is used up, or the run must stop. */
  readonly isOver: () => boolean;
}

export interface Setting {
  readonly seed: number;
  /** There are a runtime and a display for the real app. */
  readonly hasWindow: boolean;
  /** Removes something from a data folder after a kill, so that a test checks the detection. */
  readonly spoil?: (folder: string) => void;
}

export class World {
  readonly random: Random;
  readonly bundles: Bundles;
  readonly hasWindow: boolean;
  readonly spoil: (folder: string) => void;
  readonly #good = new Map<number, GoodMachine>();
  readonly #folder = newFolder();
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

  /** Each lane has its own. */
  good(lane = 0): GoodMachine {
    const machine = this.#good.get(lane) ?? new GoodMachine();
    this.#good.set(lane, machine);
    return machine;
  }

  async close(): Promise<void> {
    for (const machine of this.#good.values()) machine.close();
    this.bundles.remove();
    await removed(this.#folder);
  }
}

/** Plays tries until the share is used up, at least one. Lanes run in parallel. */
export async function playShare(
  { from, most, isOver }: Share,
  play: (turn: number, lane: number) => Promise<void>,
  lanes = 1,
): Promise<void> {
  let next = from;
  await Promise.all(
    Array.from({ length: lanes }, async (_, lane) => {
      while (next < most && (next === from || !isOver())) {
        next += 1;
        await play(next - 1, lane);
      }
    }),
  );
}
