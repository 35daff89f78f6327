/** A replay: recorded frames are sent again, and what comes back is held against what came back then. Times are ms since 1970. */
import type { SendRisk } from '../compose/sendRisk';
import type { AppError } from '../contract/errors';
import type { DialTarget } from './dial';

/**
 * Who sends: `machine`, frames of a machine to any server, over connections of our own; `server`, what a server said of its own
 * accord to a machine that is connected.
 */
export type ReplayRole = 'machine' | 'server';

/** What is written anew in a frame that is sent; all else stays byte by byte as it was recorded. */
export const replayRules = [
  'numbers', // the machine's number, wherever a member has it
  'orders', // each order number by a fresh one of the same form, the same for the same
  'times', // as far from now as they were from the first frame
  'heads', // numbers of le48 heads count without gaps; a machine gets its own form of head
] as const;
export type ReplayRule = (typeof replayRules)[number];

/** Recorded pauses are divided by it; `step`: each frame waits for a person. */
export type ReplayPace = number | 'step';

/**
 * `waiting`: nothing has come yet, or what came has nothing to be held against yet. `explained`: different only where a rule or a
 * clock says why. `missing`: nothing of the kind came within the time that it took then and 5 s. `extra`: nothing of the kind came then.
 */
export type ReplayOutcome = 'waiting' | 'same' | 'explained' | 'differs' | 'missing' | 'extra';

/** How one member differs; values as they stand in the bodies, `null`: it is not there. */
export interface ReplayDifference {
  /** `head`: the form of the head; `body`: one of the two is no JSON object. */
  readonly what: 'member' | 'head' | 'body';
  readonly name: string;
  readonly recorded: string | null;
  readonly now: string | null;
  /** `clock`: each says the time of its own day. `null`: nothing explains it. */
  readonly by: ReplayRule | 'clock' | null;
}

/** One side of a row. */
interface ReplayedFrame {
  readonly at: number;
  /** The body, or junk as Latin-1; at most 2,000 characters. */
  readonly text: string;
}

/** What could not be done to a frame that was sent. */
export type ReplayNote =
  | 'unread' // not every character of the body is accounted for: it was sent as it was
  | 'signKept' // its date or number is another, and no code is known that makes its sign
  | 'tooLong'; // with the new members no head could say its length: it was sent as it was

/** A frame that was sent, or something that came back or should have. */
export interface ReplayRow {
  /** Grows by one. */
  readonly id: number;
  readonly kind: 'sent' | 'answer';
  /** Which of the frames that were sent it is, or came after; from 1. */
  readonly step: number;
  /** The recorded connection. */
  readonly conn: number;
  readonly cmd: string | null;
  /** The entry it was recorded as. */
  readonly entry: number | null;
  readonly recorded: ReplayedFrame | null;
  readonly now: ReplayedFrame | null;
  /** Of one that was sent: `same`, or `explained` where rules changed it. */
  readonly outcome: ReplayOutcome;
  readonly differences: readonly ReplayDifference[];
  readonly notes: readonly ReplayNote[];
}

/** Why it ended before its end. `step`: of the last frame that was sent, 0: none was. */
export type ReplayProblem =
  | {
      readonly code: 'unreachable'; // no connection could be made
      readonly detail: string;
    }
  | {
      readonly code: 'closed'; // the other side ended the connection on which more was to be sent
      readonly detail: string;
    }
  | { readonly code: 'refused'; readonly error: AppError } // Crema's own server did not send it
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

/** How far a replay is. */
export interface ReplayProgress {
  readonly status: 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly sent: number;
  /** What comes next; `null`: nothing, or not known yet. */
  readonly next: {
    readonly cmd: string | null;
    readonly entry: number;
    /** When it is sent; `null`: when answers are there, or a person says so. */
    readonly dueAt: number | null;
    readonly waitsFor: 'time' | 'answers' | 'person';
  } | null;
  /** Of answers. */
  readonly counts: ReplayCounts;
  /** Rows so far; of more than are kept the oldest go. */
  readonly rows: number;
  readonly problem: ReplayProblem | null;
}

/** What one side would send of what was chosen. */
export interface ReplayPart {
  /** Frames, and junk. */
  readonly frames: number;
  /** `null`: nothing. Ids of entries, and their times. */
  readonly extent: {
    readonly first: number;
    readonly last: number;
    readonly from: number;
    readonly to: number;
  } | null;
  readonly connections: number;
  /** Those that are named in it, at most 100. */
  readonly machines: readonly number[];
  /** Most frequent first, at most 100. `null`: a frame without a command, or junk. */
  readonly commands: readonly { readonly cmd: string | null; readonly count: number }[];
}

export interface ReplaySurvey {
  readonly machine: ReplayPart;
  readonly server: ReplayPart;
  /** Answers of the recorded server, which nobody sends: Crema answers what a machine asks. */
  readonly answers: number;
  /** What the server's frames do to a machine, each once. */
  readonly risks: readonly SendRisk[];
}

/** One replay, as windows are told of it. */
export interface ReplayState extends ReplayProgress {
  /** Grows by one in a run of Crema. */
  readonly id: number;
  /** `null`: what is live was recorded. */
  readonly file: string | null;
  readonly to:
    | { readonly role: 'machine'; readonly server: DialTarget; readonly vmcNo: number | null }
    | { readonly role: 'server'; readonly vmcNo: number };
  readonly pace: ReplayPace;
  /** Frames that were chosen. */
  readonly frames: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
}

/** What there is to send, and machines it can be sent to. */
export interface ReplayOffer extends ReplaySurvey {
  readonly online: readonly { readonly vmcNo: number; readonly name: string }[];
}

/** Rows, newest first; `next`: ask before that id for older ones, `null`: there are none. */
export interface ReplayRows {
  readonly rows: readonly ReplayRow[];
  readonly next: number | null;
}
/** Rows that are kept; of more the oldest go. */
export const mostReplayRows = 5_000;

/** Connections of one replay. */
export const mostReplayConnections = 1_000;
