/** The switches of `npm run sim`. */
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { answerings, misbehaviours, type Misbehaviour } from '#shared/model/simulator';
import { fleetOptions, firstVirtualNumber, misbehaviour, maxMachines, type FleetOptions } from './options';

export const usage = `Virtual coffee machines: real TCP clients with the manners of both platforms.

npm run sim -- --port PORT [switches]

  --port PORT          the server's port
  --host HOST          the server (127.0.0.1)
  --machines N         how many, up to ${maxMachines} (1)
  --platform WHICH     linux, android or mixed (mixed)
  --seed N             the same seed, the same life (1)
  --pace X             10: ten times as much happens (1)
  --first N            number of the first machine (${firstVirtualNumber})
  --head HEAD          decimal or le48 (each platform its own)
  --code XXXXXXXX      verification code, 8 characters (00000000)
  --notify URL         where android machines report finished commands, http://HOST:PORT
  --fault ID           misbehave; may be repeated:
                       ${wrapped(misbehaviours)}
  --answers WAY        how they answer commands (truly):
                       ${wrapped(answerings)}
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

/** The values each switch takes, for the message about a wrong one. */
const takes: ReadonlyMap<string, string> = new Map([
  ['port', 'a port from 1 to 65535'],
  ['host', 'a host name or address'],
  ['machines', `a whole number from 1 to ${maxMachines}`],
  ['platform', 'linux, android or mixed'],
  ['seed', 'a whole number from 0 to 4294967295'],
  ['pace', 'a number from 0.01 to 1000'],
  ['first', 'a machine number from 1 to 2147483647'],
  ['head', 'decimal or le48'],
  ['code', 'exactly 8 characters'],
  ['notify', 'an address such as http://127.0.0.1:80'],
  ['fault', `one of ${misbehaviours.join(', ')}`],
  ['answers', `one of ${answerings.join(', ')}`],
  ['seconds', 'a number of seconds over 0'],
]);

const number = z
  .string()
  .regex(/^\d+(\.\d+)?$/)
  .transform(Number);
const { shape } = fleetOptions;
const switches = z.strictObject({
  port: number.pipe(shape.port),
  host: shape.host.default('127.0.0.1'),
  machines: number.pipe(z.int().min(1).max(maxMachines)).default(1),
  platform: shape.platform.default('mixed'),
  seed: number.pipe(shape.seed.unwrap()).default(1),
  pace: number.pipe(shape.pace.unwrap()).default(1),
  first: number.pipe(shape.first.unwrap()).default(firstVirtualNumber),
  head: shape.head,
  code: shape.code,
  notify: shape.notifyBase,
  answers: shape.answering,
  fault: z.array(misbehaviour).default([]),
  seconds: number.pipe(z.number().positive().max(1e6)).optional(),
});

export interface Run {
  readonly options: FleetOptions;
  readonly misbehaviours: readonly Misbehaviour[];
  readonly seconds: number | undefined;
}

/** Reads the arguments: `help`, a run, or a message about a wrong one. */
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
        answers: text,
        seconds: text,
        fault: { type: 'string', multiple: true },
        help: { type: 'boolean' },
      },
    }));
  } catch (error) {
    return {
      problem: `${error instanceof Error ? error.message : String(error)}. --help shows all switches.`,
    };
  }
  const { help, ...given } = values;
  if (help === true) return 'help';
  const read = switches.safeParse(given);
  if (!read.success) {
    const [name = '', index] = read.error.issues[0]?.path.map(String) ?? [];
    const value = given[name];
    const refused = Array.isArray(value) ? value[Number(index)] : value;
    const reason = refused === undefined ? 'it is missing' : `not "${String(refused)}"`;
    return {
      problem: `--${name} takes ${takes.get(name) ?? 'something else'}, ${reason}. --help shows all switches.`,
    };
  }
  const { machines, notify, fault, seconds, answers, ...rest } = read.data;
  const options = fleetOptions.parse({ ...rest, count: machines, notifyBase: notify, answering: answers });
  return { options, misbehaviours: fault, seconds };
}
