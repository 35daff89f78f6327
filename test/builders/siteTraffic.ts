/** A journal that is sent to a broker, and the site that reads it, both in this process. */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { openJournal } from '../../src/main/journal/embed';
import { isGoing, pause } from '../../src/main/sites/pause';
import { ReadSite } from '../../src/main/sites/reader/site';
import { troubleOf } from '../../src/main/sites/broker/trouble';
import type { KeptPlace } from '../../src/main/sites/uplink/position';
import { Uplink, type SentJournal } from '../../src/main/sites/uplink/uplink';
import type { StoredEntry } from '#shared/model/frame';
import { noProgress, type SiteProgress } from '#shared/model/sites';
import { foldsHere } from './folds';

/** Tasks after a test, the last first. */
export type Ends = (() => Promise<void> | void)[];

export const storeOf = (file: string) => {
  const opened = openJournal(file);
  if (opened.kind !== 'open') throw new Error('not open');
  return opened.store;
};

/** A journal whose entries have the numbers 1, 2, 3 … */
export interface Sent extends SentJournal {
  readonly store: ReturnType<typeof storeOf>;
  /** The journal seems to end with this entry. */
  upTo: number;
  /** Entries of a batch at most. */
  batch: number;
}

export function sentFrom(file: string, ends: Ends): Sent {
  const store = storeOf(file);
  ends.push(() => store.close());
  const sent: Sent = {
    store,
    upTo: Infinity,
    batch: Infinity,
    identity: () => {
      const { last, ...others } = store.identity();
      return Promise.resolve({ ...others, last: Math.min(last, sent.upTo) });
    },
    packedAfter: (query) => {
      const entries = Math.max(0, Math.min(query.entries, sent.batch, sent.upTo - query.after));
      return Promise.resolve(store.packedAfter({ ...query, entries }));
    },
    renew: (known) => Promise.resolve(store.renewIdentity({ known })),
  };
  return sent;
}

/** All entries as stored, as one hash. */
export function hashOf(file: string, upTo = Infinity, from = 1): string {
  const store = storeOf(file);
  const hash = createHash('sha256');
  for (let after = from - 1; ;) {
    const page = store.entriesAfter(after, 5_000);
    for (const entry of page) {
      after = entry.id;
      if (after > upTo) continue;
      hash.update(
        JSON.stringify(entry, (_key, value: unknown) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
        ),
      );
    }
    if (page.length < 5_000) break;
  }
  store.close();
  return hash.digest('hex');
}

/** Entries that are at the reader as they were sent, and those that a gap names. Throws if one is neither. */
export function compared(
  site: string,
  desk: string,
  upTo = Infinity,
): { readonly equal: number; readonly missing: number } {
  const [sent, read] = [storeOf(site), storeOf(desk)];
  // Attribution follows from other entries, which may be missing.
  const text = ({ owner: _derived, ...entry }: StoredEntry): string =>
    JSON.stringify(entry, (_key, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    );
  const kept = new Map(read.entriesAfter(0, 100_000).map((entry) => [entry.id, entry]));
  const gaps = [...kept.values()].flatMap((entry) =>
    entry.kind === 'finding' && entry.finding.code === 'record.missing'
      ? [[Number(entry.finding.params?.['from']), Number(entry.finding.params?.['to'])] as const]
      : [],
  );
  let [equal, missing] = [0, 0];
  for (const entry of sent.entriesAfter(0, Math.min(upTo, 100_000))) {
    const other = kept.get(entry.id);
    if (other !== undefined && text(other) === text(entry)) equal += 1;
    else if (gaps.some(([from, to]) => from <= entry.id && entry.id <= to)) missing += 1;
    else throw new Error(`entry ${entry.id} is ${other === undefined ? 'missing' : 'another'}`);
  }
  sent.close();
  read.close();
  return { equal, missing };
}

export interface Going {
  readonly stop: () => Promise<void>;
  readonly state: () => SiteProgress;
}

/** Where an uplink keeps its place. */
export interface KeptPlaces {
  place: KeptPlace | null;
}

/** Sends until it is stopped. Its connection comes back by itself. */
export function send(
  journal: SentJournal,
  client: NatsConnection,
  ends: Ends,
  { kept = { place: null }, now = Date.now }: SendOptions = {},
): Going {
  const ending = new AbortController();
  let state = noProgress;
  const uplink = new Uplink({
    journal,
    place: { read: () => kept.place, keep: (place) => void (kept.place = place) },
    mask: null,
    key: 'ab'.repeat(32),
    rate: Infinity,
    onProgress: (change) => void (state = { ...state, ...change }),
    now,
  });
  const done = (async () => {
    const manager = await jetstreamManager(client);
    // As a link does it: a connection that may be dead ends the run.
    while (!ending.signal.aborted)
      await uplink.run({ client: jetstream(client), manager }, ending.signal).catch((error: unknown) => {
        state = { ...state, status: 'waiting', trouble: troubleOf(error) };
      });
  })();
  const stop = async (): Promise<void> => {
    ending.abort();
    await done;
  };
  ends.push(stop);
  return { stop, state: () => state };
}

export interface SendOptions {
  readonly kept?: KeptPlaces;
  readonly now?: () => number;
}

export interface Reading extends Going {
  readonly site: ReadSite;
  /** Lines for the log. */
  readonly problems: readonly string[];
  /** Files that were about to be replaced. */
  readonly replaced: readonly string[];
  readonly fileOf: (journal: string) => string;
}

/** Reads a site into a folder until it is stopped. `client` opens a connection, again after each end. */
export async function readInto(
  folder: string,
  client: () => Promise<NatsConnection>,
  ends: Ends,
): Promise<Reading> {
  const ending = new AbortController();
  const problems: string[] = [];
  const replaced: string[] = [];
  let state = noProgress;
  mkdirSync(folder, { recursive: true });
  const report = (change: Partial<SiteProgress>): void => void (state = { ...state, ...change });
  const folds = foldsHere();
  const site = new ReadSite({
    id: 'north',
    directory: folder,
    folds,
    report,
    onGrowth: () => undefined,
    problem: (line) => void problems.push(line),
    replacing: (file) => {
      replaced.push(file);
      return Promise.resolve();
    },
    replaced: () => undefined,
    retention: () => ({ days: Infinity, bytes: Infinity }),
    now: Date.now,
  });
  await site.open();
  const once = async (): Promise<void> => {
    const connection = await client();
    const ended = new AbortController();
    void connection.closed().then(() => ended.abort());
    try {
      const manager = await jetstreamManager(connection, { checkAPI: false });
      const signal = AbortSignal.any([ending.signal, ended.signal]);
      await site.read({ client: jetstream(connection), manager }, signal);
    } finally {
      await connection.close().catch(() => undefined);
    }
  };
  const done = (async () => {
    while (isGoing(ending.signal)) {
      await once().catch((error: unknown) => report({ status: 'waiting', trouble: troubleOf(error) }));
      await pause(100, ending.signal);
    }
  })();
  const stop = async (): Promise<void> => {
    if (ending.signal.aborted) return;
    ending.abort();
    await done;
    await site.close();
    await folds.end();
  };
  ends.push(stop);
  return {
    stop,
    site,
    state: () => state,
    problems,
    replaced,
    fileOf: (journal) => join(folder, `${journal}.sqlite`),
  };
}
