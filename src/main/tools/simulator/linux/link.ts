/** The connection of the linux program [field3]. The program does not notice a close; only its check every two minutes finds one. */
import type { Head, JsonObject } from '#shared/model/frame';
import type { Misbehaviour } from '#shared/model/simulator';
import { Timers, type Cancel, type Clock } from '../clock';
import { Line, type LineOptions } from '../line';
import type { Counters, Ending, Link, LinkStatus } from '../link';
import type { Random } from '../random';
import type { Dial } from '../transport';
import { readLinux } from './reader';

const connectLimit = 2_000;
const loginInterval = 10_000;
const checkInterval = 120_000;
const beatInterval = 30_000;

export interface LinuxLinkOptions extends Omit<LineOptions, 'isReady' | 'padsBodies'> {
  readonly number: number;
  readonly random: Random;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly head: Head;
  /** The server list; with one entry, the same server again and again. */
  readonly servers: readonly [Dial, ...Dial[]];
  readonly login: (attempt: number) => readonly JsonObject[];
  readonly onMessage: (message: JsonObject) => void;
  /** The network begins, which is an error until a login is answered. */
  readonly onNetworkStart: () => void;
  /** Called for each connection after the first since power on. */
  readonly onReconnect: () => void;
}

export class LinuxLink implements Link {
  readonly #o: LinuxLinkOptions;
  readonly #line: Line;
  readonly #timers: Timers;
  #status: LinkStatus = 'off';
  #retry = 0;
  #server = 0;
  /** Counts from 1, so the first failure continues with the third server of the list. */
  #index = 1;
  #connections = 0;
  /** Whether any byte was read since the last check. */
  #hasRead = false;
  #lastHandled = 0;
  #loginTimer: Cancel | null = null;
  #beatTimer: Cancel | null = null;
  #checkTimer: Cancel | null = null;

  constructor(options: LinuxLinkOptions) {
    this.#o = options;
    this.#timers = new Timers(options.clock);
    this.#line = new Line({ ...options, padsBodies: false, isReady: () => this.#status === 'ready' });
  }

  get status(): LinkStatus {
    return this.#status;
  }

  start(): void {
    this.#retry = 5_000 + 1_000 * this.#o.random.int(0, 9);
    this.#server = 0;
    this.#index = 1;
    this.#connections = 0;
    this.#line.start();
    this.#status = 'waiting';
    if (this.#o.number > 0) this.#dial();
  }

  stop(how: Ending): void {
    this.#timers.cancelAll();
    this.#beatTimer = null;
    this.#line.close(how);
    this.#status = 'off';
  }

  /** Drops all connections of a machine that is stopped for good. */
  forget(): void {
    this.#line.forget();
  }

  send(body: JsonObject): boolean {
    if (this.#status !== 'ready') return false;
    this.#line.send(body);
    return true;
  }

  reconnect(longer = 0): void {
    if (this.#status === 'off' || this.#status === 'refused') return;
    this.#hangsUp();
    if (longer === 0) this.#dial();
    else this.#timers.after(longer, () => this.#dial());
  }

  loginAnswered(isAccepted: boolean): void {
    if (!isAccepted) {
      this.#timers.cancelAll();
      this.#beatTimer = null;
      this.#line.close('end');
      this.#status = 'refused';
      return;
    }
    this.#status = 'ready';
    this.#loginTimer?.();
    this.#handled();
    if (this.#o.misbehaviours.has('flood')) this.#line.flood();
  }

  misbehaviourSwitched(misbehaviour: Misbehaviour, on: boolean): void {
    if (!on || this.#status !== 'ready') return;
    if (misbehaviour === 'wrongSign') this.reconnect();
    else this.#line.shows(misbehaviour);
  }

  #dial(): void {
    const { servers, login } = this.#o;
    this.#status = 'dialling';
    this.#o.onNetworkStart();
    this.#line.dial(servers[this.#server] ?? servers[0], connectLimit, {
      opened: () => {
        this.#status = 'loggingIn';
        this.#hasRead = false;
        this.#connections += 1;
        if (this.#connections > 1) this.#o.onReconnect();
        const logIn = (): void => {
          for (const body of login(this.#connections)) this.#line.send(body);
          this.#loginTimer = this.#timers.after(loginInterval, logIn);
        };
        logIn();
        this.#check();
      },
      failed: () => {
        if (servers.length > 1) {
          this.#index = (this.#index + 1) % servers.length;
          this.#server = this.#index;
        }
        this.#waits();
      },
      received: (bytes) => this.#received(bytes),
      wasReset: () => {
        this.#hangsUp();
        this.#waits();
      },
    });
  }

  #waits(): void {
    this.#status = 'waiting';
    this.#timers.after(this.#retry, () => this.#dial());
  }

  #check(): void {
    this.#checkTimer?.();
    this.#checkTimer = this.#timers.after(checkInterval, () => {
      if (!this.#hasRead) return this.reconnect();
      this.#hasRead = false;
      // The program continues even without an answer to its login.
      if (this.#status === 'loggingIn') this.#status = 'ready';
      this.#check();
    });
  }

  #hangsUp(): void {
    this.#timers.cancelAll();
    this.#beatTimer = null;
    this.#line.close('end');
  }

  #received(bytes: Uint8Array): void {
    const { misbehaviours, counters, head, onMessage } = this.#o;
    this.#hasRead = true;
    // A machine reads its own head only; a machine that switches heads must read both.
    const heads: readonly Head[] = misbehaviours.has('headSwitched') ? ['decimal', 'le48'] : [head];
    const { messages, lost } = readLinux(bytes, heads);
    counters.lost += lost;
    counters.received += messages.length;
    for (const message of messages) {
      this.#handled();
      onMessage(message);
      if (!this.#line.isOpen) return; // the message ended the connection
    }
  }

  /** A heartbeat is due half a minute after the last handled frame. The timer checks that when it fires, not at every frame. */
  #handled(): void {
    this.#lastHandled = this.#o.clock.now();
    if (this.#beatTimer === null) this.#beatAfter(beatInterval);
  }

  #beatAfter(ms: number): void {
    const { clock, heartbeat } = this.#o;
    this.#beatTimer = this.#timers.after(ms, () => {
      const left = this.#lastHandled + beatInterval - clock.now();
      if (left > 0) return this.#beatAfter(left);
      this.send(heartbeat());
      this.#beatAfter(beatInterval);
    });
  }
}
