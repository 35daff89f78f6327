/** A machine's connection: dials, logs in, sends heartbeats, reads, writes, and reconnects with a growing pause. */
import type { Head, JsonObject } from '#shared/model/frame';
import { upgradeFaults, type Misbehaviour } from '#shared/model/simulator';
import { Timers, type Cancel, type Clock } from './clock';
import type { Dial, Transport } from './transport';
import { Outbox } from './outbox';
import { loginTimeout, serverTimeout, type Profile } from './profile';
import type { Random } from './random';
import { readFrames } from './reader';
import { frameOf, writesOf, type Style } from './writer';

/** Frames over the sockets of all machines of a fleet. */
export interface Counters {
  sent: number;
  received: number;
  /** Frames that the machines could not read. */
  lost: number;
}

export interface LinkOptions {
  readonly number: number;
  readonly profile: Profile;
  readonly head: Head;
  readonly clock: Clock;
  readonly dial: Dial;
  readonly random: Random;
  readonly misbehaviours: ReadonlySet<Misbehaviour>;
  readonly counters: Counters;
  /** Divides the pause before reconnecting. */
  readonly pace: number;
  /** The bodies of the `attempt`-th login since boot, and of a heartbeat. */
  readonly login: (attempt: number) => readonly JsonObject[];
  readonly heartbeat: () => JsonObject;
  readonly onReady: () => void;
  readonly onMessage: (cmd: string, message: JsonObject) => void;
  /** The local port while connected, else `null`. */
  readonly onPort: (port: number | null) => void;
}

/** `refused`: gave up its network until restarted, as linux does [field]. */
export type LinkStatus = 'off' | 'waiting' | 'dialling' | 'loggingIn' | 'ready' | 'refused';

const firstPause = 2_000;
const longestPause = 60_000;
/** ms from the start of a connection to its RST while `reset` is on. */
const resetAfter = 5_000;
/** ms of sending as fast as the socket takes it, and of the pause after it, while `flood` is on. */
export const floodDuration = 3_000;
const floodPause = 12_000;
const floodBlock = 400; // frames in one write

/** What no frame shows. */
const unseenInFrames: ReadonlySet<Misbehaviour> = new Set([
  'duplicateNumber',
  'neverAcknowledged',
  ...upgradeFaults,
]);

export class Link {
  readonly #o: LinkOptions;
  readonly #timers: Timers;
  readonly #outbox: Outbox;
  #status: LinkStatus = 'off';
  #transport: Transport | null = null;
  #head: Head;
  #sequence = 0;
  #logins = 0;
  #failures = 0;
  #lastSent = 0;
  #lastHeartbeat = 0;
  #lastReceived = 0;
  #mute = false;
  #heartbeatTimer: Cancel | null = null;
  #floodTimer: Cancel | null = null;
  #onDrained: (() => void) | null = null;

  constructor(options: LinkOptions) {
    this.#o = options;
    this.#head = options.head;
    this.#timers = new Timers(options.clock);
    this.#outbox = new Outbox(this.#timers, (bytes) => this.#transport?.write(bytes));
  }

  get status(): LinkStatus {
    return this.#status;
  }

  /** Power on: the sequence and the count of logins restart [field]. */
  boot(): void {
    this.#sequence = 0;
    this.#logins = 0;
    this.#failures = 0;
    this.#dial();
  }

  /** Power off until `boot`. */
  off(): void {
    this.#disconnect('off')?.end();
  }

  /** Ends the connection and dials again later; `longer`: by so many ms of real time. */
  reconnect(longer = 0): void {
    if (this.#transport !== null) this.#reconnectLater(this.#disconnect('off'), longer);
  }

  /** False: the machine is not logged in, so the message was not sent. */
  send(body: JsonObject): boolean {
    if (this.#status !== 'ready') return false;
    this.#sendFrame(body);
    return true;
  }

  /** Shows a misbehaviour that was switched on at once: for most of them a heartbeat does. */
  misbehaviourSwitched(misbehaviour: Misbehaviour, on: boolean): void {
    if (!on || this.#status !== 'ready') return;
    if (misbehaviour === 'reset') this.#reset();
    else if (misbehaviour === 'wrongSign') this.reconnect();
    else if (misbehaviour === 'flood') this.#flood();
    else if (!unseenInFrames.has(misbehaviour)) this.#sendHeartbeat();
  }

  #dial(): void {
    this.#status = 'dialling';
    this.#head = this.#o.head;
    const transport = this.#o.dial({
      opened: (port) => this.#ifCurrent(transport, () => this.#opened(port)),
      received: (bytes) => this.#ifCurrent(transport, () => this.#received(bytes)),
      drained: () => this.#ifCurrent(transport, () => this.#onDrained?.()),
      closed: () => this.#ifCurrent(transport, () => this.#reconnectLater(this.#disconnect('off'))),
    });
    this.#transport = transport;
  }

  /** Ignores events of a transport that was replaced. */
  #ifCurrent(transport: Transport, run: () => void): void {
    if (this.#transport === transport) run();
  }

  #disconnect(status: 'off' | 'refused'): Transport | null {
    const transport = this.#transport;
    this.#transport = null;
    this.#timers.cancelAll();
    this.#outbox.clear();
    this.#onDrained = null;
    this.#mute = false;
    if (transport !== null && (this.#status === 'loggingIn' || this.#status === 'ready'))
      this.#o.onPort(null);
    this.#status = status;
    return transport;
  }

  #reconnectLater(transport: Transport | null, longer = 0): void {
    transport?.end();
    const pause = Math.min(longestPause, firstPause * 2 ** Math.min(this.#failures, 10));
    this.#failures += 1;
    this.#status = 'waiting';
    const wait = (pause * (0.75 + this.#o.random.next() / 2)) / this.#o.pace;
    this.#timers.after(wait + longer, () => this.#dial());
  }

  #opened(port: number): void {
    const { clock, misbehaviours, login } = this.#o;
    this.#status = 'loggingIn';
    this.#lastReceived = clock.now();
    this.#o.onPort(port);
    this.#logins += 1;
    for (const body of login(this.#logins)) this.#sendFrame(body);
    this.#timers.after(loginTimeout, () => {
      if (this.#status === 'loggingIn') this.reconnect();
    });
    if (misbehaviours.has('reset')) this.#timers.after(resetAfter, () => this.#reset());
  }

  #received(bytes: Uint8Array): void {
    const { number, profile, misbehaviours, counters, clock } = this.#o;
    // A machine reads its own head only; one that switches heads must read both.
    const heads: readonly Head[] = misbehaviours.has('headSwitched') ? ['decimal', 'le48'] : [this.#o.head];
    const { messages, lost } = readFrames(bytes, heads, profile.longestFrame);
    counters.lost += lost;
    counters.received += messages.length;
    for (const message of messages) {
      const { cmd } = message;
      if (typeof cmd !== 'string') continue;
      if (profile.requiresOwnNumber && Number(message['vmc_no']) !== number) continue;
      this.#lastReceived = clock.now();
      this.#o.onMessage(cmd, message);
      if (this.#transport === null) return; // the message ended the connection
    }
  }

  loginAnswered(isAccepted: boolean): void {
    if (this.#status !== 'loggingIn') return;
    if (!isAccepted) {
      if (this.#o.profile.refused === 'networkOff') this.#disconnect('refused')?.end();
      else this.#reconnectLater(this.#disconnect('off'));
      return;
    }
    this.#status = 'ready';
    this.#failures = 0;
    this.#sendHeartbeat();
    this.#o.onReady();
    if (this.#o.misbehaviours.has('flood')) this.#flood();
  }

  #sendHeartbeat(): void {
    const { clock, profile } = this.#o;
    if (clock.now() - this.#lastReceived > serverTimeout) return this.reconnect();
    this.#lastHeartbeat = clock.now();
    this.#sendFrame(this.#o.heartbeat());
    this.#heartbeatTimer?.();
    const wait = () =>
      Math.min(this.#lastSent + profile.beat.afterSilence, this.#lastHeartbeat + profile.beat.atLatest) -
      clock.now();
    // Every frame that is sent delays the heartbeat; that is checked when the timer fires, not at every send.
    const due = () => {
      const left = wait();
      if (left <= 0) this.#sendHeartbeat();
      else this.#heartbeatTimer = this.#timers.after(left, due);
    };
    this.#heartbeatTimer = this.#timers.after(wait(), due);
  }

  #style(): Style {
    const { misbehaviours, random, heartbeat } = this.#o;
    if (misbehaviours.has('headSwitched')) this.#head = this.#head === 'decimal' ? 'le48' : 'decimal';
    return {
      head: this.#head,
      sequence: () => this.#sequence++,
      misbehaviours,
      random,
      beat: heartbeat(),
    };
  }

  #sendFrame(body: JsonObject): void {
    const { clock, misbehaviours, counters } = this.#o;
    if (this.#transport === null) return;
    this.#lastSent = clock.now();
    if (this.#mute || (misbehaviours.has('silence') && this.#status === 'ready')) return;
    counters.sent += 1;
    const style = this.#style();
    if (misbehaviours.has('halfFrame') && this.#status === 'ready') {
      const frame = frameOf(body, style);
      this.#outbox.push([{ bytes: frame.subarray(0, Math.ceil(frame.length / 2)), wait: 0 }]);
      this.#mute = true; // nothing more until the server closes
    } else this.#outbox.push(writesOf(body, style));
  }

  #reset(): void {
    const transport = this.#disconnect('off');
    transport?.reset();
    this.#reconnectLater(null);
  }

  /** Sends heartbeats as fast as the socket takes them for `floodDuration`, and repeats that while it is on. */
  #flood(): void {
    const { clock, misbehaviours, counters } = this.#o;
    const end = clock.now() + floodDuration;
    this.#floodTimer?.();
    const pump = () => {
      this.#onDrained = null;
      if (this.#transport === null || !misbehaviours.has('flood')) return;
      if (clock.now() >= end) {
        this.#floodTimer = this.#timers.after(floodPause, () => this.#flood());
        return;
      }
      const style = { ...this.#style(), misbehaviours: new Set<Misbehaviour>() };
      const frames = Array.from({ length: floodBlock }, () => frameOf(style.beat, style));
      counters.sent += frames.length;
      if (this.#transport.write(Buffer.concat(frames))) this.#floodTimer = this.#timers.after(0, pump);
      else this.#onDrained = pump;
    };
    pump();
  }
}
