/** One connection at a time: sends bytes with the active misbehaviours, and receives reads. Neither program notices a close. */
import type { Head, JsonObject } from '#shared/model/frame';
import { upgradeFaults, type Misbehaviour } from '#shared/model/simulator';
import { Timers, type Cancel, type Clock } from './clock';
import type { Counters, Ending } from './link';
import { Outbox } from './outbox';
import type { Random } from './random';
import type { Dial, Transport } from './transport';
import { frameOf, writesOf, type Style } from './writer';

export interface LineOptions {
  readonly head: Head;
  readonly clock: Clock;
  readonly random: Random;
  readonly misbehaviours: ReadonlySet<Misbehaviour>;
  readonly counters: Counters;
  /** Bodies of some lengths are padded, as android's are [field]. */
  readonly padsBodies: boolean;
  readonly heartbeat: () => JsonObject;
  /** Logged in: silence and half frames begin only then. */
  readonly isReady: () => boolean;
  /** The local port while connected, else `null`. */
  readonly onPort: (port: number | null) => void;
}

export interface LineEvents {
  readonly opened: () => void;
  /** The connection was refused, or timed out. */
  readonly failed: () => void;
  readonly received: (bytes: Uint8Array) => void;
  /** A misbehaviour reset the machine's own connection. */
  readonly wasReset: () => void;
}

/** ms from the start of a connection to its RST while `reset` is on. */
const resetAfter = 5_000;
/** ms of sending as fast as the socket takes it, and of the pause after it, while `flood` is on. */
export const floodDuration = 3_000;
const floodPause = 12_000;
const floodBlock = 400; // frames in one write

/** Misbehaviours that no frame shows. */
const unseenInFrames: ReadonlySet<Misbehaviour> = new Set([
  'duplicateNumber',
  'neverAcknowledged',
  ...upgradeFaults,
]);

const none: ReadonlySet<Misbehaviour> = new Set();

export class Line {
  readonly #o: LineOptions;
  readonly #timers: Timers;
  readonly #outbox: Outbox;
  readonly #style: Style;
  #transport: Transport | null = null;
  #events: LineEvents | null = null;
  #isOpen = false;
  #port: number | null = null;
  #head: Head;
  #sequence = 0;
  #mute = false;
  #floodTimer: Cancel | null = null;
  #onDrained: (() => void) | null = null;
  /** Connections from before a power loss: the kernel no longer knows them after the restart. */
  readonly #forgotten: Transport[] = [];

  constructor(options: LineOptions) {
    this.#o = options;
    this.#head = options.head;
    this.#timers = new Timers(options.clock);
    this.#outbox = new Outbox(this.#timers, (bytes) => this.#transport?.write(bytes));
    const head = (): Head => this.#head;
    this.#style = {
      get head() {
        return head();
      },
      sequence: () => this.#sequence++,
      misbehaviours: options.misbehaviours,
      padsBodies: options.padsBodies,
      random: options.random,
      beat: options.heartbeat,
    };
  }

  /** Whether the program believes that it is connected. */
  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Power on: the sequence restarts [field]. */
  start(): void {
    this.#sequence = 0;
    for (const transport of this.#forgotten.splice(0)) transport.reset();
  }

  /** Within `limit` ms. */
  dial(dial: Dial, limit: number, events: LineEvents): void {
    this.close('end');
    this.#head = this.#o.head;
    this.#events = events;
    const isCurrent = (): boolean => this.#events === events;
    const fails = (): void => {
      this.close('end');
      events.failed();
    };
    const late = this.#timers.after(limit, fails);
    this.#transport = dial({
      opened: (port) => {
        if (!isCurrent()) return;
        late();
        this.#isOpen = true;
        this.#setPort(port);
        if (this.#o.misbehaviours.has('reset')) this.#timers.after(resetAfter, () => this.#reset());
        events.opened();
      },
      received: (bytes) => {
        if (isCurrent()) events.received(bytes);
      },
      drained: () => {
        if (isCurrent()) this.#onDrained?.();
      },
      closed: () => {
        if (!isCurrent()) return;
        if (!this.#isOpen) return fails();
        // The program does not notice the close: later writes are lost.
        this.#transport = null;
        this.#setPort(null);
      },
    });
  }

  close(how: Ending | 'reset'): void {
    const transport = this.#transport;
    this.#timers.cancelAll();
    this.#outbox.clear();
    this.#transport = null;
    this.#events = null;
    this.#isOpen = false;
    this.#onDrained = null;
    this.#floodTimer = null;
    this.#mute = false;
    this.#setPort(null);
    if (transport === null) return;
    if (how === 'silently') this.#forgotten.push(transport);
    else if (how === 'reset') transport.reset();
    else transport.end();
  }

  /** Drops all connections of a machine that is stopped for good. */
  forget(): void {
    for (const transport of this.#forgotten.splice(0)) transport.end();
  }

  send(body: JsonObject): void {
    const { misbehaviours, counters, isReady } = this.#o;
    if (!this.#isOpen || this.#mute || (misbehaviours.has('silence') && isReady())) return;
    if (misbehaviours.has('headSwitched')) this.#head = this.#head === 'decimal' ? 'le48' : 'decimal';
    counters.sent += 1;
    if (misbehaviours.has('halfFrame') && isReady()) {
      const frame = frameOf(body, this.#style);
      this.#outbox.push([{ bytes: frame.subarray(0, Math.ceil(frame.length / 2)), wait: 0 }]);
      this.#mute = true; // this connection sends nothing more
    } else if (misbehaviours.size === 0 && this.#outbox.isIdle)
      this.#transport?.write(frameOf(body, this.#style));
    else this.#outbox.push(writesOf(body, this.#style));
  }

  /** Shows a newly activated misbehaviour at once, usually with a heartbeat. */
  shows(misbehaviour: Misbehaviour): void {
    if (misbehaviour === 'reset') this.#reset();
    else if (misbehaviour === 'flood') this.flood();
    else if (misbehaviour !== 'wrongSign' && !unseenInFrames.has(misbehaviour))
      this.send(this.#o.heartbeat());
  }

  /** Sends heartbeats as fast as the socket takes them for `floodDuration`, and repeats while the misbehaviour is on. */
  flood(): void {
    const { clock, misbehaviours, counters } = this.#o;
    const end = clock.now() + floodDuration;
    this.#floodTimer?.();
    const pump = () => {
      this.#onDrained = null;
      if (this.#transport === null || !misbehaviours.has('flood')) return;
      if (clock.now() >= end) {
        this.#floodTimer = this.#timers.after(floodPause, () => this.flood());
        return;
      }
      const style: Style = { ...this.#style, head: this.#head, misbehaviours: none };
      const beat = this.#o.heartbeat();
      const frames = Array.from({ length: floodBlock }, () => frameOf(beat, style));
      counters.sent += frames.length;
      if (this.#transport.write(Buffer.concat(frames))) this.#floodTimer = this.#timers.after(0, pump);
      else this.#onDrained = pump;
    };
    pump();
  }

  #reset(): void {
    const events = this.#events;
    this.close('reset');
    events?.wasReset();
  }

  #setPort(port: number | null): void {
    if (this.#port === port) return;
    this.#port = port;
    this.#o.onPort(port);
  }
}
