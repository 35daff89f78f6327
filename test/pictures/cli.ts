/** npm run screenshots: the manual's pictures, taken from the real app with scripted virtual machines, in both languages. */
import { parseArgs } from 'node:util';
import { pictures } from './pictures';
import { staleNames } from './stale';
import { takeAll } from './take';

const help = `npm run screenshots -- [NAME…] [--all]

  NAME    only these pictures
  --all   all pictures, not only those whose screens have changed

Pictures: ${pictures.map(({ name }) => name).join(', ')}
`;

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { all: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    process.stdout.write(help);
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
  await takeAll(wanted, (line) => void process.stdout.write(`${line}\n`));
  return 0;
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
