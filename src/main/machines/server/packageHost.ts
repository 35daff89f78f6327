/** The package host as the machines thread uses it: offers go there, and its events reach the command queue. */
import type { MessagePort } from 'node:worker_threads';
import { Callable } from '../../lib/threads/callable';
import type { OfferCalls, OfferEvents } from '../../packages/api';
import type { CommandQueue } from '../commands/commandQueue';
import { Offers } from '../requests/offers';

export class PackageHost {
  readonly offers = new Offers(
    (offer) => this.#host?.notify('offer', offer),
    (file) => this.#host?.notify('expect', file),
    (machine) => this.#host?.notify('moved', machine),
  );
  #host: Callable<OfferCalls, OfferEvents> | null = null;
  #port: MessagePort | null = null;
  /** `null`: the commands of an earlier launch are not restored yet, or the server is closed. */
  #queue: CommandQueue | null = null;
  /** The host serves while the journal is read. These events are about commands that are restored later. */
  readonly #early: ((queue: CommandQueue) => void)[] = [];

  connect(port: MessagePort): void {
    this.#port = port;
    this.#host = new Callable<OfferCalls, OfferEvents>(port, {
      on: {
        transfer: (transfer) => this.toQueue((queue) => queue.onTransfer(transfer)),
        notice: (notice) => this.toQueue((queue) => queue.onNotice(notice)),
        upload: (upload) => this.toQueue((queue) => queue.onUpload(upload)),
      },
    });
  }

  toQueue(handle: (queue: CommandQueue) => void): void {
    if (this.#queue === null) this.#early.push(handle);
    else handle(this.#queue);
  }

  /** The queue has all commands; `null`: it takes no more events. */
  serve(queue: CommandQueue | null): void {
    this.#queue = queue;
    if (queue !== null) for (const handle of this.#early.splice(0)) handle(queue);
  }

  close(): void {
    this.#port?.close();
    this.#host = null;
  }
}
