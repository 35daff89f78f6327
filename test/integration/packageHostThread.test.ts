/** The package host in its thread, bundled as the app bundles it. */
import { createHash, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect as connectTo } from 'node:net';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Crowd, ListenerState } from '#shared/model/listener';
import type { ControlNotice, Rates, Transfer, Visit } from '#shared/model/upgrade';
import { PackageHostClient } from '../../src/main/packages/host/hostClient';
import type { OfferCalls, OfferEvents } from '../../src/main/packages/host/hostCalls';
import { Callable } from '../../src/main/lib/threads/callable';
import { appBundles, loadedScripts, type Bundles } from '../builders/bundles';
import { ownPort } from '../builders/ports';
import { pkg } from '../builders/rows';
import { useFolder } from '../builders/useFolder';

const here = '127.0.0.1';
const bytes = randomBytes(24 * 1_048_576);
const added = pkg({
  id: createHash('sha256').update(bytes).digest('hex'),
  fileName: 'vendui_3.2.1.zip',
  size: bytes.length,
  version: '3.2.1',
});
const offer = { id: 17, vmcNo: 33_232, packageId: added.id };
const path = `/u/33232/17/${added.fileName}`;

const folder = useFolder('all');
let workerFile = '';
/** A thread ends as soon as this file exists. */
let deadly = '';
let bundles: Bundles;

let host: PackageHostClient;
let transfers: Transfer[] = [];
let notices: ControlNotice[] = [];
let server: Callable<OfferCalls, OfferEvents>;
/** Transfers reported to the machine server. */
let heard: Transfer[] = [];
let crowds: Crowd[] = [];
let deaths: string[] = [];
let states: ListenerState[] = [];
let visits: readonly Visit[] = [];
let offered = 0;
let rates: Rates = { all: null, machine: null };

beforeAll(async () => {
  await writeFile(folder('package.zip'), bytes);
  bundles = appBundles();
  const built = join(bundles.directory, 'packageHostWorker.js');
  deadly = folder('deadly');
  workerFile = folder('mortal.mjs');
  await writeFile(
    workerFile,
    `import { existsSync, rmSync } from 'node:fs';
    import ${JSON.stringify(built)};
    setInterval(() => {
      if (!existsSync(${JSON.stringify(deadly)})) return;
      rmSync(${JSON.stringify(deadly)});
      throw new Error('a bug');
    }, 10).unref();`,
  );
});
afterAll(() => {
  bundles.remove();
});

beforeEach(() => {
  [transfers, heard, notices, crowds, deaths, states] = [[], [], [], [], [], []];
  visits = [];
  offered = 0;
  rates = { all: null, machine: null };
  host = new PackageHostClient({
    workerFile,
    now: Date.now,
    rates: () => rates,
    onTransfer: (transfer) => transfers.push(transfer),
    files: '',
    onUpload: () => undefined,
    onLooked: () => undefined,
    onCrowded: (crowd) => crowds.push(crowd),
    onVisits: (next) => (visits = next),
    onOffered: () => (offered += 1),
    onRestart: () => connect(),
    onDeath: ({ message }, isFinal) => deaths.push(isFinal ? `${message}, final` : message),
  });
  host.onState((_which, state) => states.push(state));
  host.setPackages([{ pkg: added, file: folder('package.zip') }]);
  connect();
  server.notify('offer', offer);
});
afterEach(() => host.stop());

/** The connection to the machine server, as in the app. */
function connect(): void {
  const { port1, port2 } = new MessageChannel();
  host.connect(port1);
  server = new Callable<OfferCalls, OfferEvents>(port2, {
    on: {
      transfer: (transfer) => heard.push(transfer),
      notice: (notice) => notices.push(notice),
      upload: () => undefined,
    },
  });
}

const until = async (holds: () => boolean) => {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 500) throw new Error('it did not come');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
};
async function listen(): Promise<number> {
  const state = await host.listen('updates', here, await ownPort());
  if (state.status !== 'listening') throw new Error(state.status);
  return state.port;
}
const get = (port: number, wanted = path) => fetch(`http://${here}:${port}${wanted}`);
async function die(): Promise<void> {
  const before = deaths.length;
  await writeFile(deadly, '');
  await until(() => deaths.length > before);
}

describe('the package host in its thread', () => {
  test('does not load the schema library, which halves the speed of downloads', () => {
    const scripts = loadedScripts(bundles.directory, 'packageHostWorker.js');
    expect(scripts.length).toBeGreaterThan(5);
    expect(scripts.filter((text) => text.includes('node_modules/zod'))).toHaveLength(0);
  });

  test('listens, serves, counts and passes notices on', async () => {
    const port = await listen();
    expect(host.state('updates')).toMatchObject({ status: 'listening', host: here, port });
    const answer = await get(port);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    await until(() => transfers.some(({ complete }) => complete === true));
    // They arrive on two ports.
    await expect.poll(() => heard).toEqual(transfers);
    expect(transfers.at(-1)).toMatchObject({ offer: 17, vmcNo: 33_232, what: 'package', sent: bytes.length });
  });

  test('receives notices at an address of their own, until the setting is off', async () => {
    const port = await listen();
    const state = await host.listen('notices', here, 0);
    const its = state.status === 'listening' ? state.port : 0;
    const notice = '/api/control/notify?vmc=33232&sessionId=5&status=1';
    expect((await get(port, notice)).status).toBe(404);
    expect((await get(its, path)).status).toBe(404);
    expect(await (await get(its, notice)).text()).toBe('ok');
    await until(() => notices.length === 1);
    expect(notices[0]).toMatchObject({ vmcNo: 33_232, sessionId: '5', done: true });
    expect(await host.off('notices')).toEqual({ status: 'off' });
    await expect(get(its, notice)).rejects.toThrow('fetch failed');
    expect(host.state('updates')).toMatchObject({ status: 'listening', port });
  });

  test('reports why it can not listen, and returns to the earlier address', async () => {
    const port = await listen();
    const other = new PackageHostClient({
      workerFile,
      now: Date.now,
      rates: () => rates,
      onTransfer: () => undefined,
      files: '',
      onUpload: () => undefined,
      onLooked: () => undefined,
      onCrowded: () => undefined,
      onVisits: () => undefined,
      onOffered: () => undefined,
      onRestart: () => undefined,
      onDeath: () => undefined,
    });
    expect(await other.listen('updates', here, port)).toMatchObject({
      status: 'failed',
      reason: 'inUse',
      port,
    });
    const free = await other.listen('updates', here, await ownPort());
    expect(free.status).toBe('listening');
    expect(await other.listen('updates', here, port)).toMatchObject({ status: 'failed' });
    expect(other.state('updates')).toMatchObject({
      status: 'listening',
      port: 'port' in free ? free.port : 0,
    });
    await other.stop();
    expect(other.state('updates')).toEqual({ status: 'off' });
    expect(await other.retry('updates')).toEqual({ status: 'off' });
  });

  test('a package that is taken out is not served any more', async () => {
    const port = await listen();
    host.setPackages([]);
    expect(await (await get(port)).text()).toContain('removed from the library');
  });

  test('dies: downloads end, it returns on the same port with all its offers', async () => {
    const port = await listen();
    const socket = connectTo(port, here, () => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${here}\r\n\r\n`));
    socket.on('error', () => undefined);
    socket.pause();
    await until(() => transfers.length > 0);
    await die();
    socket.destroy();
    expect(deaths).toEqual(['a bug']);
    expect(transfers.at(-1)).toMatchObject({ complete: false, offer: 17 });
    await host.retry('updates');
    expect(host.state('updates')).toMatchObject({ status: 'listening', port });
    await until(() => heard.at(-1)?.complete === false);
    const answer = await get(port);
    expect((await answer.arrayBuffer()).byteLength).toBe(bytes.length);
  });

  test('dies three times: that is reported, and it can be tried again', async () => {
    const port = await listen();
    // The offer arrives on its own port: once it is there, the host serves it.
    await expect.poll(async () => (await get(port, '/u/33232/17/update.xml')).status).toBe(200);
    for (const _ of [1, 2, 3]) {
      await until(() => host.state('updates').status === 'listening');
      await die();
    }
    expect(deaths).toEqual(['a bug', 'a bug', 'a bug, final']);
    expect(host.state('updates')).toMatchObject({ status: 'failed', port, reason: 'other', detail: 'a bug' });
    expect(await host.retry('updates')).toMatchObject({ status: 'listening', port });
    expect((await get(port, '/u/33232/17/update.xml')).status).toBe(200);
  });

  test('reports refused clients, not more than once a second', async () => {
    const port = await listen();
    const began = performance.now();
    const sockets = Array.from({ length: 1_003 }, () => connectTo(port, here).on('error', () => undefined));
    await until(() => crowds.at(-1)?.turnedAway === 3);
    expect(crowds.at(-1)).toMatchObject({ places: 1_000, address: here, held: 1_000 });
    expect(crowds.length).toBeLessThan(3 + (performance.now() - began) / 1_000);
    expect((await get(port, '/u/33232/17/update.xml')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  test('reports clients whose requests no upgrade explains, until the list is cleared', async () => {
    const port = await listen();
    for (const _ of [1, 2]) expect((await get(port, '/admin')).status).toBe(404);
    await until(() => visits[0]?.count === 2);
    expect(visits).toMatchObject([{ address: here, asked: 'GET /admin', status: 404, count: 2 }]);
    host.clearVisits();
    expect(visits).toEqual([]);
    await get(port, '/other');
    await until(() => visits.length > 0);
    expect(visits.map(({ asked, count }) => [asked, count])).toEqual([['GET /other', 1]]);
  });

  test('downloads from itself: whether it answers, or another program, and how', async () => {
    expect(await host.testDownload(here)).toBeNull();
    const port = await listen();
    expect(await host.testDownload(here)).toMatchObject({ host: here, port, problem: null, detail: '' });
    // The test is not reported as a visit, and the host answers once.
    expect([visits, offered]).toEqual([[], 1]);
    expect(await host.testDownload('127.0.0.2')).toMatchObject({
      problem: 'notBound',
      detail: 'ECONNREFUSED',
    });
    const other = createServer((_request, response) => response.setHeader('Server', 'other').end('hello'));
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.2', resolve));
    expect(await host.testDownload('127.0.0.2')).toMatchObject({
      problem: 'otherServer',
      detail: 'HTTP 200 other',
    });
    await new Promise((resolve) => other.close(resolve));
  });

  test('keeps to the rate, and a running download is released when the limit ends', async () => {
    rates = { all: 50_000, machine: null };
    host.ratesChanged();
    const port = await listen();
    const answer = await get(port);
    const reader = answer.body?.getReader();
    const first = await reader?.read();
    let length = first?.value?.length ?? 0;
    // A single download gets its saved share at once, and no more.
    expect(length).toBeLessThan(100_000);
    rates = { all: null, machine: null };
    host.ratesChanged();
    for (;;) {
      const piece = await reader?.read();
      if (piece?.value === undefined) break;
      length += piece.value.length;
    }
    expect(length).toBe(bytes.length);
  });

  test('is stopped during a download', async () => {
    const port = await listen();
    const socket = connectTo(port, here, () => socket.write(`GET ${path} HTTP/1.1\r\nHost: ${here}\r\n\r\n`));
    socket.on('error', () => undefined);
    socket.pause();
    await until(() => transfers.length > 0);
    const began = performance.now();
    await host.stop();
    // A forced stop would come after two seconds.
    expect(performance.now() - began).toBeLessThan(2_000);
    socket.destroy();
    expect(states.at(-1)).toEqual({ status: 'off' });
    expect((await readFile(folder('package.zip'))).length).toBe(bytes.length);
  });
});
