/** Crema as a person starts it: a program with a process group, a terminal and an exit code. */
import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { ownDisplay } from '../builders/app';
import type { World } from './world';

/** ms within which it must listen. */
const startTime = 60_000;

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export class Program {
  readonly #process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Its whole output. */
  text = '';
  #wake: () => void = () => undefined;

  /** The real app, or the same services in plain Node. */
  constructor(world: World, folder: string, isWindowed: boolean) {
    const switches = ['--machine-listen=127.0.0.1:0', '--update-listen=127.0.0.1:0', `--data-dir=${folder}`];
    const electron = process.env['CREMA_ELECTRON'] ?? '';
    const ofRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    this.#process = isWindowed
      ? spawn(electron, [...ofRoot, '--log-level=3', '--disable-gpu', '.', ...switches], {
          cwd: resolve(import.meta.dirname, '../..'),
          env: ownDisplay(),
          detached: true,
        })
      : spawn(process.execPath, [join(world.bundles.directory, 'serve.js'), ...switches], { detached: true });
    for (const stream of [this.#process.stdout, this.#process.stderr])
      stream?.on('data', (chunk: Buffer) => {
        this.text += chunk.toString();
        this.#wake();
      });
    this.ended = new Promise((done) => {
      this.#process.once('exit', (code, signal) => {
        done({ code, signal });
        this.#wake();
      });
    });
  }

  get pid(): number {
    return this.#process.pid ?? Number.NaN;
  }

  /** The port of the machine listener. @throws Error if it does not start */
  async port(): Promise<number> {
    const late = setTimeout(() => this.#process.kill('SIGKILL'), startTime);
    try {
      for (;;) {
        const [, port] = /machines: listening on 127\.0\.0\.1:(\d+)/.exec(this.text) ?? [];
        if (port !== undefined) return Number(port);
        if (this.#process.exitCode !== null || this.#process.signalCode !== null)
          throw new Error(`it did not start: ${this.text.slice(-2_000)}`);
        await new Promise<void>((done) => (this.#wake = done));
      }
    } finally {
      clearTimeout(late);
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#process.kill(signal);
  }

  /** Sends the signal to all its processes at once, as at a log-out. */
  signalGroup(signal: NodeJS.Signals): void {
    process.kill(-this.pid, signal);
  }
}
