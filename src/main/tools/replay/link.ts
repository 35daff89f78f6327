/** What a replay needs of a connection, and how one that can't go on says so. */
import type { AppError } from '#shared/contract/errors';
import type { ReplayProblem } from '#shared/model/replay';
import type { CameNow } from './compare';

export interface OutgoingFrame {
  readonly bytes: Uint8Array;
  /** Offset of the body. */
  readonly bodyStart: number;
  /** Its head may be another of the same length, as its connection has them. */
  readonly isHeadFree: boolean;
}

/** One connection to whom the frames go. */
export interface ReplayLink {
  /** `null`: it is on its way. */
  readonly send: (frame: OutgoingFrame) => Promise<AppError | null>;
  readonly end: () => void;
}

/** What comes on it. */
export interface LinkHears {
  readonly came: (frame: CameNow) => void;
  /** `detail`: what the system says; '': the other side ended it in order. */
  readonly closed: (detail: string) => void;
}

/** A replay that can't go on. */
export class ReplayFailure extends Error {
  readonly problem: ReplayProblem;

  constructor(problem: ReplayProblem) {
    super('detail' in problem ? problem.detail : problem.error.code);
    this.problem = problem;
  }
}
