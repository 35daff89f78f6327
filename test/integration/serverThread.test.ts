/** The server's thread as seen by the main thread: it may die of a bug, and machines are served again. */
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { FrameFilter } from '#shared/filter/frames';
import { appBundles, type Bundles } from '../builders/bundles';
import { ownPort } from '../builders/ports';
import { decimalFrame, RawClient } from '../builders/server';
import { heldJournal, ServedMachines, type ServedParts } from '../builders/serverService';

let bundles: Bundles;
const served: ServedMachines[] = [];
beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const one of served.splice(0)) await one.remove();
});
afterAll(() => bundles.remove());

/** Not started. */
function prepared(parts: Omit<ServedParts, 'bundles'> = {}): ServedMachines {
  const one = new ServedMachines({ bundles: bundles.directory, ...parts });
  served.push(one);
  return one;
}

async function begin(parts?: Omit<ServedParts, 'bundles'>): Promise<ServedMachines> {
  const one = prepared(parts);
  await one.service.start?.();
  return one;
}

const anything = { vmcNo: null, dir: null, cmd: null, text: '' };
const wholePage = { filter: anything, place: { before: null }, limit: 200, names: {}, ownErrors: {} };
/** Every frame is searched for it. */
const rare = { ...wholePage, filter: { ...anything, text: '"nobody says it"' } };
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
  const port = await begun.listen();
  const first = await logIn(port);
  await asked.call('flush', undefined);
  await expect.poll(() => window.machines.at(-1)?.online).toBe(true);
  const last = Date.now();
  const page = async (filter: Partial<FrameFilter>, limit = 10) =>
    (
      await asked
        .journal()
        ?.query('frames', { ...wholePage, filter: { ...anything, ...filter }, limit, now: Date.now() })
    )?.rows;

  await begun.die();
  expect(problems[0]).toMatch(/the machine server stopped: .*; it is started again/);
  expect(deaths).toEqual(['server again']);
  // Requests wait for the new thread, and windows learn the state of its machines.
  expect(await asked.call('machine', { vmcNo: 33232 })).toMatchObject({ link: { status: 'offline' } });
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
  await expect.poll(() => begun.feed.rows('machines')).toMatchObject([{ vmcNo: 33232, online: true }]);
  const known = await asked.call('machine', { vmcNo: 33232 });
  expect(known?.connections).toBe(2);
  expect(await page({ vmcNo: 33232, dir: 'in', cmd: 'login' })).toHaveLength(2);
});

it('after its death no machine is shown as served, also while the next start is slow', async () => {
  const { journalWorker, hold, release } = heldJournal(bundles.directory);
  const begun = await begin({ journalWorker });
  const port = await begun.listen();
  await logIn(port);
  await expect.poll(() => begun.feed.rows('machines')).toMatchObject([{ vmcNo: 33232, online: true }]);
  hold();
  await begun.die();
  const shown = { machines: begun.feed.rows('machines'), listener: begun.service.listener() };
  release();
  expect(shown).toMatchObject({
    machines: [{ vmcNo: 33232, online: false, gone: 'serverStopped' }],
    listener: { status: 'failed', port, reason: 'other' },
  });
  await expect.poll(() => begun.service.listener()).toMatchObject({ status: 'listening', port });
});

it('a restarted thread gets the facts that the dead one had', async () => {
  const begun = await begin();
  const { service: asked } = begun;
  const port = await begun.listen();
  // Every possible port of the client.
  await asked.learn({ virtualPorts: new Set(Array.from({ length: 65_536 }, (_, one) => one)) });
  await begun.die();
  await asked.call('journalReport', undefined);
  await logIn(port);
  const virtual = { vmcNo: 33232, online: true, virtual: true };
  await expect.poll(() => begun.feed.rows('machines')).toMatchObject([virtual]);
});

it('its journal is closed before its end: otherwise the process would crash', async () => {
  const begun = await begin();
  const { service: asked } = begun;
  const client = await logIn(await begun.listen());
  for (let sent = 0; sent < 400; sent += 1) client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  const ask = async (what = wholePage): Promise<number> =>
    (await asked.journal()?.query('frames', { ...what, now: Date.now() }))?.rows.length ?? 0;
  await expect.poll(() => ask()).toBe(wholePage.limit);
  const answers = Promise.allSettled(Array.from({ length: 40 }, () => ask(rare)));
  await begun.die();
  // The answered ones depend on the time of its death; none is waited for.
  expect(await answers).toHaveLength(40);
  await asked.call('journalReport', undefined);
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
  const { service: asked, window } = begun;
  const port = await begun.listen();
  await logIn(port);
  // Entries not yet written by the journal die with the thread, and so do the machines announced in them.
  await asked.call('flush', undefined);
  await expect.poll(() => window.machines.at(-1)?.online).toBe(true);
  for (const nr of [1, 2, 3]) {
    await begun.die();
    if (nr < 3) await asked.call('journalReport', undefined);
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
  expect(begun.feed.rows('machines')).toMatchObject([{ vmcNo: 33232, online: false }]);
  // Closing the last window calls this, and must not wait for anything.
  expect(await asked.refused()).toBe(0);
  expect(await asked.retryListen()).toMatchObject({ status: 'listening', port });
  await logIn(port);
  await expect.poll(() => begun.feed.rows('machines')).toMatchObject([{ vmcNo: 33232, online: true }]);
});

it('a thread that hangs is not waited for at the end', async () => {
  const begun = await begin({ how: 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);' });
  await begun.listen();
  begun.trigger();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(await begun.service.refused()).toBe(0);
  const from = performance.now();
  await begun.stop();
  expect(performance.now() - from).toBeLessThan(5_000);
  expect(begun.problems).toEqual(['Error: the thread does not answer']);
});

// Before it dies, as it dies, and while the next one is started.
it.each([0, 20, 40])('a thread that dies while it is stopped is not started again (%i ms)', async (ms) => {
  const begun = await begin();
  const port = await begun.listen();
  begun.trigger();
  await new Promise((resolve) => setTimeout(resolve, ms));
  await begun.stop();
  await expect(RawClient.open(port)).rejects.toThrow('ECONNREFUSED');
});

it('a journal that opens late answers questions then', async () => {
  const begun = prepared();
  mkdirSync(begun.journal);
  await begun.service.start?.();
  expect(begun.service.journal()).toBeNull();
  rmSync(begun.journal, { recursive: true });
  await expect.poll(() => begun.service.journal()).not.toBeNull();
  expect(await begun.service.journal()?.query('marks', null)).toEqual([]);
});
