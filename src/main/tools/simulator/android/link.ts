/** The connection of the android program [field3], driven by a tick every second. The program does not notice a close. */
import type { Head, JsonObject } from '#shared/model/frame';
import type { Misbehaviour } from '#shared/model/simulator';
import { Timers, type Cancel, type Clock } from '../clock';
import { Line, type LineOptions } from '../line';
import type { Counters, Ending, Link, LinkStatus } from '../link';
import type { Random } from '../random';
import type { Dial } from '../transport';
import { readAndroid, readSize } from './reader';

const tick = 1_000;
const connectPause = 500;
const connectLimit = 3_000;
/** ms without an accepted frame after which the program dials its next server, and so on. */
const acceptedWithin = 120_000;
const dialInterval = 11_000;
const beatAfter = 30_000;
const beatAtLatest = 60_000;
/** ms by which frames that are sent together may overtake each other. */
const overtakes = { least: 1, most: 20 } as const;

export interface AndroidLinkOptions extends Omit<LineOptions, 'isReady' | 'padsBodies'> {
  readonly number: number;
  readonly random: Random;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly head: Head;
  /** Its list of servers. */
  readonly servers: readonly [Dial, ...Dial[]];
  /** The share of frames that leave a little later than the next: each frame has a thread of its own. */
  readonly swaps: number;
  readonly login: (attempt: number) => readonly JsonObject[];
  readonly onMessage: (message: JsonObject) => void;
  /** Called for each connection after the first since power on. */
  readonly onReconnect: () => void;
}

export class AndroidLink implements Link {
  readonly #o: AndroidLinkOptions;
  readonly #line: Line;
  readonly #timers: Timers;
  #status: LinkStatus = 'off';
  #server = 0;
  #logins = 0;
  #startedAt = 0;
  #dialledAt = 0;
  #acceptedAt = 0;
  #beatAt = 0;
  #hasNetwork = true;
  #isReading = false;
  /** The reading thread is busy until then; incoming bytes wait. */
  #isBusy = false;
  #held: Uint8Array[] = [];
  #inbox: JsonObject[] = [];
  #tickTimer: Cancel | null = null;

  constructor(options: AndroidLinkOptions) {
    this.#o = options;
    this.#timers = new Timers(options.clock);
    this.#line = new Line({ ...options, padsBodies: true, isReady: () => this.#status === 'ready' });
  }

  get status(): LinkStatus {
    return this.#status;
  }

  start(): void {
    this.#logins = 0;
    this.#startedAt = this.#o.clock.now();
    this.#acceptedAt = this.#startedAt;
    this.#beatAt = this.#startedAt;
    this.#status = 'waiting';
    this.#line.start();
    if (this.#o.number > 0) this.#connect(0);
  }

  stop(how: Ending): void {
    this.#timers.cancelAll();
    this.#tickTimer = null;
    this.#line.close(how);
    this.#stopsReading();
    this.#status = 'off';
  }

  forget(): void {
    this.#line.forget();
  }

  /** Frames are sent even before a login. */
  send(body: JsonObject): boolean {
    if (!this.#line.isOpen) return false;
    const { swaps, random } = this.#o;
    if (swaps > 0 && random.chance(swaps))
      this.#timers.after(random.int(overtakes.least, overtakes.most), () => this.#line.send(body));
    else this.#line.send(body);
    return true;
  }

  beat(): void {
    this.#beatAt = this.#o.clock.now();
    this.send(this.#o.heartbeat());
  }

  /** Dials the first server of the list. */
  reconnect(longer = 0): void {
    if (this.#status === 'off') return;
    if (longer === 0) return this.#connect(0);
    this.#line.close('end');
    this.#stopsReading();
    this.#status = 'waiting';
    this.#dialledAt = this.#o.clock.now() + longer;
    this.#timers.after(longer, () => this.#connect(0));
  }

  /** The machine's own network, such as a cable. Without a network it does not dial. */
  setNetwork(isThere: boolean): void {
    if (this.#hasNetwork === isThere) return;
    this.#hasNetwork = isThere;
    if (isThere && !this.#line.isOpen && this.#status !== 'off') this.#connect(0);
    else this.#plan();
  }

  loginAnswered(isAccepted: boolean): void {
    // After a refusal the program shows a message and keeps the connection.
    if (!isAccepted) return;
    this.#status = 'ready';
    if (this.#o.misbehaviours.has('flood')) this.#line.flood();
  }

  misbehaviourSwitched(misbehaviour: Misbehaviour, on: boolean): void {
    if (!on || this.#status !== 'ready') return;
    if (misbehaviour === 'wrongSign') this.reconnect();
    else this.#line.shows(misbehaviour);
  }

  /** Commands that arrive in this time wait and are read together. */
  holdFor(ms: number): void {
    this.#isBusy = true;
    this.#timers.after(ms, () => {
      this.#isBusy = false;
      this.#drain();
      const held = Buffer.concat(this.#held);
      this.#held = [];
      if (held.length > 0) this.#received(held);
    });
  }

  /** The reading thread has died; only a new connection starts another. */
  stopReading(): void {
    this.#stopsReading();
  }

  #stopsReading(): void {
    this.#isReading = false;
    this.#isBusy = false;
    this.#held = [];
    this.#inbox = [];
  }

  #connect(server: number): void {
    const { servers, clock, login } = this.#o;
    this.#server = server % servers.length;
    this.#dialledAt = clock.now();
    this.#status = 'dialling';
    this.#stopsReading();
    this.#timers.cancelAll();
    this.#tickTimer = null;
    this.#timers.after(connectPause, () => {
      this.#line.dial(servers[this.#server] ?? servers[0], connectLimit, {
        opened: () => {
          this.#status = 'loggingIn';
          this.#isReading = true;
          this.#logins += 1;
          if (this.#logins > 1) this.#o.onReconnect();
          for (const body of login(this.#logins)) this.#line.send(body);
          this.#plan();
        },
        failed: () => {
          this.#status = 'waiting';
          this.#plan();
        },
        received: (bytes) => this.#received(bytes),
        wasReset: () => {
          this.#status = 'waiting';
          this.#stopsReading();
          this.#plan();
        },
      });
      this.#plan();
    });
  }

  /** Plans only the next tick with work to do: a timer every second would cost too much. */
  #plan(): void {
    this.#tickTimer?.();
    this.#tickTimer = null;
    const due = Math.min(this.#dialDue, this.#beatDue);
    if (!Number.isFinite(due)) return;
    const now = this.#o.clock.now();
    const at = this.#startedAt + Math.ceil((Math.max(due, now + 1) - this.#startedAt) / tick) * tick;
    this.#tickTimer = this.#timers.after(at - now, () => {
      this.#tickTimer = null;
      const then = this.#o.clock.now();
      if (then >= this.#dialDue) return this.#connect(this.#server + 1);
      if (then >= this.#beatDue) this.beat();
      this.#plan();
    });
  }

  get #dialDue(): number {
    if (!this.#hasNetwork) return Infinity;
    const again = this.#dialledAt + dialInterval;
    return this.#line.isOpen ? Math.max(again, this.#acceptedAt + acceptedWithin) : again;
  }

  get #beatDue(): number {
    if (!this.#hasNetwork || !this.#line.isOpen) return Infinity;
    return Math.min(this.#beatAt + beatAtLatest, Math.max(this.#beatAt, this.#acceptedAt) + beatAfter);
  }

  #received(bytes: Uint8Array): void {
    if (!this.#isReading) return;
    if (this.#isBusy || this.#inbox.length > 0) {
      this.#held.push(Uint8Array.from(bytes));
      return;
    }
    const { misbehaviours, counters, head } = this.#o;
    // A machine reads its own head only; a machine that switches heads must read both.
    const heads: readonly Head[] = misbehaviours.has('headSwitched') ? ['decimal', 'le48'] : [head];
    for (let at = 0; at < bytes.length; at += readSize) {
      const { messages, lost } = readAndroid(
        bytes.length <= readSize ? bytes : bytes.subarray(at, at + readSize),
        heads,
      );
      counters.lost += lost;
      counters.received += messages.length;
      this.#inbox.push(...messages);
    }
    this.#drain();
  }

  #drain(): void {
    while (!this.#isBusy) {
      const message = this.#inbox.shift();
      if (message === undefined) return;
      // A message without the machine's own number is ignored.
      if (Number(message['vmc_no']) !== this.#o.number) continue;
      this.#acceptedAt = this.#o.clock.now();
      this.#o.onMessage(message);
    }
  }
}
