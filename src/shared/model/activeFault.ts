/** Errors of one machine that have not ended. */

export interface ActiveFault {
  /** As received. */
  readonly code: string;
  readonly description: string | null;
  readonly since: number;
  /** Time of the last report, ms. */
  readonly last: number;
  readonly entry: number;
  /** How often it was set while active. Repetitions within a minute count once. */
  readonly times: number;
  readonly isFatal: boolean | null;
  readonly isPersistent: boolean | null;
  /** True after a reconnect until the machine repeats it. */
  readonly unconfirmed: boolean;
  /** The machine cleared all errors. This one ends unless it is set again by then (ms). `null`: not ending. */
  readonly ending: {
    readonly at: number;
    readonly entry: number;
    readonly by: 'clearerror' | 'login';
    readonly until: number;
  } | null;
  /** The last drink made while this error was active, with the frame that reported it. */
  readonly madeSince?: { readonly at: number; readonly entry: number };
}

/** An error that a person closed and the machine has not cleared. */
export interface ClosedFault extends ActiveFault {
  readonly closed: {
    readonly at: number;
    readonly entry: number;
    /** `null`: an earlier version did not record the person. */
    readonly by: string | null;
  };
}

/** Whether it is certain: an error that survives a restart also survives a reconnect. */
export const isConfirmed = ({ unconfirmed, isPersistent }: ActiveFault): boolean =>
  !unconfirmed || isPersistent === true;
