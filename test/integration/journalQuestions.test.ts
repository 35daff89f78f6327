/** A window's questions about the journal: they do not wait for a busy machines thread, and miss nothing that the window shows. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import type { FramePage } from '#shared/model/frame';
import { framesService } from '../../src/main/desktop/services/frames';
import { sourcesService } from '../../src/main/desktop/services/sources';
import { addLive, emptyLog, showPage } from '../../src/renderer/src/store/frames';
import { appBundles, type Bundles } from '../builders/bundles';
import { logIn } from '../builders/room';
import { decimalFrame, RawClient } from '../builders/server';
import { ServedMachines, type ServedParts } from '../builders/serverService';

let bundles: Bundles;
const ends: (() => unknown)[] = [];
beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(() => bundles.remove());

/** A journal that takes every batch late, so that a question usually arrives before its batch. */
function lateJournal(): string {
  const script = join(bundles.directory, 'late.mjs');
  writeFileSync(
    script,
    `import { parentPort } from 'node:worker_threads';
     const on = parentPort.on.bind(parentPort);
     parentPort.on = (what, heard) => on(what, (message) => {
       if (message.name === 'append') setTimeout(() => heard(message), 100);
       else heard(message);
     });
     await import('./journalWorker.js');`,
  );
  return script;
}

async function begin(parts: Partial<ServedParts> = {}): Promise<ServedMachines> {
  const served = new ServedMachines({ bundles: bundles.directory, ...parts });
  ends.push(() => served.remove());
  await served.service.start?.();
  return served;
}

/** The numbers of all matching entries, newest first. */
async function ask({ service }: ServedMachines, filter: Partial<FrameFilter>): Promise<readonly number[]> {
  const question = {
    filter: { ...everyFrame, ...filter },
    now: Date.now(),
    names: {},
    ownErrors: {},
    limit: 1_000,
  };
  const ids: number[] = [];
  let before: number | null = null;
  do {
    const page: FramePage | undefined = await service
      .journal()
      ?.query('frames', { ...question, place: { before } });
    ids.push(...(page?.rows.map(({ id }) => id) ?? []));
    before = page?.next ?? null;
  } while (before !== null);
  return ids;
}

it('a busy machines thread delays no answer, and the answer holds what the window shows', async () => {
  const idle = join(bundles.directory, 'idle');
  const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)';
  const served = await begin({ how: `while (!existsSync(${JSON.stringify(idle)})) ${wait};` });
  ends.push(() => writeFileSync(idle, ''));
  const { window } = served;
  const client = await RawClient.open(await served.listen());
  await logIn(client);
  await expect.poll(() => window.machines.at(-1)?.online).toBe(true);
  served.trigger();
  await expect.poll(() => existsSync(served.triggerFile)).toBe(false);

  client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
  expect(await ask(served, { cmd: 'login' })).toHaveLength(1);
  expect(await served.service.journal()?.query('orderCounts', { since: 0 })).toBeDefined();
  // The thread is still busy: it has not answered.
  expect(client.received.includes('"hb"')).toBe(false);
});

it('an answer never misses what the window was shown before, also after the thread was started again', async () => {
  const served = await begin({ journalWorker: lateJournal() });
  const { window, service } = served;
  const answers = new Map<number, Promise<readonly number[]>>();
  window.onBatch = ({ machines }) => {
    for (const { vmcNo, online } of machines?.rows ?? [])
      if (online && !answers.has(vmcNo)) answers.set(vmcNo, ask(served, { vmcNo, dir: 'in', cmd: 'login' }));
  };
  const port = await served.listen();
  const arrive = async (...vmcNos: readonly number[]): Promise<void> => {
    for (const vmcNo of vmcNos) {
      await logIn(await RawClient.open(port), vmcNo);
      await expect.poll(() => answers.has(vmcNo)).toBe(true);
    }
  };
  await arrive(1, 2, 3);
  // A question dies with the thread.
  await Promise.all(answers.values());
  await served.die();
  await service.call('journalReport', undefined);
  await expect.poll(() => service.listener().status).toBe('listening');
  await arrive(4, 5, 6);
  const found = await Promise.all([...answers].map(async ([vmcNo, ids]) => [vmcNo, (await ids).length]));
  expect(found).toEqual([1, 2, 3, 4, 5, 6].map((vmcNo) => [vmcNo, 1]));
});

it('a result of the machines thread is in the next answer', async () => {
  const served = await begin({ journalWorker: lateJournal() });
  const client = await RawClient.open(await served.listen());
  await logIn(client);
  const { service } = served;
  const sender = { windowId: 1, screen: '', capture: null };
  const content = { as: 'text', text: '{"cmd":"statusquery"}', head: 'machine' } as const;
  for (const count of [1, 2, 3]) {
    const { id } = await service.requests.sendFrame({ vmcNo: 33232, content, anyway: true }, sender);
    const ids = await ask(served, { dir: 'out', cmd: 'statusquery' });
    expect(ids).toHaveLength(count);
    expect(ids[0]).toBe(id);
  }
});

it('a followed list and its first page together have every frame, and each once', async () => {
  const served = await begin({ journalWorker: lateJournal() });
  const { service, store, feed, window } = served;
  const sources = sourcesService({ store, feed, server: service, captures: { source: () => null } });
  const { requests } = framesService({ server: service, feed, sources });
  const client = await RawClient.open(await served.listen());
  await logIn(client);
  const beat = decimalFrame('{"cmd":"hb","vmc_no":33232}');
  let sent = 0;
  const sending = setInterval(() => {
    client.send(beat);
    sent += 1;
  }, 2);
  ends.push(() => clearInterval(sending));
  const filter = { ...everyFrame, dir: 'in', cmd: 'hb' } as const;
  for (let token = 1; token <= 5; token += 1) {
    const before = sent;
    await expect.poll(() => sent).toBeGreaterThan(before + 50);
    let log = emptyLog;
    window.onBatch = ({ frames }) => {
      if (frames?.token === token) log = addLive(log, frames.rows, frames.skipped);
    };
    const sender = { windowId: window.id, screen: '', capture: null };
    const page: FramePage | null = await requests.followFrames(
      { token, filter, place: { before: null } },
      sender,
    );
    log = showPage(log, page?.rows ?? [], { next: page?.next ?? null, after: null });
    const shown = (): number => log.rows.length;
    const first = shown();
    await expect.poll(shown).toBeGreaterThan(first + 20);
    const ids = log.rows.map(({ id }) => id);
    const recorded = (await ask(served, filter)).toReversed();
    const from = recorded.indexOf(ids[0] ?? 0);
    expect(ids).toEqual(recorded.slice(from, from + ids.length));
  }
});
