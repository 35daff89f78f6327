/** One end of a connection: its received data, its limits and the frames that it owes. */
import type { Finding } from '#shared/findings';
import { halfFrameLimit, noFrameLimit, silenceLimit } from '#shared/limits';
import type { CloseReason } from '#shared/model/closeReasons';
import type { Head } from '#shared/model/frame';
import type { WireMessage } from '#shared/model/message';
import type { HeldFrame } from './effects';
import type { DelayLine } from './delayed';
import { Intake } from './intake';
import { patience } from './pace';
import type { LegName } from './policy';
import type { Written } from './written';

/** [ours] ms that a machine may leave written data unread. */
const notReadingLimit = 30_000;

/** [ours] ms that an answer waits after a frame on Crema's initiative in the same millisecond: a machine would read both as one frame. */
export const pauseAfterOwnFrame = 50;

/** [ours] Limit of waiting reminders per leg. */
const maxReminders = 50;
/** Limit of answers that wait for their pause. */
const maxAnswers = 50;

/** Close reasons of a link that died while the computer slept. */
export const reasonsMappedToSlept: ReadonlySet<CloseReason> = new Set([
  'silence',
  'halfFrame',
  'notReading',
  'reset',
  'replaced',
]);

const noneHeld: readonly HeldFrame[] = [];

/** An answer that is not written yet. */
export interface PendingAnswer {
  readonly message: WireMessage;
  readonly head: Head;
  readonly pause: number;
  /** Time of the decision to send it. */
  readonly since: number;
}

/** An exceeded limit. */
export interface Passed {
  readonly reason: CloseReason;
  readonly finding: Finding;
}

export class Leg extends Intake {
  /** The other end closed. */
  hasEnded = false;
  /** Nothing more can be sent on it. */
  isShut = false;
  /** Junk bytes since the last frame. */
  junkBytes = 0;
  /** Number of the next outgoing le48 frame, of Crema or forwarded. */
  sequence = 0;
  /** Offset of the numbers of forwarded le48 frames: frames inserted by Crema, minus frames that were not forwarded. */
  shift = 0;
  /** The last message that Crema sent. */
  lastSent: Written | null = null;
  /** Time of the last frame that Crema wrote. */
  wroteAt = -Infinity;
  /** The same for frames on Crema's initiative: all except immediate answers. */
  lastOwnAt = -Infinity;
  /** Answers that wait for their pause, oldest first. */
  readonly pendingAnswers: PendingAnswer[] = [];
  /** Subjects of reminders for the policy, with their times. */
  readonly #reminders = new Map<string, number>();
  /** Written data that the other end has not taken, and since when. */
  unread: { readonly bytes: number; readonly since: number } | null = null;

  /** The leg that forwards this leg's data; `null`: none does. */
  across: Leg | null = null;
  /** Frames of this leg that wait for a person, and the key of the last one. */
  held = noneHeld;
  lastHeld = 0;
  /** Data of this leg that a rule delays; `null`: none so far. */
  delays: DelayLine | null = null;

  /** Data can be sent on it. */
  get isOpen(): boolean {
    return !this.hasEnded && !this.isShut;
  }

  /** Some of its data is delayed, so all that follows waits too. */
  get isDelayed(): boolean {
    return this.delays?.isEmpty === false;
  }

  readonly #hasLimits: boolean;
  #limitsFrom = -Infinity;

  constructor(name: LegName, hasLimits: boolean, now: number) {
    super(name, now);
    this.#hasLimits = hasLimits;
  }

  /** Restarts the limits: nothing could be received before, for an unknown time. */
  restartLimits(now: number): void {
    this.#limitsFrom = now;
    // The clock may have been set back since.
    this.lastAt = Math.min(this.lastAt, now);
    this.receiver.cameBy(now);
    if (this.unread !== null) this.unread = { ...this.unread, since: Math.min(this.unread.since, now) };
  }

  /** Keeps the remaining time of reminders and delays after a clock change. */
  moveReminders(ms: number): void {
    for (const [about, at] of this.#reminders) this.#reminders.set(about, at + ms);
    this.delays?.move(ms);
  }

  /** The time to decide the undecided bytes if no further bytes arrive. */
  get settleAt(): number {
    return this.undecoded > 0 ? Infinity : (this.receiver.settleAt ?? Infinity);
  }

  get #heldSince(): number | null {
    return this.undecoded > 0 ? null : this.receiver.heldSince;
  }

  /** Beyond the limit the oldest answer is returned, to be sent immediately without its pause, so that none is lost. */
  addAnswer(answer: PendingAnswer): PendingAnswer | null {
    this.pendingAnswers.push(answer);
    return this.pendingAnswers.length > maxAnswers ? (this.pendingAnswers.shift() ?? null) : null;
  }

  /**
   * The time to write the first pending answer. Never inside a frame that is being forwarded.
   * A machine that sends without pause gets it between two other answers.
   */
  get answerDueAt(): number {
    const [first] = this.pendingAnswers;
    if (first === undefined || this.unread !== null || this.across?.isWithinFrame === true) return Infinity;
    return Math.max(this.wroteAt + 1, Math.min(this.wroteAt + first.pause, first.since + patience));
  }

  /** The time of the first reminder. */
  get #remindAt(): number {
    return this.unread === null && this.#reminders.size > 0
      ? Math.min(...this.#reminders.values())
      : Infinity;
  }

  /** Beyond the limit the oldest reminder is dropped: no machine has so many sales at the same time. */
  remind(about: string, at: number): void {
    this.#reminders.delete(about);
    this.#reminders.set(about, at);
    const [first] = this.#reminders.keys();
    if (this.#reminders.size > maxReminders && first !== undefined) this.#reminders.delete(first);
  }

  /** The subject of a due reminder; `null`: none is due. */
  takeReminder(now: number): string | null {
    if (this.#remindAt > now || this.hasEnded) return null;
    const [due] = [...this.#reminders].toSorted(([, a], [, b]) => a - b);
    if (due === undefined) return null;
    this.#reminders.delete(due[0]);
    return due[0];
  }

  /** The first pending answer if it is due, or if the clock was set back. */
  takeAnswer(now: number): PendingAnswer | null {
    const { answerDueAt, wroteAt } = this;
    return answerDueAt < Infinity && (answerDueAt <= now || now < wroteAt)
      ? (this.pendingAnswers.shift() ?? null)
      : null;
  }

  /**
   * The time of the next limit, pending answer, reminder or decision about undecided bytes, if no further bytes arrive.
   */
  get dueAt(): number {
    let nextAt = this.settleAt;
    // Both are rare, and this runs after each frame.
    if (this.pendingAnswers.length > 0) nextAt = Math.min(nextAt, this.answerDueAt);
    if (this.#reminders.size > 0) nextAt = Math.min(nextAt, this.#remindAt);
    if (this.delays !== null && this.across?.isOpen === true) nextAt = Math.min(nextAt, this.delays.dueAt);
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

  /** The exceeded limit, if any. Times count from the receipt of the bytes. */
  passed(now: number): Passed | null {
    if (!this.#hasLimits || this.hasEnded) return null;
    const { receiver, unread } = this;
    // Slow junk, recorded in small pieces, adds up too.
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
