// node deploy/make-certs.mjs --help
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const help = `Makes an authority of your own and a certificate for the broker, without the Internet. Needs openssl.

  node deploy/make-certs.mjs [--out DIR] NAME...

  NAME       a name or an address under which the broker is reached, such as broker.example or 192.168.1.5
  --out DIR  folder of the files (default: deploy/certs)

  authority.pem  goes to every computer that uses the broker
  authority.key  signs certificates. Keep it on a drive apart from the broker, and put it back to run this again.
  server.pem     and server.key stay at the broker. The certificate is valid for 825 days: run this again before.

The authority is made once, and is valid for ten years. Each run makes a new certificate of the server.
`;

/** Several systems accept no longer time for a server. */
const serverDays = '825';
const authorityDays = '3650';

class Refused extends Error {}

/** @param {readonly string[]} args */
function openssl(args) {
  const { status, stderr, error } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (error !== undefined) throw new Refused(`openssl can't be started: ${error.message}`);
  if (status !== 0) throw new Refused(`openssl failed: ${stderr}`);
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** @param {string} folder @param {readonly string[]} names */
function makeCertificates(folder, names) {
  const wrong = names.find(
    (name) => isIP(name) === 0 && !/^[a-zA-Z0-9]([a-zA-Z0-9.-]{0,251}[a-zA-Z0-9])?$/.test(name),
  );
  if (wrong !== undefined) throw new Refused(`"${wrong}" is no name or address of a computer.`);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  // The keys are private from their first byte on.
  process.umask(0o077);
  /** @param {string} name */
  const at = (name) => join(folder, name);
  // Another authority would shut out every computer that trusts this one.
  if (existsSync(at('authority.pem')) && !existsSync(at('authority.key')))
    throw new Refused(
      `${at('authority.key')} is missing. Put it back, or move authority.pem away for another authority.`,
    );
  if (!existsSync(at('authority.pem'))) {
    const own = [
      '-keyout',
      at('authority.key'),
      '-out',
      at('authority.pem'),
      '-subj',
      '/CN=Crema broker authority',
    ];
    const uses = [
      '-addext',
      'basicConstraints=critical,CA:TRUE,pathlen:0',
      '-addext',
      'keyUsage=critical,keyCertSign',
    ];
    openssl(['req', '-x509', ...newKey, ...own, '-days', authorityDays, ...uses]);
  }
  const [first = ''] = names;
  openssl([
    'req',
    ...newKey,
    '-keyout',
    at('server.key.new'),
    '-out',
    at('server.csr'),
    '-subj',
    `/CN=${first.slice(0, 64)}`,
  ]);
  const alternatives = names.map((name) => `${isIP(name) === 0 ? 'DNS' : 'IP'}:${name}`).join(',');
  // The servers of a cluster are also clients of each other.
  const uses = 'basicConstraints=CA:FALSE\nextendedKeyUsage=serverAuth,clientAuth\n';
  writeFileSync(at('server.ext'), `${uses}subjectAltName=${alternatives}\n`);
  const signer = ['-CA', at('authority.pem'), '-CAkey', at('authority.key')];
  const signed = ['-out', at('server.pem.new'), '-days', serverDays, '-extfile', at('server.ext')];
  openssl(['x509', '-req', '-in', at('server.csr'), ...signer, ...signed]);
  for (const name of ['server.key', 'server.pem']) renameSync(at(`${name}.new`), at(name));
  for (const name of ['authority.pem', 'server.pem']) chmodSync(at(name), 0o644);
  for (const name of ['server.csr', 'server.ext', 'authority.srl']) rmSync(at(name), { force: true });
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string', default: resolve(import.meta.dirname, 'certs') },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || positionals.length === 0) {
    process.stdout.write(help);
    process.exit(values.help ? 0 : 2);
  }
  const folder = resolve(values.out);
  makeCertificates(folder, positionals);
  process.stdout.write(`${folder}: authority.pem, server.pem and server.key for ${positionals.join(', ')}\n`);
} catch (error) {
  const isUsage = error instanceof TypeError && 'code' in error;
  if (!isUsage && !(error instanceof Refused)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(2);
}
