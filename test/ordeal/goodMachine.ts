/** A machine that behaves correctly during all tries, and measures the time until its answers. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Waits {
  /** Heartbeats. */
  readonly answered: number;
  /** ms */
  readonly p99: number | null;
  readonly longest: number | null;
  /** Its connection ended. */
  readonly isLost: boolean;
}

/** Its number, which no mutated input has. */
export const goodMachine = 918_273_645;

export class GoodMachine {
  readonly #process: ChildProcess = fork(join(import.meta.dirname, '../peers/heartbeats.mjs'), {
    execArgv: [],
  });

  async begin(port: number): Promise<void> {
    this.#process.send({ port });
    const [{ begun }] = (await once(this.#process, 'message')) as [{ readonly begun: boolean }];
    if (!begun) throw new Error('the good machine could not log in');
  }

  async end(): Promise<Waits> {
    this.#process.send({ port: null });
    const [waits] = (await once(this.#process, 'message')) as [Waits];
    return waits;
  }

  close(): void {
    this.#process.kill();
  }
}
