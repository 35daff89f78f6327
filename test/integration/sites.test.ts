/** A site's entries, over a real broker, to the computer of another place. */
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SiteJournal } from '../../src/main/sites/reader/siteJournal';
import { readSite } from '../../src/main/sites/reader/siteReader';
import type { SiteRole } from '#shared/model/sites';
import { appBundles, type Bundles } from '../builders/bundles';
import { freePorts, Served } from '../builders/served';
import { decimalFrame, RawClient } from '../builders/server';
import { foldsHere } from '../builders/folds';
import { hasBroker, makeStream, startBroker, type Broker } from '../builders/broker';
import { makeManyInJournal } from '../builders/manyInJournal';
import { hashOf, send, sentFrom, storeOf, type Ends } from '../builders/siteTraffic';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ends: Ends = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function read(client: NatsConnection, file: string, until: number): Promise<SiteJournal> {
  const journal = await SiteJournal.open(file, foldsHere());
  const ending = new AbortController();
  const manager = await jetstreamManager(client);
  await readSite(
    {
      client: jetstream(client),
      manager,
      after: () => null,
      upToDate: () => journal.settle(),
      late: () => undefined,
      lostAt: 0,
      take: async ({ batch: decode }) => {
        const batch = decode();
        if (batch !== null) await journal.take(batch);
        if (journal.last >= until) ending.abort();
      },
    },
    ending.signal,
  );
  return journal;
}

describe.runIf(hasBroker)('a site and its reader', () => {
  const brokers: Broker[] = [];
  const broker = async (): Promise<Broker> => {
    const one = await startBroker(folder('broker'));
    brokers.push(one);
    ends.push(() => one.kill());
    return one;
  };

  it('have the same entries, and the same machines', async () => {
    const file = folder('journal.sqlite');
    await makeManyInJournal(file, 5_000);
    const journal = sentFrom(file, ends);
    const one = await broker();
    const client = await one.client();
    ends.push(() => client.close());
    await makeStream(client);
    const sending = send(journal, client, ends);
    await expect.poll(() => sending.state()).toMatchObject({ status: 'upToDate', behind: 0, trouble: null });
    const site = await read(client, folder('site.sqlite'), 10_000);
    await site.close();
    expect(hashOf(folder('site.sqlite'))).toBe(hashOf(file));
  });
});

/** A site and a desk as processes of their own, each with a prepared file of sites. */
describe.runIf(hasBroker)('two Cremas and a broker', () => {
  let bundles: Bundles;
  beforeAll(() => {
    bundles = appBundles();
  });
  afterAll(() => bundles.remove());

  const prepared = (data: string, role: SiteRole, servers: string): void => {
    mkdirSync(data, { recursive: true });
    const site = { name: 'North', role, servers, credentials: 'a:secret-a', isMasked: false };
    // Without an id, as an administrator writes it: Crema makes an id that stays.
    writeFileSync(join(data, 'sites.json'), JSON.stringify({ sites: [site] }));
  };
  const serve = (data: string): Served => {
    const one = new Served(bundles.directory, [...freePorts, `--data-dir=${data}`]);
    ends.push(async () => void (await one.end('SIGKILL')));
    return one;
  };
  const journalOf = (data: string): string => join(data, 'journal.sqlite');
  const copyOf = (desk: string): string | null => {
    const [id, another] = existsSync(join(desk, 'sites')) ? readdirSync(join(desk, 'sites')) : [];
    if (id === undefined) return null;
    expect(another).toBeUndefined();
    const own = join(desk, 'sites', id);
    const name = readdirSync(own).find((one) => one.endsWith('.sqlite'));
    return name === undefined ? null : join(own, name);
  };
  const lastOf = (file: string | null): number => {
    if (file === null || !existsSync(file)) return 0;
    const store = storeOf(file);
    const { entry } = store.last();
    store.close();
    return entry;
  };

  it('lose nothing and repeat nothing, whichever of them is killed', { timeout: 240_000 }, async () => {
    const broker = await startBroker(folder('broker'));
    ends.push(() => broker.kill());
    const client = await broker.client();
    await makeStream(client);
    await client.close();
    const [siteData, deskData] = [folder('site'), folder('desk')];
    prepared(siteData, 'send', `127.0.0.1:${broker.port}`);
    prepared(deskData, 'read', `127.0.0.1:${broker.port}`);
    let site = serve(siteData);
    let desk = serve(deskData);
    let machine = await RawClient.open(await site.port());
    await ask(machine, login);
    for (const killed of rounds) {
      for (let sent = 0; sent < 40; sent += 1) await ask(machine, beat);
      if (killed === 'broker') {
        await broker.kill();
        for (let sent = 0; sent < 10; sent += 1) await ask(machine, beat);
        await broker.start();
      } else if (killed === 'desk') {
        await desk.end('SIGKILL');
        desk = serve(deskData);
      } else {
        await site.end('SIGKILL');
        site = serve(siteData);
        machine = await RawClient.open(await site.port());
        await ask(machine, login);
      }
    }
    machine.socket.destroy();
    await site.end('SIGTERM');
    const last = lastOf(journalOf(siteData));
    site = serve(siteData);
    await expect
      .poll(() => lastOf(copyOf(deskData)), { timeout: 60_000, interval: 500 })
      .toBeGreaterThanOrEqual(last);
    await Promise.all([site.end('SIGTERM'), desk.end('SIGTERM')]);
    expect(hashOf(copyOf(deskData) ?? '', last)).toBe(hashOf(journalOf(siteData), last));
    expect(last).toBeGreaterThan(100);
  });
});

/** Sends a message and waits for its answer. */
async function ask(machine: RawClient, message: string): Promise<void> {
  machine.received = Buffer.alloc(0);
  machine.send(decimalFrame(message));
  await machine.until(() => machine.received.length > 0);
}

const login = '{"cmd":"login","vmc_no":33232,"version":"1.2.8.8","linuxDriverVersion":"1.3"}';
const beat = '{"cmd":"hb","vmc_no":33232,"timestamp":1700000000}';
const rounds = ['site', 'broker', 'desk', 'desk', 'broker', 'site'] as const;
