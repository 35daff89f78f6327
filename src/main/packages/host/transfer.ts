/** Counts one request for a part of an offer. */
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

  /** Reports when the status is known (`begin`), during the transfer, and when the answer is sent or cut off. */
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
      // A client that left before the answer has downloaded nothing and was refused nothing.
      if (response.headersSent) report(this.#transfer(now()));
    });
  }

  /**
   * `total`: bytes of this answer's body. `size`: bytes of the whole file.
   * `from`: the first byte. Ignored after the end.
   */
  begin(part: Pick<Transfer, 'from' | 'total' | 'size'>): void {
    if (this.#hasEnded) return;
    this.#part = part;
    this.#throttle.trigger();
  }

  /** Counts bytes written to the response. Reads in progress can still arrive after the end and are ignored. */
  add(bytes: number): void {
    if (this.#hasEnded) return;
    this.#handed += bytes;
    this.#movedAt = this.#now();
    this.#throttle.trigger();
  }

  /** The written data differs from the package, so the transfer is not complete, however much was sent. */
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
      // Bytes in the buffer were not sent. They may include headers.
      sent: Math.max(0, this.#handed - (writableFinished ? 0 : writableLength)),
      ...this.#part,
      movedAt: this.#movedAt,
      endedAt,
      complete,
    };
  }
}
