/** The server without a window, as a process of its own: `npm run serve`. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { lockFolder } from '../../src/main/lib/files/folderLock';
import { givingWay } from '../../src/main/lib/threads/priority';
import { appBundles, type Bundles } from '../builders/bundles';
import { newFolder } from '../builders/folders';
import { openStore } from '../builders/journal';
import { freePorts, Served } from '../builders/served';
import { decimalFrame, RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const folder = useFolder('all');
const running: Served[] = [];

beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const one of running.splice(0)) await one.end('SIGKILL');
});
afterAll(() => {
  bundles.remove();
});

function serve(...switches: readonly string[]): Served {
  const served = new Served(bundles.directory, switches);
  running.push(served);
  return served;
}

/** Listens on so many consecutive ports. */
async function holdNeighbours(count: number): Promise<readonly [number, readonly Server[]]> {
  const listening = (port: number): Promise<Server | null> =>
    new Promise((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(null));
      server.listen({ port, host: '127.0.0.1' }, () => resolve(server));
    });
  for (let first = 20_000; first < 60_000; first += count) {
    const holders: Server[] = [];
    for (let port = first; port < first + count; port += 1) {
      const holder = await listening(port);
      if (holder !== null) holders.push(holder);
    }
    if (holders.length === count) return [first, holders];
    for (const holder of holders) holder.close();
  }
  throw new Error('no ports in a row');
}

const isLinux = process.platform === 'linux';
/** Threads of a process with normal priority, as Linux lists them. */
function goingFirst(pid: number): number {
  const goesFirst = (thread: number): boolean => {
    try {
      return getPriority(thread) < givingWay;
    } catch {
      // The thread has ended since it was listed.
      return false;
    }
  };
  return isLinux ? readdirSync(`/proc/${pid}/task`).map(Number).filter(goesFirst).length : 0;
}
const login = '{"cmd":"login","vmc_no":33232,"version":"1.2.8.8","linuxDriverVersion":"1.3"}';

describe('the server without a window', () => {
  it('runs its other threads at low priority, shares its folder with no other, and leaves nothing after a kill', async () => {
    const data = folder('killed');
    const temporary = newFolder(folder());
    for (const name of ['TMPDIR', 'TEMP', 'TMP']) vi.stubEnv(name, temporary);
    const first = serve(...freePorts, `--data-dir=${data}`);
    vi.unstubAllEnvs();
    await first.port();
    // A thread started by the server's thread lowers its priority as soon as its program runs.
    await expect.poll(() => goingFirst(first.pid)).toBe(isLinux ? 1 : 0);
    expect(isLinux ? getPriority(first.pid) : givingWay).toBe(givingWay);
    const second = serve(...freePorts, `--data-dir=${data}`);
    expect(await second.ended).toBe(1);
    expect(second.text).toContain('another process, perhaps another Crema, uses the data folder');
    await first.end('SIGKILL');
    expect(readdirSync(temporary)).toEqual([]);
    // It leaves no lock behind.
    const lock = lockFolder(data);
    expect(lock).not.toBeNull();
    lock?.release();
  });

  it('answers machines, stops cleanly at SIGTERM, has its log from any start folder, and a complete record', async () => {
    const elsewhere = newFolder(folder());
    const data = join(elsewhere, 'data');
    const served = new Served(bundles.directory, [...freePorts, `--data-dir=${data}`], elsewhere);
    running.push(served);
    const port = await served.port();
    const client = await RawClient.open(port);
    client.send(decimalFrame(login));
    await client.until(() => client.received.includes('login_r'));
    client.received = Buffer.alloc(0);
    client.send(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
    await client.expects(decimalFrame('{"cmd":"hb","vmc_no":33232}'));
    expect(await served.end('SIGTERM')).toBe(0);
    expect(served.text).toContain('ended');
    expect(served.text).not.toContain('crema: ');
    expect(readFileSync(join(data, 'logs', 'crema.log'), 'utf8')).toContain(`listening on 127.0.0.1:${port}`);
    const store = openStore(join(data, 'journal.sqlite'));
    const entries = store.entriesAfter(0, 100);
    store.close();
    expect(
      entries.map((entry) => (entry.kind === 'frame' ? `${entry.dir} ${entry.cmd}` : entry.kind)),
    ).toEqual(['opened', 'in login', 'out login_r', 'in hb', 'out hb', 'closed']);
  });

  it('two ports in use: it suggests two different free ports', async () => {
    const [first, holders] = await holdNeighbours(4);
    try {
      // Two consecutive ports, with the next two free.
      for (const holder of holders.slice(2)) holder.close();
      const served = serve(
        `--machine-listen=127.0.0.1:${first}`,
        `--update-listen=127.0.0.1:${first + 1}`,
        `--data-dir=${folder()}`,
      );
      await expect.poll(() => served.text).toMatch(/updates: port .* is free/);
      expect(served.text).toMatch(new RegExp(`machines: port ${first} .* port ${first + 2} is free`));
      expect(served.text).toMatch(new RegExp(`updates: port ${first + 1} .* port ${first + 3} is free`));
    } finally {
      for (const holder of holders) holder.close();
    }
  });

  it('one port in use: the free one it names is not the one at which it is about to listen for packages', async () => {
    const [first, holders] = await holdNeighbours(3);
    try {
      for (const holder of holders.slice(1)) holder.close();
      const served = serve(
        `--machine-listen=127.0.0.1:${first}`,
        `--update-listen=127.0.0.1:${first + 1}`,
        `--data-dir=${folder()}`,
      );
      await expect.poll(() => served.text).toContain('updates: listening on');
      expect(served.text).toMatch(new RegExp(`machines: port ${first} .* port ${first + 2} is free`));
      expect(served.text).toContain(`updates: listening on 127.0.0.1:${first + 1}\n`);
    } finally {
      for (const holder of holders) holder.close();
    }
  });

  it('a wrong switch is refused with a sentence and code 2, and --help names the program', async () => {
    const wrong = serve('--machine-listen', 'nowhere');
    expect(await wrong.ended).toBe(2);
    expect(wrong.text).toContain('--machine-listen takes HOST:PORT');
    const help = serve('--help');
    expect(await help.ended).toBe(0);
    expect(help.text).toContain('npm run serve');
    expect(help.text).not.toContain('--lang');
  });
});
