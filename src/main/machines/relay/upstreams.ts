/**
 * Connections to the servers that machines are relayed to. An unreachable server is
 * retried with growing pauses, and no machine waits for it meanwhile.
 */
import { connect, type Socket } from 'node:net';
import { isSameTarget, type DialTarget } from '#shared/model/dial';
import type { Unreachable } from '#shared/model/relay';
import type { SocketOptions } from '../link/dialler';
import { answersHeartbeats } from './heartbeats';

/** ms until the next attempt, by number of failures in a row. */
const pauses = [2_000, 4_000, 8_000, 15_000, 30_000] as const;
/** ms for an attempt. A machine waits meanwhile. */
const patience = 5_000;
/**
 * [ours] ms until machines may test again whether a server passes them back, by
 * number of loops. A connection of ours cannot test it.
 */
const loopPauses = [60_000, 120_000, 300_000] as const;

export interface UpstreamsParts {
  readonly now: () => number;
  /** By the current settings, some machine uses this server. */
  readonly isWanted: (target: DialTarget) => boolean;
  /** The socket leads to our own listeners. */
  readonly isSelf: (socket: Socket) => boolean;
  /** The server is reachable again. */
  readonly back: (target: DialTarget) => void;
  readonly changed: () => void;
}

interface Failed {
  readonly detail: string;
}

/** Servers that passed machines back: since when, and how often. */
interface Loop extends DialTarget {
  readonly since: number;
  readonly times: number;
}

interface Line {
  unreachable: Unreachable;
  readonly timer: NodeJS.Timeout;
}

export class Upstreams {
  readonly #options: SocketOptions;
  readonly #parts: UpstreamsParts;
  #lines: readonly Line[] = [];
  #loops: readonly Loop[] = [];
  #isStopped = false;

  constructor(options: SocketOptions, parts: UpstreamsParts) {
    this.#options = options;
    this.#parts = parts;
  }

  get unreachable(): readonly Unreachable[] {
    return this.#lines.map(({ unreachable }) => unreachable);
  }

  /** Connects, or returns the error code of the system. */
  async call(target: DialTarget): Promise<Socket | Failed> {
    const known = this.#lineOf(target);
    return known === undefined ? this.#try(target) : { detail: known.unreachable.detail };
  }

  /** Whether a reachable server works: it answers now, and again after `steady` ms. */
  async answers(target: DialTarget, steady: number): Promise<boolean> {
    const reached = await this.call(target);
    return 'detail' in reached ? false : answersHeartbeats(reached, steady);
  }

  /** The server passes machines back to us. It is not used until the pause is over. */
  loops(target: DialTarget): void {
    const known = this.#lineOf(target);
    if (this.#isStopped || (known !== undefined && isLoop(known))) return;
    if (known !== undefined) clearTimeout(known.timer);
    const { host, port } = target;
    const now = this.#parts.now();
    const before = this.#loops.find((one) => isSameTarget(one, target));
    const loop: Loop = { host, port, since: before?.since ?? now, times: (before?.times ?? 0) + 1 };
    this.#loops = [...this.#loops.filter((one) => one !== before), loop];
    const pause = pauseAfter(loopPauses, loop.times);
    const timer = setTimeout(() => this.#lift(target), pause);
    timer.unref();
    const unreachable = {
      host,
      port,
      detail: 'LOOP',
      since: loop.since,
      tries: loop.times,
      nextAt: now + pause,
    };
    this.#lines = [...this.#lines.filter((line) => line !== known), { unreachable, timer }];
    this.#parts.changed();
  }

  /** The next machine shows whether it still loops. */
  #lift(target: DialTarget): void {
    const line = this.#lineOf(target);
    this.#lines = this.#lines.filter((one) => one !== line);
    this.#parts.back(target);
    this.#parts.changed();
  }

  /** Drops servers that are not in use any more. */
  tidy(): void {
    this.#loops = this.#loops.filter((one) => this.#parts.isWanted(one));
    const gone = this.#lines.filter(
      ({ unreachable }) => this.#isStopped || !this.#parts.isWanted(unreachable),
    );
    for (const { timer } of gone) clearTimeout(timer);
    if (gone.length === 0) return;
    this.#lines = this.#lines.filter((line) => !gone.includes(line));
    this.#parts.changed();
  }

  /** Tries a waiting server at once. */
  retry(target: DialTarget): void {
    const line = this.#lineOf(target);
    if (line === undefined) return;
    clearTimeout(line.timer);
    if (isLoop(line)) this.#lift(target);
    else void this.#probe(target);
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
    // A machine has shown meanwhile that the server leads back to us.
    if (known !== undefined && isLoop(known)) {
      if (!('detail' in reached)) reached.destroy();
      return { detail: known.unreachable.detail };
    }
    // Of many failed attempts at once, only the first counts.
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
    const pause = pauseAfter(pauses, tries);
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
    // Each machine would be passed on to ourselves, and that connection again, without end.
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

const isLoop = ({ unreachable }: Line): boolean => unreachable.detail === 'LOOP';

const pauseAfter = (of: readonly number[], times: number): number => of[Math.min(times, of.length) - 1] ?? 0;

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
