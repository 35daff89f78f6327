/** A fetch from this computer through the address by which machines reached it, as their downloads come. */

/**
 * notBound: nothing listens at that address. refused: it does, and the connection was refused all the same. timeout: no answer came.
 * otherServer: somebody answered, and it was not Crema. failed: anything else, by the system's own code.
 */
type DownloadProblem = 'notBound' | 'refused' | 'timeout' | 'otherServer' | 'failed';

export interface DownloadTest {
  readonly host: string;
  readonly port: number;
  /** Machines that are connected through it. */
  readonly machines: number;
  /** `null`: it answered as it should. */
  readonly problem: DownloadProblem | null;
  /** The system's own code, or who answered. */
  readonly detail: string;
  readonly at: number;
}

/** An address of this computer, and how many machines are connected through it. */
export interface ReachedAddress {
  readonly host: string;
  readonly machines: number;
}
