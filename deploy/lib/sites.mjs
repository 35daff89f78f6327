/**
 * The broker's sites: `sites.json` has their public keys, `accounts.conf` is what nats-server reads. Seeds are only in files
 * of their own, which may be handed over and removed.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nkeys } from '@nats-io/transport-node';

/** @typedef {{ name: string, site: string, desk: string, admin: string }} Site */

/** `site`: the computer with the machines. `desk`: support, which reads. `admin`: makes the streams, stays at the broker. */
const roles = /** @type {const} */ (['site', 'desk', 'admin']);

const rule = 'A site name has 1 to 32 characters: a-z, 0-9 and -. It begins with a letter.';

/** A problem that the person at the terminal can solve. */
export class Refused extends Error {}

/** @param {string} name */
function checkName(name) {
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw new Refused(`"${name}" can't be used. ${rule}`);
}

/** @param {string} folder @returns {Site[]} */
export function readSites(folder) {
  const file = join(folder, 'sites.json');
  if (!existsSync(file)) return [];
  try {
    const sites = /** @type {Site[]} */ (JSON.parse(readFileSync(file, 'utf8')));
    for (const site of sites) {
      checkName(site.name);
      for (const role of roles) nkeys.fromPublic(site[role]);
    }
    return sites;
  } catch (error) {
    throw new Refused(`${file} can't be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @param {string} folder @param {string} name @param {string} role */
export const keyFile = (folder, name, role) => join(folder, `${name}.${role}.nk`);

/** Makes a key, writes its seed, and returns the public key. @param {string} folder @param {string} name @param {string} role */
function makeKey(folder, name, role) {
  const pair = nkeys.createUser();
  const file = keyFile(folder, name, role);
  try {
    // An existing seed is never overwritten: it may be the only copy.
    writeFileSync(file, `${new TextDecoder().decode(pair.getSeed())}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      throw new Refused(`${file} exists already. Move it away first.`);
    throw error;
  }
  return pair.getPublicKey();
}

/**
 * Adds the sites that do not exist yet. `renew`: `NAME.site` or `NAME.desk`, whose key is replaced.
 * @param {string} folder @param {readonly string[]} names @param {readonly string[]} [renew]
 * @returns {{ sites: readonly Site[], added: readonly string[], renewed: readonly string[] }}
 */
export function makeSites(folder, names, renew = []) {
  for (const name of names) checkName(name);
  // The server's user reads accounts.conf in it. Seeds are private by themselves.
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const sites = readSites(folder);
  const replaced = renew.map((text) => replacedKey(sites, text));
  const added = [...new Set(names)].filter((name) => !sites.some((site) => site.name === name));
  const taken = [
    ...added.flatMap((name) => roles.map((role) => keyFile(folder, name, role))),
    ...replaced.map(({ site, role }) => keyFile(folder, site.name, role)),
  ].filter((file) => existsSync(file));
  // Before the first key is made, so that a refusal leaves nothing behind.
  if (taken.length > 0) throw new Refused(`${taken.join(', ')} exists already. Move it away first.`);
  for (const { site, role } of replaced) site[role] = makeKey(folder, site.name, role);
  for (const name of added)
    sites.push({
      name,
      site: makeKey(folder, name, 'site'),
      desk: makeKey(folder, name, 'desk'),
      admin: makeKey(folder, name, 'admin'),
    });
  write(join(folder, 'sites.json'), `${JSON.stringify(sites, null, 2)}\n`);
  write(join(folder, 'accounts.conf'), accountsOf(sites));
  return { sites, added, renewed: renew };
}

/** @param {readonly Site[]} sites @param {string} text @returns {{ site: Site, role: typeof roles[number] }} */
function replacedKey(sites, text) {
  const [name = '', role = ''] = text.split('.');
  const site = sites.find((one) => one.name === name);
  if (site === undefined) throw new Refused(`There is no site "${name}".`);
  if (role !== 'site' && role !== 'desk' && role !== 'admin')
    throw new Refused(`--renew takes NAME.site, NAME.desk or NAME.admin, not "${text}".`);
  return { site, role };
}

/** A reader sees the old file or the new one. @param {string} file @param {string} text */
function write(file, text) {
  writeFileSync(`${file}.tmp`, text, { mode: 0o644 });
  renameSync(`${file}.tmp`, file);
}

const streams = ['UP', 'FILES'];
/** @param {readonly string[]} subjects */
const list = (subjects) => subjects.map((subject) => `"${subject}"`).join(', ');

const site = {
  publish: [
    // One level: the journal's name.
    'up.*',
    'files.>',
    // Answers to support. Not `allow_responses`: support chooses the reply subject, which could be a command to the broker.
    '_INBOX_desk.>',
    '$JS.API.INFO',
    ...streams.flatMap((stream) => [`$JS.API.STREAM.INFO.${stream}`, `$JS.API.STREAM.MSG.GET.${stream}`]),
    // With a subject the broker returns its newest message only.
    '$JS.API.DIRECT.GET.UP.up.*',
    '$JS.API.DIRECT.GET.FILES.files.>',
    // To take files back. Support could name this subject for a reply, so Crema answers only to `_INBOX_desk`.
    '$JS.API.STREAM.PURGE.FILES',
  ],
  subscribe: ['_INBOX_site.>', 'cmd.>'],
};

// Ordered pull consumers need neither acknowledgements (`$JS.ACK`) nor flow control (`$JS.FC`).
const desk = {
  publish: [
    'cmd.>',
    '$JS.API.INFO',
    ...streams.flatMap((stream) => [
      `$JS.API.STREAM.INFO.${stream}`,
      `$JS.API.CONSUMER.CREATE.${stream}.>`,
      `$JS.API.CONSUMER.INFO.${stream}.*`,
      `$JS.API.CONSUMER.DELETE.${stream}.*`,
      `$JS.API.CONSUMER.MSG.NEXT.${stream}.*`,
    ]),
  ],
  subscribe: ['_INBOX_desk.>'],
};

const admin = { publish: ['$JS.API.>'], subscribe: ['_INBOX_admin.>'] };

/** @param {string} key @param {{ publish: readonly string[], subscribe: readonly string[] }} may */
const user = (key, may) => `      { nkey: ${key}, permissions: {
          publish: { allow: [${list(may.publish)}] }
          subscribe: { allow: [${list(may.subscribe)}] } } }`;

/** @param {readonly Site[]} sites */
function accountsOf(sites) {
  const accounts = sites.map(
    (one) => `  "${one.name}": {
    # Streams UP and FILES, and no others. Limits of their sizes are in the streams.
    jetstream: { max_streams: 2, max_consumers: 200 }
    users: [
${user(one.site, site)}
${user(one.desk, desk)}
${user(one.admin, admin)}
    ]
  }
`,
  );
  return `# Made by make-sites.mjs. Changes are lost at its next run.
# One account for each site: subjects and streams of one account do not exist in another. Permissions alone do not isolate.
accounts {
${accounts.join('')}}
`;
}
