/** The server without a window as a process of its own, as the app has it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'vitest';

export class Served {
  readonly #process: ChildProcess;
  readonly ended: Promise<number | null>;
  /** All that it wrote. */
  text = '';

  /** `directory`: with the app's scripts. `from`: the folder that it is started in. */
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
    // A start is most of what a busy computer has to do for such a test.
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
