/** One way of a connection to another end: what came on it, and the limits it is held to. */
import type { Finding } from '#shared/findings';
import { halfFrameLimit, noFrameLimit, silenceLimit } from '#shared/limits';
import { messageOf } from '#shared/messages/read';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Direction, Head, JsonObject } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { DecodedFrame } from '../protocol/frame';
import { FrameReceiver, type Received } from '../protocol/receiver';
import { patience } from './pace';
import type { LegName } from './policy';
import type { Written } from './written';

/** [ours] ms a machine may leave our frames untaken. */
const notReadingLimit = 30_000;

/** [ours] ms that an answer waits which would go in one millisecond with a frame whose time we chose: a machine reads both as one. */
export const besideOurs = 50;

/** [ours] Reminders that wait on one leg. */
const remindersKept = 50;
/** Answers that wait for their pause. */
const mostOwed = 50;

/** Ends that a link comes to which died while this computer slept. */
export const endsOfSleep: ReadonlySet<CloseReason> = new Set([
  'silence',
  'halfFrame',
  'notReading',
  'reset',
  'replaced',
]);

const nothing = new Uint8Array();

/** An answer of ours that is still to be written. */
export interface Owed {
  readonly message: WireMessage;
  readonly head: Head;
  readonly pause: number;
  /** When it was decided. */
  readonly since: number;
}

/** A limit that was passed. */
export interface Passed {
  readonly reason: CloseReason;
  readonly finding: Finding;
}

export class Leg {
  readonly name: LegName;
  /** Directions of what comes on it and of what is sent on it: `in` is from the machine's side, `out` towards it. */
  readonly came: Direction;
  readonly sent: Direction;
  receiver = new FrameReceiver();
  /** Its other end is gone. */
  hasEnded = false;
  /** Nothing more can be sent on it. */
  isShut = false;
  /** When something came last, at first when the connection began. */
  lastAt: number;
  /** Bytes that came and were not handed to the receiver yet: of what it holds nothing is decided meanwhile. */
  undecoded = 0;
  /** Bytes were passed on that nobody decodes, and no frame came since: where one begins is not known. */
  isAstray = false;
  /** Junk bytes since the last frame. */
  junkBytes = 0;
  /** The number of the next le48 frame that goes out on it, of ours or passed on. */
  sequence = 0;
  /** How much higher le48 frames that are passed on to it are numbered than they came: ours among them, less those that stayed. */
  shift = 0;
  /** Bytes that came on it, those among them that are decided as frames or junk, and those that were passed on or are to stay. */
  #came = 0;
  #decided = 0;
  #dealtWith = 0;
  /** The last message of ours. */
  said: Written | null = null;
  /** When a frame of ours was written last. */
  wroteAt = -Infinity;
  /** The same of one whose time we chose: all but answers at once. */
  choseAt = -Infinity;
  /** What goes a pause after that, one by one, oldest first. */
  readonly owed: Owed[] = [];
  /** What the policy is to be asked about, and when. */
  readonly #reminders = new Map<string, number>();
  /** What was written and not taken, and since when. */
  unread: { readonly bytes: number; readonly since: number } | null = null;

  /** What comes on it leaves by this one. */
  across: Leg | null = null;

  readonly #hasLimits: boolean;
  #limitsFrom = -Infinity;
  /** The object read last, and as what: the decoder gives the same one for the same body. */
  #json: JsonObject | null = null;
  #reading: ReturnType<typeof messageOf> | null = null;

  constructor(name: LegName, hasLimits: boolean, now: number) {
    this.name = name;
    this.came = name === 'machine' ? 'in' : 'out';
    this.sent = name === 'machine' ? 'out' : 'in';
    this.#hasLimits = hasLimits;
    this.lastAt = now;
  }

  /** `isPassed`: they were passed on already. */
  receives(bytes: number, isPassed: boolean): void {
    this.undecoded += bytes;
    this.#came += bytes;
    if (isPassed) this.#dealtWith = this.#came;
  }

  /** Some of the bytes decided next were not passed on when they came. */
  hasUnpassed(bytes: Uint8Array): boolean {
    return this.#decided + bytes.length > this.#dealtWith;
  }

  /** Those of the bytes decided next that were not passed on when they came. Whoever asks deals with them. */
  takeUnpassed(bytes: Uint8Array): Uint8Array {
    const begin = this.#decided;
    this.#decided += bytes.length;
    const passed = this.#dealtWith - begin;
    if (passed >= bytes.length) return nothing;
    this.#dealtWith = this.#decided;
    return passed <= 0 ? bytes : bytes.subarray(passed);
  }

  /** Everything that came is passed on, or is to stay. */
  get isFullyForwarded(): boolean {
    return this.#dealtWith === this.#came;
  }

  /** Of what was passed on some is not decided yet: a frame of ours on the other leg might fall into it. */
  get isWithinFrame(): boolean {
    return this.isAstray || this.#decided < this.#dealtWith;
  }

  /** A frame that came on it as the message it is. */
  read({ json }: DecodedFrame): ReturnType<typeof messageOf> {
    if (this.#reading !== null && json !== null && json === this.#json) return this.#reading;
    this.#json = json;
    this.#reading = messageOf(json, this.came);
    return this.#reading;
  }

  /** Gives what is held as it stands. What comes next does not continue it; the head seen last is tried first. */
  restart(): readonly Received[] {
    const held = this.receiver.end();
    const { head } = this.receiver;
    this.receiver = new FrameReceiver(head === null ? {} : { preferred: head });
    return held;
  }

  /** Measures the limits from now on: nothing could be received for some time before, or it can't be told for how long. */
  restartLimits(now: number): void {
    this.#limitsFrom = now;
    // By a clock that was set back since.
    this.lastAt = Math.min(this.lastAt, now);
    this.receiver.cameBy(now);
    if (this.unread !== null) this.unread = { ...this.unread, since: Math.min(this.unread.since, now) };
  }

  /** They are due as long from now as before, whatever the clock says. */
  moveReminders(ms: number): void {
    for (const [about, at] of this.#reminders) this.#reminders.set(about, at + ms);
  }

  /** When its undecided bytes are to be decided, if nothing comes. */
  get settleAt(): number {
    return this.undecoded > 0 ? Infinity : (this.receiver.settleAt ?? Infinity);
  }

  get #heldSince(): number | null {
    return this.undecoded > 0 ? null : this.receiver.heldSince;
  }

  /** Of too many the first goes at once, without its pause: nobody is owed so many, and none is lost. */
  owe(owed: Owed): Owed | null {
    this.owed.push(owed);
    return this.owed.length > mostOwed ? (this.owed.shift() ?? null) : null;
  }

  /** When the first answer that is owed is to be written: never into a frame that is being passed on; a machine that talks all the time gets it between two others. */
  get owedAt(): number {
    const [first] = this.owed;
    if (first === undefined || this.unread !== null || this.across?.isWithinFrame === true) return Infinity;
    return Math.max(this.wroteAt + 1, Math.min(this.wroteAt + first.pause, first.since + patience));
  }

  /** When the first reminder is due. */
  get #remindAt(): number {
    return this.unread === null && this.#reminders.size > 0
      ? Math.min(...this.#reminders.values())
      : Infinity;
  }

  /** Of too many the one that was asked for first is forgotten: nobody has so many sales at once. */
  remind(about: string, at: number): void {
    this.#reminders.delete(about);
    this.#reminders.set(about, at);
    const [first] = this.#reminders.keys();
    if (this.#reminders.size > remindersKept && first !== undefined) this.#reminders.delete(first);
  }

  /** What a reminder that is due is about; `null`: none is. */
  takeReminder(now: number): string | null {
    if (this.#remindAt > now || this.hasEnded) return null;
    const [due] = [...this.#reminders].toSorted(([, a], [, b]) => a - b);
    if (due === undefined) return null;
    this.#reminders.delete(due[0]);
    return due[0];
  }

  /** The answer that is owed first, where it is its turn; a clock that was set back keeps none waiting. */
  takeOwed(now: number): Owed | null {
    const { owedAt, wroteAt } = this;
    return owedAt < Infinity && (owedAt <= now || now < wroteAt) ? (this.owed.shift() ?? null) : null;
  }

  /**
   * When the next of its limits is passed, something owed is to be written, a reminder is due or its undecided bytes are to be decided, if nothing
   * comes.
   */
  get dueAt(): number {
    let nextAt = this.settleAt;
    // Hardly ever, and asked after each frame.
    if (this.owed.length > 0) nextAt = Math.min(nextAt, this.owedAt);
    if (this.#reminders.size > 0) nextAt = Math.min(nextAt, this.#remindAt);
    if (!this.#hasLimits || this.hasEnded) return nextAt;
    const { unread } = this;
    const heldSince = this.#heldSince;
    return Math.min(
      nextAt,
      this.#since(this.lastAt) + silenceLimit,
      heldSince === null ? Infinity : this.#since(heldSince) + halfFrameLimit,
      unread === null ? Infinity : this.#since(unread.since) + notReadingLimit,
    );
  }

  #since(at: number): number {
    return Math.max(at, this.#limitsFrom);
  }

  /** The limit that is passed, if one is. Times are measured from when the bytes came. */
  passed(now: number): Passed | null {
    if (!this.#hasLimits || this.hasEnded) return null;
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
    const heldSince = this.#heldSince;
    if (heldSince === null || now - this.#since(heldSince) < halfFrameLimit) return null;
    const params = { bytes: receiver.pending, ms: now - heldSince };
    return { reason: 'halfFrame', finding: { code: 'link.halfFrame', params } };
  }
}
