/** One request for a part of an offer, counted. */
import type { ServerResponse } from 'node:http';
import type { Transfer } from '#shared/model/upgrade';
import { Throttle } from './throttle';

const reportInterval = 200;

type Begun = Pick<Transfer, 'offer' | 'vmcNo' | 'what' | 'remoteAddress' | 'straySpaces'>;

export class TransferCount {
  readonly #begun: Begun & { readonly startedAt: number };
  readonly #throttle: Throttle;
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
    this.#throttle = new Throttle(reportInterval, () => report(this.#transfer(null)));
    response.once('close', () => {
      this.#throttle.stop();
      report(this.#transfer(now()));
    });
  }

  /** `total`: bytes of the body that this answer will have. */
  begin(total: number): void {
    this.#total = total;
    this.#throttle.trigger();
  }

  /** So many more were handed to the answer. */
  add(bytes: number): void {
    this.#handed += bytes;
    this.#throttle.trigger();
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
