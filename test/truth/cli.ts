/** npm run truth: plays random scenarios until the number of commands is reached, and compares Crema's verdicts with the machines' own logs. */
import { parseArgs } from 'node:util';
import { Random } from '../../src/main/tools/simulator/random';
import { play } from './play';
import { drawScenario, type Scenario } from './scenario';
import { shrunk } from './shrink';
import { Tally } from './tally';

/** Commands of one scenario. */
const each = 40;
/** Scenarios with a false verdict that are shortened and shown. */
const mostShown = 5;

const help = `npm run truth -- [--seed S] [--commands N] [--json] [--scenario SEED [--trace]]

  --seed S          the same seed plays the same scenarios (1)
  --commands N      commands to give (10000)
  --json            one JSON object instead of tables
  --scenario SEED   plays one scenario only; --trace prints all that happens in it
`;

const print = (text: string): void => void process.stdout.write(`${text}\n`);
const note = (text: string): void => void process.stderr.write(`${text}\n`);

function whole(text: string, name: string, least: number): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < least)
    throw new Error(`--${name} takes a whole number, not “${text}”.`);
  return value;
}

async function shows(
  scenario: Scenario,
  name: string,
  verdict: 'falselyConfirmed' | 'falselyFailed',
): Promise<void> {
  const short = await shrunk(scenario, name, verdict);
  note(`\n${verdict}: ${name}, scenario ${scenario.seed}. Shortest form, for test/fixtures/truth.ts:`);
  note(JSON.stringify(short));
}

async function one(seed: number, isTraced: boolean): Promise<boolean> {
  const scenario = drawScenario(seed, each);
  const tally = new Tally();
  const { outcomes, frames } = await play(scenario, isTraced ? print : undefined);
  tally.add(outcomes, frames);
  for (const { name, verdict, reason } of outcomes) print(`${name}: ${verdict} (${reason})`);
  for (const { name, verdict } of outcomes)
    if (verdict === 'falselyConfirmed' || verdict === 'falselyFailed') await shows(scenario, name, verdict);
  return tally.isTrue;
}

async function many(seed: number, commands: number, isJson: boolean): Promise<boolean> {
  const tally = new Tally();
  const seeds = new Random(seed).fork('truth');
  const began = performance.now();
  let shown = 0;
  let lastNote = began;
  while (tally.commands < commands) {
    const scenario = drawScenario(seeds.int(1, 0x7fff_ffff), each);
    const { outcomes, frames } = await play(scenario);
    tally.add(outcomes, frames);
    for (const { name, verdict } of outcomes)
      if ((verdict === 'falselyConfirmed' || verdict === 'falselyFailed') && shown < mostShown) {
        shown += 1;
        await shows(scenario, name, verdict);
      }
    const now = performance.now();
    if (now - lastNote < 15_000) continue;
    lastNote = now;
    note(
      `${tally.commands.toLocaleString('en')} of ${commands.toLocaleString('en')} commands, ${Math.round((now - began) / 1_000)} s`,
    );
  }
  if (isJson) print(tally.json(seed));
  else {
    print(tally.table());
    print(`\nDone, but unproved:\n${tally.why('unproved', 20).join('\n')}`);
    print(`\nNot confirmable:\n${tally.why('unconfirmable', 20).join('\n')}`);
    print(
      `\nSeed ${seed}: ${tally.scenarios.toLocaleString('en')} scenarios, ${tally.frames.toLocaleString('en')} entries, ${Math.round((performance.now() - began) / 1_000)} s.`,
    );
  }
  return tally.isTrue;
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    commands: { type: 'string', default: '10000' },
    json: { type: 'boolean', default: false },
    scenario: { type: 'string' },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) print(help);
else {
  const { seed, commands, scenario } = values;
  const isTrue =
    scenario === undefined
      ? await many(whole(seed, 'seed', 0), whole(commands, 'commands', 1), values.json)
      : await one(whole(scenario, 'scenario', 0), values.trace);
  process.exitCode = isTrue ? 0 : 1;
}
