/** An uplink sends what is missing after a power loss, with holes, during a recovery and over connections that die, at a real broker. */
import { copyFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect as dial, createServer, type Socket } from 'node:net';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packEntries, unpacked } from '../../src/main/journal/api';
import { openJournal } from '../../src/main/journal/embed';
import { Link } from '../../src/main/sites/link';
import { Uplink, type SentJournal, type UplinkParts } from '../../src/main/sites/uplink/uplink';
import type { KeptPlace } from '../../src/main/sites/uplink/position';
import { decodeBatch } from '../../src/main/sites/wire/batch';
import { subjectOf } from '../../src/main/sites/wire/names';
import type { StoredEntry } from '#shared/model/frame';
import type { SiteProgress } from '#shared/model/sites';
import { hasBroker, makeStream, startBroker, type Broker } from '../builders/broker';
import { makeManyInJournal } from '../builders/manyInJournal';
import { useFolder } from '../builders/useFolder';

const folder = useFolder();
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const storeOf = (file: string) => {
  const opened = openJournal(file);
  if (opened.kind !== 'open') throw new Error('not open');
  ends.push(() => opened.store.close());
  return opened.store;
};
type Store = ReturnType<typeof storeOf>;

const journalOf = (store: Store): SentJournal => ({
  identity: () => Promise.resolve(store.identity()),
  packedAfter: (query) => Promise.resolve(store.packedAfter(query)),
  renew: (known) => Promise.resolve(store.renewIdentity({ known })),
});

const add = (store: Store, entries: readonly StoredEntry[]): void =>
  store.append({ entries: packEntries(entries), faults: [], orders: [], commands: [], machines: [] });

describe.runIf(hasBroker)('an uplink', () => {
  let place: KeptPlace | null = null;
  let broker: Broker;
  let client: NatsConnection;
  let entries: readonly StoredEntry[] = [];
  beforeEach(async () => {
    place = null;
    broker = await startBroker(folder('broker'));
    ends.push(() => broker.kill());
    client = await broker.client();
    ends.push(() => client.close());
    await makeStream(client);
    const file = folder('source.sqlite');
    await makeManyInJournal(file, 600);
    entries = storeOf(file).entriesAfter(0, 1_200);
  });

  const partsOf = (journal: SentJournal, more: Partial<UplinkParts> = {}): UplinkParts => ({
    journal,
    place: { read: () => place, keep: (kept) => void (place = kept) },
    mask: null,
    key: 'ab'.repeat(32),
    rate: Infinity,
    onProgress: () => undefined,
    now: Date.now,
    ...more,
  });

  /** Sends until all is sent. */
  const sendAll = async (journal: SentJournal): Promise<void> => {
    const ending = new AbortController();
    const uplink = new Uplink(
      partsOf(journal, {
        onProgress: ({ status, behind }) => {
          if (status === 'upToDate' && behind === 0) ending.abort();
        },
      }),
    );
    await uplink.run({ client: jetstream(client), manager: await jetstreamManager(client) }, ending.signal);
  };

  /** The batches of a journal at the broker. */
  const batchesOf = async (name: string): Promise<{ after: number; ids: number[]; times: number[] }[]> => {
    const manager = await jetstreamManager(client);
    const { state } = await manager.streams.info('UP');
    const found = [];
    for (let seq = 1; seq <= state.last_seq; seq += 1) {
      const message = await manager.streams.getMessage('UP', { seq });
      if (message?.subject !== subjectOf(name)) continue;
      const { after, entries: sent } = decodeBatch(message.data);
      const stored = [...unpacked(sent)];
      found.push({ after, ids: stored.map(({ id }) => id), times: stored.map(({ at }) => at) });
    }
    return found;
  };

  it('sends a journal under another name if a power loss took entries that the broker has', async () => {
    const [before, after] = [folder('before.sqlite'), folder('after.sqlite')];
    const first = storeOf(before);
    const { name } = first.identity();
    add(first, entries.slice(0, 900));
    first.close();
    ends.pop();
    copyFileSync(before, after);
    const lost = storeOf(before);
    add(lost, entries.slice(900, 1_000));
    await sendAll(journalOf(lost));
    expect(place).toMatchObject({ journal: name, entry: 1_000 });

    const grown = storeOf(after);
    add(
      grown,
      entries.slice(900).map((entry) => Object.assign({}, entry, { at: entry.at + 7 })),
    );
    // Without its place file, the broker's message alone shows it.
    for (const kept of [place, null]) {
      place = kept;
      grown.renewIdentity({ known: null });
      const fresh = grown.identity().name;
      const same = { ...journalOf(grown) };
      let own = name;
      const named: SentJournal = {
        identity: () => same.identity().then((found) => ({ ...found, name: own })),
        packedAfter: (query) => same.packedAfter(query).then((found) => ({ ...found, name: own })),
        renew: (known) => {
          if (known === own) own = fresh;
          return Promise.resolve(null);
        },
      };
      await sendAll(named);
      expect(own).toBe(fresh);
      const sent = await batchesOf(fresh);
      expect(sent.flatMap(({ ids }) => ids)).toEqual(entries.map(({ id }) => id));
      expect(sent.flatMap(({ times }) => times)).toEqual(
        entries.map(({ id, at }) => (id > 900 ? at + 7 : at)),
      );
    }
  });

  it('keeps the name, and sends nothing twice, if the entries are the same', async () => {
    const store = storeOf(folder('same.sqlite'));
    add(store, entries.slice(0, 900));
    const { name } = store.identity();
    await sendAll(journalOf(store));
    place = null;
    add(store, entries.slice(900));
    await sendAll(journalOf(store));
    expect(store.identity().name).toBe(name);
    expect((await batchesOf(name)).flatMap(({ ids }) => ids)).toEqual(entries.map(({ id }) => id));
  });

  it('begins another batch after missing numbers, and names them', async () => {
    const store = storeOf(folder('holes.sqlite'));
    add(store, [...entries.slice(0, 100), ...entries.slice(150, 200), ...entries.slice(300, 301)]);
    await sendAll(journalOf(store));
    const sent = await batchesOf(store.identity().name);
    expect(sent.map(({ after, ids }) => [after, ids[0], ids.at(-1)])).toEqual([
      [0, 1, 100],
      [150, 151, 200],
      [300, 301, 301],
    ]);
  });

  it('waits if the file is replaced by one that is being recovered', async () => {
    const whole = storeOf(folder('whole.sqlite'));
    add(whole, entries);
    const { name } = whole.identity();
    const recovering = storeOf(folder('recovering.sqlite'));
    add(recovering, entries.slice(1_000));
    let answers = 0;
    const journal: SentJournal = {
      ...journalOf(whole),
      // Damage is found with the second batch, and mended two answers later.
      packedAfter: (query) => {
        answers += 1;
        const isSalvaging = answers === 2 || answers === 3;
        const page = (isSalvaging ? recovering : whole).packedAfter({ ...query, entries: 300 });
        return Promise.resolve({ ...page, name, isSalvaging });
      },
    };
    await sendAll(journal);
    const sent = await batchesOf(name);
    expect(sent.flatMap(({ ids }) => ids)).toEqual(entries.map(({ id }) => id));
  });

  it('is not confused by a message of another program', async () => {
    const store = storeOf(folder('foreign.sqlite'));
    add(store, entries.slice(0, 500));
    const { name } = store.identity();
    await sendAll(journalOf(store));
    await jetstream(client).publish(subjectOf(name), 'answer of the broker');
    add(store, entries.slice(500));
    await sendAll(journalOf(store));
    expect(store.identity().name).toBe(name);
    expect(place).toMatchObject({ journal: name, entry: 1_200 });
  });

  /** Leads to the broker. `silence`: the connections that are open now pass nothing any more. */
  const relay = async () => {
    const pairs: [Socket, Socket][] = [];
    const server = createServer((socket) => {
      const other = dial(broker.port, '127.0.0.1');
      pairs.push([socket, other]);
      for (const one of [socket, other]) one.on('error', () => undefined);
      socket.pipe(other);
      other.pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => {
      for (const one of pairs.flat()) one.destroy();
      server.close();
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const silence = (): void => {
      for (const [socket, other] of pairs) {
        socket.unpipe(other).pause();
        other.unpipe(socket).pause();
      }
    };
    return { port: address.port, silence, accepted: () => pairs.length };
  };

  const linkOf = (journal: SentJournal, port: number) => {
    const link: Link = new Link({
      access: { servers: `127.0.0.1:${port}`, role: 'send', credentials: 'a:secret-a', authority: '' },
      name: 'x',
      onProgress: () => undefined,
      work: (open, signal) =>
        new Uplink(
          partsOf(journal, { onProgress: (change: Partial<SiteProgress>) => link.report(change) }),
        ).run(
          {
            ...open,
            client: {
              publish: (subject: string, data: Uint8Array, options: object) =>
                open.client.publish(subject, data, { ...options, timeout: 1_500 }),
            } as unknown as typeof open.client,
          },
          signal,
        ),
    });
    ends.push(() => link.end());
    return link;
  };

  it('opens another connection if one is half open', { timeout: 20_000 }, async () => {
    const store = storeOf(folder('half.sqlite'));
    add(store, entries.slice(0, 500));
    const { port, silence, accepted } = await relay();
    const link = linkOf(journalOf(store), port);
    await expect.poll(() => place?.entry, { timeout: 5_000 }).toBe(500);
    silence();
    add(store, entries.slice(500));
    await expect.poll(() => place?.entry, { timeout: 10_000 }).toBe(1_200);
    expect(accepted()).toBe(2);
    expect(link.progress).toMatchObject({ trouble: null });
  });

  it('ends at once while it waits for an acknowledgement', async () => {
    const store = storeOf(folder('waits.sqlite'));
    add(store, entries.slice(0, 500));
    const { port, silence } = await relay();
    const link = linkOf(journalOf(store), port);
    await expect.poll(() => place?.entry, { timeout: 5_000 }).toBe(500);
    silence();
    let asked = 0;
    const packedAfter = store.packedAfter.bind(store);
    store.packedAfter = (query) => {
      asked += 1;
      return packedAfter(query);
    };
    add(store, entries.slice(500));
    await expect.poll(() => asked, { timeout: 5_000 }).toBeGreaterThan(1);
    const begun = performance.now();
    await link.end();
    expect(performance.now() - begun).toBeLessThan(1_000);
  });

  it('ends at once while it waits for the journal', async () => {
    const store = storeOf(folder('hangs.sqlite'));
    add(store, entries);
    for (const part of ['identity', 'packedAfter'] as const) {
      let asked = 0;
      const never = (): Promise<never> => {
        asked += 1;
        return new Promise(() => undefined);
      };
      const link = linkOf({ ...journalOf(store), [part]: never }, broker.port);
      await expect.poll(() => asked, { timeout: 5_000 }).toBe(1);
      const begun = performance.now();
      await link.end();
      expect(performance.now() - begun).toBeLessThan(1_000);
    }
  });
});
