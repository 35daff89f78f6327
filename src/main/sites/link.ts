/** Keeps one connection to a broker open, and says why if it can't. */
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { noProgress, type BrokerTrouble, type SiteProgress } from '#shared/model/sites';
import { connectBroker, type BrokerAccess } from './broker/connect';
import { troubleOf } from './broker/trouble';
import { isGoing, pause } from './pause';
import type { Broker } from './uplink/uplink';

/** ms before another try, doubled up to the longest. */
const firstPause = 1_000;
const longestPause = 30_000;

export interface LinkParts {
  readonly access: BrokerAccess;
  /** Shown in the broker's list of connections. */
  readonly name: string;
  /** Runs while the connection is open. An error is shown, and the connection is opened again. */
  readonly work: (broker: Broker, signal: AbortSignal, connection: NatsConnection) => Promise<void>;
  readonly onProgress: (progress: SiteProgress) => void;
}

export class Link {
  readonly #parts: LinkParts;
  readonly #ending = new AbortController();
  readonly #done: Promise<void>;
  #progress: SiteProgress = noProgress;
  #connection: NatsConnection | null = null;
  #broker: Broker | null = null;

  constructor(parts: LinkParts) {
    this.#parts = parts;
    this.#done = this.#run();
  }

  get progress(): SiteProgress {
    return this.#progress;
  }

  /** `null`: not connected. */
  get connection(): NatsConnection | null {
    return this.#connection;
  }

  /** `null`: not connected. */
  get broker(): Broker | null {
    return this.#broker;
  }

  readonly report = (change: Partial<SiteProgress>): void => {
    const keys = Object.keys(change) as (keyof SiteProgress)[];
    if (keys.every((key) => change[key] === this.#progress[key])) return;
    this.#progress = { ...this.#progress, ...change };
    this.#parts.onProgress(this.#progress);
  };

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    let wait = firstPause;
    // The caller has the object first.
    await Promise.resolve();
    while (isGoing(signal)) {
      const begun = performance.now();
      const trouble = await this.#connected(signal);
      if (!isGoing(signal)) return;
      this.report({ status: 'waiting', trouble });
      // A connection that worked for a while is tried again soon.
      if (performance.now() - begun > longestPause) wait = firstPause;
      await pause(wait, signal);
      wait = Math.min(2 * wait, longestPause);
    }
  }

  /** Returns why the connection ended. */
  async #connected(signal: AbortSignal): Promise<BrokerTrouble> {
    const { access, name, work } = this.#parts;
    if (access.credentials === '') return { code: 'noCredentials', detail: '' };
    // The connection ends with it, and all that waits for the broker's answers.
    const ended = new AbortController();
    const end = (): void => ended.abort();
    signal.addEventListener('abort', end, { once: true });
    if (signal.aborted) end();
    try {
      const connection = await connectBroker(access, name, ended.signal);
      // The work does not always notice it.
      const closed = connection.closed().then((error) => {
        end();
        return error;
      });
      try {
        const manager = await jetstreamManager(connection, { checkAPI: false });
        const broker = { client: jetstream(connection), manager };
        this.#connection = connection;
        this.#broker = broker;
        await work(broker, ended.signal, connection);
      } finally {
        this.#connection = null;
        this.#broker = null;
        await connection.close().catch(() => undefined);
      }
      const error = await closed;
      return error instanceof Error ? troubleOf(error) : { code: 'unreachable', detail: '' };
    } catch (error) {
      return troubleOf(error);
    } finally {
      signal.removeEventListener('abort', end);
    }
  }

  async end(): Promise<void> {
    this.#ending.abort();
    await this.#done;
  }
}
