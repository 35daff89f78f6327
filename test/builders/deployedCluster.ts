/** Three servers on this computer with the configuration of deploy/cluster. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect, nkeyAuthenticator, type NatsConnection } from '@nats-io/transport-node';
import { edit, makeDeployed, runDeploy, seedOf, type BrokerRole } from './deployed';
import { ownPort } from './ports';

export interface Cluster {
  /** A connection that comes back by itself, first to the server of this number. */
  readonly client: (site: string, role: BrokerRole, first?: number) => Promise<NatsConnection>;
  /** By number, from 0. */
  readonly kill: (server: number) => Promise<void>;
  readonly start: (server: number) => void;
  readonly signal: (server: number, signal: 'SIGSTOP' | 'SIGCONT') => void;
  readonly end: () => Promise<void>;
}

const numbers = [0, 1, 2] as const;

/** Makes the folder, starts the servers, and makes the streams with three copies. */
export async function startCluster(folder: string, site: string): Promise<Cluster> {
  makeDeployed(folder, [site]);
  const clients: number[] = [];
  const routes: number[] = [];
  for (const _ of numbers) {
    clients.push(await ownPort());
    routes.push(await ownPort());
  }
  edit(join(folder, 'common.conf'), [['127.0.0.1:8222', '127.0.0.1:-1']]);
  for (const one of numbers) {
    mkdirSync(join(folder, `data-${one}`));
    edit(join(folder, `cluster/server-${one + 1}.conf`), [
      ['0.0.0.0:4222', `127.0.0.1:${clients[one] ?? 0}`],
      ['0.0.0.0:6222', `127.0.0.1:${routes[one] ?? 0}`],
      ['store_dir: "data"', `store_dir: "data-${one}"`],
      ...numbers.map((n) => [`broker-${n + 1}.example:6222`, `127.0.0.1:${routes[n] ?? 0}`] as const),
    ]);
  }
  const running = new Map<number, ChildProcess>();
  const start = (one: number): void => {
    const args = ['-c', `cluster/server-${one + 1}.conf`];
    running.set(one, spawn('nats-server', args, { cwd: folder, stdio: 'ignore' }));
  };
  for (const one of numbers) start(one);
  const authority = join(folder, 'certs', 'authority.pem');
  const server = clients.map((port) => `localhost:${port}`).join(',');
  const args = ['--server', server, '--ca', authority, '--out', join(folder, 'broker'), '--replicas', '3'];
  for (let tries = 0; ; tries += 1) {
    // The three need a moment to elect their leader.
    const { code, text } = runDeploy('make-streams.mjs', args);
    if (code === 0) break;
    if (tries > 20) throw new Error(text);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const kill = async (one: number): Promise<void> => {
    const child = running.get(one);
    running.delete(one);
    if (child?.exitCode !== null || !child.kill('SIGKILL')) return;
    await once(child, 'exit');
  };
  return {
    client: (name, role, first = 0) =>
      connect({
        servers: [...clients.slice(first), ...clients.slice(0, first)].map((port) => `localhost:${port}`),
        noRandomize: true,
        tls: { handshakeFirst: true, ca: readFileSync(authority, 'utf8') },
        authenticator: nkeyAuthenticator(seedOf(folder, name, role)),
        inboxPrefix: `_INBOX_${role}`,
        timeout: 2_000,
        pingInterval: 1_000,
        maxPingOut: 2,
        reconnectTimeWait: 100,
        maxReconnectAttempts: -1,
      }),
    kill,
    start,
    signal: (one, signal) => void running.get(one)?.kill(signal),
    end: async () => {
      await Promise.all(numbers.map(kill));
    },
  };
}
