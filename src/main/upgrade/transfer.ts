/** One request for a part of an offer, counted. */
import type { ServerResponse } from 'node:http';
import type { Transfer } from '#shared/model/upgrade';
import { Pace } from './pace';

const reportInterval = 200;

type Begun = Pick<Transfer, 'offer' | 'vmcNo' | 'what' | 'remoteAddress' | 'straySpaces'>;

export class TransferCount {
  readonly #begun: Begun & { readonly startedAt: number };
  readonly #pace: Pace;
  readonly #response: ServerResponse;
  #total = 0;
  #handed = 0;

  /** Reports once the status is known (`begin`), while it runs, and when the answer has been handed over or cut off. */
  constructor(
    begun: Begun,
    response: ServerResponse,
    now: () => number,
    report: (transfer: Transfer) => void,
  ) {
    this.#begun = { ...begun, startedAt: now() };
    this.#response = response;
    this.#pace = new Pace(reportInterval, () => report(this.#transfer(null)));
    response.once('close', () => {
      this.#pace.stop();
      report(this.#transfer(now()));
    });
  }

  /** `total`: bytes of the body that this answer will have. */
  begin(total: number): void {
    this.#total = total;
    this.#pace.touch();
  }

  /** So many more were handed to the answer. */
  add(bytes: number): void {
    this.#handed += bytes;
    this.#pace.touch();
  }

  #transfer(endedAt: number | null): Transfer {
    const { writableFinished, writableLength, statusCode } = this.#response;
    const complete = endedAt === null ? null : writableFinished && this.#handed === this.#total;
    return {
      ...this.#begun,
      status: statusCode,
      // What still waits for the network has not left; headers may wait with it.
      sent: Math.max(0, this.#handed - (writableFinished ? 0 : writableLength)),
      total: this.#total,
      endedAt,
      complete,
    };
  }
}
