/** Damaged files of a site's journals: their writer alone repairs them, and reads the entries again from the broker. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Entry } from '#shared/model/frame';
import { hasBroker } from '../builders/broker';
import { writeJournal } from '../builders/journal';
import { manyEntries } from '../builders/manyEntries';
import { appBundles, type Bundles } from '../builders/bundles';
import { freePorts, Served } from '../builders/served';
import { isDone, lastIn, makeScene, readThrough, sendThrough, type Scene } from '../builders/siteScene';
import { compared, hashOf, storeOf, type Ends } from '../builders/siteTraffic';
import { falsify, shorten, spoilPages } from '../builders/spoiltFiles';
import { newestOf } from '../ordeal/sites/processes';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ends: Ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const asideIn = (desk: string): readonly string[] =>
  readdirSync(desk).filter((name) => name.includes('.damaged-') && name.endsWith('.sqlite'));
const againIn = (desk: string): readonly string[] =>
  readdirSync(desk).filter((name) => name.includes('.again.'));

/** A desk that has read 4,000 of 6,000 entries, and its file. */
async function readScene(): Promise<{ readonly at: Scene; readonly file: string }> {
  const at = await makeScene(folder, ends);
  await sendThrough(at, 4_000);
  const { fileOf } = await readThrough(at.read, at.name, 4_000);
  return { at, file: fileOf(at.name) };
}

/** Reads until no journal is being read again. */
async function repaired(at: Scene, upTo: number): Promise<readonly string[]> {
  const reading = await at.read();
  await expect.poll(() => againIn(folder('desk')), { timeout: 15_000 }).toEqual([]);
  await expect.poll(() => lastIn(reading.fileOf(at.name)), { timeout: 15_000 }).toBe(upTo);
  await reading.stop();
  return reading.problems;
}

describe.runIf(hasBroker)('the writer of a site’s journal', () => {
  it.each([
    ['its head', (file: string) => spoilPages(file, 0, Infinity)],
    ['every third page', (file: string) => spoilPages(file, 0, 3)],
    ['its second half', (file: string) => shorten(file, 0.5)],
  ])('repairs a file that has lost %s, and has all entries again', async (_what, damage) => {
    const { at, file } = await readScene();
    damage(file);
    await sendThrough(at, 5_000);
    const problems = await repaired(at, 5_000);
    expect(hashOf(file)).toBe(hashOf(at.file, 5_000));
    const [copy, another] = asideIn(folder('desk'));
    expect(another).toBeUndefined();
    expect(problems.filter((line) => line.includes(`was renamed to ${copy}`))).toHaveLength(1);
  });

  it('repairs a file that is damaged while it is open', async () => {
    const { at, file } = await readScene();
    const reading = await at.read();
    await isDone(reading);
    spoilPages(file, 2, 2);
    await sendThrough(at, 6_000);
    await expect.poll(() => asideIn(folder('desk')).length, { timeout: 15_000 }).toBe(1);
    await expect.poll(() => againIn(folder('desk')), { timeout: 15_000 }).toEqual([]);
    // The site still sends while the journal is read again.
    await expect.poll(() => lastIn(file), { timeout: 15_000 }).toBe(6_000);
    await isDone(reading);
    await reading.stop();
    expect(hashOf(file)).toBe(hashOf(at.file, 6_000));
  });

  it('keeps what only the damaged file has, and names the rest as missing', async () => {
    const { at, file } = await readScene();
    await (await jetstreamManager(at.client)).streams.purge('UP', { seq: 31 });
    spoilPages(file, 22, 4);
    await repaired(at, 4_000);
    // The broker has the entries from 3,001 on.
    expect(hashOf(file, 4_000, 3_001)).toBe(hashOf(at.file, 4_000, 3_001));
    const { equal, missing } = compared(at.file, file, 4_000);
    expect(equal + missing).toBe(4_000);
    expect(equal).toBeGreaterThan(2_500);
    expect(missing).toBeGreaterThan(0);
  });

  it('reads entries again that another reader found damaged, once per launch', async () => {
    const { at, file } = await readScene();
    falsify(file, [1_000, 2_000]);
    expect(hashOf(file)).not.toBe(hashOf(at.file, 4_000));
    const reading = await at.read();
    await isDone(reading);
    await reading.site.repair(at.name, 'entries');
    expect(againIn(folder('desk')).length).toBeGreaterThan(0);
    await expect.poll(() => againIn(folder('desk')), { timeout: 15_000 }).toEqual([]);
    expect(reading.replaced).toEqual([file]);
    await reading.site.repair(at.name, 'entries');
    expect(againIn(folder('desk'))).toEqual([]);
    await reading.stop();
    expect(hashOf(file)).toBe(hashOf(at.file, 4_000));
    expect(asideIn(folder('desk'))).toEqual([]);
  });

  it('keeps marks and commands of a journal that it reads again', async () => {
    const { at, file } = await readScene();
    const reading = await at.read();
    await isDone(reading);
    await reading.site.changeMark(at.name, { entry: 7, marked: true, note: 'slow' });
    await reading.site.repair(at.name, 'entries');
    await expect.poll(() => againIn(folder('desk')), { timeout: 15_000 }).toEqual([]);
    await reading.stop();
    const store = storeOf(file);
    expect(store.marks.all()).toEqual([{ entry: 7, marked: true, note: 'slow' }]);
    store.close();
  });
});

describe.runIf(hasBroker)('a desk that is killed while it repairs a journal', () => {
  let bundles: Bundles;
  beforeAll(() => {
    bundles = appBundles();
  });
  afterAll(() => bundles.remove());

  it('has all entries in the end', { timeout: 120_000 }, async () => {
    // Older entries would be deleted.
    const write = async (file: string): Promise<void> => {
      const all: Entry[] = [];
      for await (const page of manyEntries(6_000))
        for (const entry of page) all.push({ ...entry, at: entry.at + Date.now() - 1_700_000_000_000 });
      writeJournal(file, all);
    };
    const at = await makeScene(folder, ends, { write });
    await sendThrough(at, 4_000);
    const data = folder('data');
    mkdirSync(data, { recursive: true });
    const servers = `127.0.0.1:${at.broker.port}`;
    const site = { id: 'north', name: 'North', role: 'read', servers, credentials: 'a:secret-a' };
    writeFileSync(join(data, 'sites.json'), JSON.stringify({ sites: [{ ...site, isMasked: false }] }));
    const desk = join(data, 'sites', 'north');
    const file = join(desk, `${at.name}.sqlite`);
    const serve = (): Served => {
      const one = new Served(bundles.directory, [...freePorts, `--data-dir=${data}`]);
      ends.push(async () => void (await one.end('SIGKILL')));
      return one;
    };
    const until = (holds: () => boolean): Promise<void> =>
      expect.poll(holds, { timeout: 30_000, interval: 2 }).toBe(true);
    const first = serve();
    await until(() => existsSync(file) && newestOf(file) === 4_000);
    await first.end('SIGTERM');
    spoilPages(file, 0, 3);
    await sendThrough(at, 6_000);
    // Each launch is killed a little later in the repair.
    const steps: readonly (() => boolean)[] = [
      () => againIn(desk).length > 0,
      () => asideIn(desk).length > 0,
      () => newestOf(file) > 0,
      () => newestOf(join(desk, `${at.name}.again.sqlite`)) > 0,
    ];
    for (const isReached of steps) {
      const killed = serve();
      await until(() => isReached() || (asideIn(desk).length > 0 && againIn(desk).length === 0));
      await killed.end('SIGKILL');
    }
    const last = serve();
    await until(() => againIn(desk).length === 0 && newestOf(file) === 6_000);
    await last.end('SIGTERM');
    expect(hashOf(file)).toBe(hashOf(at.file));
  });
});
