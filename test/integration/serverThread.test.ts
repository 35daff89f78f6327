/** The server's thread as the main thread holds it: it may die of a bug, and machines are served again. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { live, livePartsOf } from '#shared/contract/live';
import { Feed, type WholeSources } from '../../src/main/ipc/feed';
import { serverService, type ServerService } from '../../src/main/services/server';
import { SettingsStore } from '../../src/main/settings/store';
import { bundle } from '../builders/bundles';
import { decimalFrame, RawClient } from '../builders/server';

let bundles: Awaited<ReturnType<typeof bundle>>;
let folder = '';
let service: ServerService | null = null;
beforeAll(async () => {
  bundles = await bundle({
    serverThread: 'src/main/server/thread.ts',
    journalWorker: 'src/main/journal/worker.ts',
  });
  folder = mkdtempSync(join(tmpdir(), 'crema-thread-'));
});
afterEach(async () => {
  await service?.stop?.();
  service = null;
});
afterAll(() => {
  bundles.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** The real thread, which ends like one with a bug as soon as a file says so, once. */
function mortal(trigger: string): string {
  const script = join(bundles.directory, 'mortal.mjs');
  writeFileSync(
    script,
    `import { existsSync, rmSync } from 'node:fs';
     await import('./serverThread.mjs');
     setInterval(() => {
       if (!existsSync(${JSON.stringify(trigger)})) return;
       rmSync(${JSON.stringify(trigger)});
       process.exit(7);
     }, 20).unref();`,
  );
  return script;
}

const noKeyStore = { available: () => false, encrypt: String, decrypt: String };
const login = '{"cmd":"login","vmc_no":33232,"version":"1.2.8.8","linuxDriverVersion":"1.3"}';

async function logIn(port: number): Promise<RawClient> {
  const client = await RawClient.open(port);
  client.send(decimalFrame(login));
  await client.until(() => client.received.includes('login_r'), 10_000);
  return client;
}

it('a thread that dies is told of and started again, on the same port and with all that was recorded', async () => {
  const trigger = join(folder, 'die');
  const problems: string[] = [];
  const feed = new Feed();
  const store = new SettingsStore(folder, noKeyStore);
  service = serverService({
    worker: mortal(trigger),
    journalWorker: join(bundles.directory, 'journalWorker.mjs'),
    journal: join(folder, 'journal.sqlite'),
    store,
    facts: () => ({ packages: [], updates: { status: 'off' }, virtualPorts: new Set() }),
    feed,
    now: Date.now,
    line: () => undefined,
    problem: (detail) => void problems.push(detail),
    connectHost: () => undefined,
  });
  const nothing = livePartsOf('whole').map((part) => [part, () => live[part].initial]);
  feed.open({ ...(Object.fromEntries(nothing) as WholeSources), ...service.live }, () => undefined);
  await service.start?.();
  const state = await service.listen('127.0.0.1', 0);
  if (state.status !== 'listening') throw new Error(state.status);
  const first = await logIn(state.port);
  await service.call('flush', undefined);

  writeFileSync(trigger, '');
  await expect.poll(() => problems.length, { timeout: 10_000 }).toBe(1);
  expect(problems[0]).toMatch(/the machine server stopped: .*; it is started again/);
  await first.until(() => first.closed);
  // The port is listened on again once the new thread has read the journal.
  const isServed = async (): Promise<boolean> => {
    try {
      (await RawClient.open(state.port)).socket.destroy();
      return true;
    } catch {
      return false;
    }
  };
  await expect.poll(isServed, { timeout: 10_000 }).toBe(true);
  await logIn(state.port);
  const { machines } = await service.call('snapshot', undefined);
  expect(machines).toMatchObject([{ vmcNo: 33232, online: true }]);
  const known = await service.call('machine', { vmcNo: 33232 });
  expect(known?.connections).toBe(2);
  const page = await service.journal()?.query('frames', {
    filter: { vmcNo: 33232, dir: 'in', cmd: 'login', text: '' },
    place: { before: null },
    limit: 10,
    now: Date.now(),
    names: {},
  });
  expect(page?.entries).toHaveLength(2);
});
