/** A machine's connection: dial, log in, beat, read, write; connect anew with a growing pause. Knows no drinks. */
import type { Head, JsonObject } from '#shared/model/frame';
import type { Misbehaviour } from '#shared/model/simulator';
import { Timers, type Cancel, type Clock } from './clock';
import type { Dial, Line } from './line';
import { Outbox } from './outbox';
import { loginPatience, serverSilence, type Profile } from './profile';
import type { Random } from './random';
import { readWhole } from './reader';
import { frameOf, writesOf, type Style } from './writer';

/** Shared by all machines of a fleet; a machine counts what passes its socket. */
export interface Counters {
  sent: number;
  received: number;
  /** Frames the machines' way of reading lost. */
  lost: number;
}

export interface LinkOptions {
  readonly number: number;
  readonly profile: Profile;
  readonly head: Head;
  readonly clock: Clock;
  readonly dial: Dial;
  readonly random: Random;
  readonly faults: ReadonlySet<Misbehaviour>;
  readonly counters: Counters;
  /** Divides the pause before connecting anew. */
  readonly pace: number;
  /** The login, for its `attempt`-th sending since boot. */
  readonly login: (attempt: number) => JsonObject;
  readonly onReady: () => void;
  readonly onMessage: (cmd: string, message: JsonObject) => void;
  /** The local port while connected, else `null`. */
  readonly onPort: (port: number | null) => void;
}

/** `refused`: gave up its network until restarted, as linux does [field]. */
export type LinkStatus = 'off' | 'waiting' | 'dialling' | 'greeting' | 'ready' | 'refused';

const firstPause = 2_000;
const longestPause = 60_000;
/** While `reset` is on: from one RST to the next, from one connection on. */
const resetAfter = 5_000;
/** While `flood` is on: as fast as the socket takes for so long, then quiet for so long. */
export const floodLasts = 3_000;
const floodPause = 12_000;
const floodBlock = 400; // frames in one write

export class Link {
  readonly #o: LinkOptions;
  readonly #timers: Timers;
  readonly #outbox: Outbox;
  #status: LinkStatus = 'off';
  #line: Line | null = null;
  #head: Head;
  #sequence = 0;
  #logins = 0;
  #failures = 0;
  #lastSent = 0;
  #lastBeat = 0;
  #lastHeard = 0;
  #mute = false;
  #beatTimer: Cancel | null = null;
  #floodTimer: Cancel | null = null;
  #onDrained: (() => void) | null = null;

  constructor(options: LinkOptions) {
    this.#o = options;
    this.#head = options.head;
    this.#timers = new Timers(options.clock);
    this.#outbox = new Outbox(this.#timers, (bytes) => this.#line?.write(bytes));
  }

  get status(): LinkStatus {
    return this.#status;
  }

  /** Switched on: the sequence and the count of logins begin anew [field]. */
  boot(): void {
    this.#sequence = 0;
    this.#logins = 0;
    this.#failures = 0;
    this.#dial();
  }

  /** Switched off; `boot` brings it back. */
  off(): void {
    this.#leave('off')?.end();
  }

  /** Ends the connection; it comes back by itself. */
  reconnect(): void {
    if (this.#line !== null) this.#comeBack(this.#leave('off'));
  }

  /** False: not logged in, the message was not sent. */
  send(body: JsonObject): boolean {
    if (this.#status !== 'ready') return false;
    this.#put(body);
    return true;
  }

  /** A misbehaviour was switched: one beat shows most of them at once. */
  faultSwitched(fault: Misbehaviour, on: boolean): void {
    if (!on || this.#status !== 'ready') return;
    if (fault === 'reset') this.#reset();
    else if (fault === 'wrongSign') this.reconnect();
    else if (fault === 'flood') this.#flood();
    else if (fault !== 'duplicateNumber' && fault !== 'neverAcknowledged') this.#beat();
  }

  #dial(): void {
    this.#status = 'dialling';
    this.#head = this.#o.head;
    const line = this.#o.dial({
      opened: (port) => this.#current(line, () => this.#opened(port)),
      received: (bytes) => this.#current(line, () => this.#received(bytes)),
      drained: () => this.#current(line, () => this.#onDrained?.()),
      closed: () => this.#current(line, () => this.#comeBack(this.#leave('off'))),
    });
    this.#line = line;
  }

  /** A line that was left says nothing any more. */
  #current(line: Line, run: () => void): void {
    if (this.#line === line) run();
  }

  #leave(status: 'off' | 'refused'): Line | null {
    const line = this.#line;
    this.#line = null;
    this.#timers.cancelAll();
    this.#outbox.clear();
    this.#onDrained = null;
    this.#mute = false;
    if (line !== null && (this.#status === 'greeting' || this.#status === 'ready')) this.#o.onPort(null);
    this.#status = status;
    return line;
  }

  #comeBack(line: Line | null): void {
    line?.end();
    const pause = Math.min(longestPause, firstPause * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    this.#status = 'waiting';
    this.#timers.after((pause * (0.75 + this.#o.random.next() / 2)) / this.#o.pace, () => this.#dial());
  }

  #opened(port: number): void {
    const { clock, faults, login } = this.#o;
    this.#status = 'greeting';
    this.#lastHeard = clock.now();
    this.#o.onPort(port);
    this.#logins += 1;
    this.#put(login(this.#logins));
    this.#timers.after(loginPatience, () => {
      if (this.#status === 'greeting') this.reconnect();
    });
    if (faults.has('reset')) this.#timers.after(resetAfter, () => this.#reset());
  }

  #received(bytes: Uint8Array): void {
    const { number, profile, faults, counters, clock } = this.#o;
    // A machine reads its own head only; one that switches heads must read both to get answers at all.
    const heads: readonly Head[] = faults.has('headSwitched') ? ['decimal', 'le48'] : [this.#o.head];
    const { messages, lost } = readWhole(bytes, heads, profile.longestFrame);
    counters.lost += lost;
    counters.received += messages.length;
    for (const message of messages) {
      const { cmd } = message;
      if (typeof cmd !== 'string') continue;
      if (profile.wantsOwnNumber && Number(message['vmc_no']) !== number) continue;
      this.#lastHeard = clock.now();
      if (cmd === 'login_r') this.#loginAnswered(message);
      else if (cmd !== 'hb') this.#o.onMessage(cmd, message);
      if (this.#line === null) return; // the message ended the connection
    }
  }

  #loginAnswered(message: JsonObject): void {
    if (this.#status !== 'greeting') return;
    if (Number(message['ret']) !== 0) {
      if (this.#o.profile.refused === 'networkOff') this.#leave('refused')?.end();
      else this.#comeBack(this.#leave('off'));
      return;
    }
    this.#status = 'ready';
    this.#failures = 0;
    this.#beat();
    this.#o.onReady();
    if (this.#o.faults.has('flood')) this.#flood();
  }

  #beat(): void {
    const { clock, profile } = this.#o;
    if (clock.now() - this.#lastHeard > serverSilence) return this.reconnect();
    this.#lastBeat = clock.now();
    this.#put(this.#heartbeat());
    this.#beatTimer?.();
    const wait = () =>
      Math.min(this.#lastSent + profile.beat.afterSilence, this.#lastBeat + profile.beat.atLatest) -
      clock.now();
    // Sending something else pushes the beat back: looked at when the timer comes, not at every send.
    const due = () => {
      const left = wait();
      if (left <= 0) this.#beat();
      else this.#beatTimer = this.#timers.after(left, due);
    };
    this.#beatTimer = this.#timers.after(wait(), due);
  }

  #heartbeat(): JsonObject {
    const body = { cmd: 'hb', vmc_no: this.#o.number };
    return this.#o.profile.platform === 'android' ? { ...body, padding: 'padding' } : body; // [field]
  }

  #style(): Style {
    const { faults, random } = this.#o;
    if (faults.has('headSwitched')) this.#head = this.#head === 'decimal' ? 'le48' : 'decimal';
    return {
      head: this.#head,
      sequence: () => this.#sequence++,
      faults,
      random,
      beat: this.#heartbeat(),
    };
  }

  #put(body: JsonObject): void {
    const { clock, faults, counters } = this.#o;
    if (this.#line === null) return;
    this.#lastSent = clock.now();
    if (this.#mute || (faults.has('silence') && this.#status === 'ready')) return;
    counters.sent += 1;
    const style = this.#style();
    if (faults.has('halfFrame') && this.#status === 'ready') {
      const frame = frameOf(body, style);
      this.#outbox.push([{ bytes: frame.subarray(0, Math.ceil(frame.length / 2)), wait: 0 }]);
      this.#mute = true; // nothing more until the server closes
    } else this.#outbox.push(writesOf(body, style));
  }

  #reset(): void {
    const line = this.#leave('off');
    line?.reset();
    this.#comeBack(null);
  }

  /** Heartbeats as fast as the socket takes them, for a bounded time; again and again while it is switched on. */
  #flood(): void {
    const { clock, faults, counters } = this.#o;
    const end = clock.now() + floodLasts;
    this.#floodTimer?.();
    const pump = () => {
      this.#onDrained = null;
      if (this.#line === null || !faults.has('flood')) return;
      if (clock.now() >= end) {
        this.#floodTimer = this.#timers.after(floodPause, () => this.#flood());
        return;
      }
      const style = { ...this.#style(), faults: new Set<Misbehaviour>() };
      const frames = Array.from({ length: floodBlock }, () => frameOf(style.beat, style));
      counters.sent += frames.length;
      if (this.#line.write(Buffer.concat(frames))) this.#floodTimer = this.#timers.after(0, pump);
      else this.#onDrained = pump;
    };
    pump();
  }
}
