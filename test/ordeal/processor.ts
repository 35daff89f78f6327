/** The processor time of a process's first thread, as Linux counts it; elsewhere nothing is measured. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** A span of a clock that all processes share, in ms since 1970. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Total processor time at a moment, both in ms. */
type Sample = readonly [at: number, ran: number];

/**
 * Runs in a thread of its own, so that the samples are dense even while the run itself is busy. Each answer keeps the last sample, to
 * limit what begins after it.
 */
const sampler = `
  const { readFileSync } = require('node:fs');
  const { parentPort, workerData } = require('node:worker_threads');
  let samples = [];
  const take = () => {
    try {
      const [ran] = readFileSync('/proc/' + workerData + '/schedstat', 'utf8').split(' ');
      samples.push([performance.timeOrigin + performance.now(), Number(ran) / 1e6]);
    } catch {}
  };
  setInterval(take, 10);
  parentPort.on('message', () => {
    take();
    parentPort.postMessage(samples);
    samples = samples.slice(-1);
  });
`;

/** Separates long work from interruptions: the length of a task includes the waits for a processor. */
export class ProcessorWatch {
  readonly #worker: Worker;

  constructor(pid: number) {
    this.#worker = new Worker(sampler, { eval: true, workerData: pid });
    this.#worker.unref();
  }

  /** ms that the thread ran at most in one of the spans since the last call; `null`: there are none, or it is unknown. */
  async most(spans: readonly Span[]): Promise<number | null> {
    const answer = once(this.#worker, 'message');
    this.#worker.postMessage(null, []);
    const [samples] = (await answer) as [readonly Sample[]];
    const times = spans.flatMap(({ start, end }) => {
      const before = samples.findLast(([at]) => at <= start) ?? samples[0];
      const after = samples.find(([at]) => at >= end) ?? samples.at(-1);
      return before === undefined || after === undefined || before === after ? [] : [after[1] - before[1]];
    });
    return times.length === 0 ? null : Math.max(...times);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }
}
