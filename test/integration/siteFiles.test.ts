/** The files of a site: those that a person chooses, and the prepared ones of a computer without a window. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Site } from '#shared/model/sites';
import { AskedCrema, bundleAsked } from '../builders/asked';
import type { Bundles } from '../builders/bundles';
import { runDeploy } from '../builders/deployed';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
let bundles: Bundles;
let running: AskedCrema | null = null;
beforeAll(async () => {
  bundles = await bundleAsked();
});
afterEach(() => running?.kill());
afterAll(() => bundles.remove());

const id = 'berlin';
/** Nothing listens there. */
const servers = '127.0.0.1:9';

async function start(site: object | null): Promise<AskedCrema> {
  const data = folder('data');
  if (site !== null) {
    mkdirSync(data, { recursive: true });
    writeFileSync(
      join(data, 'sites.json'),
      JSON.stringify({ sites: [{ id, name: 'Berlin', role: 'send', servers, ...site }] }),
    );
  }
  running = new AskedCrema(bundles.directory, [
    '--machine-listen=127.0.0.1:0',
    '--update-listen=127.0.0.1:0',
    `--data-dir=${data}`,
  ]);
  await running.started;
  return running;
}
const siteOf = async (crema: AskedCrema): Promise<Site | undefined> =>
  (await crema.ask('snapshot', undefined)).sites.sites[0];

describe('the files of a site', () => {
  it('are not mistaken for each other', { timeout: 60_000 }, async () => {
    const [certs, keys] = [folder('certs'), folder('broker')];
    expect(runDeploy('make-certs.mjs', ['--out', certs, 'localhost']).code).toBe(0);
    const made = runDeploy('make-sites.mjs', ['--out', keys, 'berlin']);
    expect(made).toMatchObject({ code: 0 });
    expect(made.text).toContain('accounts.conf has 1 site.');
    const key = join(keys, 'berlin.site.nk');
    const authority = join(certs, 'authority.pem');
    const user = folder('user.creds');
    writeFileSync(
      user,
      `-----BEGIN NATS USER JWT-----\nx\n------END NATS USER JWT------\n\n-----BEGIN USER NKEY SEED-----\n${readFileSync(key, 'utf8')}------END USER NKEY SEED------\n`,
    );
    const crema = await start({});
    const choose = (content: 'credentials' | 'authority', file: string): Promise<string> =>
      crema.ask('chooseSiteFile', { id, content }, file).then(
        () => 'taken',
        (error: unknown) => /"code":"(\w+)"/.exec(String(error))?.[1] ?? String(error),
      );
    for (const file of [authority, join(certs, 'authority.key'), join(certs, 'server.key')])
      expect(await choose('credentials', file)).toBe('siteCredentialsOdd');
    for (const file of [key, user, join(certs, 'authority.key')])
      expect(await choose('authority', file)).toBe('siteAuthorityOdd');
    expect(await siteOf(crema)).toMatchObject({ credentials: 'none', hasAuthority: false });
    expect(await choose('credentials', user)).toBe('taken');
    expect(await choose('credentials', key)).toBe('taken');
    expect(await choose('authority', authority)).toBe('taken');
    expect(await siteOf(crema)).toMatchObject({ credentials: 'memory', hasAuthority: true });

    // Without a key store the credentials end with this launch. The certificate needs none.
    await crema.end();
    expect(await siteOf(await start(null))).toMatchObject({ credentials: 'none', hasAuthority: true });
  });

  it('may be prepared, with a date until when commands are allowed', { timeout: 60_000 }, async () => {
    mkdirSync(folder('data'), { recursive: true });
    writeFileSync(join(folder('data'), 'berlin.site.nk'), 'a:b');
    const prepared = { credentialsFile: 'berlin.site.nk', allowedUntil: '2026-12-31T18:00:00+01:00' };
    const crema = await start(prepared);
    expect(await siteOf(crema)).toMatchObject({
      credentials: 'file',
      allowedUntil: Date.UTC(2026, 11, 31, 17),
    });

    // Crema wrote the file again. A person who changes it removes its checksum.
    await crema.end();
    const file = join(folder('data'), 'sites.json');
    const { check, ...written } = JSON.parse(readFileSync(file, 'utf8')) as {
      sites: object[];
      check: string;
    };
    expect(check).toMatch(/^[\da-f]{64}$/);
    const [first] = written.sites;
    writeFileSync(
      file,
      JSON.stringify({ ...written, sites: [{ ...first, allowedUntil: 1_800_000_000_000 }] }),
    );
    expect(await siteOf(await start(null))).toMatchObject({
      credentials: 'file',
      allowedUntil: 1_800_000_000_000,
    });
  });
});
