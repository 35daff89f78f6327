/**
 * A model of the broker's questions and answers, in virtual time: two connections, one to each end. A real broker knows no virtual time.
 * The model is worse than a broker: it also loses, repeats and reorders single messages of a connection.
 */
import { Buffer } from 'node:buffer';
import {
  NoRespondersError,
  RequestError,
  TimeoutError,
  type Msg,
  type NatsConnection,
  type RequestOptions,
} from '@nats-io/transport-node';
import type { Random } from '../../../src/main/tools/simulator/random';
import type { Clock } from '../../../src/main/tools/simulator/clock';

export const lineNames = ['desk', 'site'] as const;
export type LineName = (typeof lineNames)[number];

/** Probabilities of one message on one connection, and ms. */
export interface Noise {
  readonly lost: number;
  readonly twice: number;
  readonly late: number;
  readonly latest: number;
}

export const quiet: Noise = { lost: 0, twice: 0, late: 0, latest: 0 };

type Callback = (error: Error | null, message: Msg) => unknown;

/** A connection to the broker. */
interface Line {
  isUp: boolean;
  /** Nothing passes, and no end notices. */
  isSilent: boolean;
  /** Increases with each cut. */
  epoch: number;
  held: (() => void)[];
}
const newLine = (): Line => ({ isUp: true, isSilent: false, epoch: 0, held: [] });

export class ModelBroker {
  readonly #lines: Record<LineName, Line> = { desk: newLine(), site: newLine() };
  readonly #clock: Pick<Clock, 'after'>;
  readonly #random: Random;
  noise: Noise;
  #callback: Callback | null = null;
  readonly #waiting = new Set<(error: Error) => void>();
  readonly #siteUp: () => void;
  messages = 0;

  /** `siteUp`: the site is connected, and subscribes. */
  constructor(clock: Pick<Clock, 'after'>, random: Random, noise: Noise, siteUp: () => void) {
    this.#clock = clock;
    this.#random = random;
    this.noise = noise;
    this.#siteUp = siteUp;
  }

  readonly desk = (): Pick<NatsConnection, 'request'> | null =>
    this.#lines.desk.isUp ? { request: (...args) => this.#request(...args) } : null;

  readonly site: Pick<NatsConnection, 'subscribe'> = {
    subscribe: (_subject, options) => {
      this.#callback = options?.callback ?? null;
      return undefined as never;
    },
  };

  cut(name: LineName): void {
    const line = this.#lines[name];
    line.isUp = false;
    line.isSilent = false;
    line.epoch += 1;
    line.held = [];
    if (name === 'site') this.#callback = null;
    else for (const fail of this.#waiting) fail(new Error('closed connection'));
  }

  connect(name: LineName): void {
    const line = this.#lines[name];
    if (line.isUp) return;
    line.isUp = true;
    if (name === 'site') this.#siteUp();
  }

  silence(name: LineName): void {
    this.#lines[name].isSilent = true;
  }

  /** Held messages arrive together. */
  wake(name: LineName): void {
    const line = this.#lines[name];
    line.isSilent = false;
    for (const deliver of line.held.splice(0)) this.#clock.after(this.#random.int(1, 50), deliver);
  }

  #pass(line: Line, deliver: () => void): void {
    const random = this.#random;
    const { lost, twice, late, latest } = this.noise;
    this.messages += 1;
    if (random.chance(lost)) return;
    for (let copy = random.chance(twice) ? 2 : 1; copy > 0; copy -= 1) {
      const { epoch } = line;
      const wait = random.chance(late) ? random.int(200, latest) : random.int(1, 60);
      this.#clock.after(wait, () => {
        // Bytes that were on their way may still arrive after the cut.
        if (line.epoch !== epoch && random.chance(0.5)) return;
        if (line.isSilent) line.held.push(deliver);
        else deliver();
      });
    }
  }

  #request(subject: string, payload: unknown, options?: RequestOptions): Promise<Msg> {
    const { desk, site } = this.#lines;
    const data = Buffer.from(payload as Uint8Array);
    return new Promise<Msg>((resolve, reject) => {
      const fail = (error: Error): void => {
        this.#waiting.delete(fail);
        reject(error);
      };
      this.#waiting.add(fail);
      const expire = this.#clock.after(options?.timeout ?? 1_000, () => fail(new TimeoutError()));
      const reply = (message: Msg): void => {
        expire();
        this.#waiting.delete(fail);
        resolve(message);
      };
      const away = (): void => {
        expire();
        fail(new RequestError('no responders', { cause: new NoRespondersError(subject) }));
      };
      this.#pass(desk, () => {
        if (this.#callback === null) this.#pass(desk, away);
        else
          this.#pass(site, () => {
            const { epoch } = site;
            const respond = (bytes: Uint8Array): boolean => {
              // The answer of a connection that has ended goes nowhere.
              if (site.epoch === epoch)
                this.#pass(site, () => this.#pass(desk, () => reply({ data: bytes } as Msg)));
              return true;
            };
            this.#callback?.(null, { subject, data, reply: '_INBOX_desk.1', respond } as unknown as Msg);
          });
      });
    });
  }
}
