/**
 * Download speed of packages, to one machine and to ten, with and without the limit of 40 MB/s.
 * Meanwhile 200 machines measure the answer times of their heartbeats. nginx is measured too, if installed. `npm run bench -- host`
 */
import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundlesWith } from '../builders/bundles';
import { newFolder } from '../builders/folders';

const run = promisify(execFile);
const peer = (name: string): string => join(import.meta.dirname, '..', 'peers', name);
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = Number(process.env['SECONDS'] ?? '8');
const size = 200_000_000;
const discard = process.platform === 'win32' ? 'NUL' : '/dev/null';

/**
 * Bytes that `count` clients read until then, package after package. In a workshop these clients run on other computers.
 * Here they get low priority if the system supports it.
 */
async function downloaded(urlOf: (n: number) => string, count: number, end: number): Promise<number> {
  let bytes = 0;
  const one = async (n: number): Promise<void> => {
    for (let left = end - performance.now(); left > 100; left = end - performance.now()) {
      const args = ['-s', '-o', discard, '-m', (left / 1_000).toFixed(2), '-w', '%{size_download}', urlOf(n)];
      const [program, ...before] = process.platform === 'win32' ? ['curl'] : ['nice', '-n', '19', 'curl'];
      const client = spawn(program, [...before, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
      client.stdout.on('data', (text: Buffer) => (bytes += Number(text.toString())));
      await new Promise((resolve) => client.once('exit', resolve));
    }
  };
  await Promise.all(Array.from({ length: count }, (_, n) => one(n)));
  return bytes;
}

async function measured(
  what: string,
  machines: number | null,
  urlOf: (n: number) => string,
  count: number,
): Promise<void> {
  const began = performance.now();
  // Machines connect before the downloads, and are answered a moment longer.
  const end = began + (seconds + (machines === null ? 0 : 2)) * 1_000;
  const downloads = downloaded(urlOf, count, end);
  let waits = '';
  if (machines !== null) {
    const args = [peer('beats.mjs'), String(machines), '200', '200', String(seconds)];
    const { p50, p99, answered, sent } = JSON.parse((await run(process.execPath, args)).stdout) as Record<
      string,
      number
    >;
    waits = `, heartbeats p50 ${p50} µs, p99 ${p99} µs, ${answered} of ${sent}`;
  }
  const rate = (await downloads) / (end - began) / 1_000;
  say(`${what.padEnd(14)} ${String(count).padStart(2)} at once: ${rate.toFixed(0)} MB/s${waits}`);
}

async function until(stream: NodeJS.ReadableStream, pattern: RegExp): Promise<number> {
  let text = '';
  return new Promise((resolve) => {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
  });
}

const folder = newFolder();
const file = join(folder, 'p.zip');
const out = createWriteStream(file);
for (let left = size; left > 0; left -= 20_000_000) out.write(randomBytes(20_000_000));
await new Promise<void>((resolve) => out.end(resolve));
const bundles = await bundlesWith({ servedPackages: 'test/peers/servedPackages.ts' });
try {
  for (const rate of ['', '40000000']) {
    const switches = [
      '--machine-listen=127.0.0.1:0',
      '--update-listen=127.0.0.1:0',
      `--data-dir=${join(folder, `data${rate}`)}`,
    ];
    const server = spawn(process.execPath, [join(bundles.directory, 'servedPackages.js'), ...switches], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PACKAGE: file, RATE: rate },
    });
    const [machines, packages] = await Promise.all([
      until(server.stdout, /machines: listening on 127\.0\.0\.1:(\d+)/),
      until(server.stdout, /packages (\d+)/),
    ]);
    const what = rate === '' ? 'no limit' : '40 MB/s in all';
    // First without a download: the baseline of heartbeats on this computer.
    for (const count of [0, 1, 10])
      await measured(what, machines, (n) => `http://127.0.0.1:${packages}/u/${40_000 + n}/${n}/p.zip`, count);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  const config = join(folder, 'nginx.conf');
  await writeFile(
    config,
    `daemon off; master_process off; pid ${folder}/pid; error_log ${discard} crit; events {} http { access_log off; sendfile on; root ${folder}; server { listen 127.0.0.1:18099; } server { listen 127.0.0.1:18098; limit_rate 40m; } server { listen 127.0.0.1:18097; limit_rate 4m; } }`,
  );
  const nginx = spawn('nginx', ['-c', config], { stdio: 'ignore' }).on('error', () => say('no nginx here'));
  await new Promise((resolve) => setTimeout(resolve, 500));
  if (nginx.pid !== undefined) {
    for (const count of [1, 10]) await measured('nginx', null, () => 'http://127.0.0.1:18099/p.zip', count);
    // nginx limits each connection.
    await measured('nginx, 40 MB/s', null, () => 'http://127.0.0.1:18098/p.zip', 1);
    await measured('nginx, 10 x 4 MB/s', null, () => 'http://127.0.0.1:18097/p.zip', 10);
    nginx.kill('SIGTERM');
  }
} finally {
  bundles.remove();
  await rm(folder, { recursive: true, force: true });
}
