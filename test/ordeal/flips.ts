/** Flips one bit of a file and starts Crema on it, then compares the contents with those before. */
import { cpSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Random } from '../../src/main/tools/simulator/random';
import { removed } from '../builders/folders';
import { startPlain, type Crema } from './crema';
import { makeDataFolder } from './dataFolder';
import { foundIn, saidBy, saysDamage, type Found } from './found';
import { CountingMachine } from './machines';
import { MemoryWatch } from './memory';
import type { Tally } from './tally';
import { playShare, type Share, type World } from './world';

/** Kinds of files, by their names in the data folder. Runs are rows of the journal, and the workshop's own sequences. */
export const flipped = {
  journal: /^journal\.sqlite/,
  settings: /^settings\.json$/,
  'packages.json': /^packages\/packages\.json$/,
  audit: /^audit\.jsonl/,
  photos: /^photos\//,
  runs: /^sequences\.json$/,
  fetched: /^fetched\//,
} as const;
export type Flipped = keyof typeof flipped;

/** Parallel starts: one waits for its threads and files while another computes. */
const lanes = 3;

interface Sound {
  readonly folder: string;
  readonly found: Found;
  readonly said: ReadonlySet<string>;
}

const sounds = new WeakMap<World, Promise<Sound>>();

async function looked(world: World, folder: string): Promise<Pick<Sound, 'found' | 'said'>> {
  const crema = await startPlain(world, folder);
  try {
    const found = await foundIn(crema, folder);
    return { found, said: await saidBy(crema) };
  } finally {
    await crema.end();
  }
}

/** A data folder, and the contents that two starts on it agree on. */
async function makeSound(world: World): Promise<Sound> {
  const folder = world.newFolder();
  await makeDataFolder(world, folder);
  // The next start closes all that the last run left open.
  const first = await looked(world, folder);
  const copy = world.newFolder();
  cpSync(folder, copy, { recursive: true });
  // A copy, as for a damaged folder.
  const second = await looked(world, copy);
  await removed(copy);
  return {
    folder,
    found: new Set([...first.found].filter((text) => second.found.has(text))),
    said: new Set([...first.said, ...second.said]),
  };
}

async function soundOf(world: World): Promise<Sound> {
  const known = sounds.get(world) ?? makeSound(world);
  sounds.set(world, known);
  return known;
}

interface Place {
  readonly file: string;
  readonly from: number;
  readonly bytes: number;
}

function filesOf(folder: string, kind: Flipped): readonly Place[] {
  return (readdirSync(folder, { recursive: true }) as readonly string[])
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => flipped[kind].test(name) && statSync(join(folder, name)).isFile())
    .map((file) => ({ file, from: 0, bytes: statSync(join(folder, file)).size }))
    .filter(({ bytes }) => bytes > 0);
}

/** Positions of the rows of runs in the journal. */
function runRows(folder: string): readonly Place[] {
  const file = 'journal.sqlite';
  const bytes = readFileSync(join(folder, file));
  const db = new DatabaseSync(join(folder, file), { readOnly: true });
  const rows = db.prepare('SELECT body FROM runs UNION ALL SELECT body FROM run_lines').all() as {
    readonly body: string;
  }[];
  db.close();
  return rows.flatMap(({ body }) => {
    const from = bytes.indexOf(body);
    return from < 0 ? [] : [{ file, from, bytes: Buffer.byteLength(body) }];
  });
}

/** Flips one bit and reports its place. */
function flip(folder: string, places: readonly Place[], random: Random): string {
  let at = random.int(0, places.reduce((all, { bytes }) => all + bytes, 0) - 1);
  for (const { file, from, bytes } of places) {
    if (at >= bytes) {
      at -= bytes;
      continue;
    }
    const path = join(folder, file);
    const content = readFileSync(path);
    const bit = random.int(0, 7);
    content[from + at] = (content[from + at] ?? 0) ^ (1 << bit);
    writeFileSync(path, content);
    return `bit ${bit} of byte ${from + at} of ${file}`;
  }
  throw new Error('there is no such file');
}

async function isServed(crema: Crema): Promise<boolean> {
  const machine = await CountingMachine.open(crema.port, 60_001);
  machine.send();
  await machine.until(1);
  machine.socket.destroy();
  return machine.answered === 1;
}

export async function playFlips(kind: Flipped, share: Share, tally: Tally, world: World): Promise<void> {
  const sound = await soundOf(world);
  const places = [...filesOf(sound.folder, kind), ...(kind === 'runs' ? runRows(sound.folder) : [])];
  const seeds = world.random.fork(`flip ${kind}`);
  await playShare(
    share,
    async (turn) => {
      const folder = world.newFolder();
      cpSync(sound.folder, folder, { recursive: true });
      const what = `flip ${turn}: ${flip(folder, places, seeds.fork(turn))}`;
      tally.tried += 1;
      let crema: Crema | null = null;
      try {
        crema = await startPlain(world, folder);
        const memory = new MemoryWatch(crema.pid);
        const found = await foundIn(crema, folder);
        const said = await saidBy(crema);
        const gone = [...sound.found].filter((text) => !found.has(text));
        const isTold =
          [...said].some((text) => !sound.said.has(text)) ||
          [...found].some((text) => !sound.found.has(text) && saysDamage(text));
        const kinds = new Set(gone.map((text) => text.slice(0, text.search(/ [[{"]/))));
        tally.lose(gone.length, isTold, `${what}: ${gone.length} rows (${[...kinds].join(', ')})`);
        if (!(await isServed(crema))) tally.die(`${what}: a machine is not answered`);
        tally.used(memory.stop());
        const code = await crema.end();
        if (code !== 0) tally.die(`${what}: exit code ${code}`);
      } catch (error) {
        tally.die(`${what}: ${String(error)}`);
        await crema?.kill();
      }
      await removed(folder);
    },
    lanes,
  );
}
