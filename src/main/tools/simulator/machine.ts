/** One virtual machine: its cabinet, its program, and people at it. */
import type { Head, JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import { dayOf } from '#shared/messages/times';
import type { Answering, Misbehaviour } from '#shared/model/simulator';
import type { Failed, Restart } from '#shared/virtualMachine';
import { makeSign } from '../../core/protocol/sign';
import { AndroidProgram } from './android/program';
import { Cabinet } from './cabinet';
import { Timers, type Cancel, type Clock } from './clock';
import { handleMessage, type MachineControls } from './commands';
import { byTechnician, itself, type Cause, type Deed } from './deeds';
import type { Counters, Ending, LinkStatus } from './link';
import { LinuxProgram } from './linux/program';
import { restartAtNight } from './nightly';
import { ownFile } from './ownFiles';
import { Customer, Technician } from './people';
import { profiles } from './profile';
import type { Program } from './program';
import type { Random } from './random';
import { RandomEvents } from './randomEvents';
import type { Dial } from './transport';
import { upgradeOf } from './upgrading';
import { Notifier, type Fetch, type Post } from './web';

export interface MachineOptions {
  readonly number: number;
  readonly platform: Platform;
  /** `null`: the platform's default. */
  readonly head: Head | null;
  /** 8 characters, entered at the machine by hand [doc]. */
  readonly code: string;
  /** A fork of the fleet's generator. */
  readonly random: Random;
  /** Divides simulated times: drinks, people, boots and the reports after a login. 1: real time. */
  readonly pace: number;
  readonly clock: Clock;
  /** The first server of its list, and the others. */
  readonly dial: Dial;
  readonly otherServers?: readonly Dial[];
  readonly counters: Counters;
  /** Where android reports accepted commands, such as `http://127.0.0.1:80`; `null`: nowhere. */
  readonly notifyBase: string | null;
  /** The program knows only the rare spellings of commands. */
  readonly rareSpelling: boolean;
  readonly answering: Answering;
  /** Over HTTP. */
  readonly fetch: Fetch;
  readonly post: Post;
  /** In virtual time, the clock stands still during this work. Left out: real time. */
  readonly waitFor?: <T>(work: Promise<T>) => Promise<T>;
  /** False: only requested events happen. */
  readonly lives: boolean;
  /** ms by which its own clock is ahead; a login corrects linux's. */
  readonly clockOffset?: number;
  /** False: it does not count its stock and reports none. */
  readonly countsStock?: boolean;
  /** linux: the machine gives drinks away. */
  readonly isFree?: boolean;
  /** android: a machine setting allows bare messages to order drinks. */
  readonly allowsProducts?: boolean;
  /** android: a build that answers orders and payments with messages. */
  readonly answersOrders?: boolean;
  /** android: the share of frames that the next frame overtakes. */
  readonly swaps?: number;
  /** android: it restarts itself at night. */
  readonly nightlyRestart?: boolean;
  readonly onPort: (port: number | null) => void;
  /** Called at the moment of each action, with its true cause. */
  readonly onDeed?: (deed: Deed) => void;
}

/** ms of simulated time from power off to power on. */
const quickStart = [3_000, 8_000] as const;
/** linux does not count logins: only a silence this long proves a restart. */
const longStart = [65_000, 80_000] as const;
/** ms after a command in which linux ends its program. */
const restartCall = 1_000;
const rinseTime = 10_000;

/** A constant on android, whatever the code [field]. */
const androidSign = '5d41402abc4b2a76b9719d911017c592';
const wrongSign = 'f'.repeat(32);

export class Machine {
  readonly #o: MachineOptions;
  readonly #misbehaviours = new Set<Misbehaviour>();
  /** How the machine answers commands. */
  answering: Answering;
  readonly cabinet: Cabinet;
  readonly customer: Customer;
  readonly technician: Technician;
  readonly #program: Program;
  readonly #randomEvents: RandomEvents;
  readonly #notifier: Notifier;
  readonly #controls: MachineControls;
  /** Timers of a boot; a restart does not cancel them. */
  readonly #timers: Timers;
  readonly #random: Random;
  /** After an upgrade it stays off, until the misbehaviour ends. */
  #hasVanished = false;
  #starting: Cancel | null = null;
  /** Aborts downloads at power off. */
  #power = new AbortController();

  /** The address for android's reports from now on. */
  set notifyBase(base: string | null) {
    this.#notifier.base = base;
  }

  constructor(options: MachineOptions) {
    this.#o = options;
    this.answering = options.answering;
    const { number, random, clock, pace, onDeed } = options;
    this.#timers = new Timers(clock);
    this.#random = random.fork('machine');
    this.cabinet = new Cabinet({
      number,
      profile: profiles[options.platform],
      clock,
      clockOffset: options.clockOffset ?? 0,
      pace,
      countsStock: options.countsStock ?? true,
      random: random.fork('cabinet'),
      report: (what, facts) => this.#program.report(what, facts),
      changed: () => this.#program.changed(),
      log: (did, cause) => onDeed?.({ at: clock.now(), cause, ...did }),
    });
    this.#notifier = new Notifier({
      number,
      clock,
      base: options.notifyBase,
      fetch: options.fetch,
      random: random.fork('notify'),
    });
    this.#program = this.#makeProgram();
    this.customer = new Customer(this.#program.orders);
    this.technician = new Technician({
      cabinet: this.cabinet,
      program: this.#program,
      powerCycle: (awayMs) => this.#restart({ away: awayMs, how: 'silently', cause: byTechnician }),
      restart: () => this.#restart({ cause: byTechnician }),
      rinse: () => this.#rinse(true, 'hand', 0, byTechnician),
    });
    const room = { cabinet: this.cabinet, customer: this.customer, technician: this.technician };
    this.#randomEvents = new RandomEvents(room, random.fork('life'));
    this.#controls = {
      cabinet: this.cabinet,
      program: this.#program,
      rareSpelling: options.rareSpelling,
      answering: () => this.answering,
      reboot: (how, cause) => this.#reboot(how, cause),
      rinse: (works, later, cause) => this.#rinse(works, 'remote', later, cause),
      sendFile: (dir, type, day, failed, cause) => void this.#sendFile(dir, type, day, failed, cause),
      upgrade: (dir, type, cause) => void this.#upgrade(dir, type, cause),
      notify: (message, failReason) => this.#notify(message, failReason),
      later: (ms, run) => void this.#timers.after(ms, run),
    };
  }

  get number(): number {
    return this.#o.number;
  }
  get status(): LinkStatus {
    return this.#program.link.status;
  }
  get misbehaviours(): ReadonlySet<Misbehaviour> {
    return this.#misbehaviours;
  }

  /** Power on. */
  start(cause: Cause = itself): void {
    this.#starting?.();
    if (this.cabinet.isOn) return;
    this.cabinet.powerOn();
    this.cabinet.log({ did: 'started' }, cause);
    this.#program.start();
    this.#notifier.start();
    if (this.#o.nightlyRestart === true && this.#o.platform === 'android')
      restartAtNight(this.cabinet, () => this.#restart({ cause: itself }));
    if (this.#o.lives) this.#randomEvents.next();
  }

  /** Power off until `start`. */
  stop(): void {
    this.#timers.cancelAll();
    this.#powerOff('end', itself);
    this.#program.link.forget();
  }

  /** android's own network, such as its cable. Without a network it does not dial. */
  setNetwork(isThere: boolean): void {
    if (this.#program instanceof AndroidProgram) this.#program.link.setNetwork(isThere);
  }

  setMisbehaviour(misbehaviour: Misbehaviour, on: boolean): void {
    if (this.#misbehaviours.has(misbehaviour) === on) return;
    if (on) this.#misbehaviours.add(misbehaviour);
    else this.#misbehaviours.delete(misbehaviour);
    if (misbehaviour === 'upgradeVanishes' && this.#hasVanished) {
      this.#hasVanished = false;
      this.start();
    }
    this.#program.link.misbehaviourSwitched(misbehaviour, on);
  }

  #makeProgram(): Program {
    const { number, platform, clock, random, counters, dial, onPort } = this.#o;
    const { cabinet } = this;
    const link = {
      number,
      clock,
      counters,
      onPort,
      head: this.#o.head ?? cabinet.profile.head,
      servers: [dial, ...(this.#o.otherServers ?? [])] as const,
      random: random.fork('wire'),
      misbehaviours: this.#misbehaviours,
      login: (attempt: number) => this.#login(attempt),
      heartbeat: () => cabinet.bodiesOf('heartbeat', null)[0] ?? {},
      onMessage: (message: JsonObject) => handleMessage(this.#controls, message),
    };
    const acceptsAcknowledgements = (): boolean => !this.#misbehaviours.has('neverAcknowledged');
    if (platform === 'linux')
      return new LinuxProgram({ cabinet, link, isFree: this.#o.isFree ?? false, acceptsAcknowledgements });
    return new AndroidProgram({
      cabinet,
      link: { ...link, swaps: this.#o.swaps ?? 0 },
      allowsProducts: this.#o.allowsProducts ?? true,
      answersOrders: this.#o.answersOrders ?? false,
      acceptsAcknowledgements,
    });
  }

  #powerOff(how: Ending, cause: Cause): void {
    this.#power.abort();
    this.#power = new AbortController();
    if (this.cabinet.isOn) this.cabinet.log({ did: 'stopped' }, cause);
    this.#program.stop(how, cause);
    this.#notifier.stop();
    this.cabinet.powerOff();
  }

  /** Restarts as the command requests. linux clears its errors first. */
  #reboot({ longer = 0, clears = false }: Restart, cause: Cause): void {
    if (clears) this.cabinet.clearFaults(cause);
    const restart = (): void => this.#restart({ cause, longer });
    if (this.#o.platform === 'linux') this.cabinet.soon(restartCall, restart);
    else restart();
  }

  /** `away`: ms of real time, by default the usual time of such a machine; `longer`: additional ms. */
  #restart({
    cause,
    how = 'end',
    away = null,
    longer = 0,
    isQuick = this.#o.platform === 'android',
  }: {
    readonly cause: Cause;
    readonly how?: Ending;
    readonly away?: number | null;
    readonly longer?: number;
    readonly isQuick?: boolean;
  }): void {
    this.#powerOff(how, cause);
    const [least, most] = isQuick ? quickStart : longStart;
    const takes = away ?? this.#random.int(least, most) / this.#o.pace;
    this.#starting?.();
    this.#starting = this.#timers.after(takes + longer, () => this.start(cause));
  }

  #rinse(isOk: boolean, way: 'remote' | 'hand', reportedLater: number, cause: Cause): void {
    if (!this.cabinet.isOn) return;
    this.cabinet.soon(rinseTime, () => {
      this.cabinet.log({ did: 'rinsed', isOk }, cause);
      this.#program.rinsed(isOk, way, reportedLater);
    });
  }

  #login(attempt: number): readonly JsonObject[] {
    const { number, platform, code } = this.#o;
    const day = dayOf(this.cabinet.now());
    const right =
      platform === 'linux' ? makeSign('codeNumber', { timestamp: day, vmcNo: number }, code) : androidSign; // [field]
    const sign = this.#misbehaviours.has('wrongSign') ? wrongSign : right;
    return this.cabinet.bodiesOf('login', { attempt, day, sign, versions: this.cabinet.versions });
  }

  async #upgrade(dir: string, type: string | null, cause: Cause): Promise<void> {
    const { signal } = this.#power;
    const { fetch, platform } = this.#o;
    const { versions } = this.cabinet;
    const does = this.#misbehaviours;
    const { after, version, apply } = await upgradeOf({ platform, dir, type, fetch, signal, does, versions });
    if (signal.aborted || after === 'stays') return;
    if (after === 'vanishes') {
      this.#hasVanished = true;
      this.stop();
      return;
    }
    this.#program.whenInstallable(() => {
      apply();
      if (after === 'restarts') this.cabinet.log({ did: 'upgraded', version }, cause);
      // A linux machine that returns unchanged shows its restart only by silence.
      this.#restart({ cause, isQuick: after === 'restarts' });
    });
  }

  async #sendFile(
    dir: string,
    type: string,
    day: string | null,
    failed: Failed,
    cause: Cause,
  ): Promise<void> {
    const { signal } = this.#power;
    const { waitFor = (work) => work } = this.#o;
    const file = await waitFor(ownFile(this.cabinet, type, day, this.cabinet.now()));
    if (file === null) {
      failed('no such file');
      return;
    }
    try {
      await this.#o.post(dir, file, this.#o.number, signal);
      this.cabinet.log({ did: 'sentFile', type }, cause);
    } catch {
      if (!signal.aborted) failed('upload failed');
    }
  }

  #notify(message: JsonObject, failReason: string | null): void {
    const session = message['session_id'];
    if (this.#o.platform !== 'android' || (typeof session !== 'string' && typeof session !== 'number'))
      return;
    this.#notifier.send(String(session), failReason);
  }
}
