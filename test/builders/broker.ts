/** A real broker: `nats-server` on this computer, with JetStream. The Debian package is `nats-server`; without it those tests are skipped. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect as dial } from 'node:net';
import { join } from 'node:path';
import { jetstreamManager, RetentionPolicy, StorageType, DiscardPolicy } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { hasProgram } from './wireshark';
import { ownPort } from './ports';

export const hasBroker = hasProgram('nats-server');

export interface Account {
  readonly name: string;
  readonly user: string;
  readonly password: string;
}
export const siteA: Account = { name: 'SITE_A', user: 'a', password: 'secret-a' };
export const siteB: Account = { name: 'SITE_B', user: 'b', password: 'secret-b' };

export interface Broker {
  readonly port: number;
  readonly url: string;
  /** As a client of the account. */
  readonly client: (account?: Account) => Promise<NatsConnection>;
  readonly kill: (signal?: NodeJS.Signals) => Promise<void>;
  readonly start: () => Promise<void>;
  readonly folder: string;
}

/** `settings`: further lines of the server's file. */
export async function startBroker(
  folder: string,
  settings = '',
  sites: readonly Account[] = [siteA, siteB],
): Promise<Broker> {
  const port = await ownPort();
  const file = join(folder, 'broker.conf');
  mkdirSync(folder, { recursive: true });
  const accounts = sites.map(
    ({ name, user, password }) =>
      `${name}: { jetstream: enabled, users: [{ user: ${user}, password: "${password}" }] }`,
  );
  writeFileSync(
    file,
    `port: ${port}\nhost: 127.0.0.1\njetstream { store_dir: "${join(folder, 'store')}", sync_interval: always }\n` +
      `accounts { ${accounts.join('\n')} }\n${settings}`,
  );
  let running: ChildProcess | null = null;
  const start = async (): Promise<void> => {
    running = spawn('nats-server', ['-c', file], { stdio: 'ignore' });
    for (let tries = 0; !(await answers(port)); tries += 1) {
      if (tries > 200 || running.exitCode !== null) throw new Error('nats-server does not start');
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  await start();
  return {
    port,
    folder,
    url: `nats://127.0.0.1:${port}`,
    client: ({ user, password }: Account = siteA) =>
      connect({
        servers: `127.0.0.1:${port}`,
        user,
        pass: password,
        reconnectTimeWait: 100,
        maxReconnectAttempts: -1,
      }),
    kill: async (signal = 'SIGKILL') => {
      const gone = running;
      running = null;
      if (gone?.exitCode !== null) return;
      gone.kill(signal);
      await once(gone, 'exit');
    },
    start,
  };
}

/** Makes the stream of a site's entries, as deploy/ does. */
export const makeStream = (client: NatsConnection, maxBytes = -1): Promise<void> =>
  addStream(client, 'UP', maxBytes);

/** Makes the stream of a site's files. */
export const makeFilesStream = (client: NatsConnection): Promise<void> => addStream(client, 'FILES', -1);

async function addStream(client: NatsConnection, name: 'UP' | 'FILES', maxBytes: number): Promise<void> {
  const manager = await jetstreamManager(client);
  await manager.streams.add({
    name,
    subjects: [`${name.toLowerCase()}.>`],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    max_bytes: maxBytes,
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = dial(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
