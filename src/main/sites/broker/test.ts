/** Tries a broker step by step, so that a person sees which step fails. It stores and changes nothing at the broker. */
import { lookup } from 'node:dns/promises';
import { connect as dial, type Socket } from 'node:net';
import { jetstreamManager, jetstream, DeliverPolicy, JetStreamApiError } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import {
  siteTestSteps,
  type BrokerTrouble,
  type SiteTestResult,
  type SiteTestStep,
} from '#shared/model/sites';
import { stream, subjectOf } from '../wire/names';
import { connectBroker, isEncrypted, serversOf, type BrokerAccess, type Server } from './connect';
import { openTls } from './transport';
import { troubleOf } from './trouble';

/** ms for a TCP connection, and for its encryption. */
const patience = 5_000;
/** The broker's answer to a permitted message that names another stream than its own. The message is not stored. */
const otherStream = 10_060;
const nobody = '00000000-0000-0000-0000-000000000000';

/** A step failed for this reason. */
class Failed extends Error {
  readonly step: SiteTestStep;
  readonly trouble: BrokerTrouble;
  constructor(step: SiteTestStep, trouble: BrokerTrouble) {
    super(trouble.code);
    this.step = step;
    this.trouble = trouble;
  }
}

/** A server with the address that its name has now. */
interface Found extends Server {
  readonly address: string;
}

export async function testBroker(
  access: BrokerAccess,
  signal: AbortSignal,
): Promise<readonly SiteTestResult[]> {
  const done = new Map<SiteTestStep, string>();
  const step = async <T>(
    name: SiteTestStep,
    run: () => Promise<T>,
    detail: (value: T) => string,
  ): Promise<T> => {
    try {
      const value = await run();
      done.set(name, detail(value));
      return value;
    } catch (error) {
      throw new Failed(name, troubleOf(error));
    }
  };
  let failed: Failed | null = null;
  let connection: NatsConnection | null = null;
  try {
    const addresses = await step(
      'name',
      () => addressesOf(access.servers),
      (found) => found.map(({ address }) => address).join(', '),
    );
    const server = await step(
      'connection',
      () => oneAnswers(addresses, signal),
      ({ address, port }) => `${address}:${port}`,
    );
    if (isEncrypted(access))
      await step(
        'encryption',
        () => encrypts(server, access.authority, signal),
        () => 'TLS',
      );
    if (access.credentials === '') throw new Failed('account', { code: 'noCredentials', detail: '' });
    const open = await step(
      'account',
      () => connectBroker(access, 'Crema test', signal),
      ({ info }) => `nats-server ${info?.version ?? ''}`.trim(),
    );
    connection = open;
    const manager = await jetstreamManager(open, { checkAPI: false });
    const info = await step(
      'stream',
      () => manager.streams.info(stream),
      () => stream,
    );
    await step(
      'permissions',
      () => permitted(access, open, info.state.first_seq),
      () => '',
    );
  } catch (error) {
    failed = error instanceof Failed ? error : new Failed('account', troubleOf(error));
  } finally {
    await connection?.close().catch(() => undefined);
  }
  return siteTestSteps.map((name): SiteTestResult => {
    if (name === failed?.step) return { step: name, result: 'failed', trouble: failed.trouble, detail: '' };
    const detail = done.get(name);
    return {
      step: name,
      result: detail === undefined ? 'skipped' : 'ok',
      trouble: null,
      detail: detail ?? '',
    };
  });
}

async function addressesOf(servers: string): Promise<readonly Found[]> {
  const found: Found[] = [];
  let problem: unknown = Object.assign(new Error(servers), { code: 'ENOTFOUND' });
  for (const { host, port } of serversOf(servers)) {
    try {
      const { address } = await lookup(host);
      found.push({ host, port, address });
    } catch (error) {
      problem = error;
    }
  }
  if (found.length === 0) throw problem;
  return found;
}

/** The first server that accepts a connection. */
async function oneAnswers(servers: readonly Found[], signal: AbortSignal): Promise<Found> {
  let problem: unknown;
  for (const server of servers) {
    try {
      await opened(dial({ host: server.address, port: server.port }), 'connect', signal);
      return server;
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

/** Its certificate is checked as in every connection to the broker. */
const encrypts = ({ host, port, address }: Found, authority: string, signal: AbortSignal): Promise<void> =>
  opened(
    openTls({ name: host, host: address, port, ...(authority !== '' && { authority }) }),
    'secureConnect',
    signal,
  );

/** Resolves at the socket's `event`, and closes it. */
function opened(socket: Socket, event: string, signal: AbortSignal): Promise<void> {
  const giveUp = (): void => void socket.destroy();
  return new Promise<void>((resolve, reject) => {
    socket.once(event, () => resolve());
    socket.on('error', reject);
    socket.setTimeout(patience, () => reject(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
    socket.once('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })));
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
  }).finally(() => {
    signal.removeEventListener('abort', giveUp);
    socket.destroy();
  });
}

/** Tries what the role needs. @throws the broker's refusal */
async function permitted({ role }: BrokerAccess, connection: NatsConnection, first: number): Promise<void> {
  const client = jetstream(connection);
  if (role === 'read') {
    const consumer = await client.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: Math.max(1, first),
    });
    await consumer.info();
    await consumer.delete();
    return;
  }
  try {
    await client.publish(subjectOf(nobody), new Uint8Array(), { expect: { streamName: `${stream}-OTHER` } });
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === otherStream) return;
    throw error;
  }
}
