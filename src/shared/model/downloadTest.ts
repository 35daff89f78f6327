/** A test download from this computer through the address that machines use for their downloads. */

/**
 * notBound: nothing listens at that address. refused: the connection was refused although Crema listens there. timeout: no answer.
 * otherServer: another server answered. failed: any other error, with the system's code.
 */
type DownloadProblem = 'notBound' | 'refused' | 'timeout' | 'otherServer' | 'failed';

export interface DownloadTest {
  readonly host: string;
  readonly port: number;
  /** Number of machines connected through it. */
  readonly machines: number;
  /** `null`: success. */
  readonly problem: DownloadProblem | null;
  /** The system's error code, or the server that answered. */
  readonly detail: string;
  readonly at: number;
}

/** An address of this computer, with the number of machines connected through it. */
export interface ReachedAddress {
  readonly host: string;
  readonly machines: number;
}
