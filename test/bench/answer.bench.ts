/**
 * Time that a machine waits for the answer to its heartbeat: 1,000 machines, 1,000 heartbeats a second.
 * The running app, with window and journal, takes turns with a bare Node server.
 * Before that, 1,000 and 5,000 machines connect at once. Both servers run through all rounds; the first round is reported apart.
 * `CREMA_ELECTRON=… xvfb-run -a npm run bench -- answer` (needs a build; MACHINES, RATE, SECONDS and ROUNDS change it)
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startApp } from '../builders/app';

const storms = [1_000, 5_000];

interface Waits {
  /** µs. */
  readonly p50: number;
  readonly p99: number;
  readonly answered: number;
  readonly sent: number;
  /** ms until every machine of each storm had its answer. */
  readonly storms: readonly number[];
}

const setting = (name: string, usual: number): string => process.env[name] ?? String(usual);
const rounds = Number(setting('ROUNDS', 5));
const load = [setting('MACHINES', 1_000), setting('RATE', 1_000), setting('SECONDS', 10)];
const peer = (name: string): string => join(import.meta.dirname, '..', 'peers', name);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function printed<T>(name: string, port: number, args: readonly string[]): Promise<T> {
  const { stdout } = await promisify(execFile)(process.execPath, [peer(name), String(port), ...args]);
  return JSON.parse(stdout) as T;
}

async function waits(port: number): Promise<Waits> {
  const times: number[] = [];
  for (const count of storms) {
    const { ms, answered } = await printed<{ ms: number; answered: number }>('storm.mjs', port, [
      String(count),
    ]);
    if (answered !== count)
      throw new Error(`${answered} of ${count} machines that came at once were answered`);
    times.push(ms);
    // Waits until the ends of the connections are handled too.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  const beats = await printed<Omit<Waits, 'storms'>>('beats.mjs', port, load);
  return { ...beats, storms: times };
}

/** A server to measure, for all rounds: a new process behaves unlike a process in daily use. */
interface Contender {
  readonly port: number;
  readonly close: () => Promise<void>;
}

async function bareServer(): Promise<Contender> {
  const server = spawn(process.execPath, [peer('bare.mjs')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise<number>((resolve) =>
    server.stdout.once('data', (line: Buffer) => resolve(Number(line.toString()))),
  );
  return { port, close: () => Promise.resolve(void server.kill()) };
}

async function theApp(): Promise<Contender> {
  const app = await startApp({ size: { width: 1366, height: 768 } });
  await app.page.evaluate(() => {
    location.hash = '#/inspector';
  });
  return { port: app.machinePort, close: () => app.close() };
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
const words = (name: string, all: readonly Waits[]): string =>
  `${name.padEnd(12)} p50 ${middle(all.map(({ p50 }) => p50))} µs, p99 ${middle(all.map(({ p99 }) => p99))} µs, ` +
  `${all.reduce((sum, { answered }) => sum + answered, 0)} of ${all.reduce((sum, { sent }) => sum + sent, 0)} answered`;

if (process.env['CREMA_ELECTRON'] === undefined || !existsSync('out/main/index.js'))
  say('left out: CREMA_ELECTRON names no Electron, or the app is not built');
else {
  const servers = [await bareServer(), await theApp()] as const;
  const [bare, app]: [Waits[], Waits[]] = [[], []];
  try {
    const first = [await waits(servers[0].port), await waits(servers[1].port)] as const;
    for (const [i, count] of storms.entries()) {
      const [alone, ours] = [first[0].storms[i] ?? NaN, first[1].storms[i] ?? NaN];
      say(`${count} at once, just started: bare ${alone.toFixed(0)} ms, the app ${ours.toFixed(0)} ms`);
    }
    for (let round = 0; round < rounds; round += 1) {
      bare.push(await waits(servers[0].port));
      app.push(await waits(servers[1].port));
    }
  } finally {
    for (const server of servers) await server.close();
  }
  const ratio = (of: 'p50' | 'p99'): string => {
    const all = app.map((waited, i) => waited[of] / (bare[i]?.[of] ?? NaN));
    return `${of} ${middle(all).toFixed(2)} (${Math.min(...all).toFixed(2)}-${Math.max(...all).toFixed(2)})`;
  };
  say(words('bare server', bare));
  say(words('the app', app));
  say(`times as long: ${ratio('p50')}, ${ratio('p99')}`);
  for (const [i, count] of storms.entries()) {
    const ms = (all: readonly Waits[]): number => middle(all.map(({ storms: times }) => times[i] ?? NaN));
    const [alone, ours] = [ms(bare), ms(app)];
    say(
      `${count} at once: bare ${alone.toFixed(0)} ms, the app ${ours.toFixed(0)} ms, ${(ours / alone).toFixed(2)} times as long`,
    );
  }
}
