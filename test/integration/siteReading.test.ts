/** A reader after a failure of its own computer or of the broker. */
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterEach, describe, expect, it } from 'vitest';
import { hasBroker } from '../builders/broker';
import { openStore } from '../builders/journal';
import { makeScene, readThrough, sendThrough, type Scene } from '../builders/siteScene';
import { hashOf, storeOf, type Ends } from '../builders/siteTraffic';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ends: Ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const scene = (): Promise<Scene> => makeScene(folder, ends);

describe.runIf(hasBroker)('a reader', () => {
  it('reads entries again that its own disk lost', async () => {
    const at = await scene();
    await sendThrough(at, 2_000);
    const { fileOf } = await readThrough(at.read, at.name, 2_000);
    const file = fileOf(at.name);
    cpSync(file, folder('older.sqlite'));
    await sendThrough(at, 4_000);
    await readThrough(at.read, at.name, 4_000);
    // As after a power loss: the place is written, and newer than the entries.
    cpSync(folder('older.sqlite'), file);
    await readThrough(at.read, at.name, 4_000);
    expect(hashOf(file)).toBe(hashOf(at.file, 4_000));
  });

  it('reads a journal again whose file is gone', async () => {
    const at = await scene();
    await sendThrough(at, 1_000);
    const { fileOf } = await readThrough(at.read, at.name, 1_000);
    rmSync(fileOf(at.name));
    await readThrough(at.read, at.name, 1_000);
    expect(hashOf(fileOf(at.name))).toBe(hashOf(at.file, 1_000));
  });

  it('gives the copy the name of the site’s journal, so that links to frames lead to it', async () => {
    const at = await scene();
    await sendThrough(at, 100);
    const { fileOf } = await readThrough(at.read, at.name, 100);
    const store = openStore(fileOf(at.name));
    expect([store.find(50, at.name), store.find(101, at.name), store.find(50, null)]).toEqual([
      50,
      null,
      null,
    ]);
    store.close();
  });

  it('finds entries that the broker lost and got again in other messages', async () => {
    const at = await scene();
    await sendThrough(at, 1_000);
    await at.broker.kill();
    cpSync(folder('broker', 'store'), folder('older'), { recursive: true });
    await at.broker.start();
    await sendThrough(at, 2_000);
    await readThrough(at.read, at.name, 2_000);
    await at.broker.kill();
    rmSync(folder('broker', 'store'), { recursive: true });
    cpSync(folder('older'), folder('broker', 'store'), { recursive: true });
    await at.broker.start();
    // 10 messages of 300 entries now have the numbers of those that were read, with 100 entries each.
    at.journal.batch = 300;
    await sendThrough(at, 4_000);
    const { fileOf, problems } = await readThrough(at.read, at.name, 4_000);
    expect(problems).toEqual([]);
    expect(hashOf(fileOf(at.name))).toBe(hashOf(at.file, 4_000));
  });

  it('names a gap once if an administrator purged the stream', async () => {
    const at = await scene();
    await sendThrough(at, 1_000);
    await readThrough(at.read, at.name, 1_000);
    await sendThrough(at, 2_000);
    await (await jetstreamManager(at.client)).streams.purge('UP');
    await sendThrough(at, 3_000);
    const { fileOf, problems } = await readThrough(at.read, at.name, 3_000);
    expect(problems).toEqual([`site north: entries 1001 to 2000 of ${at.name} are missing`]);
    const file = fileOf(at.name);
    expect([hashOf(file, 1_000), hashOf(file, 3_000, 2_001)]).toEqual([
      hashOf(at.file, 1_000),
      hashOf(at.file, 3_000, 2_001),
    ]);
    const store = storeOf(file);
    expect(store.entriesAfter(1_000, 2).map(({ id, kind }) => [id, kind])).toEqual([
      [2_000, 'finding'],
      [2_001, store.entry(2_001)?.kind],
    ]);
    store.close();
    // The same again from the first message names nothing twice.
    rmSync(folder('desk', 'place.json'));
    expect((await readThrough(at.read, at.name, 3_000)).problems).toEqual([]);
    expect(readdirSync(folder('desk')).filter((one) => one.endsWith('.sqlite'))).toEqual([
      `${at.name}.sqlite`,
    ]);
    expect(file).toBe(join(folder('desk'), `${at.name}.sqlite`));
  });
});
