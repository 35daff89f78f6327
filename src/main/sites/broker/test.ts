/** Tries a broker step by step, so that a person sees which step fails. It stores and changes nothing at the broker. */
import { lookup } from 'node:dns/promises';
import { connect as dial } from 'node:net';
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
import { troubleOf } from './trouble';

/** ms for a TCP connection. */
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

export async function testBroker(access: BrokerAccess): Promise<readonly SiteTestResult[]> {
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
      (found) => found.map(({ host }) => host).join(', '),
    );
    await step(
      'connection',
      () => oneAnswers(addresses),
      ({ host, port }) => `${host}:${port}`,
    );
    if (access.credentials === '') throw new Failed('account', { code: 'noCredentials', detail: '' });
    connection = await connected(access, done);
    const open = connection;
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

const answersOfAccount: ReadonlySet<BrokerTrouble['code']> = new Set(['refused', 'expired', 'notPermitted']);

/** Encryption and account are one step for the client. Its error distinguishes them. */
async function connected(access: BrokerAccess, done: Map<SiteTestStep, string>): Promise<NatsConnection> {
  const encrypted = isEncrypted(access.servers);
  try {
    const connection = await connectBroker(access, 'Crema test');
    if (encrypted) done.set('encryption', 'TLS');
    done.set('account', `nats-server ${connection.info?.version ?? ''}`.trim());
    return connection;
  } catch (error) {
    const trouble = troubleOf(error);
    // Only an answer to the credentials shows that the encryption worked.
    if (encrypted && answersOfAccount.has(trouble.code)) done.set('encryption', 'TLS');
    throw new Failed(encrypted && !answersOfAccount.has(trouble.code) ? 'encryption' : 'account', trouble);
  }
}

async function addressesOf(servers: string): Promise<readonly Server[]> {
  const found: Server[] = [];
  let problem: unknown = Object.assign(new Error(servers), { code: 'ENOTFOUND' });
  for (const { host, port } of serversOf(servers)) {
    try {
      const { address } = await lookup(host);
      found.push({ host: address, port });
    } catch (error) {
      problem = error;
    }
  }
  if (found.length === 0) throw problem;
  return found;
}

/** The first server that accepts a connection. */
async function oneAnswers(servers: readonly Server[]): Promise<Server> {
  let problem: unknown;
  for (const server of servers) {
    try {
      await answers(server);
      return server;
    } catch (error) {
      problem = error;
    }
  }
  throw problem;
}

function answers({ host, port }: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = dial({ host, port, timeout: patience });
    const end = (done: () => void): void => {
      socket.destroy();
      done();
    };
    socket.once('connect', () => end(resolve));
    socket.once('error', (error) => end(() => reject(error)));
    socket.once('timeout', () =>
      end(() => reject(Object.assign(new Error(`${host}:${port}`), { code: 'ETIMEDOUT' }))),
    );
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
