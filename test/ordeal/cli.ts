/** npm run ordeal: deliberate faults that may cost a record or a process, with a count of the losses (docs/ordeal.md). */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { kinds } from './kinds';
import { isMemoryKnown } from './memory';
import { playAll } from './run';
import { jsonOf, notesOf, tableOf, talliesOf, type Tally } from './tally';

const minutes = Math.ceil(kinds.reduce((all, { seconds }) => all + seconds, 0) / 60);

const help = `npm run ordeal -- [--seconds N | --whole] [--seed S] [--only TEXT] [--most N] [--keep FILE] [--json]

  --seconds N   time for all kinds together (60)
  --whole       full counts, however long they take: about ${minutes} minutes on two quiet cores
  --seed S      the same seed draws the same (1)
  --only TEXT   only kinds with this text in their name; may be repeated
  --most N      at most so many of each kind
  --keep FILE   goes on from the counts in this file, and keeps them there after each kind
  --json        one JSON object instead of the table

Kinds: ${kinds.map(({ name }) => name).join(', ')}
`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function whole(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not “${text}”.`);
  return Number(text);
}

/** Tallies of earlier runs. */
function before(file: string | undefined, seed: number): readonly Tally[] {
  if (file === undefined || !existsSync(file)) return [];
  const kept = talliesOf(readFileSync(file, 'utf8'));
  if (kept.seed !== seed)
    throw new Error(`${file} has counts of seed ${kept.seed}. Use --seed ${kept.seed} or another file.`);
  return kept.tallies;
}

/** The launcher turns Ctrl+C into SIGUSR2: at SIGTERM the driver of windows would close the app in the middle of a try. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  process.on(process.platform === 'win32' ? 'SIGTERM' : 'SIGUSR2', () => {
    process.stderr.write('Stopping after the tries that are being played.\n');
    stopping.abort();
  });
  return stopping.signal;
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    whole: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [] },
    most: { type: 'string' },
    keep: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) print(help);
else {
  const seed = whole(values.seed, 'seed');
  const { keep } = values;
  const tallies = await playAll({
    seconds: values.whole ? null : whole(values.seconds, 'seconds'),
    seed,
    hasWindow: process.env['CREMA_ELECTRON'] !== undefined,
    only: values.only,
    most: values.most === undefined ? null : whole(values.most, 'most'),
    before: before(keep, seed),
    stop: stopSignal(),
    note: (text) => void process.stderr.write(`${text}\n`),
    ...(keep !== undefined && { onCounted: (counted) => writeFileSync(keep, jsonOf(seed, counted)) }),
  });
  if (values.json) print(jsonOf(seed, tallies));
  else {
    print(tableOf(tallies));
    print(`\n${notesOf(tallies)}`);
    if (!isMemoryKnown) print('Memory is measured on Linux only.');
    print(`Seed ${seed}.`);
  }
  process.exitCode = tallies.every(({ isGood }) => isGood) ? 0 : 1;
}
