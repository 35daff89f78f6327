/** A request of the package host that no upgrade explains. What one address asks again is counted, not listed. */
export interface Visit {
  readonly id: number;
  readonly address: string;
  /** Method and target, or the first bytes of what is no HTTP; '': nothing came to its end in time. `null`: many different requests. */
  readonly asked: string | null;
  /** HTTP status of the answer to the last of them. */
  readonly status: number;
  /** The first and the last of them (ms). */
  readonly since: number;
  readonly at: number;
  readonly count: number;
}
