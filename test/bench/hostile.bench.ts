/**
 * Answer times for heartbeats of 200 machines while other clients attack the server.
 * The server has no window, its own process and a journal. Fails beyond 50 ms at p99. `npm run bench -- hostile`
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { appBundles } from '../builders/bundles';
import { newFolder } from '../builders/folders';

/** Longest answer time at p99, µs. */
const limit = 50_000;
/** Kinds of other clients, and their number. */
const others = [
  ['nobody', 0],
  ['unread', 50],
  ['flood', 1],
  ['garbage', 20],
  ['idle', 10_000],
] as const;

interface Waits {
  /** µs. */
  readonly p50: number;
  readonly p99: number;
  readonly answered: number;
  readonly sent: number;
}

const peer = (name: string): string => join(import.meta.dirname, '..', 'peers', name);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = process.env['SECONDS'] ?? '10';

async function waitsBeside(port: number, kind: string, count: number): Promise<Waits> {
  const args = [peer('hostile.mjs'), String(port), kind, String(count)];
  const hostile = count === 0 ? null : spawn(process.execPath, args, { stdio: 'inherit' });
  try {
    if (hostile !== null) await new Promise((resolve) => setTimeout(resolve, 3_000));
    const { stdout } = await promisify(execFile)(process.execPath, [
      peer('beats.mjs'),
      String(port),
      '200',
      '200',
      seconds,
    ]);
    return JSON.parse(stdout) as Waits;
  } finally {
    hostile?.kill('SIGKILL');
  }
}

function served(
  directory: string,
  folder: string,
): { readonly server: ChildProcess; readonly port: Promise<number> } {
  const switches = ['--machine-listen=127.0.0.1:0', '--update-listen=127.0.0.1:0', `--data-dir=${folder}`];
  const server = spawn(process.execPath, [join(directory, 'serve.js'), ...switches], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const port = new Promise<number>((resolve) => {
    server.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [, found] = /machines: listening on 127\.0\.0\.1:(\d+)/.exec(text) ?? [];
      if (found !== undefined) resolve(Number(found));
    });
  });
  return { server, port };
}

const bundles = appBundles();
try {
  for (const [kind, count] of others) {
    const folder = newFolder();
    const { server, port } = served(bundles.directory, folder);
    const { p50, p99, answered, sent } = await waitsBeside(await port, kind, count);
    say(`${`${kind} ${count}`.padEnd(14)} p50 ${p50} µs, p99 ${p99} µs, ${answered} of ${sent} answered`);
    if (p99 > limit || answered < sent) process.exitCode = 1;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
} finally {
  bundles.remove();
}
