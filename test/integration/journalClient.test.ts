/** The journal's thread, as in the app, on disks that refuse. */
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { DatabaseSync } from '@photostructure/sqlite';
import { everyFrame } from '#shared/filter/frames';
import type { StoredEntry } from '#shared/model/frame';
import type { FramePage } from '#shared/model/frame';
import { JournalClient } from '../../src/main/journal/client/journalClient';
import { WaitingEntries } from '../../src/main/journal/client/waiting';
import { appBundles, type Bundles } from '../builders/bundles';
import { countedWhole } from '../builders/counted';
import { newFolder } from '../builders/folders';
import { openStore } from '../builders/journal';
import { useFolder } from '../builders/useFolder';

let built: Bundles;
let bundles = '';
let worker = '';

beforeAll(() => {
  built = appBundles();
  bundles = built.directory;
  worker = join(bundles, 'journalWorker.js');
});
afterAll(() => built.remove());

const files = useFolder('all');
/** A place of its own for each test, because some run at the same time. */
const folder = (): string => newFolder(files());

function client(
  { onTestFinished }: TestContext,
  file = worker,
  options: ConstructorParameters<typeof JournalClient>[1] = {},
): JournalClient {
  const made = new JournalClient(file, options);
  onTestFinished(() => made.close());
  return made;
}

const entry = (id: number, at = id): StoredEntry => ({
  id,
  at,
  conn: 1,
  vmcNo: 7,
  kind: 'frame',
  dir: 'in',
  head: 'decimal',
  sequence: null,
  cmd: 'hb',
  bodyStart: 12,
  bytes: Buffer.from(`S00250000000{"cmd":"hb","n":"${id}${'x'.repeat(200)}"}`),
  findings: [],
});

async function until(condition: () => boolean, ms = 25_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((done) => setTimeout(done, 20));
  }
}

function idsIn(file: string): readonly number[] {
  const store = openStore(file);
  const ids = store.entriesAfter(0, 1_000_000).map(({ id }) => id);
  store.close();
  return ids;
}

// All of them wait for the next attempt to open the file.
describe.concurrent('a disk that refuses', { timeout: 60_000 }, () => {
  it('full: reports it, holds entries, and writes them in order when there is room', async (context) => {
    const place = folder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', place], { stdio: 'ignore' });
    } catch {
      context.skip('a small disk can be mounted by root on Linux only');
    }
    context.onTestFinished(() => void execFileSync('umount', [place]));
    const file = join(place, 'journal.sqlite');
    const journal = client(context);
    await journal.open(file);
    const count = 8_000;
    for (let id = 1; id <= count; id += 1) {
      journal.add(entry(id));
      if (id % 500 === 0) await journal.flush();
    }
    await until(() => journal.state.status === 'failing');
    expect(journal.state).toMatchObject({ status: 'failing', lost: 0 });
    execFileSync('mount', ['-o', 'remount,size=64m', place]);
    await until(() => journal.state.status === 'open');
    journal.add(entry(count + 1));
    await journal.close();
    expect(idsIn(file)).toEqual(Array.from({ length: count + 1 }, (_, i) => i + 1));
  });

  it('a missing folder: it is tried again, and nothing is lost meanwhile', async (context) => {
    const place = join(folder(), 'later');
    const journal = client(context);
    const result = await journal.open(join(place, 'journal.sqlite'));
    expect(result.kind).toBe('failed');
    expect(journal.isReadable).toBe(false);
    for (let id = 1; id <= 10; id += 1) journal.add(entry(id));
    mkdirSync(place);
    await until(() => journal.state.status === 'open');
    await journal.close();
    expect(idsIn(join(place, 'journal.sqlite')).length).toBe(10);
  });

  it('a thread that died: questions are refused, not left open', async () => {
    const journal = new JournalClient(join(bundles, 'nothing.mjs'));
    await until(() => journal.state.status === 'failing');
    await expect(journal.query('journalSize', undefined)).rejects.toThrow('nothing.mjs');
    journal.add(entry(1));
    await journal.close();
  });

  it.for([
    ['before', 0],
    ['after', 1],
  ] as const)(
    'a thread that dies %s it has written: another thread continues, and nothing is lost or doubled',
    async ([, written], context) => {
      const place = folder();
      const died = join(place, 'died');
      const dying = join(bundles, `dying-${written}.mjs`);
      writeFileSync(
        dying,
        `import { existsSync, writeFileSync } from 'node:fs';
         import { parentPort } from 'node:worker_threads';
         const die = () => { writeFileSync(${JSON.stringify(died)}, ''); throw new Error('out of memory'); };
         const end = () => { writeFileSync(${JSON.stringify(died)}, ''); process.exit(3); };
         let appended = 0;
         const isTurn = () => !existsSync(${JSON.stringify(died)}) && appended === 2;
         const on = parentPort.on.bind(parentPort);
         parentPort.on = (what, heard) => on(what, (message) => {
           if (message.name === 'append') appended += 1;
           if (message.name === 'append' && ${written} === 0 && isTurn()) die();
           heard(message);
         });
         const say = parentPort.postMessage.bind(parentPort);
         parentPort.postMessage = (message) => (${written} === 1 && isTurn() ? end() : say(message));
         await import('./journalWorker.js');`,
      );
      const journal = client(context, dying);
      const file = join(place, 'journal.sqlite');
      await journal.open(file);
      const states: string[] = [];
      journal.onState(({ status }) => states.push(status));
      for (let id = 1; id <= 40; id += 1) {
        journal.add(entry(id));
        if (id % 10 === 0) await journal.flush();
      }
      await until(() => journal.state.status === 'open' && journal.refused === 0 && states.length > 1);
      expect(states[0]).toBe('failing');
      journal.add(entry(41));
      await journal.close();
      expect(idsIn(file)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1));
    },
  );

  it('long entries are held by their bytes: beyond them the newest are lost and counted', async (context) => {
    const place = join(folder(), 'later');
    const refusedLimit = 40_000_000;
    const journal = client(context, worker, { refusedLimit });
    await journal.open(join(place, 'journal.sqlite'));
    const bytes = Buffer.alloc(65_536, 0x78);
    // Without a body there is nothing to index, which would take far longer than the write.
    const long = { ...entry(0), bytes, bodyStart: bytes.length };
    // With the default limit.
    const usual = new WaitingEntries();
    for (let id = 1; usual.lost === 0; id += 1) usual.add({ ...long, id, at: id });
    expect(usual.count * bytes.length).toBeLessThan(265_000_000);
    const count = 1_000;
    for (let id = 1; id <= count; id += 1) journal.add({ ...long, id, at: id });
    const held = journal.refused;
    expect(held * bytes.length).toBeLessThan(refusedLimit + 2 * bytes.length);
    expect(held * bytes.length).toBeGreaterThan(0.9 * refusedLimit);
    mkdirSync(place);
    await until(() => journal.state.status === 'open');
    await journal.close();
    expect(idsIn(join(place, 'journal.sqlite'))).toEqual(Array.from({ length: held }, (_, i) => i + 1));
  });
});

it('floods have to wait while one entry is not written in time, and continue after the write', async (context) => {
  const file = join(folder(), 'journal.sqlite');
  const journal = client(context);
  await journal.open(file);
  const goesOn: boolean[] = [];
  journal.onWritten(() => goesOn.push(!journal.hasBacklog));
  const other = new DatabaseSync(file);
  other.exec('BEGIN IMMEDIATE');
  journal.add(entry(1));
  expect(journal.hasBacklog).toBe(false);
  await until(() => journal.hasBacklog);
  expect(goesOn).toEqual([]);
  other.exec('COMMIT');
  other.close();
  await until(() => goesOn.length > 0);
  expect(goesOn).toEqual([true]);
});

describe('a damaged file that opens', () => {
  const old = 6_000;
  const pageSize = 8_192;
  const peer = { remoteAddress: '192.0.2.7', remotePort: 4_000, localAddress: '192.0.2.1', localPort: 3_380 };

  /** A journal of some thousand entries with overwritten pages in the middle. */
  async function damaged(
    context: TestContext,
  ): Promise<{ readonly file: string; readonly journal: JournalClient }> {
    const file = join(folder(), 'journal.sqlite');
    const first = client(context);
    await first.open(file);
    first.add({ id: 1, at: 1, conn: 1, vmcNo: null, kind: 'opened', peer });
    for (let id = 2; id <= old; id += 1) first.add(entry(id));
    await first.close();
    const pages = Math.floor(statSync(file).size / pageSize);
    const from = Math.floor(pages * 0.3);
    const handle = openSync(file, 'r+');
    const junk = Buffer.alloc((Math.floor(pages * 0.9) - from) * pageSize, 0xa5);
    writeSync(handle, junk, 0, junk.length, from * pageSize);
    closeSync(handle);
    const journal = client(context);
    expect(await journal.open(file)).toMatchObject({
      kind: 'open',
      last: { entry: old },
      aside: null,
    });
    return { file, journal };
  }

  const copies = (file: string): readonly string[] =>
    readdirSync(join(file, '..')).filter((name) => /^journal\.damaged-[^.]+\.sqlite$/.test(name));

  it('a write finds it: the file is set aside and reported, and the waiting entries are in the new one, in order', async (context) => {
    const { file, journal } = await damaged(context);
    const states: string[] = [];
    journal.onState(({ status }) => states.push(status));
    const more = 4_000;
    for (let id = old + 1; id <= old + more; id += 1) {
      journal.add(entry(id));
      if (id % 500 === 0) void journal.flush();
    }
    await until(() => journal.state.status === 'open' && journal.state.aside !== null);
    await journal.flush();
    const [copy] = copies(file);
    expect(copies(file)).toEqual([copy]);
    expect(journal.state).toEqual({
      status: 'open',
      aside: { file: join(file, '..', copy ?? ''), why: 'damaged' },
    });
    expect(states).toEqual(['open']);
    await journal.close();
    const kept = idsIn(file);
    // The copy holds the entries written before the damage was found.
    const begun = kept[0] ?? 0;
    expect(begun).toBeGreaterThan(old);
    expect(begun).toBeLessThanOrEqual(old + 2_000);
    expect(kept).toEqual(Array.from({ length: old + more + 1 - begun }, (_, i) => begun + i));
    expect(copies(file)).toEqual([copy]);
  });

  it('questions find it: they are answered from the new one, and it is set aside once', async (context) => {
    const { file, journal } = await damaged(context);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => journal.query('entriesAfter', { after: 0, limit: old })),
    );
    expect(answers).toEqual([[], [], [], []]);
    expect(copies(file).length).toBe(1);
    expect(journal.state).toMatchObject({
      status: 'open',
      aside: { file: join(file, '..', copies(file)[0] ?? ''), why: 'damaged' },
    });
    journal.add(entry(old + 1));
    await journal.close();
    expect(idsIn(file)).toEqual([old + 1]);
  });
});

describe('a file of another version', () => {
  function older(): string {
    const file = join(folder(), 'journal.sqlite');
    const db = new DatabaseSync(file);
    db.exec(`CREATE TABLE entries (id INTEGER PRIMARY KEY); INSERT INTO entries VALUES (41), (42);
      PRAGMA user_version = 7`);
    db.close();
    return file;
  }

  const copies = (file: string): readonly string[] =>
    readdirSync(join(file, '..')).filter((name) => name !== 'journal.sqlite' && name.endsWith('.sqlite'));

  it('is refused and left alone, and nothing is held for it', async (context) => {
    const file = older();
    const journal = client(context);
    expect(await journal.open(file)).toEqual({ kind: 'otherVersion', version: '0.7' });
    expect(journal.state).toEqual({ status: 'refused', version: '0.7' });
    expect(journal.isReadable).toBe(false);
    journal.add(entry(1));
    expect(journal.refused).toBe(0);
    await journal.close();
    expect(copies(file)).toEqual([]);
  });

  it('is set aside on request, whole and once, and a new one records', async (context) => {
    const file = older();
    const journal = client(context);
    await journal.open(file);
    await Promise.all([journal.beginNew(), journal.beginNew()]);
    await journal.beginNew();
    const [copy = ''] = copies(file);
    expect(copies(file)).toEqual([copy]);
    expect(copy).toMatch(/^journal\.other-version-[^.]+\.sqlite$/);
    const aside = join(file, '..', copy);
    expect(journal.state).toEqual({ status: 'open', aside: { file: aside, why: 'otherVersion' } });
    expect(journal.isReadable).toBe(true);
    journal.add(entry(1));
    await journal.close();
    expect(idsIn(file)).toEqual([1]);
    const db = new DatabaseSync(aside, { readOnly: true });
    expect(db.prepare('SELECT id FROM entries').all()).toEqual([{ id: 41 }, { id: 42 }]);
    db.close();
  });

  it.for([
    ['while nobody asks it anything', 'setInterval(() => existsSync(told) && die(), 10)'],
    ['when it is to set it aside', "isAsked = (message) => message.name === 'setAside'"],
  ] as const)(
    'stays refused when the thread dies %s, and is set aside by another',
    async ([, how], context) => {
      const file = older();
      const died = `${file}.died`;
      const dying = join(bundles, `dying-${how.length}.mjs`);
      writeFileSync(
        dying,
        `import { existsSync, writeFileSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       const die = () => { writeFileSync(${JSON.stringify(died)}, ''); throw new Error('out of memory'); };
       const told = ${JSON.stringify(`${file}.told`)};
       let isAsked = () => false;
       const on = parentPort.on.bind(parentPort);
       parentPort.on = (what, heard) => on(what, (message) => (isAsked(message) ? die() : heard(message)));
       if (!existsSync(${JSON.stringify(died)})) { ${how}; }
       await import('./journalWorker.js');`,
      );
      const journal = client(context, dying);
      let restarts = 0;
      journal.onRestart(() => (restarts += 1));
      await journal.open(file);
      const refusal = how.includes('setAside')
        ? await journal.beginNew().catch((error: unknown) => String(error))
        : 'Error: out of memory';
      expect(refusal).toBe('Error: out of memory');
      writeFileSync(`${file}.told`, '');
      await until(() => existsSync(died));
      await expect(journal.query('journalSize', undefined)).rejects.toThrow('out of memory');
      expect(journal.state).toEqual({ status: 'refused', version: '0.7' });
      expect(copies(file)).toEqual([]);
      await journal.beginNew();
      expect(restarts).toBe(1);
      expect(journal.state).toMatchObject({ status: 'open', aside: { why: 'otherVersion' } });
      expect(copies(file)).toHaveLength(1);
      journal.add(entry(1));
      await journal.close();
      expect(idsIn(file)).toEqual([1]);
    },
  );

  it('that can not be renamed is reported, and stays refused', async (context) => {
    const file = older();
    const journal = client(context);
    await journal.open(file);
    rmSync(file);
    await expect(journal.beginNew()).rejects.toThrow('ENOENT');
    expect(journal.state).toEqual({ status: 'refused', version: '0.7' });
    await journal.close();
  });
});

describe('the limits', () => {
  it('old entries go, block by block, with their histories; open and new ones stay', async (context) => {
    const file = join(folder(), 'journal.sqlite');
    const journal = client(context);
    await journal.open(file);
    for (let id = 1; id <= 6_000; id += 1) journal.add(entry(id));
    await journal.flush();
    const before = await journal.query('journalSize', undefined);
    expect(before).toMatchObject({ entries: 6_000, since: 1 });
    // Older than 3,000 ms: five whole blocks of 512.
    while (await journal.query('retain', { before: 3_000, now: 10_000, bytes: 1e9 }));
    const after = await journal.query('journalSize', undefined);
    expect(after).toMatchObject({ entries: 6_000 - 5 * 512, since: 5 * 512 + 1 });
    expect(after.bytes).toBeLessThan(before.bytes);
    const ids: number[] = [];
    for (let top: number | null = null, more = true; more; more = top !== null) {
      const page: FramePage = await journal.query('frames', {
        filter: everyFrame,
        place: { before: top },
        limit: 10_000,
        now: 0,
        names: {},
        ownErrors: {},
      });
      ids.push(...page.rows.map(({ id }) => id));
      top = page.next;
    }
    expect(ids).toEqual(Array.from({ length: 6_000 - 5 * 512 }, (_, i) => 6_000 - i));
    const question = { filter: everyFrame, now: 0, names: {}, ownErrors: {} };
    const counted = await countedWhole((next) =>
      journal.query('countFrames', { ...question, after: next, bins: null }),
    );
    expect(counted).toEqual({
      count: ids.length,
      bars: null,
      next: null,
      last: 6_000,
      until: null,
      newest: 6_000,
    });
    // Too much: only entries outside of whole blocks stay.
    while (await journal.query('retain', { before: 0, now: 10_000, bytes: 1 }));
    expect((await journal.query('journalSize', undefined)).entries).toBe(6_000 % 512);
    await journal.close();
    expect(existsSync(file)).toBe(true);
  });
});
