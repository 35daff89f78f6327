/** npm run screenshots: the manual's pictures, taken from the real app with scripted virtual machines, in both languages. */
import { parseArgs } from 'node:util';
import { pictures } from './pictures';
import { staleNames } from './stale';
import { takeAll } from './take';
import { takeStates } from './takeStates';

const help = `npm run screenshots -- [NAME…] [--all]
npm run screenshots -- --states DIR

  NAME           only these pictures
  --all          all pictures, not only those whose screens have changed
  --states DIR   the machine page in each state of the five-second test, with truth.json, in DIR

Pictures: ${pictures.map(({ name }) => name).join(', ')}
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { all: { type: 'boolean' }, states: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(help);
    return 0;
  }
  const says = (line: string): void => void process.stdout.write(`${line}\n`);
  if (values.states !== undefined) {
    await takeStates(values.states, says);
    return 0;
  }
  const unknown = positionals.find((one) => pictures.every(({ name }) => name !== one));
  if (unknown !== undefined) throw new Error(`There is no picture “${unknown}”. --help lists them.`);
  const stale = new Set(staleNames());
  const wanted = pictures.filter(({ name }) =>
    positionals.length > 0 ? positionals.includes(name) : values.all === true || stale.has(name),
  );
  if (wanted.length === 0) {
    process.stdout.write('All pictures show today’s screens.\n');
    return 0;
  }
  await takeAll(wanted, says);
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
