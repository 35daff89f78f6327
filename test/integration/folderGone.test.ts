/** The data folder is deleted, moved or replaced while Crema runs. Crema notices and starts a new journal with all it needs. */
import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { appBundles, type Bundles } from '../builders/bundles';
import { logIn, Room } from '../builders/room';
import { freePorts, Served } from '../builders/served';
import { decimalFrame, RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const parent = useFolder();
let folder = '';
let elsewhere = '';
const ends: (() => Promise<unknown>)[] = [];

beforeAll(() => {
  bundles = appBundles();
});
beforeEach(() => {
  folder = parent('data');
  elsewhere = parent('elsewhere');
  mkdirSync(folder);
});
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});
afterAll(() => bundles.remove());

interface Held {
  readonly commands: readonly string[];
  readonly machines: readonly number[];
}

/** Frames of a machine by their command, and machines whose states are kept. */
function heldIn(name: string): Held {
  const db = new DatabaseSync(join(name, 'journal.sqlite'));
  expect(db.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  const frames = db.prepare(`SELECT cmd FROM entries WHERE dir = 'in' ORDER BY id`).all();
  const machines = db.prepare('SELECT vmc_no FROM machines').all();
  db.close();
  return {
    commands: (frames as readonly { readonly cmd: string }[]).map(({ cmd }) => cmd),
    machines: (machines as readonly { readonly vmc_no: number }[]).map((row) => row.vmc_no),
  };
}

describe('a server without a window', () => {
  let served: Served;
  let client: RawClient;

  /** A machine has logged in, and that is on disk. */
  async function started(): Promise<void> {
    served = new Served(bundles.directory, [...freePorts, `--data-dir=${folder}`]);
    ends.push(() => served.end('SIGKILL'));
    client = await RawClient.open(await served.port());
    await logIn(client, 33_232);
    await expect.poll(() => heldIn(folder).commands).toEqual(['login']);
  }

  async function beats(): Promise<void> {
    const before = client.received.length;
    client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
    await client.until(() => client.received.length > before);
  }

  const says = (text: string): Promise<void> => expect.poll(() => served.text).toContain(text);

  it('whose folder is deleted reports it, continues to record, and ends with a code that is not 0', async () => {
    await started();
    rmSync(folder, { recursive: true });
    await says(`the data folder was deleted while Crema runs; earlier records are lost, and a new journal`);
    await beats();
    client.socket.destroy();
    expect(await served.end('SIGTERM')).toBe(3);
    expect(served.text).toContain('earlier records are lost');
    expect(heldIn(folder)).toEqual({ commands: ['hb'], machines: [33_232] });
  });

  it('whose folder is moved away names the place of the records, and ends with a code that is not 0', async () => {
    await started();
    renameSync(folder, elsewhere);
    // At once: the next write notices it.
    await beats();
    await says(`earlier records are in ${join(elsewhere, 'journal.sqlite')}`);
    await beats();
    client.socket.destroy();
    expect(await served.end('SIGTERM')).toBe(3);
    expect(served.text).toContain('earlier records are not in the data folder');
    expect(heldIn(elsewhere).commands[0]).toBe('login');
    expect(heldIn(folder)).toEqual({ commands: ['hb', 'hb'], machines: [33_232] });
  });

  it('whose folder is replaced leaves the new one unchanged', async () => {
    const other = parent('other');
    await started();
    cpSync(folder, other, { recursive: true });
    renameSync(folder, elsewhere);
    renameSync(other, folder);
    await says('the journal found in its place is kept as');
    await beats();
    client.socket.destroy();
    expect(await served.end('SIGTERM')).toBe(3);
    expect(heldIn(folder)).toEqual({ commands: ['hb'], machines: [33_232] });
    const kept = readdirSync(folder).find((name) => /^journal\.found-[^.]+\.sqlite$/.test(name)) ?? '';
    renameSync(join(folder, kept), join(other + kept));
    mkdirSync(other);
    renameSync(join(other + kept), join(other, 'journal.sqlite'));
    if (existsSync(join(folder, `${kept}-wal`)))
      renameSync(join(folder, `${kept}-wal`), join(other, 'journal.sqlite-wal'));
    expect(heldIn(other).commands).toEqual(['login']);
  });
});

it('a command that waits is in the new journal, and its number is not given again', async () => {
  const room = new Room(folder, join(bundles.directory, 'journalWorker.js'));
  ends.push(() => room.close());
  await room.open();
  const client = await room.connect();
  await logIn(client, 33_232);
  client.socket.destroy();
  await expect.poll(async () => (await room.machines())[0]?.online).toBe(false);
  const given = await room.request('command', { vmcNo: 33_232, name: 'queryStatus', input: {} });
  expect(given).toMatchObject({ id: 1, state: 'queued' });
  rmSync(folder, { recursive: true });
  await expect.poll(() => room.lines.join()).toContain('was deleted');
  expect(await room.request('command', { vmcNo: 33_232, name: 'rinse', input: {} })).toMatchObject({ id: 2 });
  await ends.pop()?.();
  const db = new DatabaseSync(join(folder, 'journal.sqlite'));
  expect(db.prepare('SELECT id, state FROM commands ORDER BY id').all()).toEqual([
    { id: 1, state: 'queued' },
    { id: 2, state: 'queued' },
  ]);
  db.close();
});
