/** A replay sends recorded frames again and compares the answers with the recorded ones. Times are ms since 1970. */
import type { SendRisk } from '../compose/sendRisk';
import type { AppError } from '../contract/errors';
import type { DialTarget } from './dial';

/**
 * The sender. `machine`: frames of a machine to any server, over Crema's own connections. `server`: a server's unprompted frames to a
 * connected machine.
 */
export type ReplayRole = 'machine' | 'server';

/** The parts of a sent frame that are rewritten. All other bytes stay as recorded. */
export const replayRules = [
  'numbers', // the machine's number, in every member that contains it
  'orders', // each order number by a new one of the same form, consistently
  'times', // shifted by the time since the first recorded frame
  'heads', // numbers of le48 heads without gaps; a machine gets its own form of head
] as const;
export type ReplayRule = (typeof replayRules)[number];

/** Divisor of the recorded pauses; `step`: each frame waits for a person. */
export type ReplayPace = number | 'step';

/**
 * `waiting`: no answer yet, or nothing to compare with yet. `explained`: differences explained by a rule or a clock. `missing`: no such
 * answer within the recorded time and 5 s. `extra`: no such answer was recorded.
 */
export type ReplayOutcome = 'waiting' | 'same' | 'explained' | 'differs' | 'missing' | 'extra';

/** A difference of one member; values as in the bodies, `null`: absent. */
export interface ReplayDifference {
  /** `head`: form of the head; `body`: one of the bodies is not a JSON object. */
  readonly what: 'member' | 'head' | 'body';
  readonly name: string;
  readonly recorded: string | null;
  readonly now: string | null;
  /** `clock`: each side reports its own current time. `null`: unexplained. */
  readonly by: ReplayRule | 'clock' | null;
}

/** One side of a row. */
interface ReplayedFrame {
  readonly at: number;
  /** The body, or junk as Latin-1; at most 2,000 characters. */
  readonly text: string;
}

/** Why a sent frame was not fully rewritten. */
export type ReplayNote =
  | 'unread' // part of the body could not be parsed, so the frame was sent unchanged
  | 'signKept' // the date or number changed, but the code for a new sign is unknown
  | 'tooLong'; // with the new members no head could express the length, so the frame was sent unchanged

/** A sent frame, or an answer that arrived or is missing. */
export interface ReplayRow {
  /** Increases by one. */
  readonly id: number;
  readonly kind: 'sent' | 'answer';
  /** Number of the sent frame, or of the frame before the answer; from 1. */
  readonly step: number;
  /** The recorded connection. */
  readonly conn: number;
  readonly cmd: string | null;
  /** The recorded entry. */
  readonly entry: number | null;
  readonly recorded: ReplayedFrame | null;
  readonly now: ReplayedFrame | null;
  /** For a sent frame: `same`, or `explained` if rules changed it. */
  readonly outcome: ReplayOutcome;
  readonly differences: readonly ReplayDifference[];
  readonly notes: readonly ReplayNote[];
}

/** Why the replay ended early. `step`: last sent frame, 0: none. */
export type ReplayProblem =
  | {
      readonly code: 'unreachable'; // no connection was established
      readonly detail: string;
    }
  | {
      readonly code: 'closed'; // the other side closed the connection before the last frame
      readonly detail: string;
    }
  | { readonly code: 'refused'; readonly error: AppError } // Crema's own server refused to send
  | { readonly code: 'internal'; readonly detail: string };

export type ReplayCounts = Readonly<Record<ReplayOutcome, number>>;
export const noReplayCounts: ReplayCounts = {
  waiting: 0,
  same: 0,
  explained: 0,
  differs: 0,
  missing: 0,
  extra: 0,
};

/** Progress of a replay. */
export interface ReplayProgress {
  readonly status: 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly sent: number;
  /** The next frame; `null`: none, or not known yet. */
  readonly next: {
    readonly cmd: string | null;
    readonly entry: number;
    /** Time of sending; `null`: after the answers, or when a person continues. */
    readonly dueAt: number | null;
    readonly waitsFor: 'time' | 'answers' | 'person';
  } | null;
  /** Number of answers by outcome. */
  readonly counts: ReplayCounts;
  /** Number of rows so far. Above the limit the oldest are dropped. */
  readonly rows: number;
  readonly problem: ReplayProblem | null;
}

/** The part of the selection that one side would send. */
export interface ReplayPart {
  /** Frames and junk. */
  readonly frames: number;
  /** `null`: nothing. Ids and times of entries. */
  readonly extent: {
    readonly first: number;
    readonly last: number;
    readonly from: number;
    readonly to: number;
  } | null;
  readonly connections: number;
  /** The machines in it, at most 100. */
  readonly machines: readonly number[];
  /** Most frequent first, at most 100. `null`: a frame without a command, or junk. */
  readonly commands: readonly { readonly cmd: string | null; readonly count: number }[];
}

export interface ReplaySurvey {
  readonly machine: ReplayPart;
  readonly server: ReplayPart;
  /** Number of the recorded server's answers, which are not sent: Crema answers the machines itself. */
  readonly answers: number;
  /** Risks of the server's frames, each once. */
  readonly risks: readonly SendRisk[];
}

/** A replay as windows see it. */
export interface ReplayState extends ReplayProgress {
  /** Increases by one per launch. */
  readonly id: number;
  /** `null`: the recording is the live journal. */
  readonly file: string | null;
  readonly to:
    | { readonly role: 'machine'; readonly server: DialTarget; readonly vmcNo: number | null }
    | { readonly role: 'server'; readonly vmcNo: number };
  readonly pace: ReplayPace;
  /** Number of selected frames. */
  readonly frames: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** The frames to send, and the possible target machines. */
export interface ReplayOffer extends ReplaySurvey {
  readonly online: readonly { readonly vmcNo: number; readonly name: string }[];
}

/** Rows, newest first; `next`: id for the page of older ones, `null`: none. */
export interface ReplayRows {
  readonly rows: readonly ReplayRow[];
  readonly next: number | null;
}
/** Limit of kept rows. Above it the oldest are dropped. */
export const mostReplayRows = 5_000;

/** Limit of connections of one replay. */
export const mostReplayConnections = 1_000;
