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

/** The stream changed before the place, or entries are missing: it must be read from its first message. */
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
  readonly upToDate: () => void;
}

/** Bytes that the broker sends ahead. */
const ahead = 8_000_000;
/** ms between signs of life of the consumer. After two missing ones it is made again: its server may be gone while others answer. */
const sign = 5_000;

/** Reads until `signal`. @throws ReadAgain, the broker's errors, also if the connection or the stream goes away, and those of `take` */
export async function readSite(
  { client, manager, after, take, upToDate }: SiteReaderParts,
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
  if (state.messages === 0 || (from !== null && from.seq === state.last_seq)) upToDate();
  const messages = await consumer.consume({
    max_bytes: ahead,
    idle_heartbeat: sign,
    abort_on_missing_resource: true,
  });
  const stop = (): void => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const message of messages) {
      if (signal.aborted) return;
      const { seq, info, timestampNanos } = message;
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
      if (info.pending === 0) upToDate();
    }
  } finally {
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
