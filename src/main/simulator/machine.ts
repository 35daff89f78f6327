/** One virtual machine, composed of link, cabinet, sales and random events. */
import type { Head, JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import { dayOf } from '#shared/messages/times';
import type { Answering, Misbehaviour } from '#shared/model/simulator';
import type { Failed } from '#shared/virtualMachine';
import { makeSign } from '../protocol/sign';
import { Cabinet } from './cabinet';
import { Timers, type Clock } from './clock';
import { handleMessage, type MachineControls } from './commands';
import type { Deed } from './deeds';
import { RandomEvents } from './randomEvents';
import { Link, type Counters, type LinkStatus } from './link';
import type { Dial } from './transport';
import { profiles } from './profile';
import type { Random } from './random';
import { Sales } from './sales';
import { ownFile } from './ownFiles';
import { upgradeOf, type AfterUpgrade } from './upgrading';
import { Notifier, type Fetch, type Post } from './web';

export interface MachineOptions {
  readonly number: number;
  readonly platform: Platform;
  /** `null`: the platform's own. */
  readonly head: Head | null;
  /** 8 characters, typed into the machine by hand [doc]. */
  readonly code: string;
  /** A fork of the fleet's. */
  readonly random: Random;
  /** 1: an event every 10 to 60 s; 10: ten times as fast. */
  readonly pace: number;
  readonly clock: Clock;
  readonly dial: Dial;
  readonly counters: Counters;
  /** Where android reports what it takes, such as `http://127.0.0.1:80`; `null`: nowhere. */
  readonly notifyBase: string | null;
  /** Its program knows commands only as fewer programs spell them. */
  readonly rareSpelling: boolean;
  readonly answering: Answering;
  /** Over HTTP. */
  readonly fetch: Fetch;
  readonly post: Post;
  /** False: nothing happens that it was not told to do. */
  readonly lives: boolean;
  readonly onPort: (port: number | null) => void;
  /** Called at the moment of each deed, with its true cause. */
  readonly onDeed?: (deed: Deed) => void;
}

/** ms from power off to power on. */
const quickStart = [3_000, 8_000] as const;
/** linux counts no logins: only so long a silence shows that it was away for a start. */
const longStart = [65_000, 80_000] as const;

/** A constant on android, whatever the code [field]. */
const androidSign = '5d41402abc4b2a76b9719d911017c592';
const wrongSign = 'f'.repeat(32);

export class Machine {
  readonly #o: MachineOptions;
  readonly #misbehaviours = new Set<Misbehaviour>();
  /** How it answers what it is told to do. */
  answering: Answering;
  readonly #link: Link;
  readonly #cabinet: Cabinet;
  readonly #sales: Sales;
  readonly #randomEvents: RandomEvents;
  readonly #notifier: Notifier;
  readonly #controls: MachineControls;
  /** Timers of a boot; a restart does not cancel them. */
  readonly #timers: Timers;
  readonly #random: Random;
  /** It is off after an upgrade, until it is told to behave again. */
  #hasVanished = false;
  /** Aborts downloads at power off. */
  #power = new AbortController();

  /** Where android reports from now on. */
  set notifyBase(base: string | null) {
    this.#notifier.base = base;
  }

  constructor(options: MachineOptions) {
    this.#o = options;
    this.answering = options.answering;
    const { number, random, clock, pace } = options;
    const profile = profiles[options.platform];
    this.#timers = new Timers(clock);
    this.#random = random.fork('machine');
    this.#cabinet = new Cabinet({
      number,
      profile,
      clock,
      pace,
      random: random.fork('cabinet'),
      send: (body) => this.#link.send(body),
      acceptsAcknowledgements: () => !this.#misbehaviours.has('neverAcknowledged'),
    });
    this.#sales = new Sales(this.#cabinet);
    this.#randomEvents = new RandomEvents(this.#cabinet, this.#sales, random.fork('life'));
    this.#notifier = new Notifier({
      number,
      clock,
      base: options.notifyBase,
      fetch: options.fetch,
      random: random.fork('notify'),
    });
    this.#link = new Link({
      number,
      profile,
      clock,
      pace,
      head: options.head ?? profile.head,
      dial: options.dial,
      random: random.fork('wire'),
      misbehaviours: this.#misbehaviours,
      counters: options.counters,
      login: (attempt) => this.#login(attempt),
      heartbeat: () => this.#cabinet.bodiesOf('heartbeat', null)[0] ?? {},
      onReady: () => this.#cabinet.connected(),
      onMessage: (cmd, message) => handleMessage(this.#controls, cmd, message),
      onPort: options.onPort,
    });
    this.#controls = {
      cabinet: this.#cabinet,
      sales: this.#sales,
      rareSpelling: options.rareSpelling,
      answering: () => this.answering,
      reboot: (longer) => {
        const takes = options.platform === 'linux' ? longStart : quickStart;
        void this.#cabinet.soon(1_000, () => this.#restart(takes, longer));
      },
      reconnect: (longer) => this.#link.reconnect(longer),
      loginAnswered: (isAccepted) => this.#link.loginAnswered(isAccepted),
      sendFile: (dir, type, day, failed) => void this.#sendFile(dir, type, day, failed),
      upgrade: (dir, type, failed) => void this.#upgrade(dir, type, failed),
      notify: (message, failReason) => this.#notify(message, failReason),
      later: (ms, run) => void this.#timers.after(ms, run),
    };
  }

  get number(): number {
    return this.#o.number;
  }
  get status(): LinkStatus {
    return this.#link.status;
  }
  get misbehaviours(): ReadonlySet<Misbehaviour> {
    return this.#misbehaviours;
  }
  /** For tests, which set its state. */
  get cabinet(): Cabinet {
    return this.#cabinet;
  }
  get sales(): Sales {
    return this.#sales;
  }

  /** Power on. */
  start(): void {
    this.#cabinet.powerOn();
    this.#link.boot();
    if (this.#o.lives) this.#randomEvents.next();
  }

  /** Power off until `start`. */
  stop(): void {
    this.#timers.cancelAll();
    this.#powerOff();
    this.#cabinet.records.stop();
    this.#notifier.stop();
  }

  setMisbehaviour(misbehaviour: Misbehaviour, on: boolean): void {
    if (this.#misbehaviours.has(misbehaviour) === on) return;
    if (on) this.#misbehaviours.add(misbehaviour);
    else this.#misbehaviours.delete(misbehaviour);
    if (misbehaviour === 'upgradeVanishes' && this.#hasVanished) {
      this.#hasVanished = false;
      this.start();
    }
    this.#link.misbehaviourSwitched(misbehaviour, on);
  }

  #powerOff(): void {
    this.#power.abort();
    this.#power = new AbortController();
    this.#sales.powerOff();
    this.#cabinet.powerOff();
    this.#link.off();
  }

  /** `longer`: ms of real time. */
  #restart([least, most]: readonly [number, number] = quickStart, longer = 0): void {
    this.#powerOff();
    this.#timers.after(this.#random.int(least, most) / this.#o.pace + longer, () => this.start());
  }

  #login(attempt: number): readonly JsonObject[] {
    const { number, platform, code, clock } = this.#o;
    const day = dayOf(clock.now());
    const right =
      platform === 'linux' ? makeSign('codeNumber', { timestamp: day, vmcNo: number }, code) : androidSign; // [field]
    const sign = this.#misbehaviours.has('wrongSign') ? wrongSign : right;
    return this.#cabinet.bodiesOf('login', { attempt, day, sign, versions: this.#cabinet.versions });
  }

  async #upgrade(dir: string, type: string | null, failed: Failed): Promise<void> {
    const { signal } = this.#power;
    const { fetch, platform } = this.#o;
    const { versions } = this.#cabinet;
    const does = this.#misbehaviours;
    const after = await upgradeOf({ platform, dir, type, fetch, signal, does, versions });
    if (!signal.aborted) this.#afterUpgrade[after](failed);
  }

  readonly #afterUpgrade: Readonly<Record<AfterUpgrade, (failed: Failed) => void>> = {
    restarts: () => this.#restart(),
    // Only its silence shows that a linux machine was away, where it comes back as it was.
    restartsAsBefore: () => this.#restart(this.#o.platform === 'linux' ? longStart : quickStart),
    stays: () => undefined,
    fails: (failed) => failed('download failed'),
    vanishes: () => {
      this.#hasVanished = true;
      this.stop();
    },
  };

  async #sendFile(dir: string, type: string, day: string | null, failed: Failed): Promise<void> {
    const { signal } = this.#power;
    const file = await ownFile(this.#cabinet, type, day, this.#o.clock.now());
    if (file === null) {
      failed('no such file');
      return;
    }
    try {
      await this.#o.post(dir, file, this.#o.number, signal);
    } catch {
      if (!signal.aborted) failed('upload failed');
    }
  }

  #notify(message: JsonObject, failReason: string | null): void {
    const session = message['session_id'];
    if (this.#o.platform !== 'android' || (typeof session !== 'string' && typeof session !== 'number'))
      return;
    this.#notifier.tell(String(session), failReason);
  }
}
