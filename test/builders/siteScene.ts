/** A journal of 6,000 entries, a broker with its stream, and a desk that reads it. */
import type { NatsConnection } from '@nats-io/transport-node';
import { expect } from 'vitest';
import { makeStream, startBroker, type Broker } from './broker';
import { makeManyInJournal } from './manyInJournal';
import {
  readInto,
  send,
  sentFrom,
  storeOf,
  type Ends,
  type Going,
  type KeptPlaces,
  type Reading,
  type Sent,
} from './siteTraffic';

type Folder = (...names: readonly string[]) => string;

interface SceneOptions {
  /** Limit of the stream. */
  readonly maxBytes?: number;
  readonly write?: (file: string) => Promise<unknown>;
}
const usual = (file: string): Promise<unknown> => makeManyInJournal(file, 3_000);

export interface Scene {
  readonly broker: Broker;
  readonly client: NatsConnection;
  readonly journal: Sent;
  readonly name: string;
  readonly kept: KeptPlaces;
  readonly ends: Ends;
  readonly file: string;
  readonly read: () => Promise<Reading>;
}

/** A journal of 6,000 entries, which are sent in batches of 100, and a broker. */
export async function makeScene(
  folder: Folder,
  ends: Ends,
  { maxBytes, write = usual }: SceneOptions = {},
): Promise<Scene> {
  const file = folder('journal.sqlite');
  await write(file);
  const journal = sentFrom(file, ends);
  journal.batch = 100;
  const broker = await startBroker(folder('broker'));
  ends.push(() => broker.kill());
  const client = await broker.client();
  ends.push(() => client.close());
  await makeStream(client, maxBytes);
  const { name } = await journal.identity();
  const read = (): Promise<Reading> => readInto(folder('desk'), () => broker.client(), ends);
  return { broker, client, journal, name, kept: { place: null }, ends, file, read };
}

/** Resolves when everything is sent or read. */
export const isDone = (going: Going): Promise<void> =>
  expect
    .poll(going.state, { timeout: 15_000 })
    .toMatchObject({ status: 'upToDate', behind: 0, trouble: null });
export const lastIn = (file: string): number => {
  const store = storeOf(file);
  const { entry } = store.last();
  store.close();
  return entry;
};
/** Reads until the entry is here, and ends. */
export async function readThrough(read: Scene['read'], name: string, entry: number): Promise<Reading> {
  const reading = await read();
  const file = reading.fileOf(name);
  await expect.poll(() => lastIn(file), { timeout: 15_000 }).toBe(entry);
  await reading.stop();
  return reading;
}
/** Sends up to the entry, and ends. */
export async function sendThrough({ journal, broker, kept, ends }: Scene, entry: number): Promise<void> {
  journal.upTo = entry;
  const client = await broker.client();
  const sending = send(journal, client, ends, { kept });
  await isDone(sending);
  await sending.stop();
  await client.close();
}
