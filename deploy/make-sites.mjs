// node deploy/make-sites.mjs --help
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { keyFile, makeSites, Refused } from './lib/sites.mjs';

const help = `Makes the accounts and keys of sites for the broker. Existing sites stay as they are.

  node deploy/make-sites.mjs [--out DIR] [--renew NAME.ROLE]... NAME...

  NAME               a site: a-z, 0-9 and -, beginning with a letter
  --out DIR          folder for keys and accounts.conf (default: deploy/broker)
  --renew NAME.ROLE  replaces a lost or stolen key; ROLE is site, desk or admin

  NAME.site.nk goes to the computer with the machines, NAME.desk.nk to support. NAME.admin.nk stays at the broker.
`;

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: resolve(import.meta.dirname, 'broker') },
      renew: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || (positionals.length === 0 && values.renew.length === 0)) {
    process.stdout.write(help);
    process.exit(values.help ? 0 : 2);
  }
  const folder = resolve(values.out);
  const { sites, added, renewed } = makeSites(folder, positionals, values.renew);
  for (const name of added)
    process.stdout.write(
      `${name}: made. For the site ${keyFile(folder, name, 'site')}, for support ${keyFile(folder, name, 'desk')}\n`,
    );
  for (const name of positionals) if (!added.includes(name)) process.stdout.write(`${name}: unchanged\n`);
  for (const name of renewed) process.stdout.write(`${name}: new key ${resolve(folder, `${name}.nk`)}\n`);
  process.stdout.write(
    `${folder}/accounts.conf has ${sites.length} ${sites.length === 1 ? 'site' : 'sites'}. A running broker reads it after a reload, see README.md\n`,
  );
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!isUsage && !(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}${isUsage ? ' See --help.' : ''}\n`);
  process.exit(2);
}
