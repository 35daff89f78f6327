/** One way of a connection to another end: what came on it, and the limits it is held to. */
import type { Finding } from '#shared/findings';
import { messageOf } from '#shared/messages/read';
import type { CloseReason } from '#shared/model/closeReasons';
import type { JsonObject } from '#shared/model/frame';
import type { DecodedFrame } from '../../protocol/frame';
import { FrameReceiver } from '../../protocol/receiver';
import type { LegName } from './policy';

/** [doc] 3.1: two minutes without anything and the connection is dead. */
const silenceLimit = 120_000;
/** [ours] Bytes without a frame that close the connection. */
const noFrameLimit = 65_536;
/** [ours] A frame that does not complete in this time closes the connection, ms. */
const halfFrameLimit = 30_000;
/** [ours] ms a machine may leave our frames untaken. */
const notReadingLimit = 30_000;

/** A limit that was passed. */
export interface Passed {
  readonly reason: CloseReason;
  readonly finding: Finding;
}

export class Leg {
  readonly name: LegName;
  readonly receiver = new FrameReceiver();
  /** When something came last, at first when the connection began. */
  lastAt: number;
  /** Junk bytes since the last frame. */
  junkBytes = 0;
  /** The number of our next le48 frame. */
  sequence = 0;
  /** What was written and not taken, and since when. */
  unread: { readonly bytes: number; readonly since: number } | null = null;

  #limitsFrom = -Infinity;
  /** The object read last, and as what: the decoder gives the same one for the same body. */
  #json: JsonObject | null = null;
  #reading: ReturnType<typeof messageOf> | null = null;

  constructor(name: LegName, now: number) {
    this.name = name;
    this.lastAt = now;
  }

  /** A frame that came on it as the message it is. */
  read({ json }: DecodedFrame): ReturnType<typeof messageOf> {
    if (this.#reading !== null && json !== null && json === this.#json) return this.#reading;
    this.#json = json;
    this.#reading = messageOf(json, this.name === 'machine' ? 'in' : 'out');
    return this.#reading;
  }

  /** Measures the limits from now on: nothing could be received for some time before. */
  restartLimits(now: number): void {
    this.#limitsFrom = now;
  }

  /** When the next of its limits is passed or its undecided bytes are to be decided, if nothing comes. */
  get dueAt(): number {
    const { receiver, unread } = this;
    return Math.min(
      this.#since(this.lastAt) + silenceLimit,
      receiver.settleAt ?? Infinity,
      receiver.heldSince === null ? Infinity : this.#since(receiver.heldSince) + halfFrameLimit,
      unread === null ? Infinity : this.#since(unread.since) + notReadingLimit,
    );
  }

  #since(at: number): number {
    return Math.max(at, this.#limitsFrom);
  }

  /** The limit that is passed, if one is. Times are measured from when the bytes came. */
  limit(now: number): Passed | null {
    const { receiver, unread } = this;
    // Also slow junk, given out bit by bit, adds up.
    const bytes = this.junkBytes + receiver.pending;
    if (bytes >= noFrameLimit)
      return { reason: 'noFrame', finding: { code: 'link.noFrame', params: { bytes } } };
    const quiet = now - this.#since(this.lastAt);
    if (quiet >= silenceLimit)
      return { reason: 'silence', finding: { code: 'link.silence', params: { ms: quiet } } };
    if (unread !== null && now - this.#since(unread.since) >= notReadingLimit)
      return { reason: 'notReading', finding: { code: 'link.notReading', params: { bytes: unread.bytes } } };
    if (receiver.heldSince === null || now - this.#since(receiver.heldSince) < halfFrameLimit) return null;
    const params = { bytes: receiver.pending, ms: now - receiver.heldSince };
    return { reason: 'halfFrame', finding: { code: 'link.halfFrame', params } };
  }
}
