// node deploy/make-streams.mjs --help
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import {
  DiscardPolicy,
  jetstreamManager,
  JetStreamApiError,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { connect, nanos, nkeyAuthenticator } from '@nats-io/transport-node';
import { keyFile, readSites, Refused } from './lib/sites.mjs';

const help = `Makes the streams of all sites at a running broker, or changes their limits. Stored data stays.

  node deploy/make-streams.mjs --server NAME[:PORT] [switches] [SITE]...

  SITE                  only these sites (default: all)
  --server NAME[:PORT]  the broker; several with commas for a cluster
  --ca FILE             certificate of the broker's own authority
  --out DIR             folder of make-sites.mjs (default: deploy/broker)
  --replicas N          copies of each stream: 1 (one server) or 3 (cluster of three); default 1
  --days N              age of the oldest entries, default 30
  --up-mb N             megabytes of entries for each site, default 2000
  --files-days N        age of the oldest captures, default 7
  --files-mb N          megabytes of captures for each site, default 1000
  --no-tls              without encryption: only for a broker on this computer
`;

/** Error codes of the broker: its limits of storage. */
const noRoom = new Set([10_023, 10_028, 10_047]);
const roomNeeded =
  'The broker has no room for the limits of all sites. Raise max_file in its configuration and restart it, or lower --up-mb and --files-mb.';
const day = 24 * 60 * 60 * 1_000;

/** @param {string} name @param {string} text */
function count(name, text) {
  if (!/^\d{1,7}$/.test(text) || Number(text) < 1)
    throw new Refused(`--${name} takes a whole number from 1, not "${text}".`);
  return Number(text);
}

/** @param {import('@nats-io/jetstream').JetStreamManager} manager @param {import('@nats-io/jetstream').StreamConfig} wanted */
async function ensure(manager, wanted) {
  try {
    await manager.streams.info(wanted.name);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== 10_059) throw error;
    await manager.streams.add(wanted);
    return 'made';
  }
  await manager.streams.update(wanted.name, wanted);
  return 'limits set';
}

async function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      server: { type: 'string' },
      ca: { type: 'string' },
      out: { type: 'string', default: resolve(import.meta.dirname, 'broker') },
      replicas: { type: 'string', default: '1' },
      days: { type: 'string', default: '30' },
      'up-mb': { type: 'string', default: '2000' },
      'files-days': { type: 'string', default: '7' },
      'files-mb': { type: 'string', default: '1000' },
      'no-tls': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(help);
  if (values.server === undefined) throw new Refused('--server is missing. See --help.');
  if (!['1', '3'].includes(values.replicas)) throw new Refused('--replicas takes 1 or 3.');
  /**
   * @param {string} name @param {number} days @param {number} megabytes
   * @returns {import('@nats-io/jetstream').StreamConfig}
   */
  const stream = (name, days, megabytes) =>
    /** @type {import('@nats-io/jetstream').StreamConfig} */ ({
      name,
      subjects: [`${name.toLowerCase()}.>`],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      // A full stream refuses instead of forgetting: the site keeps its entries and shows the reason.
      discard: DiscardPolicy.New,
      max_age: nanos(days * day),
      max_bytes: megabytes * 1_000_000,
      duplicate_window: nanos(10 * 60 * 1_000),
      num_replicas: Number(values.replicas),
      allow_direct: true,
    });
  const wanted = [
    stream('UP', count('days', values.days), count('up-mb', values['up-mb'])),
    stream('FILES', count('files-days', values['files-days']), count('files-mb', values['files-mb'])),
  ];
  const all = readSites(resolve(values.out));
  const unknown = positionals.find((name) => !all.some((site) => site.name === name));
  if (unknown !== undefined) throw new Refused(`There is no site "${unknown}". make-sites.mjs makes it.`);
  if (all.length === 0) throw new Refused(`${values.out} has no sites. make-sites.mjs makes them.`);
  for (const { name } of all.filter((site) => positionals.length === 0 || positionals.includes(site.name))) {
    const seed = new TextEncoder().encode(
      readFileSync(keyFile(resolve(values.out), name, 'admin'), 'utf8').trim(),
    );
    const client = await connect({
      servers: values.server.split(','),
      authenticator: nkeyAuthenticator(seed),
      inboxPrefix: '_INBOX_admin',
      name: 'make-streams',
      timeout: 10_000,
      reconnect: false,
      ...(!values['no-tls'] && {
        tls: {
          handshakeFirst: true,
          ...(values.ca !== undefined && { ca: readFileSync(values.ca, 'utf8') }),
        },
      }),
    });
    try {
      const manager = await jetstreamManager(client, { checkAPI: false, timeout: 20_000 });
      for (const one of wanted) process.stdout.write(`${name}: ${one.name} ${await ensure(manager, one)}\n`);
    } finally {
      await client.close();
    }
  }
}

main().catch((/** @type {unknown} */ error) => {
  if (error instanceof JetStreamApiError && noRoom.has(error.code)) {
    process.stderr.write(`${roomNeeded}\n`);
    process.exit(1);
  }
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    error instanceof Refused
      ? `${reason}
`
      : `it failed: ${reason}
`,
  );
  process.exit(error instanceof Refused ? 2 : 1);
});
