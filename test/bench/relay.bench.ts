/**
 * Cost of relaying 1,000 heartbeats a second of 100 machines, and of one machine that sends at full speed, to a bare server.
 * The ways: directly, through socat, through a minimal relay in Node, and through the running app, which decodes and records all of it.
 * `npm run bench -- relay` (needs socat; ROUNDS, SECONDS and MB change it)
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { noRelay } from '#shared/model/relay';
import { startApp, type TestApp } from '../builders/app';

const setting = (name: string, usual: number): number => Number(process.env[name] ?? usual);
const rounds = setting('ROUNDS', 5);
const seconds = setting('SECONDS', 10);
const megabytes = setting('MB', 512);
const peer = (name: string): string => join(import.meta.dirname, '..', 'peers', name);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const ends: (() => unknown)[] = [];

/** The first output of a process. */
const firstLine = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => child.stdout?.once('data', (line: Buffer) => resolve(line.toString())));
function started(name: string, args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [peer(name), ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  ends.push(() => child.kill());
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const contenders = ['direct', 'socat', 'bare relay', 'Crema'] as const;
type Contender = (typeof contenders)[number];

const apps: TestApp[] = [];
/** The port of the server on this way, and the function that ends the way. */
async function way(
  by: Contender,
  target: number,
): Promise<{ readonly port: number; readonly end: () => unknown }> {
  switch (by) {
    case 'direct':
      return { port: target, end: () => undefined };
    case 'socat': {
      const port = await freePort();
      const listen = `TCP-LISTEN:${port},bind=127.0.0.1,fork,reuseaddr,nodelay,backlog=4096`;
      const child = spawn('socat', [listen, `TCP:127.0.0.1:${target},nodelay`], { stdio: 'ignore' });
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { port, end: () => child.kill() };
    }
    case 'bare relay': {
      const child = started('bareRelay.mjs', [String(target)]);
      return { port: Number(await firstLine(child)), end: () => child.kill() };
    }
    case 'Crema': {
      if (apps.length === 0) apps.push(await startApp({ size: { width: 1366, height: 768 } }));
      const [app] = apps;
      if (app === undefined) throw new Error('the app did not start');
      const { page, machinePort } = app;
      const relay = { ...noRelay, isOn: true, upstream: { host: '127.0.0.1', port: target } };
      await page.evaluate((to) => window.crema.request('setRelay', { relay: to }), relay);
      return { port: machinePort, end: () => undefined };
    }
  }
}

interface Beats {
  /** µs. */
  readonly p50: number;
  readonly p99: number;
  readonly answered: number;
  readonly sent: number;
}

async function beats(by: Contender, server: number): Promise<Beats> {
  const { port, end } = await way(by, server);
  const args = [peer('beats.mjs'), String(port), '100', '1000', String(seconds)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  end();
  return JSON.parse(stdout) as Beats;
}

/** MB a second. */
async function bulk(by: Contender): Promise<number> {
  const child = started('bulk.mjs', [String(megabytes)]);
  const { port, end } = await way(by, Number(await firstLine(child)));
  child.stdin?.write(`${port}\n`);
  const { mbPerSecond, whole } = JSON.parse(await firstLine(child)) as {
    mbPerSecond: number;
    whole: boolean;
  };
  if (!whole) throw new Error(`${by} lost bytes`);
  end();
  return mbPerSecond;
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

try {
  const server = Number(await firstLine(started('bare.mjs', [])));
  const times = new Map<Contender, Beats[]>(contenders.map((by) => [by, []]));
  const rates = new Map<Contender, number[]>(contenders.map((by) => [by, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const by of contenders) times.get(by)?.push(await beats(by, server));
  for (let round = 0; round < rounds; round += 1)
    for (const by of contenders) rates.get(by)?.push(await bulk(by));
  const of = (by: Contender, what: (one: Beats) => number): number => middle((times.get(by) ?? []).map(what));
  for (const by of contenders) {
    const all = times.get(by) ?? [];
    const lost = all.reduce((sum, { sent, answered }) => sum + sent - answered, 0);
    const p50 = of(by, (one) => one.p50);
    const p99 = of(by, (one) => one.p99);
    const rate = middle(rates.get(by) ?? []);
    const ratios = `of socat ${(p50 / of('socat', (one) => one.p50)).toFixed(2)}, ${(p99 / of('socat', (one) => one.p99)).toFixed(2)}, ${(rate / middle(rates.get('socat') ?? [])).toFixed(2)}`;
    say(`${by.padEnd(11)} p50 ${p50} µs, p99 ${p99} µs, ${lost} unanswered, bulk ${rate} MB/s; ${ratios}`);
  }
} finally {
  for (const app of apps) await app.close();
  for (const end of ends) end();
}
