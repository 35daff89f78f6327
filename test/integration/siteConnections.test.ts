/** Connections to a broker: certificates, peers that say nothing, and how soon all of them end. */
import { getEventListeners, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectBroker, type BrokerAccess } from '../../src/main/sites/broker/connect';
import { testBroker } from '../../src/main/sites/broker/test';
import { Link } from '../../src/main/sites/link';
import { edit, makeDeployed, seedOf, startDeployed, type Deployed } from '../builders/deployed';
import { newFolder, removed } from '../builders/folders';
import { useFolder } from '../builders/useFolder';
import { hasBroker, startBroker } from '../builders/broker';

const folder = useFolder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});
const never = (): AbortSignal => new AbortController().signal;

/** Leads to this computer, and counts as another one. */
const address = '0.0.0.0';

interface Peer {
  readonly port: number;
  readonly open: ReadonlySet<Socket>;
  /** All connections so far. */
  readonly accepted: () => number;
}

/** Accepts connections, and sends `greeting` only. */
async function silentPeer(greeting = ''): Promise<Peer> {
  const open = new Set<Socket>();
  let accepted = 0;
  const server: Server = createServer((socket) => {
    accepted += 1;
    open.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => open.delete(socket));
    socket.resume();
    if (greeting !== '') socket.write(greeting);
  }).listen(0);
  await once(server, 'listening');
  ends.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  const place = server.address();
  if (place === null || typeof place === 'string') throw new Error('no port');
  return { port: place.port, open, accepted: () => accepted };
}

const to = (servers: string, more: Partial<BrokerAccess> = {}): BrokerAccess => ({
  servers,
  role: 'send',
  credentials: 'a:b',
  authority: '',
  ...more,
});

describe('a peer that says nothing', () => {
  const greeting = 'INFO {"server_id":"X","version":"2.12.0","max_payload":1048576,"headers":true}\r\n';
  const kinds = [
    ['without encryption', '127.0.0.1', ''],
    ['with encryption', address, ''],
    ['after its greeting', '127.0.0.1', greeting],
  ] as const;

  it('gets its sockets closed after every try', { timeout: 60_000 }, async () => {
    // All at once, because each waits for seconds.
    const tried = kinds.map(async ([, host, said]) => {
      const peer = await silentPeer(said);
      const tries = Array.from({ length: 20 }, () => connectBroker(to(`${host}:${peer.port}`), 'x', never()));
      const results = await Promise.allSettled(tries);
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(20);
      expect(peer.accepted()).toBe(20);
      await expect.poll(() => peer.open.size).toBe(0);
    });
    await Promise.all(tried);
  });

  it.each(kinds)('%s: a link to it ends at once', async (_name, host, said) => {
    const peer = await silentPeer(said);
    const link = new Link({
      access: to(`${host}:${peer.port}`),
      name: 'x',
      work: () => Promise.resolve(),
      onProgress: () => undefined,
    });
    await expect.poll(() => peer.accepted()).toBe(1);
    const begun = performance.now();
    await link.end();
    expect(performance.now() - begun).toBeLessThan(2_000);
    await expect.poll(() => peer.open.size).toBe(0);
  });

  it.each(kinds)('%s: its test ends at once', async (_name, host, said) => {
    const peer = await silentPeer(said);
    const ending = new AbortController();
    const done = testBroker(to(`${host}:${peer.port}`), ending.signal);
    await expect.poll(() => peer.accepted()).toBeGreaterThan(1);
    const begun = performance.now();
    ending.abort();
    await done;
    expect(performance.now() - begun).toBeLessThan(2_000);
    await expect.poll(() => peer.open.size).toBe(0);
  });
});

describe.runIf(hasBroker)('a broker with encryption', () => {
  let own = '';
  let broker: Deployed;
  let authority = '';
  beforeAll(async () => {
    own = newFolder();
    makeDeployed(own, ['berlin']);
    broker = await startDeployed(own);
    authority = readFileSync(join(own, 'certs/authority.pem'), 'utf8');
  });
  afterAll(async () => {
    await broker.end();
    await removed(own);
  });
  const access = (servers: string, more: Partial<BrokerAccess> = {}): BrokerAccess =>
    to(servers, {
      credentials: Buffer.from(seedOf(own, 'berlin', 'site')).toString(),
      authority,
      ...more,
    });

  it('is reached by an address only if its certificate has the address', async () => {
    // Its certificate has the names localhost and 127.0.0.1.
    const wrong = connectBroker(access(`${address}:${broker.port}`), 'x', never());
    await expect(wrong).rejects.toMatchObject({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
    const right = folder('addressed');
    makeDeployed(right, ['berlin'], [address]);
    const other = await startDeployed(right);
    ends.push(() => other.end());
    const client = await connectBroker(
      to(`${address}:${other.port}`, {
        credentials: Buffer.from(seedOf(right, 'berlin', 'site')).toString(),
        authority: readFileSync(join(right, 'certs/authority.pem'), 'utf8'),
      }),
      'x',
      never(),
    );
    await client.close();
  });

  /** The failed step and its reason; `null`: none failed. */
  const failureOf = async (tried: BrokerAccess): Promise<readonly [string, string | undefined] | null> => {
    const failed = (await testBroker(tried, never())).find(({ result }) => result === 'failed');
    return failed === undefined ? null : [failed.step, failed.trouble?.code];
  };

  it('is encrypted on this computer too, if a person asked for it', { timeout: 30_000 }, async () => {
    const here = `127.0.0.1:${broker.port}`;
    expect(await resultsOf(access(here))).toMatchObject({ encryption: 'ok', account: 'ok' });
    expect(await failureOf(access(`tls://${here}`, { authority: '' }))).toEqual([
      'encryption',
      'certificate',
    ]);
    expect(await failureOf(access(here, { authority: '' }))).toEqual(['account', 'tlsNeeded']);
  });

  it('has to encrypt from the first byte', { timeout: 30_000 }, async () => {
    const late = folder('late');
    makeDeployed(late, ['berlin']);
    edit(join(late, 'common.conf'), [['handshake_first: true', 'handshake_first: false']]);
    const greeting = await startDeployed(late);
    ends.push(() => greeting.end());
    const here = `127.0.0.1:${greeting.port}`;
    expect(await failureOf(access(here))).toEqual(['encryption', 'tlsMissing']);
    // Its greeting demands encryption.
    expect(await failureOf(access(here, { authority: '' }))).toEqual(['account', 'certificate']);
    const plain = await startBroker(folder('plain'));
    ends.push(() => plain.kill());
    expect(await failureOf(access(`127.0.0.1:${plain.port}`))).toEqual(['encryption', 'tlsMissing']);
  });

  it('leaves no listeners after a test', async () => {
    const { signal } = new AbortController();
    const here = `localhost:${broker.port}`;
    for (const tried of [access(here), access(here, { credentials: 'a:b' }), access('localhost:9')])
      await testBroker(tried, signal);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  const resultsOf = async (tried: BrokerAccess): Promise<Record<string, string>> =>
    Object.fromEntries((await testBroker(tried, never())).map(({ step, result }) => [step, result]));

  it('counts as encrypted in a test only if it is', { timeout: 30_000 }, async () => {
    expect(await resultsOf(access(`${address}:${broker.port}`))).toMatchObject({
      connection: 'ok',
      encryption: 'failed',
      account: 'skipped',
    });
    const peer = await silentPeer();
    expect(await resultsOf(access(`${address}:${peer.port}`))).toMatchObject({
      connection: 'ok',
      encryption: 'failed',
      account: 'skipped',
    });
  });
});
