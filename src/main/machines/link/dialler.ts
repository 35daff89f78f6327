/** Outbound connections: one to each target. A failed or ended connection is retried with growing pauses. */
import { connect, type Socket } from 'node:net';
import { isSameTarget, type Dial, type DialTarget } from '#shared/model/dial';

/** ms until the next attempt, by number of failures in a row. */
const pauses = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000] as const;
/** ms for an attempt. */
const patience = 10_000;
/**
 * ms after which a connection counts as working. Targets that accept and then close are retried with growing pauses.
 */
const stood = 30_000;

export interface DiallerParts {
  readonly now: () => number;
  /** The socket leads to our own listeners. */
  readonly isSelf: (socket: Socket) => boolean;
  /** Serves the machine at the other end. Returns the connection's number; `null`: no place was free. */
  readonly serve: (socket: Socket) => number | null;
  /** The machine number reported on a connection. */
  readonly vmcNoOf: (conn: number) => number | null;
  /** Closes a connection that is being served. */
  readonly hangUp: (conn: number) => void;
  readonly changed: () => void;
}

/** Options of accepted sockets. Dialled sockets use the same. */
export type SocketOptions = Readonly<Record<'noDelay' | 'keepAlive' | 'allowHalfOpen', boolean>> &
  Readonly<Record<'keepAliveInitialDelay' | 'highWaterMark', number>>;

interface Line {
  readonly target: DialTarget;
  dial: Dial;
  socket: Socket | null;
  timer: NodeJS.Timeout | null;
}

export class Dialler {
  readonly #parts: DiallerParts;
  readonly #options: SocketOptions;
  #lines: Line[] = [];

  constructor(options: SocketOptions, parts: DiallerParts) {
    this.#options = options;
    this.#parts = parts;
  }

  /** In the order of the targets. */
  get dials(): readonly Dial[] {
    const { vmcNoOf } = this.#parts;
    return this.#lines.map(({ dial }) => ({
      ...dial,
      vmcNo: dial.conn === null ? null : vmcNoOf(dial.conn),
    }));
  }

  /** Connects to these targets and no others. */
  setTargets(targets: readonly DialTarget[]): void {
    const before = this.#lines;
    this.#lines = targets.map((target) => {
      const known = before.find((line) => isSameTarget(line.target, target));
      return known ?? { target, dial: this.#dialOf(target), socket: null, timer: null };
    });
    for (const line of before) if (!this.#lines.includes(line)) this.#drop(line);
    for (const line of this.#lines) if (!before.includes(line)) this.#call(line);
    if (this.#lines.length + before.length > 0) this.#parts.changed();
  }

  /** Tries a waiting target at once. */
  retry(target: DialTarget): void {
    const line = this.#lines.find((one) => isSameTarget(one.target, target));
    if (line?.dial.status === 'waiting') this.#call(line);
  }

  /** Calls no more. Established connections end with those of machines that called. */
  stop(): void {
    for (const line of this.#lines.splice(0)) {
      if (line.timer !== null) clearTimeout(line.timer);
      if (line.dial.conn === null) line.socket?.destroy();
      line.socket = null;
    }
  }

  #dialOf({ host, port }: DialTarget): Dial {
    const since = this.#parts.now();
    return {
      host,
      port,
      status: 'connecting',
      since,
      nextAt: null,
      failures: 0,
      detail: '',
      conn: null,
      vmcNo: null,
    };
  }

  #call(line: Line): void {
    if (line.timer !== null) clearTimeout(line.timer);
    line.timer = null;
    const socket = connect({ ...line.target, ...this.#options });
    line.socket = socket;
    this.#become(line, { status: 'connecting', nextAt: null });
    let detail = '';
    socket.setTimeout(patience, () => {
      detail = 'TIMEOUT';
      socket.destroy();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      detail ||= error.code ?? error.message;
    });
    socket.once('connect', () => {
      socket.setTimeout(0);
      // A name, or another spelling of our own address. Each end would wait for the other as for a machine.
      if (this.#parts.isSelf(socket)) {
        detail = 'SELF';
        socket.destroy();
        return;
      }
      const conn = this.#parts.serve(socket);
      if (conn !== null) this.#become(line, { status: 'connected', detail: '', conn });
    });
    socket.once('close', () => {
      if (line.socket !== socket) return;
      line.socket = null;
      const { status, since, failures } = line.dial;
      const hasStood = status === 'connected' && this.#parts.now() - since >= stood;
      // The end itself is the report: errors of an established connection are in its record.
      this.#wait(line, hasStood ? 0 : failures + 1, status === 'connected' ? '' : detail);
    });
  }

  #wait(line: Line, failures: number, detail: string): void {
    const pause = pauses[Math.min(Math.max(0, failures - 1), pauses.length - 1)] ?? 0;
    line.timer = setTimeout(() => this.#call(line), pause);
    line.timer.unref();
    const since = this.#parts.now();
    this.#become(line, { status: 'waiting', since, nextAt: since + pause, failures, detail, conn: null });
  }

  #become(line: Line, patch: Partial<Dial>): void {
    line.dial = { ...line.dial, since: this.#parts.now(), ...patch };
    if (this.#lines.includes(line)) this.#parts.changed();
  }

  #drop(line: Line): void {
    if (line.timer !== null) clearTimeout(line.timer);
    const { socket, dial } = line;
    line.socket = null;
    if (dial.conn === null) socket?.destroy();
    else this.#parts.hangUp(dial.conn);
  }
}
