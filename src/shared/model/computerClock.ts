/** Whether this computer's clock is certainly wrong: it is earlier than something that has already happened. */

/** ms that a record may be ahead: the clock is corrected by small steps. */
const recordTolerance = 60_000;
/** ms that a build may be ahead: it was dated by another computer. */
const buildTolerance = 24 * 3_600_000;

export interface ClockProblem {
  readonly why: 'beforeBuild' | 'beforeRecords';
  readonly now: number;
  /** Time of the event that the clock contradicts. */
  readonly than: number;
}

interface ClockFacts {
  readonly now: number;
  /** Time of this build's sources; `null`: unknown. */
  readonly builtAt: number | null;
  /** `null`: no records. */
  readonly newestRecord: number | null;
}

/** `null`: nothing contradicts the clock. */
export function clockProblemOf({ now, builtAt, newestRecord }: ClockFacts): ClockProblem | null {
  if (builtAt !== null && builtAt > now + buildTolerance) return { why: 'beforeBuild', now, than: builtAt };
  if (newestRecord !== null && newestRecord > now + recordTolerance)
    return { why: 'beforeRecords', now, than: newestRecord };
  return null;
}
