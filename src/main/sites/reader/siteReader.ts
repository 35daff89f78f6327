/** Reads one site's stream in order, from where this computer has it, and passes each batch on. */
import { DeliverPolicy, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { BadBatch, decodeBatch, type ReceivedBatch } from '../wire/batch';
import { journalOf, stream } from '../wire/names';

export interface ReadBatch {
  readonly journal: string;
  readonly place: StreamPlace;
  /** Messages after it that the broker has. */
  readonly pending: number;
  /** `null`: unreadable. */
  readonly batch: () => ReceivedBatch | null;
}

/** A message of the stream. `at`: when the broker stored it. Another message can get the same number if the broker lost its newest ones. */
export interface StreamPlace {
  readonly seq: number;
  readonly at: string;
}

/** The stream changed before the place, or entries are missing or damaged: it must be read from its first message. */
export class ReadAgain extends Error {
  override readonly name = 'ReadAgain';
}

export interface SiteReaderParts {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  /** The last message that was read; `null`: none. `stream.created`: another time means another stream. */
  readonly after: (stream: { readonly created: string; readonly lastSeq: number }) => StreamPlace | null;
  readonly take: (read: ReadBatch) => void | Promise<void>;
  /** All messages are read. */
  readonly upToDate: () => void | Promise<void>;
  /** The stream has so many messages more, but none came since the previous check. */
  readonly late: (messages: number) => void;
  /** The last message of a lost consumer. If it was deleted at the broker, it never comes. */
  readonly lostAt: number;
}

/** Bytes that the broker sends ahead. */
const ahead = 8_000_000;
/**
 * ms between checks of the stream. If a server of a cluster is lost, its consumer can end silently while the others answer. Two
 * checks without a message that the stream has begin a new one.
 */
const checkEvery = 5_000;

/** The stream has messages up to `lastSeq`, but none comes. */
export class ConsumerLost extends Error {
  override readonly name = 'ConsumerLost';
  readonly lastSeq: number;
  constructor(lastSeq: number) {
    super(`no message up to ${lastSeq}`);
    this.lastSeq = lastSeq;
  }
}

/** Reads until `signal`. @throws ReadAgain, ConsumerLost, the broker's errors, also if the connection or the stream goes away, and those of `take` */
export async function readSite(
  { client, manager, after, take, upToDate, late, lostAt }: SiteReaderParts,
  signal: AbortSignal,
): Promise<void> {
  const { created, state } = await manager.streams.info(stream);
  const from = after({ created, lastSeq: state.last_seq });
  // The last message comes again, because only its time shows that it is the same one.
  const consumer = await client.consumers.get(
    stream,
    from === null
      ? { deliver_policy: DeliverPolicy.All }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from.seq },
  );
  // Nothing will be delivered.
  if (state.messages === 0 || (from !== null && from.seq === state.last_seq)) await upToDate();
  const messages = await consumer.consume({
    max_bytes: ahead,
    abort_on_missing_resource: true,
  });
  const stop = (): void => messages.stop();
  let lastSeq = from?.seq ?? 0;
  let isLate = false;
  const lost: ConsumerLost[] = [];
  const check = async (): Promise<void> => {
    const found = await manager.streams.info(stream).catch(() => null);
    const newest = found === null || found.state.messages === 0 ? 0 : found.state.last_seq;
    const wasLate = isLate;
    isLate = newest > Math.max(lastSeq, lostAt);
    if (!isLate) return;
    late(newest - lastSeq);
    if (!wasLate) return;
    lost.push(new ConsumerLost(newest));
    stop();
  };
  const checking = setInterval(() => void check(), checkEvery);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const message of messages) {
      if (signal.aborted) return;
      const { seq, info, timestampNanos } = message;
      lastSeq = seq;
      isLate = false;
      const at = String(timestampNanos);
      if (seq === from?.seq && at !== from.at) throw new ReadAgain();
      const journal = journalOf(message.subject);
      if (journal !== null && seq !== from?.seq)
        await take({
          journal,
          place: { seq, at },
          pending: info.pending,
          batch: () => decoded(message.data),
        });
      if (info.pending === 0) await upToDate();
    }
    for (const error of lost) throw error;
  } finally {
    clearInterval(checking);
    signal.removeEventListener('abort', stop);
    await messages.close();
  }
}

function decoded(data: Uint8Array): ReceivedBatch | null {
  try {
    return decodeBatch(data);
  } catch (error) {
    if (error instanceof BadBatch) return null;
    throw error;
  }
}
