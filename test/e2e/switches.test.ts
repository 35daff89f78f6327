/** The command line of the real app: what it prints, and with which code it ends. */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { removed } from '../builders/removed';

let dataDirectory: string;
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'crema-switches-'));
});
afterEach(async () => {
  await removed(dataDirectory);
});

interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs the app until it ends, or until `done` sees enough in its output: then this signal goes to every process of its group, as at a log-out
 * or from a terminal that is closed.
 */
async function run(
  switches: readonly string[],
  done?: (out: string) => boolean,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<Run> {
  const electron = process.env['CREMA_ELECTRON'];
  if (electron === undefined)
    throw new Error('CREMA_ELECTRON names no Electron: run the tests with npm test');
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    electron,
    [...root, '--log-level=3', '--disable-gpu', '.', '--data-dir', dataDirectory, ...switches],
    { detached: true },
  );
  let isAsked = false;
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    // Once: a second signal would end it at once.
    if (isAsked || done?.(out) !== true || child.pid === undefined) return;
    isAsked = true;
    process.kill(-child.pid, signal);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve);
  });
  return { code, out, err };
}

/** What is kept about processes that stopped, and of a run that did not end in order. */
const crashNotes = (): Promise<readonly string[]> => readdir(join(dataDirectory, 'crashes'));

const bothSaid = (out: string): boolean => /^machines: /m.test(out) && /^updates: /m.test(out);

describe('switches of the app', () => {
  it('--help tells every switch and ends with 0', async () => {
    const { code, out } = await run(['--help']);
    expect(code).toBe(0);
    for (const name of ['machine-listen', 'update-listen', 'data-dir', 'lang', 'simulate', 'help']) {
      expect(out).toContain(`--${name}`);
    }
  });

  it('a wrong value is refused with a sentence and code 2', async () => {
    const { code, out, err } = await run(['--machine-listen', '127.0.0.1:port']);
    expect(code).toBe(2);
    expect(err).toMatch(/--machine-listen takes HOST:PORT .* not "127\.0\.0\.1:port"/);
    expect(out).toBe('');
  });

  it('port 0 takes a free port and prints the real one', async () => {
    const { code, out } = await run(
      ['--machine-listen', '127.0.0.1:0', '--update-listen', '127.0.0.1:0'],
      bothSaid,
    );
    const ports = [...out.matchAll(/^(?:machines|updates): listening on 127\.0\.0\.1:(\d+)$/gm)].map(
      (match) => Number(match[1]),
    );
    expect(ports).toHaveLength(2);
    expect(ports.every((port) => port > 0)).toBe(true);
    expect(code).toBe(0);
    expect(await crashNotes()).toEqual([]);
  });

  it('a port in use is told with its holder and the next free port, and the app runs on', async () => {
    const holder: Server = createServer();
    await new Promise<void>((resolve) => {
      holder.listen(0, '127.0.0.1', resolve);
    });
    const { port } = holder.address() as AddressInfo;
    const { code, out } = await run(
      ['--machine-listen', `127.0.0.1:${port}`, '--update-listen', '127.0.0.1:0'],
      bothSaid,
      'SIGHUP',
    );
    holder.close();
    expect(out).toMatch(
      new RegExp(`^machines: port ${port} on 127\\.0\\.0\\.1 is in use.*; port \\d+ is free$`, 'm'),
    );
    expect(process.platform !== 'linux' || out.includes(`(process ${process.pid})`)).toBe(true);
    // It was still running when it was asked to end.
    expect(code).toBe(0);
    expect(await crashNotes()).toEqual([]);
  });
});
