/**
 * Runs one replay. Each recorded frame is sent after its recorded pause, once the answers to earlier frames have arrived or are overdue.
 * This class opens nothing and reads no clock. Times are ms since 1970.
 */
import { namedVariation } from '#shared/compare/varying';
import { toText } from '#shared/messages/field';
import { isInRole } from '#shared/messages/lookup';
import type { Entry, FrameEntry } from '#shared/model/frame';
import { cmdOfMessage } from '#shared/model/message';
import type {
  ReplayPace,
  ReplayProblem,
  ReplayProgress,
  ReplayRole,
  ReplayRow,
  ReplayRule,
} from '#shared/model/replay';
import { readJson } from '../../core/protocol/json';
import { Answers, commandIn } from './answers';
import { isOfOtherSide, isSent } from './choice';
import { compare, type CameNow, type Renamed } from './compare';
import { ReplayFailure, type LinkEvents, type OutgoingFrame, type ReplayLink } from './link';
import { clockFrom } from './moments';
import { Questions } from './questions';
import { hasRightHead, rewriteFrame, type Rewriting } from './rewrite';
import { asRead, Rows, shownNow, type Sendable } from './rows';
import { Waker, type Timing } from './waker';

/** ms after the last sent frame in which a received frame may be an answer. */
export const answerWindow = 30_000;
/** ms that an answer may take longer than the recorded one. */
const grace = 5_000;
/** Order numbers searched for in texts. */
const mostRenamed = 200;

/** An entry of the recording. */
export interface Recorded {
  readonly entry: Entry;
  /** The user chose this entry. */
  readonly isChosen: boolean;
}

export interface ReplayOptions {
  readonly role: ReplayRole;
  readonly pace: ReplayPace;
  readonly rules: ReadonlySet<ReplayRule>;
  readonly vmcNo: number | null;
  readonly salt: string;
  readonly codeOf: Rewriting['codeOf'];
  /** The recording in order, from its first chosen entry. */
  readonly pages: AsyncIterable<readonly Recorded[]>;
  /** @throws ReplayFailure if no connection can be made */
  readonly open: (events: LinkEvents, cancel: AbortSignal) => Promise<ReplayLink>;
  readonly timing: Timing;
  /** Each version of a row; versions of one id arrive in order. */
  readonly onRow: (row: ReplayRow) => void;
  readonly onProgress: (progress: ReplayProgress) => void;
}

/** A connection of the replay. In the server role there is only one. */
interface Side {
  readonly conn: number;
  readonly link: ReplayLink;
  readonly rewriting: Rewriting;
  /** How the other side closed it; `null`: still open. */
  readonly closed: string | null;
  /** Times of the last frame sent on it: recorded, and sent. */
  recordedAt: number;
  sentAt: number;
  /** The next sequence number for a head; `null`: no frame with a sequence was sent. */
  sequence: number | null;
  readonly questions: Questions;
  readonly answers: Answers;
}

/** Ends the waits of a replay that is over. */
const over = new Error('the replay is over');

export class ReplayRun {
  readonly #options: ReplayOptions;
  readonly #waker: Waker;
  readonly #rows: Rows;
  readonly #sides = new Map<number, Side>();
  #rewriting: Rewriting | null = null;
  #renamed: readonly Renamed[] = [];
  /** The last frame sent on any connection. */
  #last: { readonly recordedAt: number; readonly sentAt: number } | null = null;
  #next: ReplayProgress['next'] = null;
  #status: ReplayProgress['status'] = 'running';
  #problem: ReplayProblem | null = null;
  #isAsked = false;
  readonly #cancel = new AbortController();

  constructor(options: ReplayOptions) {
    this.#options = options;
    this.#waker = new Waker(options.timing);
    this.#rows = new Rows((row) => {
      options.onRow(row);
      this.#reportProgress();
    });
  }

  get progress(): ReplayProgress {
    const { step: sent, counts, last: rows } = this.#rows;
    return { status: this.#status, sent, next: this.#next, counts, rows, problem: this.#problem };
  }

  /** Resolves when the replay is over, whether it succeeded or failed. */
  async run(): Promise<ReplayProgress> {
    try {
      for await (const page of this.#options.pages) for (const recorded of page) await this.#take(recorded);
      this.#next = null;
      const sides = [...this.#sides.values()];
      await this.#waker.until(
        // Asks every side: a wait on one connection must not delay the overdue report of another.
        (now) => this.#isOver || sides.map((side) => this.#isAnswered(side, now)).every(Boolean),
        () => Math.min(...sides.flatMap(({ answers }) => answers.dues)),
      );
      if (!this.#isOver) this.#status = 'done';
    } catch (error) {
      if (!this.#isOver) this.#fail(error);
    }
    this.#next = null;
    for (const side of this.#sides.values()) {
      side.answers.end();
      side.link.end();
    }
    this.#reportProgress();
    return this.progress;
  }

  pause(isPaused: boolean): void {
    if (this.#isOver) return;
    this.#status = isPaused ? 'paused' : 'running';
    this.#reportProgress();
    this.#waker.wake();
  }

  /** Sends the next frame now, without further waiting. */
  sendNext(): void {
    this.#isAsked = true;
    this.#waker.wake();
  }

  cancel(): void {
    if (this.#isOver) return;
    this.#status = 'cancelled';
    this.#cancel.abort();
    this.#waker.wake();
  }

  get #isOver(): boolean {
    return this.#status !== 'running' && this.#status !== 'paused';
  }

  #fail(error: unknown): void {
    this.#status = 'failed';
    this.#problem =
      error instanceof ReplayFailure
        ? error.problem
        : { code: 'internal', detail: error instanceof Error ? error.message : String(error) };
  }

  #reportProgress(): void {
    this.#options.onProgress(this.progress);
  }

  async #take({ entry, isChosen }: Recorded): Promise<void> {
    if (this.#isOver) throw over;
    const { role } = this.#options;
    if (isChosen && isSent(entry, role)) return this.#send(entry);
    const side = this.#sides.get(role === 'machine' ? entry.conn : 0);
    if (side === undefined) return;
    if (entry.kind === 'frame') {
      if (isOfOtherSide(entry, role)) this.#expect(side, entry, isChosen);
      else side.questions.ask(entry, false);
    }
    if (entry.kind === 'closed' && role === 'machine') await this.#end(side, entry.at);
  }

  async #send(entry: Sendable): Promise<void> {
    const { role, timing } = this.#options;
    const key = role === 'machine' ? entry.conn : 0;
    const known = this.#sides.get(key);
    await this.#turn(known ?? null, entry);
    if (known !== undefined && known.closed !== null)
      throw new ReplayFailure({ code: 'closed', detail: known.closed });
    const side = known ?? (await this.#open(entry, key));
    this.#rows.step += 1;
    side.recordedAt = entry.at;
    side.sentAt = timing.now();
    this.#last = { recordedAt: entry.at, sentAt: side.sentAt };
    this.#next = null;
    const { frame, row } = this.#written(side, entry);
    try {
      const refusal = await side.link.send(frame);
      if (refusal !== null) throw new ReplayFailure({ code: 'refused', error: refusal });
    } catch (error) {
      // The frame was not sent.
      this.#rows.step -= 1;
      throw error;
    }
    this.#rows.sent(row);
  }

  #written(side: Side, entry: Sendable): { readonly frame: OutgoingFrame; readonly row: ReplayRow } {
    const { rewriting } = side;
    const made = this.#rows.make('sent', side.conn, entry);
    const at = this.#options.timing.now();
    if (entry.kind === 'junk') {
      const now = shownNow({ at, text: made.recorded?.text ?? '' });
      const frame = { bytes: entry.bytes, bodyStart: 0, isHeadFree: false };
      return { frame, row: { ...made, now, outcome: 'same' } };
    }
    const areHeadsFree = rewriting.rules.has('heads');
    const isCounted = areHeadsFree && entry.sequence !== null;
    side.sequence ??= entry.sequence;
    const { bytes, bodyStart, notes } = rewriteFrame(entry, isCounted ? side.sequence : null, rewriting);
    if (isCounted && side.sequence !== null) side.sequence += 1;
    side.questions.ask(entry, true);
    const sent = asRead(bytes, bodyStart, entry.head, at);
    this.#remember(entry, sent);
    const { differences } = compare(entry, sent, rewriting, this.#renamed);
    const outcome = differences.length === 0 ? 'same' : 'explained';
    // A wrong head is sent again as recorded.
    const frame = { bytes, bodyStart, isHeadFree: areHeadsFree && hasRightHead(entry) };
    return { frame, row: { ...made, now: shownNow(sent), outcome, differences, notes } };
  }

  /** Remembers order numbers and the machine's number, which answers may have within other texts. */
  #remember(entry: FrameEntry, sent: CameNow): void {
    const was = readJson(entry.text).json;
    if (was === null || sent.json === null) return;
    const found = Object.entries(was).flatMap(([name, value]): readonly Renamed[] => {
      const rule = namedVariation([name], cmdOfMessage(entry.message), entry.dir);
      const [old, fresh] = [toText(value) ?? '', toText(sent.json?.[name]) ?? ''];
      const isKnown = this.#renamed.some((one) => one.old === old && one.fresh === fresh);
      const isRenamed = rule === 'orders' || rule === 'numbers';
      return isRenamed && old !== fresh && old.length > 2 && !isKnown ? [{ old, fresh, rule }] : [];
    });
    this.#renamed = [...this.#renamed, ...found].slice(-mostRenamed);
  }

  /** Waits until the frame is due. */
  async #turn(side: Side | null, entry: Sendable): Promise<void> {
    const { pace } = this.#options;
    const gap = this.#last === null ? 0 : Math.max(0, entry.at - this.#last.recordedAt);
    const dueAt = this.#last === null || pace === 'step' ? 0 : this.#last.sentAt + gap / pace;
    const cmd = entry.kind === 'frame' ? cmdOfMessage(entry.message) : null;
    const waitsFor = (now: number): 'time' | 'answers' | 'person' => {
      if (pace === 'step') return 'person';
      return now < dueAt ? 'time' : 'answers';
    };
    const isReady = (now: number): boolean => {
      if (this.#isOver || this.#isAsked) return true;
      if (this.#status === 'paused' || pace === 'step') return false;
      return now >= dueAt && (side === null || this.#isAnswered(side, now));
    };
    await this.#waker.until(isReady, (now) => {
      const next = { cmd, entry: entry.id, dueAt: pace === 'step' ? null : dueAt, waitsFor: waitsFor(now) };
      if (JSON.stringify(next) !== JSON.stringify(this.#next)) {
        this.#next = next;
        this.#reportProgress();
      }
      if (side !== null) this.#isAnswered(side, now);
      return Math.min(now < dueAt ? dueAt : Infinity, ...(side?.answers.dues ?? []));
    });
    this.#isAsked = false;
    if (this.#isOver) throw over;
  }

  async #open(entry: Sendable, key: number): Promise<Side> {
    const { role, timing, open } = this.#options;
    const { conn } = entry;
    const rewriting = (this.#rewriting ??= this.#rewritingFrom(entry.at, timing.now()));
    const answers = new Answers(conn, this.#rows, rewriting, () => this.#renamed);
    let closed: string | null = null;
    const events: LinkEvents = {
      came: (frame) => {
        // A machine's heartbeats are not answers.
        if (role === 'server' && isInRole(commandIn(frame.json), 'heartbeat')) return;
        answers.came(frame, role === 'machine' ? 'out' : 'in');
        this.#waker.wake();
      },
      closed: (detail) => {
        closed ??= detail;
        this.#waker.wake();
      },
    };
    const link = await open(events, this.#cancel.signal);
    const side: Side = {
      conn,
      link,
      rewriting,
      answers,
      questions: new Questions(),
      recordedAt: 0,
      sentAt: 0,
      sequence: null,
      get closed() {
        return closed;
      },
    };
    this.#sides.set(key, side);
    return side;
  }

  #rewritingFrom(recordedStart: number, start: number): Rewriting {
    const { rules, vmcNo, salt, codeOf, pace } = this.#options;
    const clock = clockFrom(recordedStart, start, pace === 'step' ? 1 : pace);
    return { rules, vmcNo, salt, codeOf, clock };
  }

  /** Expects a recorded frame of the other side. */
  #expect(side: Side, entry: FrameEntry, isChosen: boolean): void {
    const { role } = this.#options;
    const after = entry.at - side.recordedAt;
    if (after > answerWindow) return;
    if (role === 'server' && isInRole(cmdOfMessage(entry.message), 'heartbeat')) return;
    if (side.questions.isAnswer(entry) || isChosen)
      side.answers.expect(entry, side.sentAt + Math.max(0, after) + grace);
  }

  /** A closed connection receives no more answers. */
  #isAnswered({ answers, closed }: Side, now: number): boolean {
    return answers.areThere(closed === null ? now : Infinity);
  }

  /** Ends a connection where the recording ended it. */
  async #end(side: Side, recordedAt: number): Promise<void> {
    const { pace } = this.#options;
    const after = pace === 'step' ? 0 : Math.max(0, recordedAt - side.recordedAt) / pace;
    const endAt = side.sentAt + after;
    const isReady = (now: number): boolean =>
      this.#isOver ||
      (this.#isAnswered(side, now) && this.#status !== 'paused' && (side.closed !== null || now >= endAt));
    await this.#waker.until(isReady, (now) => Math.min(now < endAt ? endAt : Infinity, ...side.answers.dues));
    side.answers.end();
    side.link.end();
    this.#sides.delete(side.conn);
  }
}
