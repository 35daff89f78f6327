/** The server's thread as seen by the main thread: it may die of a bug, and machines are served again. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WebContents } from 'electron';
import type { FeedBatch } from '#shared/contract/feed';
import { live, livePartsOf } from '#shared/contract/live';
import type { FrameFilter } from '#shared/filter/frames';
import { Feed, type WholeSources } from '../../src/main/desktop/ipc/feed';
import { KnownRows } from '../../src/main/desktop/services/knownRows';
import { serverService, type ServerService } from '../../src/main/desktop/services/server';
import { homeOf } from '../../src/main/lib/files/home';
import { openPlainly } from '../../src/main/lib/settings/settingsFile';
import { SettingsStore } from '../../src/main/lib/settings/store';
import { appBundles, type Bundles } from '../builders/bundles';
import { ownPort } from '../builders/ports';
import { decimalFrame, RawClient } from '../builders/server';

let bundles: Bundles;
let folder = '';
let service: ServerService | null = null;
beforeAll(() => {
  bundles = appBundles();
});
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'crema-thread-'));
});
afterEach(async () => {
  await service?.stop?.();
  service = null;
  rmSync(folder, { recursive: true, force: true });
});
afterAll(() => bundles.remove());

/** The real thread, which does this once as soon as a file requests it. */
function mortal(trigger: string, how = 'process.exit(7);'): string {
  const script = join(bundles.directory, 'mortal.mjs');
  writeFileSync(
    script,
    `import { existsSync, rmSync } from 'node:fs';
     await import('./serverThread.js');
     setInterval(() => {
       if (!existsSync(${JSON.stringify(trigger)})) return;
       rmSync(${JSON.stringify(trigger)});
       ${how}
     }, 20).unref();`,
  );
  return script;
}

/** Messages that one window receives. */
class TestWindow {
  readonly id = 1;
  readonly batches: FeedBatch[] = [];
  readonly on = () => this;
  readonly once = () => this;
  readonly isDestroyed = () => false;
  readonly isCrashed = () => false;
  readonly send = (_channel: string, batch: string) => void this.batches.push(JSON.parse(batch) as FeedBatch);

  get machines() {
    return this.batches.flatMap(({ machines }) => machines?.rows ?? []);
  }
}

interface Begun {
  readonly service: ServerService;
  readonly window: TestWindow;
  readonly problems: string[];
  /** Deaths that are logged and shown in the window. */
  readonly deaths: string[];
  /** A query for each time that the journal has become readable. */
  readonly readable: readonly unknown[];
  /** Lets the thread die again. */
  readonly die: () => Promise<void>;
}

async function begin(how?: string): Promise<Begun> {
  const trigger = join(folder, 'die');
  const problems: string[] = [];
  const deaths: string[] = [];
  const readable: unknown[] = [];
  const feed = new Feed();
  const begun: ServerService = serverService({
    worker: mortal(trigger, how),
    journalWorker: join(bundles.directory, 'journalWorker.js'),
    journal: join(folder, 'journal.sqlite'),
    home: homeOf(folder),
    store: new SettingsStore(folder, noKeyStore, openPlainly),
    feed,
    known: new KnownRows(),
    now: Date.now,
    line: () => undefined,
    problem: (detail) => void problems.push(detail),
    died: (what, _reason, again) => void deaths.push(`${what} ${again ? 'again' : 'for good'}`),
    onThread: () => undefined,
    onRunCommands: () => undefined,
    onCommands: () => undefined,
    onFaults: () => undefined,
    onDirectMachine: () => undefined,
    onStart: () => undefined,
    onReadable: () => void readable.push(begun.journal()?.query('marks', null)),
    rescue: () => Promise.resolve(false),
    patience: 300,
  });
  service = begun;
  const nothing = livePartsOf('whole').map((part) => [part, () => live[part].initial]);
  feed.open({ ...(Object.fromEntries(nothing) as WholeSources), ...begun.live }, () => undefined);
  const window = new TestWindow();
  feed.add(window as unknown as WebContents);
  await begun.start?.();
  const die = async (): Promise<void> => {
    const before = problems.length;
    writeFileSync(trigger, '');
    await expect.poll(() => problems.length).toBeGreaterThan(before);
  };
  return { service: begun, window, problems, deaths, readable, die };
}

async function listen({ service: asked }: Begun): Promise<number> {
  const state = await asked.listen('127.0.0.1', await ownPort());
  if (state.status !== 'listening') throw new Error(state.status);
  return state.port;
}

const anything = { vmcNo: null, dir: null, cmd: null, text: '' };
const wholePage = { filter: anything, place: { before: null }, limit: 200, names: {} };
/** Every frame is searched for it. */
const rare = { ...wholePage, filter: { ...anything, text: '"nobody says it"' } };
const noKeyStore = { available: () => false, encrypt: String, decrypt: String };
const login = '{"cmd":"login","vmc_no":33232,"version":"1.2.8.8","linuxDriverVersion":"1.3"}';

async function logIn(port: number): Promise<RawClient> {
  const client = await RawClient.open(port);
  client.send(decimalFrame(login));
  await client.until(() => client.received.includes('login_r'));
  return client;
}

it('a thread that dies is reported and started again, on the same port and with all records', async () => {
  const begun = await begin();
  const { service: asked, problems, deaths, window } = begun;
  const port = await listen(begun);
  const first = await logIn(port);
  await asked.call('flush', undefined);
  await expect.poll(() => window.machines.at(-1)?.online).toBe(true);
  const last = Date.now();
  const page = async (filter: Partial<FrameFilter>, limit = 10) =>
    (
      await asked
        .journal()
        ?.query('frames', { ...wholePage, filter: { ...anything, ...filter }, limit, now: Date.now() })
    )?.entries;

  await begun.die();
  expect(problems[0]).toMatch(/the machine server stopped: .*; it is started again/);
  expect(deaths).toEqual(['server again']);
  // Requests wait for the new thread, and windows learn the state of its machines.
  expect((await asked.snapshot()).machines).toMatchObject([{ vmcNo: 33232, online: false }]);
  await expect.poll(() => window.machines.at(-1)).toMatchObject({ vmcNo: 33232, online: false });
  await first.until(() => first.closed);
  // The journal has the reason for links that ended with the thread.
  const ends = (await page({ vmcNo: 33232 }))?.filter(({ kind }) => kind === 'closed');
  expect(ends).toMatchObject([{ vmcNo: 33232, reason: 'serverStopped' }]);
  // The time of its death, not of the last received frame.
  expect(ends?.[0]?.at).toBeGreaterThanOrEqual(last);
  expect((await asked.call('machine', { vmcNo: 33232 }))?.link).toMatchObject({
    status: 'offline',
    reason: 'serverStopped',
  });

  // The port listens again once the new thread has read the journal.
  const isServed = async (): Promise<boolean> => {
    try {
      (await RawClient.open(port)).socket.destroy();
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(isServed).toBe(true);
  await logIn(port);
  const { machines } = await asked.call('snapshot', undefined);
  expect(machines).toMatchObject([{ vmcNo: 33232, online: true }]);
  const known = await asked.call('machine', { vmcNo: 33232 });
  expect(known?.connections).toBe(2);
  expect(await page({ vmcNo: 33232, dir: 'in', cmd: 'login' })).toHaveLength(2);
});

it('a restarted thread gets the facts that the dead one had', async () => {
  const begun = await begin();
  const { service: asked } = begun;
  const port = await listen(begun);
  // Whatever port the client gets.
  await asked.learn({ virtualPorts: new Set(Array.from({ length: 65_536 }, (_, one) => one)) });
  await begun.die();
  await asked.snapshot();
  await logIn(port);
  expect((await asked.snapshot()).machines).toMatchObject([{ vmcNo: 33232, online: true, virtual: true }]);
});

it('its journal is closed before its end: otherwise the process would crash', async () => {
  const begun = await begin();
  const { service: asked } = begun;
  const client = await logIn(await listen(begun));
  for (let sent = 0; sent < 400; sent += 1) client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  const ask = async (what = wholePage): Promise<number> =>
    (await asked.journal()?.query('frames', { ...what, now: Date.now() }))?.entries.length ?? 0;
  await expect.poll(() => ask()).toBe(wholePage.limit);
  const answers = Promise.allSettled(Array.from({ length: 40 }, () => ask(rare)));
  await begun.die();
  // The answered ones depend on the time of its death; none is waited for.
  expect(await answers).toHaveLength(40);
  await asked.snapshot();
  await expect.poll(() => ask()).toBe(wholePage.limit);
});

it('an address that can not be listened on yet is not forgotten by it', async () => {
  const begun = await begin();
  const port = await ownPort();
  const other = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  expect(await begun.service.listen('127.0.0.1', port)).toMatchObject({ status: 'failed', reason: 'inUse' });
  await new Promise((resolve) => other.close(resolve));
  await begun.die();
  await expect.poll(() => begun.service.listener()).toMatchObject({ status: 'listening', port });
});

it('three deaths in a minute: that is reported, no machine is shown as served, and another try works', async () => {
  const begun = await begin();
  const { service: asked, window, die } = begun;
  const port = await listen(begun);
  await logIn(port);
  // Entries not yet written by the journal die with the thread, and so do the machines announced in them.
  await asked.call('flush', undefined);
  await expect.poll(() => window.machines.at(-1)?.online).toBe(true);
  for (const nr of [1, 2, 3]) {
    await die();
    if (nr < 3) await asked.snapshot();
  }
  expect(begun.problems.at(-1)).toMatch(/the machine server stopped: .*code 7$/);
  expect(begun.deaths).toEqual(['server again', 'server again', 'server for good']);
  expect(asked.listener()).toMatchObject({ status: 'failed', port, reason: 'other' });
  expect(asked.report()).toMatchObject({ status: { status: 'closed' }, isReadable: false });
  await expect.poll(() => window.machines.at(-1)?.online).toBe(false);
  await expect(asked.call('machine', { vmcNo: 33232 })).rejects.toThrow(
    'the machine server stopped (the thread ended with code 7)',
  );
  // A window opened now shows them too.
  expect((await asked.snapshot()).machines).toMatchObject([{ vmcNo: 33232, online: false }]);
  // Closing the last window calls this, and must not wait for anything.
  expect(await asked.refused()).toBe(0);
  expect(await asked.retryListen()).toMatchObject({ status: 'listening', port });
  await logIn(port);
  expect((await asked.snapshot()).machines).toMatchObject([{ vmcNo: 33232, online: true }]);
});

it('a thread that hangs is not waited for at the end', async () => {
  const begun = await begin('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);');
  await listen(begun);
  writeFileSync(join(folder, 'die'), '');
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await begun.service.refused()).toBe(0);
  const from = performance.now();
  await begun.service.stop?.();
  service = null;
  expect(performance.now() - from).toBeLessThan(5_000);
  expect(begun.problems).toEqual(['Error: the thread does not answer']);
});

// Before it dies, as it dies, and while the next one is started.
it.each([0, 20, 40])('a thread that dies while it is stopped is not started again (%i ms)', async (ms) => {
  const begun = await begin();
  const port = await listen(begun);
  writeFileSync(join(folder, 'die'), '');
  await new Promise((resolve) => setTimeout(resolve, ms));
  await begun.service.stop?.();
  service = null;
  await expect(RawClient.open(port)).rejects.toThrow('ECONNREFUSED');
});

it('a journal that opens late is reported: it has marks that nobody knows yet', async () => {
  const file = join(folder, 'journal.sqlite');
  mkdirSync(file);
  const begun = await begin();
  expect(begun.service.journal()).toBeNull();
  expect(begun.readable).toEqual([]);
  rmSync(file, { recursive: true });
  await expect.poll(() => begun.readable.length).toBe(1);
  expect(await begun.readable[0]).toEqual([]);
});
