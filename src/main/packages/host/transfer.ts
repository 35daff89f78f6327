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
  readonly #now: () => number;
  #part = { from: 0, total: 0, size: 0 };
  #movedAt: number;
  #handed = 0;
  #hasEnded = false;
  #isSpoilt = false;

  /** Reports once the status is known (`begin`), while it runs, and when the answer has been handed over or cut off. */
  constructor(
    begun: Begun,
    response: ServerResponse,
    now: () => number,
    report: (transfer: Transfer) => void,
  ) {
    this.#now = now;
    this.#movedAt = now();
    this.#begun = { ...begun, startedAt: this.#movedAt };
    this.#response = response;
    this.#throttle = new Throttle(reportInterval, () => report(this.#transfer(null)));
    response.once('close', () => {
      this.#hasEnded = true;
      this.#throttle.stop();
      // Who left before an answer began has fetched nothing, and was refused nothing.
      if (response.headersSent) report(this.#transfer(now()));
    });
  }

  /** `total`: bytes of the body that this answer will have, of `size` bytes that there are, the first of them `from`. One that has ended does not begin. */
  begin(part: Pick<Transfer, 'from' | 'total' | 'size'>): void {
    if (this.#hasEnded) return;
    this.#part = part;
    this.#throttle.trigger();
  }

  /** Counts bytes that were written to the response. Of one that has ended, what was being read may still come. */
  add(bytes: number): void {
    if (this.#hasEnded) return;
    this.#handed += bytes;
    this.#movedAt = this.#now();
    this.#throttle.trigger();
  }

  /** What was written is not what was to be: it is not complete, whatever of it went out. */
  spoil(): void {
    this.#isSpoilt = true;
  }

  #transfer(endedAt: number | null): Transfer {
    const { writableFinished, writableLength, statusCode } = this.#response;
    const complete =
      endedAt === null ? null : !this.#isSpoilt && writableFinished && this.#handed === this.#part.total;
    return {
      ...this.#begun,
      status: statusCode,
      // Bytes that are still buffered were not sent; headers may be among them.
      sent: Math.max(0, this.#handed - (writableFinished ? 0 : writableLength)),
      ...this.#part,
      movedAt: this.#movedAt,
      endedAt,
      complete,
    };
  }
}
