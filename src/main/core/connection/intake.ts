/**
 * The received data of each leg: bytes and decoded items that wait, and the count of forwarded bytes. Arrival numbers keep the order
 * of all legs.
 */
import type { Finding } from '#shared/findings';
import { messageOf } from '#shared/messages/read';
import type { Direction, JsonObject } from '#shared/model/frame';
import { FrameReceiver, type DecodedFrame, type Received } from '../protocol/frame';
import type { LegName } from './policy';

/** Memory of a chunk in addition to its bytes. */
const chunkBytes = 256;

const nothing = new Uint8Array();

/** A remark at this place of the data. */
export interface Remark {
  readonly kind: 'remark';
  readonly finding: Finding;
  /** Bytes are missing here: the next bytes do not continue the previous ones. */
  readonly isGap: boolean;
}

/** One frame, some junk or a remark, with its time. */
type Item = Received | { readonly item: Remark; readonly at: number };

/** `number`: its place among the arrivals on all legs. */
interface Arrived {
  readonly number: number;
}

/** Received bytes, decoded up to `from`. */
interface Chunk extends Arrived {
  readonly bytes: Uint8Array;
  readonly at: number;
  from: number;
}

interface Mark extends Arrived {
  readonly remark: Remark;
  readonly at: number;
}

/** Decoded items, processed up to `next`. */
interface Batch extends Arrived {
  readonly items: readonly Item[];
  next: number;
}

export class Intake {
  readonly name: LegName;
  /** Directions of the received and the sent data: `in` is from the machine's side, `out` towards it. */
  readonly came: Direction;
  readonly sent: Direction;
  /** Time of the last received data; at first, the start of the connection. */
  lastAt: number;
  /** Received bytes that the receiver does not have yet. Meanwhile nothing it holds is decided. */
  undecoded = 0;
  /** Forwarded bytes were not decoded and no frame followed, so the start of the next frame is unknown. */
  hasLostFraming = false;
  protected receiver = new FrameReceiver();
  /** Not decoded yet, oldest first. */
  readonly #chunks: (Chunk | Mark)[] = [];
  /** Memory of `#chunks` in bytes. */
  #size = 0;
  /** Decoded items, then the items decoded after them, oldest first. There is rarely more than one batch. */
  #batch: Batch | null = null;
  readonly #batches: Batch[] = [];
  /** Counts of bytes: received, decided as frames or junk, and forwarded or discarded. */
  #came = 0;
  #decided = 0;
  #handled = 0;
  /** The object read last and its message: the decoder returns the same object for the same body. */
  #json: JsonObject | null = null;
  #reading: ReturnType<typeof messageOf> | null = null;

  constructor(name: LegName, now: number) {
    this.name = name;
    this.came = name === 'machine' ? 'in' : 'out';
    this.sent = name === 'machine' ? 'out' : 'in';
    this.lastAt = now;
  }

  /** Keeps received bytes until they are decoded. `isPassed`: they were already forwarded. */
  keep(bytes: Uint8Array, at: number, number: number, isPassed: boolean): void {
    this.lastAt = at;
    this.undecoded += bytes.length;
    this.#came += bytes.length;
    if (isPassed) this.#handled = this.#came;
    this.#chunks.push({ number, bytes, at, from: 0 });
    this.#size += bytes.length + chunkBytes;
  }

  /** Decodes received bytes at once, in unlimited time. Nothing else may be waiting. */
  decode(bytes: Uint8Array, at: number, number: number): void {
    this.lastAt = at;
    this.#came += bytes.length;
    this.#add(this.receiver.push(bytes, at), number);
  }

  /** Adds a remark after all data received so far. */
  remark(finding: Finding, at: number, number: number, isGap: boolean): void {
    this.#chunks.push({ number, remark: { kind: 'remark', finding, isGap }, at });
    this.#size += chunkBytes;
  }

  /** Memory of the undecoded data in bytes. */
  get size(): number {
    return this.#size;
  }

  /** Neither bytes nor decoded items wait. */
  get isEmpty(): boolean {
    return this.#batch === null && this.#size === 0;
  }

  /** Arrival number of the oldest undecoded data; `Infinity`: none. */
  get undecodedFrom(): number {
    return this.#chunks[0]?.number ?? Infinity;
  }

  /** Arrival number of the oldest decoded items; `Infinity`: none. */
  get decodedFrom(): number {
    return this.#batch?.number ?? Infinity;
  }

  /** Decodes the oldest data in bounded time. The items get this number. */
  decodeSome(number: number): void {
    const [chunk] = this.#chunks;
    if (chunk === undefined) return;
    const { at } = chunk;
    if ('remark' in chunk) {
      const { remark } = chunk;
      this.#chunks.shift();
      this.#size -= chunkBytes;
      this.#add([...(remark.isGap ? this.#restarted() : []), { item: remark, at }], number);
      return;
    }
    const { bytes, from } = chunk;
    const { taken, received } = this.receiver.pushSome(bytes, from, at);
    chunk.from += taken;
    this.undecoded -= taken;
    if (chunk.from >= bytes.length) {
      this.#chunks.shift();
      this.#size -= bytes.length + chunkBytes;
    }
    this.#add(received, number);
  }

  /** The next decoded item; `null`: the oldest batch was complete and is dropped. */
  takeItem(): Item | null {
    const batch = this.#batch;
    const item = batch?.items[batch.next];
    if (batch !== null && item !== undefined) {
      batch.next += 1;
      return item;
    }
    this.#batch = this.#batches.shift() ?? null;
    return null;
  }

  /** After quiet: decides bytes that only waited for the following bytes. */
  settle(number: number): void {
    this.#add(this.receiver.settle(), number);
  }

  /** The data ends: decides everything held. */
  end(number: number): void {
    this.#add(this.receiver.end(), number);
  }

  /** Decides everything held. The next bytes do not continue it; the last head is tried first. */
  restart(number: number): void {
    this.#add(this.#restarted(), number);
  }

  #restarted(): readonly Received[] {
    const held = this.receiver.end();
    const { head } = this.receiver;
    this.receiver = new FrameReceiver(head === null ? {} : { preferred: head });
    return held;
  }

  #add(items: readonly Item[], number: number): void {
    if (items.length === 0) return;
    const batch = { number, items, next: 0 };
    if (this.#batch === null) this.#batch = batch;
    else this.#batches.push(batch);
  }

  /** The message of a received frame. */
  read({ json }: DecodedFrame): ReturnType<typeof messageOf> {
    if (this.#reading !== null && json !== null && json === this.#json) return this.#reading;
    this.#json = json;
    this.#reading = messageOf(json, this.came);
    return this.#reading;
  }

  /** Some of the bytes decided next were not forwarded on receipt. */
  hasUnpassed(bytes: Uint8Array): boolean {
    return this.#decided + bytes.length > this.#handled;
  }

  /** The part of the bytes decided next that was not forwarded on receipt. The caller must handle it. */
  takeUnpassed(bytes: Uint8Array): Uint8Array {
    const begin = this.#decided;
    this.#decided += bytes.length;
    const passed = this.#handled - begin;
    if (passed >= bytes.length) return nothing;
    this.#handled = this.#decided;
    return passed <= 0 ? bytes : bytes.subarray(passed);
  }

  /** All received data was forwarded or discarded. */
  get isFullyForwarded(): boolean {
    return this.#handled === this.#came;
  }

  /** Part of the forwarded data is undecided: a frame of Crema on the other leg could land inside a frame. */
  get isWithinFrame(): boolean {
    return this.hasLostFraming || this.#decided < this.#handled;
  }
}

/** One frame, some junk or a remark, with its leg. */
export interface Found<Leg extends Intake = Intake> {
  readonly leg: Leg;
  readonly one: Item;
}

/** Decodes the oldest data of all legs in bounded time. The items get this arrival number. False: all data was decoded. */
export function decodeSome(legs: readonly Intake[], number: number): boolean {
  let oldest: Intake | null = null;
  for (const leg of legs) if (leg.undecodedFrom < (oldest?.undecodedFrom ?? Infinity)) oldest = leg;
  oldest?.decodeSome(number);
  return oldest !== null;
}

/** The next item of all legs, in order of arrival. Decodes at most one step; `null` if that step yields no item. */
export function nextFound<Leg extends Intake>(legs: readonly Leg[], number: number): Found<Leg> | null {
  if (oldestDecoded(legs) === null) decodeSome(legs, number);
  return nextDecoded(legs);
}

/** The next decoded item of all legs; `null`: none waits. */
export function nextDecoded<Leg extends Intake>(legs: readonly Leg[]): Found<Leg> | null {
  for (let leg = oldestDecoded(legs); leg !== null; leg = oldestDecoded(legs)) {
    const one = leg.takeItem();
    if (one !== null) return { leg, one };
  }
  return null;
}

function oldestDecoded<Leg extends Intake>(legs: readonly Leg[]): Leg | null {
  let oldest: Leg | null = null;
  for (const leg of legs) if (leg.decodedFrom < (oldest?.decodedFrom ?? Infinity)) oldest = leg;
  return oldest;
}
