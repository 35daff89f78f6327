/** Reads one site's stream in order, from where this computer has it, and passes each batch on. */
import { DeliverPolicy, type JetStreamClient, type JetStreamManager } from '@nats-io/jetstream';
import { BadBatch, decodeBatch, type ReceivedBatch } from '../wire/batch';
import { journalOf, stream } from '../wire/names';

export interface ReadBatch {
  readonly journal: string;
  /** The number of the message in the stream. */
  readonly seq: number;
  /** Messages after it that the broker has. */
  readonly pending: number;
  /** `null`: unreadable. */
  readonly batch: ReceivedBatch | null;
}

export interface SiteReaderParts {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
  /** The message after which to continue; 0: from the first. `stream.created`: another time means another stream. */
  readonly after: (stream: { readonly created: string; readonly lastSeq: number }) => number;
  readonly take: (read: ReadBatch) => void | Promise<void>;
  /** All messages are read. */
  readonly upToDate: () => void;
}

/** Bytes that the broker sends ahead. */
const ahead = 8_000_000;

/** Reads until `signal`. @throws the broker's errors, also if the connection or the stream goes away, and those of `take` */
export async function readSite(
  { client, manager, after, take, upToDate }: SiteReaderParts,
  signal: AbortSignal,
): Promise<void> {
  const { created, state } = await manager.streams.info(stream);
  const from = after({ created, lastSeq: state.last_seq });
  const consumer = await client.consumers.get(
    stream,
    from === 0
      ? { deliver_policy: DeliverPolicy.All }
      : { deliver_policy: DeliverPolicy.StartSequence, opt_start_seq: from + 1 },
  );
  if (from >= state.last_seq) upToDate();
  const messages = await consumer.consume({ max_bytes: ahead, abort_on_missing_resource: true });
  const stop = (): void => messages.stop();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const message of messages) {
      if (signal.aborted) return;
      const journal = journalOf(message.subject);
      const { pending } = message.info;
      if (journal !== null) await take({ journal, seq: message.seq, pending, batch: decoded(message.data) });
      if (pending === 0) upToDate();
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
