/**
 * Sends a journal's entries to the broker, oldest first, one batch at a time. The next batch is read while the broker
 * stores the last one. The broker takes a batch only if it follows the journal's newest batch there. So no entry is left out or
 * stored twice, even if a process was killed in between.
 */
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { headers as newHeaders } from '@nats-io/transport-node';
import type { SiteProgress } from '#shared/model/sites';
import type { PackedEntries } from '../../journal/api';
import { lastOf } from '../wire/lastOf';
import { batchLimits, encodeBatch } from '../wire/batch';
import { headers, stream, subjectOf } from '../wire/names';
import { isOutOfStep, troubleOf } from '../broker/trouble';
import { isGoing, pause } from '../pause';
import { positionOf, type KeptPlace, type Position, type StreamFacts } from './position';

/** The journal to send. */
export interface SentJournal {
  readonly identity: () => Promise<{
    readonly name: string;
    readonly last: number;
    readonly isSalvaging: boolean;
  }>;
  readonly packedAfter: (query: {
    readonly after: number;
    readonly entries: number;
    readonly bytes: number;
  }) => Promise<PackedEntries>;
  readonly has: (entry: number) => Promise<boolean>;
  /** The journal gets another name, if it still has this one. */
  readonly renew: (name: string) => Promise<unknown>;
}

export interface UplinkParts {
  readonly journal: SentJournal;
  /** The last acknowledged message, on this computer's disk. */
  readonly place: { readonly read: () => KeptPlace | null; readonly keep: (place: KeptPlace) => void };
  /** Replaces private texts; `null`: entries are sent as they are. */
  readonly mask: ((entries: PackedEntries) => PackedEntries) | null;
  /** A random text of this launch. */
  readonly launch: string;
  /** Bytes per second at most. */
  readonly rate: number;
  readonly onProgress: (change: Partial<SiteProgress>) => void;
  readonly now: () => number;
}

/** ms between looks for new entries. */
const idle = 1_000;
/** ms for an acknowledgement. A broker that waits for its disk answers within tenths of a second. */
const patience = 10_000;
/** ms before the position is read again. */
const stepPause = 200;
/** ms before another try, doubled up to the longest. */
const firstPause = 1_000;
const longestPause = 30_000;

/** Another Crema sends the same journal: a copied data folder. */
class OtherSender extends Error {}

interface Batch extends Position {
  readonly message: Uint8Array;
  readonly last: number;
  readonly lastAt: number;
}

export class Uplink {
  readonly #parts: UplinkParts;

  constructor(parts: UplinkParts) {
    this.#parts = parts;
  }

  /** Sends until `signal`. A failure is shown and tried again. */
  async run(broker: Broker, signal: AbortSignal): Promise<void> {
    let wait = firstPause;
    while (isGoing(signal)) {
      try {
        await this.#send(broker, signal, () => {
          wait = firstPause;
        });
      } catch (error) {
        if (!isGoing(signal)) return;
        if (isOutOfStep(error)) {
          await pause(stepPause, signal);
          continue;
        }
        const trouble =
          error instanceof OtherSender ? ({ code: 'otherSender', detail: '' } as const) : troubleOf(error);
        this.#parts.onProgress({ status: 'waiting', trouble });
        await pause(wait, signal);
        wait = Math.min(2 * wait, longestPause);
      }
    }
  }

  async #send(broker: Broker, signal: AbortSignal, worked: () => void): Promise<void> {
    const { journal, place, now } = this.#parts;
    const { name, last, isSalvaging } = await journal.identity();
    // Entries of a damaged journal get their old numbers back, which may be older than those already sent.
    if (isSalvaging) {
      this.#parts.onProgress({ status: 'recovering', trouble: null });
      return pause(idle, signal);
    }
    const facts = await streamFacts(broker, name);
    // After a power loss, or in a copied data folder, other entries have the numbers that the broker knows.
    if (facts.newest !== null && facts.newest.entry > last) {
      await journal.renew(name);
      return pause(stepPause, signal);
    }
    let position = positionOf(name, facts, place.read());
    let newest = last;
    let next = this.#read(position);
    const after = async (): Promise<Batch | null> => {
      const batch = await next;
      if (batch !== null) next = this.#read({ entry: batch.last, seq: 0 });
      // Nobody waits for it if this batch fails.
      next.catch(() => undefined);
      return batch;
    };
    while (!signal.aborted) {
      const batch = await after();
      if (batch === null) {
        this.#parts.onProgress({ status: 'upToDate', trouble: null, behind: 0 });
        await pause(idle, signal);
        const found = await journal.identity();
        if (found.name !== name || found.isSalvaging) return;
        newest = found.last;
        next = this.#read(position);
        continue;
      }
      const begun = performance.now();
      const seq = await this.#publish(broker, name, batch, position.seq);
      worked();
      position = { entry: batch.last, seq };
      place.keep({ journal: name, entry: batch.last, seq, created: facts.created });
      newest = Math.max(newest, batch.last);
      const behind = newest - batch.last;
      this.#parts.onProgress({
        status: behind === 0 ? 'upToDate' : 'moving',
        trouble: null,
        behind,
        until: batch.lastAt,
        heardAt: now(),
      });
      const due = (batch.message.length / this.#parts.rate) * 1_000 - (performance.now() - begun);
      if (due >= 1) await pause(due, signal);
    }
  }

  async #read({ entry }: Position): Promise<Batch | null> {
    const { journal } = this.#parts;
    const { entries, bytes } = batchLimits;
    const packed = await journal.packedAfter({ after: entry, entries, bytes });
    if (packed.count === 0) return null;
    const { first, last, lastAt } = lastOf(packed);
    // Entries in between were deleted before they were sent, unless the entry before them is still there.
    const isWhole = first === entry + 1 || (entry > 0 && (await journal.has(entry)));
    const after = isWhole ? entry : first - 1;
    return {
      message: encodeBatch({ after, entries: this.#parts.mask?.(packed) ?? packed }),
      entry,
      seq: 0,
      last,
      lastAt,
    };
  }

  /** Returns the number of the message in the stream. */
  async #publish({ client, manager }: Broker, name: string, batch: Batch, seq: number): Promise<number> {
    const own = newHeaders();
    own.set(headers.last, String(batch.last));
    own.set(headers.launch, this.#parts.launch);
    const subject = subjectOf(name);
    try {
      const ack = await client.publish(subject, batch.message, {
        headers: own,
        timeout: patience,
        expect: { streamName: stream, lastSubjectSequence: seq },
      });
      return ack.seq;
    } catch (error) {
      if (!isOutOfStep(error)) throw error;
      const found = await newestOf(manager, subject);
      // The acknowledgement of this launch's message was lost: the position is read again.
      if (found === null || found.seq < seq || found.launch === this.#parts.launch) throw error;
      throw new OtherSender();
    }
  }
}

export interface Broker {
  readonly client: JetStreamClient;
  readonly manager: JetStreamManager;
}

async function streamFacts({ manager }: Broker, journal: string): Promise<StreamFacts> {
  const { created, state } = await manager.streams.info(stream);
  const newest = await newestOf(manager, subjectOf(journal));
  return { created, lastSeq: state.last_seq, newest };
}

async function newestOf(
  manager: JetStreamManager,
  subject: string,
): Promise<{ readonly seq: number; readonly entry: number; readonly launch: string } | null> {
  const message = await manager.streams.getMessage(stream, { last_by_subj: subject });
  if (message === null) return null;
  const entry = Number(message.header.get(headers.last));
  return {
    seq: message.seq,
    entry: Number.isSafeInteger(entry) && entry >= 0 ? entry : 0,
    launch: message.header.get(headers.launch),
  };
}
