/** The files in a site's stream FILES. A site may read single messages, support may read by consumers: each is used where it is permitted. */
import { randomUUID } from 'node:crypto';
import { AckPolicy, DeliverPolicy, type JsMsg } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import type { SiteRole } from '#shared/model/sites';
import type { SiteFile, SiteFileList } from '#shared/model/siteFiles';
import { oneLine } from '#shared/visible';
import { safeName } from '../../lib/files/safeName';
import { troubleOf } from '../broker/trouble';
import { isGoing } from '../pause';
import type { Broker } from '../uplink/uplink';
import {
  allFiles,
  allManifests,
  chunkBytes,
  decodeManifest,
  filesStream,
  manifestSubject,
  partOfSubject,
  subjectsOfFile,
  type FileManifest,
} from '../wire/file';

/** [ours] Files of a list. */
const mostListed = 500;
/** [ours] Subjects of a stream whose files are listed: more than a stream of 10 GB has. */
const mostSubjects = 100_000;
/** Messages that are asked for at a time, and ms that the broker waits for more of them. */
const atOnce = 8;
const patience = 5_000;
const consumerLife = 30_000;

/** The stream has more subjects than any files of Crema. */
export class TooManySubjects extends Error {
  override readonly name = 'TooManySubjects';
}

/** A file as far as the stream has it. */
interface Found {
  readonly chunks: Set<number>;
  hasManifest: boolean;
}

async function foundIn({ manager }: Broker, filter: string): Promise<ReadonlyMap<string, Found>> {
  const { state } = await manager.streams.info(filesStream);
  if ((state.num_subjects ?? 0) > mostSubjects) throw new TooManySubjects(String(state.num_subjects));
  const info = await manager.streams.info(filesStream, { subjects_filter: filter });
  const all = new Map<string, Found>();
  for (const subject of Object.keys(info.state.subjects ?? {})) {
    const part = partOfSubject(subject);
    if (part === null) continue;
    const found = all.get(part.id) ?? { chunks: new Set(), hasManifest: false };
    all.set(part.id, found);
    if (part.chunk === null) found.hasManifest = true;
    else found.chunks.add(part.chunk);
  }
  return all;
}

export async function foundOf(broker: Broker, id: string): Promise<Found> {
  const all = await foundIn(broker, subjectsOfFile(id));
  return all.get(id) ?? { chunks: new Set(), hasManifest: false };
}

/**
 * Passes messages on in order until `take` returns false: those after the number `after`, or the newest of each subject. Resolves early if
 * the broker falls silent. One filter only: the permissions of support allow no list of them.
 */
export async function readStream(
  { client, manager }: Broker,
  { filter, after }: { readonly filter: string; readonly after?: number },
  take: (message: JsMsg) => boolean | Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const info = await manager.consumers.add(filesStream, {
    name: `files-${randomUUID()}`,
    filter_subject: filter,
    ...(after === undefined
      ? { deliver_policy: DeliverPolicy.LastPerSubject }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: after + 1 }),
    ack_policy: AckPolicy.None,
    inactive_threshold: nanos(consumerLife),
    mem_storage: true,
    num_replicas: 1,
  });
  const consumer = client.consumers.getConsumerFromInfo(info);
  try {
    let { num_pending: left } = info;
    while (left > 0 && isGoing(signal)) {
      const messages = await consumer.fetch({ max_messages: Math.min(left, atOnce), expires: patience });
      const stop = (): void => messages.stop();
      signal.addEventListener('abort', stop, { once: true });
      let count = 0;
      try {
        for await (const message of messages) {
          count += 1;
          left = message.info.pending;
          if (!(await take(message)) || !isGoing(signal)) return;
          if (left === 0) break;
        }
      } finally {
        signal.removeEventListener('abort', stop);
        await messages.close();
      }
      if (count === 0) return;
    }
  } finally {
    await manager.consumers.delete(filesStream, info.name).catch(() => undefined);
  }
}

/** Of files that have one; `null`: unreadable. */
type Manifests = ReadonlyMap<string, FileManifest | null>;

async function manifestsByNumber({ manager }: Broker, ids: readonly string[]): Promise<Manifests> {
  const all = new Map<string, FileManifest | null>();
  for (let from = 0; from < ids.length; from += atOnce)
    await Promise.all(
      ids.slice(from, from + atOnce).map(async (id) => {
        const message = await manager.streams.getMessage(filesStream, { last_by_subj: manifestSubject(id) });
        if (message !== null) all.set(id, decodeManifest(id, message.data));
      }),
    );
  return all;
}

async function manifestsByConsumer(broker: Broker, filter: string, signal: AbortSignal): Promise<Manifests> {
  const all = new Map<string, FileManifest | null>();
  const take = ({ subject, data }: JsMsg): boolean => {
    const part = partOfSubject(subject);
    if (part !== null) all.set(part.id, decodeManifest(part.id, data));
    return all.size < mostListed;
  };
  await readStream(broker, { filter }, take, signal);
  return all;
}

/** `undefined`: it has none. `null`: unreadable. Only for a role that may read by consumers. */
export async function manifestOf(
  broker: Broker,
  id: string,
  signal: AbortSignal,
): Promise<FileManifest | null | undefined> {
  return (await manifestsByConsumer(broker, manifestSubject(id), signal)).get(id);
}

const isWhole = (chunks: ReadonlySet<number>, wanted: number): boolean => {
  for (let n = 0; n < wanted; n += 1) if (!chunks.has(n)) return false;
  return true;
};

/** @throws TooManySubjects, and the broker's errors */
export async function listFiles(
  broker: Broker,
  role: SiteRole,
  differs: (id: string) => boolean,
  signal: AbortSignal,
): Promise<Omit<SiteFileList, 'mayRemove'>> {
  const found = await foundIn(broker, allFiles);
  const described = [...found].filter(([, { hasManifest }]) => hasManifest).map(([id]) => id);
  const manifests =
    described.length === 0
      ? new Map<string, FileManifest | null>()
      : role === 'send'
        ? await manifestsByNumber(broker, described.slice(0, mostListed))
        : await manifestsByConsumer(broker, allManifests, signal);
  const listed = [...found].filter(([id, { hasManifest }]) => !hasManifest || manifests.has(id));
  const files = listed.map(([id, parts]) => {
    return rowOf(id, parts, { of: manifests.get(id), isDifferent: differs(id) });
  });
  files.sort((a, b) => (b.at ?? Infinity) - (a.at ?? Infinity) || (a.id < b.id ? -1 : 1));
  const shown = files.slice(0, mostListed);
  return { files: shown, leftOut: found.size - shown.length };
}

interface Known {
  readonly of: FileManifest | null | undefined;
  readonly isDifferent: boolean;
}

function rowOf(id: string, { chunks, hasManifest }: Found, { of, isDifferent }: Known): SiteFile {
  if (of === undefined || of === null) {
    const state = hasManifest ? 'unreadable' : 'coming';
    return { id, name: '', bytes: chunks.size * chunkBytes, at: null, computer: '', state };
  }
  return {
    id,
    name: safeName(of.name),
    bytes: of.size,
    at: of.at,
    computer: oneLine(of.computer),
    state: !isWhole(chunks, of.chunks) ? 'incomplete' : isDifferent ? 'differs' : 'complete',
  };
}

/** A purge of subjects that no file has: it removes nothing, and fails if a purge is not permitted. */
export async function mayRemove({ manager }: Broker): Promise<boolean> {
  try {
    await manager.streams.purge(filesStream, { filter: 'files.none.none' });
    return true;
  } catch (error) {
    if (troubleOf(error).code === 'notPermitted') return false;
    throw error;
  }
}

export async function removeFile({ manager }: Broker, id: string): Promise<void> {
  await manager.streams.purge(filesStream, { filter: subjectsOfFile(id) });
}
