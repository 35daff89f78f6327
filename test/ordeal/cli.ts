/** npm run ordeal: everything that may cost a record or a process, played on purpose, and what it did cost (docs/ordeal.md). */
import { parseArgs } from 'node:util';
import { kinds } from './kinds';
import { isMemoryKnown } from './memory';
import { playAll } from './run';
import { jsonOf, notesOf, tableOf } from './tally';

const help = `npm run ordeal -- [--seconds N] [--seed S] [--only TEXT] [--most N] [--json]

  --seconds N   time for all kinds together (60); a whole run takes about three hours
  --seed S      the same seed draws the same (1)
  --only TEXT   only kinds with this text in their name: ${kinds.map(({ name }) => name).join(', ')}
  --most N      at most so many of each kind
  --json        one JSON object instead of the table
`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);

function whole(text: string, name: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} takes a whole number, not “${text}”.`);
  return Number(text);
}

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', multiple: true, default: [] },
    most: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) print(help);
else {
  const seconds = whole(values.seconds, 'seconds');
  const seed = whole(values.seed, 'seed');
  const tallies = await playAll({
    seconds,
    seed,
    hasWindow: process.env['CREMA_ELECTRON'] !== undefined,
    only: values.only,
    most: values.most === undefined ? null : whole(values.most, 'most'),
    note: (text) => void process.stderr.write(`${text}\n`),
  });
  if (values.json) print(jsonOf(seed, seconds, tallies));
  else {
    print(tableOf(tallies));
    print(`\n${notesOf(tallies)}`);
    if (!isMemoryKnown) print('Memory is measured on Linux only.');
    print(`Seed ${seed}, ${seconds} s.`);
  }
  process.exitCode = tallies.every(({ isGood }) => isGood) ? 0 : 1;
}
