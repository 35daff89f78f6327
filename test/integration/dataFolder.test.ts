/** The data folder of a running server: file permissions, and reports about damaged files. */
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { appBundles, type Bundles } from '../builders/bundles';
import { summed } from '../../src/main/journal/store/checksum';
import { Running } from '../builders/running';
import { logIn } from '../builders/room';
import { freePorts, Served } from '../builders/served';
import { RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';
import { zipOf } from '../builders/zips';

let bundles: Bundles;
const folder = useFolder();
const copy = useFolder();
const running: Served[] = [];

beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL');
});
afterAll(() => bundles.remove());

/** Everything that users other than the owner can access. */
function openToOthers(): readonly string[] {
  const all = ['.', ...readdirSync(folder(), { recursive: true, encoding: 'utf8' })];
  return all.filter((name) => (lstatSync(folder(name)).mode & 0o077) !== 0);
}

it.skipIf(process.platform === 'win32')(
  'only its user can read the data folder, with any leftovers of an earlier run',
  async () => {
    mkdirSync(folder('photos'));
    writeFileSync(folder('settings.json'), '{"settings":{}}');
    writeFileSync(folder('photos', 'old.jpg'), '');
    for (const name of ['photos', 'settings.json', 'photos/old.jpg', '.']) chmodSync(folder(name), 0o755);
    // A file that a killed run left half written.
    writeFileSync(folder('settings.json.tmp-17333222110a1b2c'), '{');
    const one = new Served(bundles.directory, [...freePorts, `--data-dir=${folder()}`]);
    running.push(one);
    const client = await RawClient.open(await one.port());
    await logIn(client);
    // Files of SQLite that exist only while it runs.
    expect(readdirSync(folder())).toContain('journal.sqlite-wal');
    expect(openToOthers()).toEqual([]);
    client.socket.destroy();
    expect(await one.end('SIGTERM')).toBe(0);
    expect(openToOthers()).toEqual([]);
    expect(readdirSync(folder()).filter((name) => name.includes('.tmp-'))).toEqual([]);
  },
);

it('damage is reported, nothing stored is removed, a photo finds its machine, and a copied folder pauses its active rollouts', async () => {
  const picture = Buffer.from('a picture');
  const hash = createHash('sha256').update(picture).digest('hex').slice(0, 16);
  const photo = `33232-${hash}.jpg`;
  const lost = '44401-0123456789abcdef.jpg';
  const config = { photo: lost, name: 'Hall' };
  writeFileSync(folder('settings.json'), JSON.stringify({ machines: { 33232: 'odd', 44401: config } }));
  const zip = await zipOf({ 'vendui/main': 'the program' });
  const id = createHash('sha256').update(zip).digest('hex');
  for (const name of ['photos', 'packages', 'fetched', 'fetched/7']) mkdirSync(folder(name));
  writeFileSync(folder('photos', photo), picture);
  writeFileSync(folder('packages', `${id}.zip`), zip);
  writeFileSync(folder('packages', 'packages.json'), '{"version":1,"pack');
  writeFileSync(folder('fetched', '7', '3'), 'a log');
  writeFileSync(folder('sequences.json'), '{"crema":');
  const one = new Served(bundles.directory, [...freePorts, `--data-dir=${folder()}`]);
  running.push(one);
  await one.port();
  const told = [
    `photos/${lost} is gone`,
    `photos/${photo} was on no list; it is on the list again`,
    'packages/packages.json was damaged, and no copy confirms its content',
    `packages/${id}.zip was on no list; it is on the list again`,
    'fetched/7/3 is on no list, and what it is is not proven; it stays',
    "sequences.json can't be read",
  ];
  for (const line of told) await expect.poll(() => one.text).toContain(line);
  expect(await one.end('SIGTERM')).toBe(0);
  const read = (name: string): unknown => JSON.parse(readFileSync(folder(name), 'utf8'));
  expect(read('settings.json')).toMatchObject({ machines: { 33232: { photo }, 44401: config } });
  expect(read('packages/packages.json')).toMatchObject({ packages: [{ id }] });
  expect(readFileSync(folder('sequences.json'), 'utf8')).toBe('{"crema":');
  expect(readFileSync(folder('fetched', '7', '3'), 'utf8')).toBe('a log');

  const start = async (directory: string): Promise<unknown> => {
    const served = new Served(bundles.directory, [...freePorts, `--data-dir=${directory}`]);
    running.push(served);
    await served.port();
    expect(await served.end('SIGTERM')).toBe(0);
    const db = new DatabaseSync(join(directory, 'journal.sqlite'), { readOnly: true });
    const [row] = db.prepare('SELECT body FROM runs').all() as { readonly body: string }[];
    db.close();
    return row === undefined ? null : JSON.parse(row.body);
  };
  const db = new DatabaseSync(folder('journal.sqlite'));
  const offline = new Running();
  for (const vmcNo of [1, 2]) offline.offline.add(vmcNo);
  const book = offline.starts(
    [{ do: 'command', name: 'upgrade', input: { packageId: 'a'.repeat(64) } }],
    [1, 2],
    { first: 1 },
  );
  for (const run of book.record.runs)
    db.prepare('INSERT INTO runs (id, ended_at, body, checksum) VALUES (?,?,?,?)').run(
      ...summed(run.id, null, JSON.stringify(run)),
    );
  for (const line of book.record.lines)
    db.prepare('INSERT INTO run_lines (id, run, body, checksum) VALUES (?,?,?,?)').run(
      ...summed(line.id, line.run, JSON.stringify(line)),
    );
  db.close();
  cpSync(folder(), copy(), { recursive: true });
  expect(await start(copy())).toMatchObject({ state: 'paused', paused: 'copied' });
  expect(await start(folder())).toMatchObject({ state: 'running', paused: null });
});
