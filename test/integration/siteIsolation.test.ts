/** The keys of one site never reach the data of another, at a real broker with the configuration of deploy/. */
import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import {
  jwtAuthenticator,
  nkeyAuthenticator,
  nkeys,
  TimeoutError,
  tokenAuthenticator,
  usernamePasswordAuthenticator,
  type Authenticator,
  type NatsConnection,
} from '@nats-io/transport-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerCommands } from '../../src/main/sites/commands/answering';
import { commandSubject, encodeQuestion } from '../../src/main/sites/wire/command';
import {
  makeDeployed,
  runDeploy,
  seedOf,
  startDeployed,
  type BrokerRole,
  type Deployed,
} from '../builders/deployed';
import { waysIn, type Hands, type Way } from '../fixtures/waysIn';
import { newFolder, removed } from '../builders/folders';
import { hasProgram } from '../builders/wireshark';

/** In all that a site sends and answers. */
const secretOf = (site: string): string => `secret-of-${site}`;
/** ms for an answer or a refusal on this computer. */
const patience = 150;
const soon = (ms = 30): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A user without limits, in each account. Only this test adds it. */
const allRights = (site: string) => ({
  authenticator: usernamePasswordAuthenticator(`all-${site}`, 'x'),
  inboxPrefix: '_INBOX_all',
});

interface Place {
  readonly site: NatsConnection;
  readonly desk: NatsConnection;
  readonly manager: JetStreamManager;
  readonly traffic: () => Promise<void>;
  /** Changes with every change of its streams, messages and consumers. */
  readonly state: () => Promise<string>;
  readonly fill: () => Promise<void>;
  readonly end: () => Promise<void>;
}

async function openPlace(broker: Deployed, name: string): Promise<Place> {
  const [site, desk, admin] = await Promise.all(
    (['site', 'desk', 'admin'] as const).map((role) => broker.client(name, role)),
  );
  if (site === undefined || desk === undefined || admin === undefined) throw new Error('not connected');
  const manager = await jetstreamManager(admin, { checkAPI: false });
  const sub = site.subscribe('cmd.>', {
    callback: (_error, message) => {
      // Crema answers for machine 1.
      if (message.subject.startsWith('cmd.1.')) return;
      // Without a body it is what some calls of the broker take.
      message.respond(message.subject === 'cmd.empty' ? '' : secretOf(name));
    },
  });
  await site.flush();
  const state = async (): Promise<string> => {
    const streams = await manager.streams.list().next();
    const found = await Promise.all(
      streams
        .toSorted((one, other) => one.config.name.localeCompare(other.config.name))
        .map(async ({ config, state: { messages, first_seq, last_seq, num_deleted } }) => ({
          config,
          state: { messages, first_seq, last_seq, num_deleted },
          consumers: (await manager.consumers.list(config.name).next()).map((one) => [
            one.name,
            one.delivered.consumer_seq,
          ]),
        })),
    );
    return JSON.stringify(found);
  };
  const fill = async (): Promise<void> => {
    for (const stream of await manager.streams.list().next())
      await manager.streams.delete(stream.config.name);
    const args = ['--server', `localhost:${broker.port}`, '--ca', join(broker.folder, 'certs/authority.pem')];
    const made = runDeploy('make-streams.mjs', [...args, '--out', join(broker.folder, 'broker'), name]);
    if (made.code !== 0) throw new Error(made.text);
    for (const number of [1, 2, 3]) {
      site.publish('up.x', `${secretOf(name)} ${number}`);
      site.publish(`up.${secretOf(name)}`, String(number));
      site.publish('files.x', secretOf(name));
    }
    await manager.consumers.add('UP', { name: 'support', durable_name: 'support' });
    await site.flush();
    await soon();
  };
  const traffic = async (): Promise<void> => {
    await soon();
    await site.request('up.y', secretOf(name));
    site.publish('files.y', secretOf(name));
    await site.request('$JS.API.STREAM.MSG.GET.UP', JSON.stringify({ last_by_subj: 'up.y' }));
    await desk.request(`cmd.${secretOf(name)}`, secretOf(name)).catch(() => undefined);
    await soon();
  };
  await fill();
  return {
    site,
    desk,
    manager,
    traffic,
    state,
    fill,
    end: async () => {
      sub.unsubscribe();
      await Promise.all([site.close(), desk.close(), admin.close()]);
    },
  };
}

/** Whether bytes from the broker have the secret, also in base64 as in answers with a message. */
function hasSecret(text: string, secret: string): boolean {
  if (text.includes(secret)) return true;
  return [...text.matchAll(/[A-Za-z0-9+/]{16,}={0,2}/g)].some(([part]) =>
    Buffer.from(part, 'base64').includes(secret),
  );
}

/** Runs a way, and returns all that was received. */
async function tried(
  client: NatsConnection,
  way: Way,
  target: string,
  traffic: () => Promise<void>,
): Promise<string> {
  const heard: string[] = [];
  const hear = (subject: string, data: Uint8Array): void =>
    void heard.push(`${subject} ${Buffer.from(data).toString()}`);
  const subs = ['stolen.>'].map((subject) =>
    client.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) hear(message.subject, message.data);
      },
    }),
  );
  const hands: Hands = {
    publish: (subject, body = '', extra = {}) => client.publish(subject, body, extra),
    ask: async (subject, body = '', extra = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      await client
        .request(subject.replace('PURGE.V', `PURGE.${target}`), text, { timeout: patience, ...extra })
        .then(
          ({ subject: from, data }) => hear(from, data),
          () => undefined,
        );
    },
    askUntilFound: async (subject, body) => {
      for (let tries = 0; tries < 20; tries += 1) {
        const isOver = await client.request(subject, JSON.stringify(body), { timeout: patience }).then(
          ({ subject: from, data }) => {
            hear(from, data);
            return !Buffer.from(data).includes('"error"');
          },
          (error: unknown) => !(error instanceof TimeoutError),
        );
        if (isOver) return;
        await soon();
      }
    },
    listen: (subject, queue) => {
      subs.push(
        client.subscribe(subject, {
          ...(queue !== undefined && { queue }),
          callback: (error, message) => {
            if (error === null) hear(message.subject, message.data);
          },
        }),
      );
    },
    raw: (lines) =>
      (client as unknown as { protocol: { sendCommand: (text: string) => void } }).protocol.sendCommand(
        lines,
      ),
    traffic,
  };
  try {
    await way.run(hands, target);
    // The server closes a connection that breaks the protocol.
    await Promise.race([client.flush().catch(() => undefined), client.closed(), soon(2_000)]);
    await soon();
  } finally {
    for (const sub of subs) sub.unsubscribe();
  }
  return heard.join('\n');
}

const kinds = Object.entries(waysIn) as readonly (readonly [string, readonly Way[]])[];
const roles = ['site', 'desk', 'admin', 'all'] as const;

describe.runIf(hasProgram('nats-server'))('two sites at one broker', () => {
  let folder = '';
  let broker: Deployed;
  let berlin: Place;
  let paris: Place;
  beforeAll(async () => {
    folder = newFolder();
    makeDeployed(folder, ['berlin', 'paris']);
    const accounts = join(folder, 'broker/accounts.conf');
    const withAll = readFileSync(accounts, 'utf8').replaceAll(
      /"(\w+)": \{[^]*?max_streams: 2[^]*?users: \[\n/g,
      (all, name: string) =>
        `${all.replace('max_streams: 2', 'max_streams: 9')}      { user: all-${name}, password: x }\n`,
    );
    writeFileSync(
      accounts,
      withAll.replace('accounts {', 'accounts {\n  "$SYS": { users: [{ user: all-system, password: x }] }'),
    );
    broker = await startDeployed(folder);
    [berlin, paris] = [await openPlace(broker, 'berlin'), await openPlace(broker, 'paris')];
  });
  afterAll(async () => {
    await berlin.end();
    await paris.end();
    await broker.end();
    await removed(folder);
  });
  const connected = (site: string, role: (typeof roles)[number]): Promise<NatsConnection> =>
    role === 'all' ? broker.client('berlin', 'site', allRights(site)) : broker.client(site, role);

  it('the ways are at least 50', () => {
    expect(kinds.flatMap(([, ways]) => ways).length).toBeGreaterThanOrEqual(50);
  });

  describe.each(kinds)('%s', (kind, ways) => {
    /** Figures of the server name accounts, and no entries. */
    const traceOf = kind === 'system' ? (site: string) => `"${site}"` : secretOf;

    it('works with all rights, so that a failure elsewhere means something', async () => {
      const able = ways.filter(({ works }) => works === true);
      const idle: string[] = [];
      for (const way of able) {
        const client = await connected(kind === 'system' ? 'system' : 'berlin', 'all');
        const before = await berlin.state();
        const noTraffic = way.run.toString().includes('traffic') ? berlin.traffic : () => Promise.resolve();
        const heard = await tried(client, way, 'berlin', noTraffic);
        const after = await berlin.state();
        const isChanged = !way.run.toString().includes('traffic') && after !== before;
        if (!isChanged && !hasSecret(heard, traceOf('berlin'))) idle.push(way.name);
        await client.close();
        if (after !== before) await berlin.fill();
      }
      expect(idle).toEqual([]);
      expect(able.length).toBeGreaterThan(0);
    });

    it.each(roles)('never reaches the other account with the rights of "%s"', async (role) => {
      const reached: string[] = [];
      for (const way of ways) {
        const client = await connected('berlin', role);
        let before = await paris.state();
        const traffic = async (): Promise<void> => {
          const found = await paris.state();
          if (found !== before) reached.push(`${way.name}: changed`);
          await paris.traffic();
          before = await paris.state();
        };
        const heard = await tried(client, way, 'paris', traffic);
        if (hasSecret(heard, traceOf('paris'))) reached.push(`${way.name}: read`);
        if ((await paris.state()) !== before) reached.push(`${way.name}: changed`);
        await client.close();
      }
      expect(reached).toEqual([]);
      await berlin.fill();
    });
  });

  it('nobody gets in without a key of the broker', async () => {
    const seed = seedOf(folder, 'berlin', 'site');
    const { site: parisKey } = (
      JSON.parse(readFileSync(join(folder, 'broker/sites.json'), 'utf8')) as { site: string }[]
    )[1] ?? { site: '' };
    const own = nkeyAuthenticator(seed);
    const as =
      (nkey: string, sig: (nonce?: string) => string | undefined): Authenticator =>
      (nonce) => ({ nkey, sig: sig(nonce) ?? '' });
    const ways: Readonly<Record<string, Authenticator>> = {
      'a new key': nkeyAuthenticator(nkeys.createUser().getSeed()),
      "the other's public key with the own signature": as(
        parisKey,
        (nonce) => (own(nonce) as { sig: string }).sig,
      ),
      "the other's public key without a signature": as(parisKey, () => ''),
      'the name of the other site': usernamePasswordAuthenticator('paris', ''),
      "the other's public key as a password": usernamePasswordAuthenticator(parisKey, parisKey),
      'a token': tokenAuthenticator(parisKey),
      'a claim': jwtAuthenticator(
        'eyJ0eXAiOiJKV1QiLCJhbGciOiJlZDI1NTE5LW5rZXkifQ.e30.x',
        nkeys.createUser().getSeed(),
      ),
      nothing: () => undefined,
    };
    const entered: string[] = [];
    for (const [name, authenticator] of Object.entries(ways))
      await broker.client('berlin', 'site', { authenticator }).then(
        (client) => {
          entered.push(name);
          return client.close();
        },
        () => undefined,
      );
    expect(entered).toEqual([]);
    await (await broker.client('berlin', 'site')).close();
  });

  /** Ways inside the own account that the rights of a role must prevent. */
  const denied: Readonly<Record<Exclude<BrokerRole, 'admin'>, readonly string[]>> = {
    site: [
      'message directly',
      'part of a file directly',
      // A site may take its own files back.
      ...waysIn.changing.map(({ name }) => name).filter((name) => !name.startsWith('purge a file')),
      ...waysIn.consuming.map(({ name }) => name),
      ...waysIn.copying.map(({ name }) => name),
      ...['>', '*.*', 'up.>', 'up.y', 'files.>', '_INBOX_desk.>'].map((subject) => `listen to ${subject}`),
      'listen in a queue',
    ],
    desk: [
      'publish up.x',
      'publish files.x.1',
      'publish files.x.manifest',
      'part of a file by number',
      'newest part of a file',
      'part of a file directly',
      'newest part of a file directly',
      'plain PUB',
      ...waysIn.changing.map(({ name }) => name),
      ...waysIn.copying.map(({ name }) => name),
      ...['>', '*.*', 'up.>', 'up.y', 'files.>', 'cmd.>', '_INBOX_site.>'].map(
        (subject) => `listen to ${subject}`,
      ),
      'listen in a queue',
      'answer the commands of support',
    ],
  };
  it.each(['site', 'desk'] as const)(
    '"%s" has no more rights in its own account than it needs',
    async (role) => {
      await berlin.fill();
      const reached: string[] = [];
      for (const way of kinds.flatMap(([, ways]) => ways).filter(({ name }) => denied[role].includes(name))) {
        const client = await connected('berlin', role);
        let before = await berlin.state();
        const traffic = async (): Promise<void> => {
          if ((await berlin.state()) !== before) reached.push(`${way.name}: changed`);
          await berlin.traffic();
          before = await berlin.state();
        };
        const heard = await tried(client, way, 'berlin', traffic);
        if (hasSecret(heard, secretOf('berlin'))) reached.push(`${way.name}: read`);
        if ((await berlin.state()) !== before) reached.push(`${way.name}: changed`);
        await client.close();
      }
      expect(reached).toEqual([]);
    },
  );

  it('a site removes one of its files, and keeps the others and all entries', async () => {
    await berlin.fill();
    berlin.site.publish('files.other', secretOf('berlin'));
    const counts = async (stream: string) =>
      (await berlin.manager.streams.info(stream, { subjects_filter: '>' })).state;
    const entries = await counts('UP');
    await berlin.site.request('$JS.API.STREAM.PURGE.FILES', JSON.stringify({ filter: 'files.x' }));
    expect((await counts('FILES')).subjects).toEqual({ 'files.other': 1 });
    expect(await counts('UP')).toEqual(entries);
    // A filter of entries finds nothing in the stream of files.
    await berlin.site.request('$JS.API.STREAM.PURGE.FILES', JSON.stringify({ filter: 'up.>' }));
    expect(await counts('UP')).toEqual(entries);
    expect((await counts('FILES')).subjects).toEqual({ 'files.other': 1 });
  });

  it('support cannot make a site delete its stream by a reply subject', async () => {
    await berlin.fill();
    const before = await berlin.state();
    for (const reply of ['PURGE.UP', 'DELETE.UP', 'DELETE.FILES', 'MSG.DELETE.FILES']) {
      berlin.desk.publish('cmd.empty', '', { reply: `$JS.API.STREAM.${reply}` });
      await berlin.desk.flush();
      await soon(100);
    }
    expect(await berlin.state()).toBe(before);
    expect((await berlin.desk.request('cmd.x', '')).string()).toBe(secretOf('berlin'));
  });

  it('support cannot make Crema at a site remove its files by a reply subject', async () => {
    await berlin.fill();
    const crema = await broker.client('berlin', 'site');
    const asked: string[] = [];
    answerCommands(crema, ({ question }) => {
      asked.push(question.request);
      return Promise.resolve({ state: 'unknown' });
    });
    await crema.flush();
    const subject = commandSubject(1, 'queryStatus');
    const before = await berlin.state();
    // An unreadable question gets an answer too.
    for (const body of [encodeQuestion({ step: 'withdraw', request: randomUUID() }), ''])
      for (const reply of ['$JS.API.STREAM.PURGE.FILES', 'files.x', 'up.x'])
        berlin.desk.publish(subject, body, { reply });
    const request = randomUUID();
    const answer = await berlin.desk.request(subject, encodeQuestion({ step: 'withdraw', request }));
    expect(answer.json()).toEqual({ state: 'unknown' });
    expect(asked).toEqual([request]);
    await crema.flush();
    expect(await berlin.state()).toBe(before);
    await crema.close();
  });

  it('support cannot make the broker delete by a reply subject', async () => {
    await berlin.fill();
    const before = await berlin.state();
    for (const call of ['INFO', 'STREAM.INFO.UP', 'CONSUMER.INFO.UP.support'])
      for (const reply of ['STREAM.PURGE.FILES', 'STREAM.PURGE.UP', 'STREAM.DELETE.UP'])
        berlin.desk.publish(`$JS.API.${call}`, '', { reply: `$JS.API.${reply}` });
    await berlin.desk.flush();
    await soon(200);
    expect(await berlin.state()).toBe(before);
  });
});
