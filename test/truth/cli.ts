/** npm run truth: plays random scenarios until the number of commands is reached, and compares Crema's verdicts with the machines' own logs. */
import { parseArgs } from 'node:util';
import { Random } from '../../src/main/tools/simulator/random';
import { play, playAcross, type Verdict } from './play';
import { drawScenario, type Scenario } from './scenario';
import { shrunk } from './shrink';
import { acrossTally, falseAcross, type AcrossOutcome, type AcrossVerdict } from './across/outcome';
import { drawAcross } from './across/scenario';
import { truthTally, type Tally } from './tally';

/** Commands of one scenario. */
const each = 40;
const eachAcross = 20;
/** Scenarios with a false verdict that are shortened and shown. */
const mostShown = 5;

const help = `npm run truth -- [--seed S] [--commands N] [--json] [--scenario SEED [--trace]] [--across]

  --seed S          the same seed plays the same scenarios (1)
  --commands N      commands to give (10000)
  --json            one JSON object instead of tables
  --scenario SEED   plays one scenario only; --trace prints all that happens in it
  --across          commands from another site, through a model of a broker
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
  const tally = truthTally();
  const { outcomes, frames } = await play(scenario, isTraced ? print : undefined);
  tally.add(outcomes, frames);
  for (const { name, verdict, reason } of outcomes) print(`${name}: ${verdict} (${reason})`);
  for (const { name, verdict } of outcomes)
    if (verdict === 'falselyConfirmed' || verdict === 'falselyFailed') await shows(scenario, name, verdict);
  return tally.isTrue;
}

/** Notes how far the run is, every 15 s. */
function progress(commands: number): (done: number) => void {
  const began = performance.now();
  let lastNote = began;
  return (done) => {
    const now = performance.now();
    if (now - lastNote < 15_000) return;
    lastNote = now;
    const seconds = Math.round((now - began) / 1_000);
    note(`${done.toLocaleString('en')} of ${commands.toLocaleString('en')} commands, ${seconds} s`);
  };
}

async function many(seed: number, commands: number): Promise<Tally<Verdict>> {
  const tally = truthTally();
  const seeds = new Random(seed).fork('truth');
  const noted = progress(commands);
  let shown = 0;
  while (tally.commands < commands) {
    const scenario = drawScenario(seeds.int(1, 0x7fff_ffff), each);
    const { outcomes, frames } = await play(scenario);
    tally.add(outcomes, frames);
    for (const { name, verdict } of outcomes)
      if ((verdict === 'falselyConfirmed' || verdict === 'falselyFailed') && shown < mostShown) {
        shown += 1;
        await shows(scenario, name, verdict);
      }
    noted(tally.commands);
  }
  return tally;
}

function noteFalse(scenario: number, outcomes: readonly AcrossOutcome[]): void {
  for (const { name, verdict, reason, request } of outcomes)
    if (falseAcross.has(verdict)) note(`${verdict}: ${name} (${reason}), scenario ${scenario}, ${request}`);
}

async function oneAcross(seed: number, isTraced: boolean): Promise<boolean> {
  const { outcomes } = await playAcross(drawAcross(seed, eachAcross), isTraced ? { trace: print } : {});
  for (const { name, verdict, reason } of outcomes) print(`${name}: ${verdict} (${reason})`);
  noteFalse(seed, outcomes);
  return outcomes.every(({ verdict }) => !falseAcross.has(verdict));
}

async function manyAcross(seed: number, commands: number): Promise<Tally<AcrossVerdict>> {
  const tally = acrossTally();
  const seeds = new Random(seed).fork('across');
  const noted = progress(commands);
  let messages = 0;
  while (tally.commands < commands) {
    const scenario = seeds.int(1, 0x7fff_ffff);
    const played = await playAcross(drawAcross(scenario, eachAcross));
    tally.add(played.outcomes, played.frames);
    messages += played.messages;
    noteFalse(scenario, played.outcomes);
    noted(tally.commands);
  }
  note(`${messages.toLocaleString('en')} messages through the broker`);
  return tally;
}

/** Prints the result. Whether it has no false verdict. */
function result<V extends string>(
  tally: Tally<V>,
  seed: number,
  isJson: boolean,
  reasoned: readonly V[],
): boolean {
  if (isJson) print(tally.json(seed));
  else {
    print(tally.table());
    for (const verdict of reasoned) print(`\n${tally.heads[verdict]}:\n${tally.why(verdict, 20).join('\n')}`);
    const seconds = Math.round(performance.now() / 1_000);
    print(
      `\nSeed ${seed}: ${tally.scenarios.toLocaleString('en')} scenarios, ${tally.frames.toLocaleString('en')} entries, ${seconds} s.`,
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
    across: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) print(help);
else {
  const seed = whole(values.seed, 'seed', 0);
  const commands = whole(values.commands, 'commands', 1);
  const isTrue =
    values.scenario !== undefined
      ? await (values.across ? oneAcross : one)(whole(values.scenario, 'scenario', 0), values.trace)
      : values.across
        ? result(await manyAcross(seed, commands), seed, values.json, [
            'refused',
            'unknownDone',
            'unknownNotDone',
          ])
        : result(await many(seed, commands), seed, values.json, ['unproved', 'unconfirmable']);
  process.exitCode = isTrue ? 0 : 1;
}
