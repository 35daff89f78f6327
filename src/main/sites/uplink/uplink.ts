/**
 * Sends a journal's entries to the broker, oldest first, one batch at a time. The next batch is read while the broker
 * stores the last one. The broker takes a batch only if it follows the journal's newest batch there. So no entry is left out or
 * stored twice, even if a process was killed in between.
 */
import type { JetStreamClient, JetStreamManager } from '@nats-io/jetstream';
import { headers as newHeaders } from '@nats-io/transport-node';
import type { SiteProgress } from '#shared/model/sites';
import type { JournalIdentity, PackedEntries, PackedPage, PackedQuery } from '../../journal/api';
import { orAbort } from '../../lib/threads/orAbort';
import { lastOf } from '../wire/lastOf';
import { batchLimits, encodeBatch } from '../wire/batch';
import { headers, stream, subjectOf } from '../wire/names';
import { isOutOfStep, troubleOf } from '../broker/trouble';
import { isGoing, pause } from '../pause';
import { isOther, markOf } from './mark';
import { Pace } from './pace';
import { positionOf, type KeptPlace, type SentEntry, type StreamFacts } from './position';

/** The journal to send. */
export interface SentJournal {
  readonly identity: () => Promise<JournalIdentity>;
  readonly packedAfter: (query: PackedQuery) => Promise<PackedPage>;
  /** The journal gets another name, if it still has this one. */
  readonly renew: (name: string) => Promise<unknown>;
}

export interface UplinkParts {
  readonly journal: SentJournal;
  /** The last acknowledged message, on this computer's disk. */
  readonly place: { readonly read: () => KeptPlace | null; readonly keep: (place: KeptPlace) => void };
  /** Replaces private texts; `null`: entries are sent as they are. */
  readonly mask: ((entries: PackedEntries) => PackedEntries) | null;
  /** 32 secret bytes as hex, the same in all launches: for marks. */
  readonly key: string;
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

interface Batch {
  readonly message: Uint8Array;
  readonly last: number;
  readonly lastAt: number;
  readonly mark: string;
}

/** `batch`: `null` if there is nothing to send. */
interface Read extends JournalIdentity {
  readonly batch: Batch | null;
}

export class Uplink {
  readonly #parts: UplinkParts;

  constructor(parts: UplinkParts) {
    this.#parts = parts;
  }

  /** Sends until `signal`. A failure is shown and tried again. @throws the error of a connection that may be dead */
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
        const trouble = troubleOf(error);
        // A half-open connection stays silent for many minutes. Only another connection helps.
        if (trouble.code === 'silent' || trouble.code === 'unreachable') throw error;
        this.#parts.onProgress({ status: 'waiting', trouble });
        await pause(wait, signal);
        wait = Math.min(2 * wait, longestPause);
      }
    }
  }

  /** Entries of the journal that no broker has acknowledged. */
  async behind(): Promise<number> {
    const { journal, place } = this.#parts;
    const { name, last } = await journal.identity();
    const kept = place.read();
    return Math.max(0, last - (kept?.journal === name ? kept.entry : 0));
  }

  async #send(broker: Broker, signal: AbortSignal, worked: () => void): Promise<void> {
    const { journal, place, rate, now } = this.#parts;
    const { name, last, isSalvaging } = await orAbort(journal.identity(), signal);
    // Entries of a damaged journal get their old numbers back, which may be older than those already sent.
    if (isSalvaging) {
      this.#parts.onProgress({ status: 'recovering', trouble: null });
      return pause(idle, signal);
    }
    const facts = await streamFacts(broker, name);
    const kept = place.read();
    const sent = [facts.newest, kept?.journal === name ? kept : null];
    for (const one of sent) {
      if (one === null || !(await orAbort(this.#isForeign(one, last), signal))) continue;
      await orAbort(journal.renew(name), signal);
      return;
    }
    let position = positionOf(name, facts, kept);
    let newest = last;
    const read = (after: number): Promise<Read> => {
      const reading = orAbort(this.#read(after), signal);
      // Nobody waits for it if the batch before it fails.
      reading.catch(() => undefined);
      return reading;
    };
    const pace = new Pace(rate);
    let begun = performance.now();
    let next = read(position.entry);
    while (isGoing(signal)) {
      const found = await next;
      // The file was replaced: its entries may be other ones, or are being recovered.
      if (found.name !== name || found.isSalvaging) return;
      newest = Math.max(newest, found.last);
      const { batch } = found;
      if (batch === null) {
        this.#parts.onProgress({ status: 'upToDate', trouble: null, behind: 0 });
        await pause(idle, signal);
        begun = performance.now();
        next = read(position.entry);
        continue;
      }
      next = read(batch.last);
      const seq = await this.#publish(broker, name, batch, position.seq);
      worked();
      const { last: entry, mark } = batch;
      position = { entry, seq };
      place.keep({ journal: name, entry, mark, seq, created: facts.created });
      const behind = newest - entry;
      this.#parts.onProgress({
        status: behind === 0 ? 'upToDate' : 'moving',
        trouble: null,
        behind,
        until: batch.lastAt,
        heardAt: now(),
      });
      const at = performance.now();
      const rest = pace.rest({ bytes: batch.message.length, worked: at - begun, last: found.last, now: at });
      if (rest >= 1) await pause(rest, signal);
      begun = performance.now();
    }
  }

  /**
   * Whether the broker had another entry with this number. After a power loss and in a copied data folder, other entries have
   * the numbers that the broker knows. An entry that was deleted here can't be compared.
   */
  async #isForeign({ entry, mark }: SentEntry, last: number): Promise<boolean> {
    if (entry > last) return true;
    if (entry === 0) return false;
    const { entries } = await this.#parts.journal.packedAfter({ after: entry - 1, entries: 1, bytes: 1 });
    if (entries.count === 0 || lastOf(entries).first !== entry) return false;
    return isOther(mark, markOf(this.#parts.key, entries));
  }

  async #read(after: number): Promise<Read> {
    const { journal, mask, key } = this.#parts;
    const { entries: most, bytes } = batchLimits;
    const { entries, ...identity } = await journal.packedAfter({ after, entries: most, bytes });
    if (entries.count === 0) return { ...identity, batch: null };
    const { first, last, lastAt } = lastOf(entries);
    // Missing numbers are a gap: their entries were deleted before they were sent, or never recorded.
    const message = encodeBatch({ after: first - 1, entries: mask?.(entries) ?? entries });
    return { ...identity, batch: { message, last, lastAt, mark: markOf(key, entries) } };
  }

  /**
   * Returns the number of the message in the stream. If another message came first, the position is read again: its mark
   * says whether another Crema sent it.
   */
  async #publish(
    { client }: Broker,
    name: string,
    { last, mark, message }: Batch,
    seq: number,
  ): Promise<number> {
    const own = newHeaders();
    own.set(headers.last, String(last));
    own.set(headers.mark, mark);
    const ack = await client.publish(subjectOf(name), message, {
      headers: own,
      timeout: patience,
      expect: { streamName: stream, lastSubjectSequence: seq },
    });
    return ack.seq;
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

async function newestOf(manager: JetStreamManager, subject: string): Promise<StreamFacts['newest']> {
  const message = await manager.streams.getMessage(stream, { last_by_subj: subject });
  if (message === null) return null;
  const entry = Number(message.header.get(headers.last));
  return {
    seq: message.seq,
    entry: Number.isSafeInteger(entry) && entry >= 0 ? entry : 0,
    mark: message.header.get(headers.mark),
  };
}
