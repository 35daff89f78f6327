/** The data folder of a running server: who can read it. */
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { appBundles, type Bundles } from '../builders/bundles';
import { logIn } from '../builders/room';
import { freePorts, Served } from '../builders/served';
import { RawClient } from '../builders/server';

let bundles: Bundles;
let folder = '';
const running: Served[] = [];

beforeAll(() => {
  bundles = appBundles();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-folder-'));
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => bundles.remove());

/** Everything in it whose owner is not the only one who may use it. */
function openToOthers(): readonly string[] {
  const all = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  return all.filter((name) => (lstatSync(join(folder, name)).mode & 0o077) !== 0);
}

it.skipIf(process.platform === 'win32')(
  'only its user can read the data folder, whatever an earlier run has left',
  async () => {
    mkdirSync(join(folder, 'photos'));
    writeFileSync(join(folder, 'settings.json'), '{"settings":{}}');
    writeFileSync(join(folder, 'photos', 'old.jpg'), '');
    for (const name of ['photos', 'settings.json', 'photos/old.jpg', '.'])
      chmodSync(join(folder, name), 0o755);
    // What a killed run had begun to write.
    writeFileSync(join(folder, 'settings.json.tmp-17333222110a1b2c'), '{');
    const one = new Served(bundles.directory, [...freePorts, `--data-dir=${folder}`]);
    running.push(one);
    const client = await RawClient.open(await one.port());
    await logIn(client);
    // Files of SQLite that are there only while it runs.
    expect(readdirSync(folder)).toContain('journal.sqlite-wal');
    expect(openToOthers()).toEqual([]);
    client.socket.destroy();
    expect(await one.end('SIGTERM')).toBe(0);
    expect(openToOthers()).toEqual([]);
    expect(readdirSync(folder).filter((name) => name.includes('.tmp-'))).toEqual([]);
  },
);
