/** A broker as deploy/ sets it up: `nats-server` with its configuration, its certificates, its accounts and its streams. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import {
  connect,
  nkeyAuthenticator,
  type ConnectionOptions,
  type NatsConnection,
} from '@nats-io/transport-node';
import { ownPort } from './ports';

const deploy = join(import.meta.dirname, '../../deploy');
export type BrokerRole = 'site' | 'desk' | 'admin';

/** Runs a script of deploy/. */
export function runDeploy(
  script: string,
  args: readonly string[],
): { readonly code: number; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(deploy, script), ...args], {
    encoding: 'utf8',
  });
  return { code: status ?? -1, text: stdout + stderr };
}

function mustRun(script: string, args: readonly string[]): void {
  const { code, text } = runDeploy(script, args);
  if (code !== 0) throw new Error(`${script}: ${text}`);
}

/** The folder as the page of the manual makes it. `names`: of the server, in its certificate. */
export function makeDeployed(
  folder: string,
  sites: readonly string[],
  names: readonly string[] = ['localhost', '127.0.0.1'],
): void {
  cpSync(deploy, folder, { recursive: true });
  mustRun('make-certs.mjs', ['--out', join(folder, 'certs'), ...names]);
  mustRun('make-sites.mjs', ['--out', join(folder, 'broker'), ...sites]);
}

export const seedOf = (folder: string, site: string, role: BrokerRole): Uint8Array =>
  new TextEncoder().encode(readFileSync(join(folder, 'broker', `${site}.${role}.nk`), 'utf8').trim());

/** Changes a file of the folder. */
export function edit(file: string, changes: readonly (readonly [string, string])[]): void {
  let text = readFileSync(file, 'utf8');
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    text = text.replaceAll(from, to);
  }
  writeFileSync(file, text);
}

export interface Deployed {
  readonly folder: string;
  readonly port: number;
  readonly client: (site: string, role: BrokerRole, options?: ConnectionOptions) => Promise<NatsConnection>;
  readonly makeStreams: () => void;
  readonly reload: () => void;
  readonly end: () => Promise<void>;
}

/** Starts the one server of a folder that `makeDeployed` made, on a port of this computer. */
export async function startDeployed(folder: string): Promise<Deployed> {
  const port = await ownPort();
  edit(join(folder, 'nats-server.conf'), [['0.0.0.0:4222', `127.0.0.1:${port}`]]);
  edit(join(folder, 'common.conf'), [['127.0.0.1:8222', '127.0.0.1:-1']]);
  const server: ChildProcess = spawn('nats-server', ['-c', 'nats-server.conf'], {
    cwd: folder,
    stdio: 'ignore',
  });
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries > 400 || server.exitCode !== null) throw new Error('nats-server does not start');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  const authority = join(folder, 'certs', 'authority.pem');
  return {
    folder,
    port,
    client: (site, role, options = {}) =>
      connect({
        servers: `localhost:${port}`,
        tls: { handshakeFirst: true, ca: readFileSync(authority, 'utf8') },
        authenticator: nkeyAuthenticator(seedOf(folder, site, role)),
        inboxPrefix: `_INBOX_${role}`,
        reconnect: false,
        ...options,
      }),
    makeStreams: () =>
      mustRun('make-streams.mjs', [
        '--server',
        `localhost:${port}`,
        '--ca',
        authority,
        '--out',
        join(folder, 'broker'),
      ]),
    reload: () => void server.kill('SIGHUP'),
    end: async () => {
      if (server.exitCode !== null || !server.kill('SIGKILL')) return;
      await once(server, 'exit');
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
