/** Crema's services in a separate process, which a test can kill and query like a window. */
import { fork, type ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RequestName } from '#shared/contract/requests/index';
import type { Args, ReplyValue } from '#shared/contract/requests/index';
import type { Answered, Asked } from '../peers/asked';
import { bundlesWith, type Bundles } from './bundles';

export const bundleAsked = (): Promise<Bundles> => bundlesWith({ asked: 'test/peers/asked.ts' });

function clockAhead(directory: string, ahead: number): string {
  const file = join(directory, `clock-${ahead}.cjs`);
  writeFileSync(file, `const now = Date.now; Date.now = () => now() + ${ahead};\n`);
  return file;
}

export class AskedCrema {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (answer: Answered) => void>();
  #last = 0;
  readonly started: Promise<unknown>;
  /** Exit code; `null`: a signal ended the process. */
  readonly ended: Promise<number | null>;
  /** All of its output. */
  text = '';

  /** `clock`: a script that every thread loads first, or the ms by which its clock runs ahead of ours. */
  constructor(directory: string, switches: readonly string[], clock: string | number = 0) {
    this.#process = fork(join(directory, 'asked.js'), [...switches], {
      // The parent's loaders cost more than Crema's own start, in each of its threads.
      execArgv: [],
      // For all of its threads.
      env: {
        ...process.env,
        NODE_OPTIONS: `--require ${typeof clock === 'string' ? clock : clockAhead(directory, clock)}`,
      },
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (chunk: Buffer) => (this.text += chunk.toString()));
    this.#process.on('message', (answer: Answered) => this.#waiting.get(answer.id)?.(answer));
    this.started = this.#answer(0);
    this.ended = new Promise((resolve) => this.#process.once('exit', resolve));
    // Pending answers fail.
    this.#process.once('exit', () => {
      for (const [id, answer] of this.#waiting) answer({ id, ok: false, error: 'it has ended' });
    });
  }

  get pid(): number {
    return this.#process.pid ?? Number.NaN;
  }

  async ask<V extends RequestName>(
    verb: V,
    args: Args<V>,
    file: string | null = null,
  ): Promise<ReplyValue<V>> {
    this.#last += 1;
    const id = this.#last;
    const answered = this.#answer(id);
    this.#process.send({ id, verb, args, file } satisfies Asked);
    return (await answered) as ReplyValue<V>;
  }

  /** Immediately, whatever it is doing. */
  kill(): Promise<number | null> {
    this.#process.kill('SIGKILL');
    return this.ended;
  }

  end(): Promise<number | null> {
    this.#process.kill('SIGTERM');
    return this.ended;
  }

  async #answer(id: number): Promise<unknown> {
    const answer = await new Promise<Answered>((resolve) => this.#waiting.set(id, resolve));
    this.#waiting.delete(id);
    if (!answer.ok) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
    return answer.value;
  }
}
