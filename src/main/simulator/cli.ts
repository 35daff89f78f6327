/** `npm run sim`: virtual machines against any server. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { misbehaviours, type Misbehaviour } from '#shared/model/simulator';
import { Fleet } from './fleet';
import { fleetOptions, firstVirtualNumber, misbehaviour, mostMachines, type FleetOptions } from './options';

const usage = `Virtual coffee machines: real TCP clients with the manners of both platforms.

npm run sim -- --port PORT [switches]

  --port PORT          the server's port
  --host HOST          the server (127.0.0.1)
  --machines N         how many, up to ${mostMachines} (1)
  --platform WHICH     linux, android or mixed (mixed)
  --seed N             the same seed, the same life (1)
  --pace X             10: ten times as much happens (1)
  --first N            number of the first machine (${firstVirtualNumber})
  --head HEAD          decimal or le48 (each platform its own)
  --code XXXXXXXX      verification code, 8 characters (00000000)
  --notify URL         where android machines report finished commands, http://HOST:PORT
  --fault ID           misbehave; may be repeated:
                       ${wrapped(misbehaviours)}
  --seconds T          end after T seconds
  --help               this text

Ctrl+C ends.
`;

function wrapped(words: readonly string[]): string {
  const lines = [''];
  for (const word of words) {
    const line = lines.at(-1) ?? '';
    if (line.length + word.length > 70) lines.push(word);
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
  }
  return lines.join(`\n${' '.repeat(23)}`);
}

const number = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'must be a number')
  .transform(Number);
const { shape } = fleetOptions;
const switches = z.strictObject({
  port: number.pipe(shape.port),
  host: shape.host.default('127.0.0.1'),
  machines: number.pipe(z.int().min(1).max(mostMachines)).default(1),
  platform: shape.platform.default('mixed'),
  seed: number.pipe(shape.seed).default(1),
  pace: number.pipe(z.number().min(0.01).max(1_000)).default(1),
  first: number.pipe(z.int().min(1).max(0x7fff_ffff)).default(firstVirtualNumber),
  head: shape.head,
  code: shape.code,
  notify: shape.notifyBase,
  fault: z.array(misbehaviour).default([]),
  seconds: number.pipe(z.number().positive().max(1e6)).optional(),
});

interface Run {
  readonly options: FleetOptions;
  readonly faults: readonly Misbehaviour[];
  readonly seconds: number | undefined;
}

/** What the arguments ask for: `help`, a run, or a sentence about what is wrong. */
export function readArguments(args: readonly string[]): 'help' | Run | { readonly problem: string } {
  const text = { type: 'string' } as const;
  let values: Record<string, string | string[] | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: {
        port: text,
        host: text,
        machines: text,
        platform: text,
        seed: text,
        pace: text,
        first: text,
        head: text,
        code: text,
        notify: text,
        seconds: text,
        fault: { type: 'string', multiple: true },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const { help, ...given } = values;
  if (help === true) return 'help';
  const read = switches.safeParse(given);
  if (!read.success) {
    const [issue] = read.error.issues;
    const [name = ''] = issue?.path ?? [];
    const value = given[String(name)];
    if (value === undefined) return { problem: `--${String(name)} is missing. See --help.` };
    return {
      problem: `--${String(name)} ${String(value)}: ${issue?.message ?? 'not understood'}. See --help.`,
    };
  }
  const { machines, notify, fault, seconds, ...rest } = read.data;
  const options = fleetOptions.parse({ ...rest, count: machines, notifyBase: notify });
  return { options, faults: fault, seconds };
}

function run({ options, faults, seconds }: Run): void {
  const fleet = new Fleet(options);
  for (const fault of faults) fleet.setFault(null, fault, true);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  const grouped = (n: number) => n.toLocaleString('en-US');
  const status = () => {
    const { sent, received, lost } = fleet.counters;
    const losses = lost > 0 ? `, ${grouped(lost)} lost` : '';
    return `${grouped(fleet.connected)} of ${grouped(fleet.running)} connected, ${grouped(sent)} frames sent, ${grouped(received)} received${losses}`;
  };
  say(
    `${grouped(options.count)} machines from ${options.first}, seed ${options.seed}, to ${options.host}:${options.port}`,
  );
  const ticker = setInterval(() => say(status()), 5_000);
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    say(`ended: ${status()}`);
    clearInterval(ticker);
    clearTimeout(limit);
    fleet.stop();
    setTimeout(() => process.exit(0), 500).unref(); // a server that does not hang up shall not keep us
  };
  const limit = seconds === undefined ? undefined : setTimeout(end, seconds * 1_000);
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

/** Exit code 2 for switches that make no sense. */
export function main(args: readonly string[]): void {
  const asked = readArguments(args);
  if (asked === 'help') process.stdout.write(usage);
  else if ('problem' in asked) {
    process.stderr.write(`${asked.problem}\n`);
    process.exitCode = 2;
  } else run(asked);
}

main(process.argv.slice(2));
