/** One thread reads the journal while another records: both with the journal's own thread, as in the app. */
import { closeSync, openSync, readdirSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Worker, type MessagePort } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { everyFrame } from '#shared/filter/frames';
import type { JournalStatus } from '#shared/model/journal';
import { JournalReader } from '../../src/main/journal/client/journalReader';
import type { StoredEntry } from '#shared/model/frame';
import type { FramePage } from '#shared/model/frame';
import { bundlesWith, type Bundles } from '../builders/bundles';
import { countedWhole } from '../builders/counted';
import { useFolder } from '../builders/useFolder';
import type { FromOwner, OwnerData, ToOwner } from '../fixtures/journalOwner';

const ends: (() => unknown)[] = [];
const folder = useFolder();
let bundles: Bundles;
beforeAll(async () => {
  bundles = await bundlesWith({ owner: 'test/fixtures/journalOwner.ts' });
});
afterAll(() => bundles.remove());
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const entry = (id: number): StoredEntry => ({
  id,
  at: id,
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
const entries = (from: number, to: number): readonly StoredEntry[] =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));

async function until(condition: () => boolean, ms = 15_000): Promise<void> {
  const end = Date.now() + ms;
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited in vain');
    await new Promise((done) => setTimeout(done, 20));
  }
}

/** The recording thread, and a reader of its journal in this thread. */
class Owner {
  readonly states: JournalStatus[] = [];
  readonly errors: string[] = [];
  /** Ports handed out so far. */
  ports = 0;
  reader: JournalReader | null = null;
  readonly #thread: Worker;
  readonly #adding = new Map<number, () => void>();
  #lastAdd = 0;
  #batch = 0;

  constructor(file: string, worker = join(bundles.directory, 'journalWorker.js')) {
    const workerData: OwnerData = { worker, file };
    this.#thread = new Worker(join(bundles.directory, 'owner.js'), { workerData });
    const exited = new Promise((resolve) => this.#thread.once('exit', resolve));
    this.#thread.on('message', (message: FromOwner) => {
      if (message.kind === 'state') this.states.push(message.state);
      else if (message.kind === 'error') this.errors.push(message.message);
      else if (message.kind === 'added') this.#added(message.id, message.batch);
      else this.#take(message.port as unknown as MessagePort);
    });
    ends.push(async () => {
      this.#post({ kind: 'close' });
      await exited;
      await this.reader?.close();
    });
  }

  #take(port: MessagePort): void {
    this.ports += 1;
    if (this.reader === null)
      this.reader = new JournalReader(port, { ready: () => Promise.resolve(), batch: () => this.#batch });
    else void this.reader.connect(port);
  }

  #added(id: number, batch: number): void {
    this.#batch = batch;
    this.#adding.get(id)?.();
  }

  async connected(): Promise<JournalReader> {
    await until(() => this.reader !== null);
    if (this.reader === null) throw new Error('not connected');
    return this.reader;
  }

  /** Resolves when this thread knows their batch. */
  add(some: readonly StoredEntry[]): Promise<void> {
    this.#lastAdd += 1;
    const id = this.#lastAdd;
    return new Promise((resolve) => {
      this.#adding.set(id, resolve);
      this.#post({ kind: 'add', id, entries: some });
    });
  }

  /** Keeps the thread busy until the returned function is called. */
  block(): () => void {
    const gate = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    this.#post({ kind: 'block', gate });
    return () => {
      Atomics.store(gate, 0, 1);
      Atomics.notify(gate, 0);
    };
  }

  #post(message: ToOwner): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker thread has no origin
    this.#thread.postMessage(message);
  }
}

const question = { filter: everyFrame, now: 0, names: {}, ownErrors: {} };

describe('a reader of the journal in another thread', () => {
  it('sees entries recorded before its query, and gets each kind of answer', async () => {
    const owner = new Owner(folder('journal.sqlite'));
    const reader = await owner.connected();
    await owner.add(entries(1, 1_000));
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 1_000, since: 1 });
    await owner.add(entries(1_001, 1_010));
    const page = await reader.query('frames', { ...question, place: { before: null }, limit: 3 });
    expect(page.rows.map(({ id }) => id)).toEqual([1_010, 1_009, 1_008]);
    const { count } = await countedWhole((after) =>
      reader.query('countFrames', { ...question, after, bins: null }),
    );
    expect(count).toBe(1_010);
    expect(await reader.query('entry', { id: 5 })).toMatchObject({ id: 5, cmd: 'hb', vmcNo: 7 });
    expect(await reader.query('entry', { id: 5_000 })).toBeNull();
    expect(await reader.query('relations', { id: 5 })).not.toBeNull();
    const bins = { from: 0, to: 2_000, count: 2 };
    const { bars } = await countedWhole((after) => reader.query('countFrames', { ...question, after, bins }));
    expect(bars?.entries).toEqual([999, 11]);
    const all = { vmcNo: null, before: null, limit: 10 };
    expect(await reader.query('faults', { ...all, activeOnly: false })).toEqual([]);
    expect(await reader.query('orders', all)).toEqual([]);
    expect(await reader.query('findOrders', { text: 'A', limit: 5 })).toEqual([]);
    expect(await reader.query('commands', all)).toEqual([]);
    expect(await reader.query('marks', null)).toEqual([]);
  });

  it('is answered while the recording thread is busy, with everything that thread has reported', async () => {
    const owner = new Owner(folder('journal.sqlite'));
    const reader = await owner.connected();
    // More than one batch.
    await owner.add(entries(1, 12_000));
    const release = owner.block();
    ends.push(release);
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 12_000 });
    expect(await reader.query('entry', { id: 12_000 })).toMatchObject({ id: 12_000 });
    const reported = owner.add(entries(12_001, 12_001));
    // The recording thread has not come to them.
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 12_000 });
    release();
    await reported;
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 12_001 });
  });

  it('is answered in the order of its questions', async () => {
    const owner = new Owner(folder('journal.sqlite'));
    const reader = await owner.connected();
    await owner.add(entries(1, 200));
    const order: number[] = [];
    const asked = Array.from({ length: 100 }, (_, i) => i + 1);
    await Promise.all(
      asked.map(async (id) => {
        const found = await reader.query('entry', { id });
        expect(found?.id).toBe(id);
        order.push(id);
      }),
    );
    expect(order).toEqual(asked);
  });

  it('changes nothing: a call that writes is refused', async () => {
    const owner = new Owner(folder('journal.sqlite'));
    const reader = await owner.connected();
    await owner.add(entries(1, 10));
    const retain = reader.query('retain' as 'marks', { before: Infinity, bytes: 0 } as unknown as null);
    await expect(retain).rejects.toThrow('not a function');
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 10 });
  });

  it('finds a damaged file: it is set aside once, and every question is answered from the new one', async () => {
    const file = folder('journal.sqlite');
    const first = new Owner(file);
    await first.connected();
    const peer = {
      remoteAddress: '192.0.2.7',
      remotePort: 4_000,
      localAddress: '192.0.2.1',
      localPort: 3_380,
    };
    await first.add([{ id: 1, at: 1, conn: 1, vmcNo: null, kind: 'opened', peer }, ...entries(2, 6_000)]);
    await ends.pop()?.();
    const pageSize = 8_192;
    const pages = Math.floor(statSync(file).size / pageSize);
    const from = Math.floor(pages * 0.3);
    const handle = openSync(file, 'r+');
    const junk = Buffer.alloc((Math.floor(pages * 0.8) - from) * pageSize, 0xa5);
    writeSync(handle, junk, 0, junk.length, from * pageSize);
    closeSync(handle);

    const owner = new Owner(file);
    const reader = await owner.connected();
    const filter = { ...everyFrame, text: 'nowhere OR hb' };
    /** The very last page: queries that exceed their time continue in the next one. */
    const lastPage = async (after = 0): Promise<FramePage> => {
      const page = await reader.query('frames', { ...question, filter, place: { after }, limit: 10_000 });
      return page.next === null ? page : lastPage(page.next);
    };
    const answers = await Promise.all(Array.from({ length: 4 }, () => lastPage()));
    expect(answers).toEqual(Array.from({ length: 4 }, () => ({ rows: [], next: null })));
    const copies = readdirSync(join(file, '..')).filter((name) =>
      /^journal\.damaged-[^.]+\.sqlite$/.test(name),
    );
    expect(copies.length).toBe(1);
    await until(() => owner.states.length > 1);
    expect(owner.states.at(-1)).toEqual({
      status: 'open',
      aside: { file: join(file, '..', copies[0] ?? ''), why: 'damaged' },
    });
    await owner.add([entry(6_001)]);
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 1 });
  });

  it('a thread that dies: questions fail instead of waiting, and a new port works when it was started again', async () => {
    const place = folder();
    const died = join(place, 'died');
    const dying = join(bundles.directory, 'dying.mjs');
    writeFileSync(
      dying,
      `import { existsSync, writeFileSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       const on = parentPort.on.bind(parentPort);
       let connected = 0;
       parentPort.on = (what, heard) => on(what, (message) => {
         if (message.name === 'connect' && !existsSync(${JSON.stringify(died)}))
           message.args.port.on('message', ({ name }) => {
             if (name !== 'marks') return;
             writeFileSync(${JSON.stringify(died)}, '');
             process.exit(3);
           });
         heard(message);
       });
       await import('./journalWorker.js');`,
    );
    const owner = new Owner(join(place, 'journal.sqlite'), dying);
    const reader = await owner.connected();
    await owner.add(entries(1, 20));
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 20 });
    await expect(reader.query('marks', null)).rejects.toThrow('the other end closed');
    await expect(reader.query('journalSize', undefined)).rejects.toThrow('the other end closed');
    await owner.add(entries(21, 30));
    await until(() => owner.ports === 2);
    expect(owner.errors).toEqual(['the thread ended with code 3']);
    await until(() => owner.states.at(-1)?.status === 'open');
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 30 });
  });

  it('a thread that dies with a reported batch: the answer of the next thread includes the batch', async () => {
    const place = folder();
    const died = join(place, 'died');
    const dying = join(bundles.directory, 'dyingAtBatch.mjs');
    writeFileSync(
      dying,
      `import { existsSync, writeFileSync } from 'node:fs';
       import { parentPort } from 'node:worker_threads';
       const on = parentPort.on.bind(parentPort);
       parentPort.on = (what, heard) => on(what, (message) => {
         if (message.name === 'append' && message.args.number === 2 && !existsSync(${JSON.stringify(died)})) {
           writeFileSync(${JSON.stringify(died)}, '');
           process.exit(3);
         }
         heard(message);
       });
       await import('./journalWorker.js');`,
    );
    const owner = new Owner(join(place, 'journal.sqlite'), dying);
    const reader = await owner.connected();
    await owner.add(entries(1, 10));
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 10 });
    // The first of them kills the thread.
    await owner.add(entries(11, 20));
    await owner.add(entries(21, 30));
    await until(() => owner.ports === 2);
    await owner.add(entries(31, 40));
    await until(() => owner.states.at(-1)?.status === 'open');
    expect(await reader.query('journalSize', undefined)).toMatchObject({ entries: 40 });
  });
});
