/** Connections to the servers that machines are relayed to. One that can't be reached is tried again, ever more patiently, and nobody waits for it meanwhile. */
import { connect, type Socket } from 'node:net';
import { isSameTarget, type DialTarget } from '#shared/model/dial';
import type { Unreachable } from '#shared/model/relay';
import type { SocketOptions } from './dialler';

/** ms until it is tried again, after so many tries in a row that came to nothing. */
const pauses = [2_000, 4_000, 8_000, 15_000, 30_000] as const;
/** ms a call may take: a machine waits meanwhile. */
const patience = 5_000;

export interface UpstreamsParts {
  readonly now: () => number;
  /** Some machine goes there by what the settings say now. */
  readonly isWanted: (target: DialTarget) => boolean;
  /** What it leads to are our own listeners. */
  readonly isSelf: (socket: Socket) => boolean;
  /** It can be reached again. */
  readonly back: (target: DialTarget) => void;
  readonly changed: () => void;
}

interface Failed {
  readonly detail: string;
}

interface Line {
  unreachable: Unreachable;
  readonly timer: NodeJS.Timeout;
}

export class Upstreams {
  readonly #options: SocketOptions;
  readonly #parts: UpstreamsParts;
  #lines: readonly Line[] = [];
  #isStopped = false;

  constructor(options: SocketOptions, parts: UpstreamsParts) {
    this.#options = options;
    this.#parts = parts;
  }

  get unreachable(): readonly Unreachable[] {
    return this.#lines.map(({ unreachable }) => unreachable);
  }

  /** Connects; or says by the system's code why it can't. */
  async call(target: DialTarget): Promise<Socket | Failed> {
    const known = this.#lineOf(target);
    return known === undefined ? this.#try(target) : { detail: known.unreachable.detail };
  }

  /** Those that nobody wants any more are tried no more. */
  tidy(): void {
    const gone = this.#lines.filter(
      ({ unreachable }) => this.#isStopped || !this.#parts.isWanted(unreachable),
    );
    for (const { timer } of gone) clearTimeout(timer);
    if (gone.length === 0) return;
    this.#lines = this.#lines.filter((line) => !gone.includes(line));
    this.#parts.changed();
  }

  /** Tries it at once, though it was to wait. */
  retry(target: DialTarget): void {
    const line = this.#lineOf(target);
    if (line === undefined) return;
    clearTimeout(line.timer);
    void this.#probe(target);
  }

  stop(): void {
    this.#isStopped = true;
    this.tidy();
  }

  async #probe(target: DialTarget): Promise<void> {
    const reached = await this.#try(target);
    if ('detail' in reached) return;
    reached.destroy();
  }

  async #try(target: DialTarget): Promise<Socket | Failed> {
    const { host, port } = target;
    const before = this.#lineOf(target);
    const reached = await this.#called({ host, port });
    const known = this.#lineOf(target);
    // Of many calls at once that came to nothing the first is the try.
    if ('detail' in reached && known !== before) return reached;
    if (known !== undefined) clearTimeout(known.timer);
    const others = this.#lines.filter((line) => line !== known);
    if (!('detail' in reached)) {
      this.#lines = others;
      if (known !== undefined) {
        this.#parts.back(target);
        this.#parts.changed();
      }
      return reached;
    }
    if (this.#isStopped || !this.#parts.isWanted(target)) {
      this.tidy();
      return reached;
    }
    const tries = (known?.unreachable.tries ?? 0) + 1;
    const pause = pauses[Math.min(tries - 1, pauses.length - 1)] ?? 0;
    const now = this.#parts.now();
    const since = known?.unreachable.since ?? now;
    const timer = setTimeout(() => void this.#probe(target), pause);
    timer.unref();
    const unreachable = { host, port, detail: reached.detail, since, tries, nextAt: now + pause };
    this.#lines = [...others, { unreachable, timer }];
    this.#parts.changed();
    return reached;
  }

  async #called(target: DialTarget): Promise<Socket | Failed> {
    const reached = await called(target, this.#options);
    if ('detail' in reached) return reached;
    // Each machine would be passed on to ourselves, and that connection again, for ever.
    if (this.#parts.isSelf(reached)) {
      reached.destroy();
      return { detail: 'SELF' };
    }
    return reached;
  }

  #lineOf(target: DialTarget): Line | undefined {
    return this.#lines.find(({ unreachable }) => isSameTarget(unreachable, target));
  }
}

function called(target: DialTarget, options: SocketOptions): Promise<Socket | Failed> {
  return new Promise((resolve) => {
    const socket = connect({ host: target.host, port: target.port, ...options });
    const fail = (error: NodeJS.ErrnoException): void => {
      resolve({ detail: error.code ?? error.message });
      socket.destroy();
    };
    const late = setTimeout(() => fail(Object.assign(new Error(), { code: 'TIMEOUT' })), patience);
    socket.once('error', fail);
    socket.once('connect', () => {
      clearTimeout(late);
      socket.off('error', fail);
      resolve(socket);
    });
    socket.once('close', () => clearTimeout(late));
  });
}
