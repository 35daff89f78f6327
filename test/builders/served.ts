/** The server without a window, as a separate process. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';

export class Served {
  readonly #process: ChildProcess;
  readonly ended: Promise<number | null>;
  /** All of its output. */
  text = '';

  /** `directory`: with the app's scripts. `from`: the working directory. */
  constructor(directory: string, switches: readonly string[], from: string = process.cwd()) {
    this.#process = spawn(process.execPath, [join(directory, 'serve.js'), ...switches], { cwd: from });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.ended = new Promise((resolve) => this.#process.once('exit', resolve));
  }

  get pid(): number {
    return this.#process.pid ?? Number.NaN;
  }

  async port(): Promise<number> {
    // The start is most of the load of such a test on a busy computer.
    await expect
      .poll(() => this.text, { timeout: 50_000 })
      .toMatch(/machines: listening on 127\.0\.0\.1:\d+/);
    return Number(/machines: listening on 127\.0\.0\.1:(\d+)/.exec(this.text)?.[1]);
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    this.#process.kill(signal);
    return this.ended;
  }
}

export const freePorts = ['--machine-listen=127.0.0.1:0', '--update-listen=127.0.0.1:0'] as const;
