/** Calls machines that don't call us: one connection to each target, and again, ever more patiently, when it fails or ends. */
import { connect, type Socket } from 'node:net';
import { isSameTarget, type Dial, type DialTarget } from '#shared/model/dial';

/** ms until it is called again, after so many calls in a row that came to nothing. */
const pauses = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000] as const;
/** ms a call may take. */
const patience = 10_000;
/** ms after which a connection that stood counts as one that works: who takes calls only to hang up is called ever less often. */
const stood = 30_000;

export interface DiallerParts {
  readonly now: () => number;
  /** Serves the machine at its other end; gives the connection's number, `null` where there was no place. */
  readonly serve: (socket: Socket) => number | null;
  /** The number that was said on a connection. */
  readonly vmcNoOf: (conn: number) => number | null;
  /** Ends a connection that is served. */
  readonly hangUp: (conn: number) => void;
  readonly changed: () => void;
}

/** Of sockets that we accept; those that we dial are the same. */
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

  /** Calls these from now on, and no others. */
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

  /** Calls it at once, though it was to wait. */
  retry(target: DialTarget): void {
    const line = this.#lines.find((one) => isSameTarget(one.target, target));
    if (line?.dial.status === 'waiting') this.#call(line);
  }

  stop(): void {
    for (const line of this.#lines) this.#drop(line);
    this.#lines = [];
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
      const conn = this.#parts.serve(socket);
      if (conn !== null) this.#become(line, { status: 'connected', detail: '', conn });
    });
    socket.once('close', () => {
      if (line.socket !== socket) return;
      line.socket = null;
      const { status, since, failures } = line.dial;
      const hasStood = status === 'connected' && this.#parts.now() - since >= stood;
      // Its end is told as such: of a connection that stood the socket's own trouble is in its record.
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
