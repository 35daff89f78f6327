/** The connection of a replay, and the error of a replay that can't continue. */
import type { AppError } from '#shared/contract/errors';
import type { ReplayProblem } from '#shared/model/replay';
import type { CameNow } from './compare';

export interface OutgoingFrame {
  readonly bytes: Uint8Array;
  /** Offset of the body. */
  readonly bodyStart: number;
  /** The head may be replaced by one of the same length in the connection's own form. */
  readonly isHeadFree: boolean;
}

/** One connection to the receiving side. */
export interface ReplayLink {
  /** `null`: the frame was sent. */
  readonly send: (frame: OutgoingFrame) => Promise<AppError | null>;
  readonly end: () => void;
}

/** Callbacks for a connection's frames and end. */
export interface LinkEvents {
  readonly came: (frame: CameNow) => void;
  /** `detail`: the system's error; '': the other side closed the connection normally. */
  readonly closed: (detail: string) => void;
}

/** A replay that can't continue. */
export class ReplayFailure extends Error {
  readonly problem: ReplayProblem;

  constructor(problem: ReplayProblem) {
    super('detail' in problem ? problem.detail : problem.error.code);
    this.problem = problem;
  }
}
