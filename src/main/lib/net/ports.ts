/** Finds the process that holds a port, and free ports, for the message that a port is in use. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { promisify } from 'node:util';
import type { ListenAt } from '#shared/model/listener';

export interface PortHolder {
  readonly pid: number;
  readonly name: string;
}

const run = promisify(execFile);
const timeout = 3_000;

/**
 * The process that listens on a TCP port; `null` if the system does not
 * report it (other users' processes, missing tools).
 */
export async function portHolder(port: number): Promise<PortHolder | null> {
  try {
    switch (process.platform) {
      case 'linux':
        return await linuxHolder(port);
      case 'win32':
        return await windowsHolder(port);
      default:
        return await lsofHolder(port);
    }
  } catch {
    // The holder is optional: the port is known to be in use.
    return null;
  }
}

async function linuxHolder(port: number): Promise<PortHolder | null> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const inodes = new Set<string>();
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      const inode = fields[9];
      // 0A is LISTEN.
      if (fields[1]?.endsWith(suffix) === true && fields[3] === '0A' && inode !== undefined) {
        inodes.add(`socket:[${inode}]`);
      }
    }
  }
  if (inodes.size === 0) return null;
  for (const pid of await readdir('/proc')) {
    if (!/^\d+$/.test(pid)) continue;
    const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const handle of handles) {
      const target = await readlink(`/proc/${pid}/fd/${handle}`).catch(() => '');
      if (!inodes.has(target)) continue;
      const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '');
      return { pid: Number(pid), name: name.trim() };
    }
  }
  return null;
}

async function lsofHolder(port: number): Promise<PortHolder | null> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { timeout });
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  const name = /^c(.+)$/m.exec(stdout)?.[1];
  return pid === undefined || name === undefined ? null : { pid: Number(pid), name };
}

async function windowsHolder(port: number): Promise<PortHolder | null> {
  const { stdout } = await run('netstat', ['-ano'], { timeout, windowsHide: true });
  const pid = listeningPid(stdout, port);
  if (pid === null) return null;
  const tasks = await run('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'], {
    timeout,
    windowsHide: true,
  });
  const name = /^"([^"]+)"/.exec(tasks.stdout)?.[1];
  return name === undefined ? null : { pid, name };
}

/** The first free port after `port` on that address, within the next hundred, without those in `avoid`. */
export async function nextFreePort({ host, port, avoid = [] }: ListenAt): Promise<number | null> {
  for (let candidate = port + 1; candidate <= Math.min(port + 100, 65_535); candidate += 1) {
    if (!avoid.includes(candidate) && (await isFree(host, candidate))) return candidate;
  }
  return null;
}

const isFree = async (host: string, port: number): Promise<boolean> =>
  (await listenError(host, port)) === null;

/** The error code of an attempt to listen there now; `null`: it succeeded. */
export async function listenError(host: string, port: number): Promise<string | null> {
  const probe = createServer();
  return new Promise((resolve) => {
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}

/** Only a listening socket has no remote end. */
const noOtherEnd = new Set(['0.0.0.0:0', '[::]:0']);

/**
 * The process that listens on the TCP port, by `netstat -ano` of Windows; `null` if none does. It reads numbers only, because headers and
 * states are in the system's language.
 */
export function listeningPid(output: string, port: number): number | null {
  for (const line of output.split('\n')) {
    const fields = line.trim().split(/\s+/);
    const [protocol = '', local = '', foreign = ''] = fields;
    if (!/^TCP/i.test(protocol) || !local.endsWith(`:${port}`) || !noOtherEnd.has(foreign)) continue;
    const pid = fields.at(-1) ?? '';
    if (/^\d+$/.test(pid)) return Number(pid);
  }
  return null;
}
