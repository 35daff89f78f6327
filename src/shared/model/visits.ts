/** A request to the package host without a matching upgrade. Repetitions of one address are counted, not listed. */
export interface Visit {
  readonly id: number;
  readonly address: string;
  /** Method and target, or the first bytes of data other than HTTP; '': incomplete request. `null`: many different requests. */
  readonly asked: string | null;
  /** HTTP status of the last answer. */
  readonly status: number;
  /** Time of the first and the last of them (ms). */
  readonly since: number;
  readonly at: number;
  readonly count: number;
}
