/** `npm run serve -- --doctor` as a process of its own: its findings, its exit code, and that it changes nothing. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { checkNames, worstOf, type DoctorResult } from '#shared/doctor';
import { doctorChecks } from '#shared/doctorWords';
import { lockFolder } from '../../src/main/lib/files/folderLock';
import { appBundles, type Bundles } from '../builders/bundles';
import { damage, factsOf, makeJournal } from '../builders/doctor';
import { ownPort } from '../builders/ports';
import { Served } from '../builders/served';
import { decimalFrame, RawClient } from '../builders/server';
import { useFolder } from '../builders/useFolder';

let bundles: Bundles;
const folder = useFolder();
const ends: (() => unknown)[] = [];

beforeAll(() => {
  bundles = appBundles();
});
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
afterAll(() => bundles.remove());

const data = (): string => folder('data');
/** Free ports, unless a test sets others. */
const anyPorts = ['--machine-listen=127.0.0.1:0', '--update-listen=127.0.0.1:0'];

interface Run {
  readonly code: number | null;
  readonly out: string;
}
/** Runs the doctor and checks that the folder does not change. */
async function run(...switches: readonly string[]): Promise<Run> {
  const before = factsOf(data());
  const args = ['--doctor', '--data-dir', data(), ...switches];
  const child = spawn(process.execPath, [join(bundles.directory, 'serve.js'), ...args]);
  let out = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (out += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  expect(factsOf(data())).toEqual(before);
  return { code, out };
}

interface Found {
  readonly code: number | null;
  readonly results: readonly (DoctorResult & { readonly says: string })[];
  /** All problems, except for the adapters of the test computer. */
  readonly amiss: readonly string[];
}
async function look(...switches: readonly string[]): Promise<Found> {
  const { code, out } = await run('--json', '--lang=en', ...switches);
  const results = JSON.parse(out) as Found['results'];
  expect(code).toBe(worstOf(results));
  expect([...new Set(results.map(({ check }) => check))]).toEqual(checkNames);
  const amiss = results.filter(({ check, level }) => level !== 'ok' && check !== 'adapters');
  return { code, results, amiss: amiss.map(({ check, level, code: why }) => `${check} ${level} ${why}`) };
}
const sentence = ({ results }: Found, check: string): string =>
  results.find((one) => one.check === check)?.says ?? '';

/** Mounts a disk at the data folder. */
function mount(context: TestContext, options: string): void {
  mkdirSync(data(), { recursive: true });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'none', data()], { stdio: 'ignore' });
  } catch {
    context.skip('a disk can be mounted by root on Linux only');
  }
  ends.push(() => execFileSync('umount', [data()]));
}

async function held(): Promise<number> {
  const holder: Server = createServer();
  const port = await ownPort();
  await new Promise<void>((resolve) => {
    holder.listen(port, '127.0.0.1', resolve);
  });
  ends.push(() => holder.close());
  return port;
}

it('a computer on which all is well: a line for each check in the language that is asked for, and no folder is made', async () => {
  const { out } = await run('--lang', 'zh-CN', ...anyPorts);
  const lines = out.trim().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(checkNames.length);
  expect(lines.filter((line) => !/^[✓!✗] \S.*：.+/u.test(line))).toEqual([]);
  // The adapters are those of the test computer.
  expect(
    lines.filter(
      (line) => !line.startsWith('✓') && !line.slice(2).startsWith(`${doctorChecks.adapters.title.zh}：`),
    ),
  ).toEqual([]);
  expect(out).toContain('✓ 机器服务自检：登录和心跳均得到应答。');
  expect(existsSync(data())).toBe(false);
});

it('a Crema that works in the folder keeps its lock and its ports; after its end there are no problems', async () => {
  const [machines, updates] = [await ownPort(), await ownPort()];
  const listens = [`--machine-listen=127.0.0.1:${machines}`, `--update-listen=127.0.0.1:${updates}`];
  const served = new Served(bundles.directory, [...listens, '--data-dir', data()]);
  ends.push(() => served.end('SIGKILL'));
  const client = await RawClient.open(await served.port());
  await expect.poll(() => served.text).toContain('updates: listening');
  // The journal already holds the received entries, so nothing is written meanwhile.
  await expect.poll(() => existsSync(join(data(), 'journal.sqlite-wal'))).toBe(true);
  const doctor = async (...args: readonly string[]) => {
    const child = spawn(process.execPath, [
      join(bundles.directory, 'serve.js'),
      '--doctor',
      '--json',
      `--data-dir=${data()}`,
      ...args,
    ]);
    const out = text(child.stdout);
    const [code] = (await once(child, 'close')) as [number | null];
    const results = JSON.parse(await out) as readonly DoctorResult[];
    return { code, codes: results.map(({ check, code: why }) => `${check} ${why}`) };
  };
  expect((await doctor(...listens)).codes).toEqual(
    expect.arrayContaining(['machinePort oursHere', 'updatePort oursHere', 'journal whole']),
  );
  client.send(decimalFrame('{"cmd":"login","vmc_no":33232,"version":"1"}'));
  await client.until(() => client.received.includes('login_r'));
  expect(lockFolder(data())).toBeNull();
  // A port held by another program is a problem, even while Crema uses the folder.
  const foreign = await doctor(`--machine-listen=127.0.0.1:${await held()}`);
  expect(foreign.code).toBe(2);
  expect(foreign.codes).toContain('machinePort heldBy');

  expect(await served.end('SIGTERM')).toBe(0);
  writeFileSync(join(data(), 'settings.json'), '{"settings":{"theme":"dark"}}');
  const found = await look(...anyPorts);
  expect(found.amiss).toEqual([]);
  expect(sentence(found, 'journal')).toMatch(/^Records: .* intact: [3-9] entries/);
  expect(sentence(found, 'settings')).toBe('Settings: The settings can be read.');
  expect(sentence(found, 'machines')).toBe(
    'Self-test of the machine server: A login and a heartbeat were answered.',
  );
});

it('records that are damaged, and a port that is held, with its holder', async () => {
  mkdirSync(data());
  damage(makeJournal(data(), 4_000));
  const port = await held();
  const found = await look(`--machine-listen=127.0.0.1:${port}`, '--update-listen=127.0.0.1:0');
  expect(found.code).toBe(2);
  expect(found.amiss.toSorted()).toEqual(['journal problem damaged', 'machinePort problem heldBy']);
  expect(sentence(found, 'journal')).toContain(join(data(), 'journal.sqlite'));
  expect(sentence(found, 'machinePort')).toMatch(
    new RegExp(`^Port for machines: \\S+.* \\(process ${process.pid}\\) uses port ${port} `),
  );
});

describe('the data folder', () => {
  it('is read-only', async (context) => {
    if (process.getuid?.() === 0) mount(context, 'ro,size=1g');
    else {
      mkdirSync(data());
      chmodSync(data(), 0o555);
    }
    const found = await look(...anyPorts);
    expect(found.code).toBe(2);
    expect(found.amiss).toContain('folder problem notWritable');
    expect(sentence(found, 'folder')).toMatch(/can’t be written \((?:EROFS|EACCES)\)/);
  });

  it('one on a full disk', async (context) => {
    mount(context, 'size=4m');
    for (let part = 0, size = 1 << 20; size >= 1; part += 1) {
      try {
        writeFileSync(join(data(), `filler-${part}`), Buffer.alloc(size));
      } catch {
        size >>= 1;
      }
    }
    const found = await look(...anyPorts);
    expect(found.code).toBe(2);
    expect(found.amiss).toEqual(['space problem none']);
    expect(sentence(found, 'space')).toMatch(/^Free space: Only 0 MB are free/);
  });
});
