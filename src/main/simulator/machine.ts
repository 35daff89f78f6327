/** One virtual machine: link, cabinet, shop and life put together. */
import type { Head, JsonObject } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';
import type { Misbehaviour } from '#shared/model/simulator';
import { makeSign } from '../protocol/sign';
import { Cabinet } from './cabinet';
import { dayOf, Timers, type Clock } from './clock';
import { obey, type Servant } from './commands';
import { Life } from './life';
import { Link, type Counters, type LinkStatus } from './link';
import type { Dial } from './line';
import { profiles } from './profile';
import type { Random } from './random';
import { Shop } from './shop';
import { Notifier, upgradeByXml, upgradeByZip } from './web';

export interface MachineOptions {
  readonly number: number;
  readonly platform: Platform;
  /** `null`: the platform's own. */
  readonly head: Head | null;
  /** 8 characters, typed into the machine by hand [doc]. */
  readonly code: string;
  /** This machine's own; a fork of the fleet's. */
  readonly random: Random;
  /** 1 = calm, every 10 to 60 s; 10 = ten times as fast. */
  readonly pace: number;
  readonly clock: Clock;
  readonly dial: Dial;
  readonly counters: Counters;
  /** Where android reports finished commands, such as `http://127.0.0.1:80`; `null`: nowhere. */
  readonly notifyBase: string | null;
  readonly doorCommand: 'opendoor' | 'door open';
  readonly onPort: (port: number | null) => void;
}

/** A constant on android, whatever the code [field]. */
const androidSign = '5d41402abc4b2a76b9719d911017c592';
const wrongSign = 'f'.repeat(32);

export class Machine {
  readonly #o: MachineOptions;
  readonly #faults = new Set<Misbehaviour>();
  readonly #link: Link;
  readonly #cabinet: Cabinet;
  readonly #shop: Shop;
  readonly #life: Life;
  readonly #notifier: Notifier;
  readonly #servant: Servant;
  /** Of booting, which a restart does not interrupt. */
  readonly #timers: Timers;
  readonly #chance: Random;
  /** Ended with the power: downloads. */
  #power = new AbortController();
  /** What waits for the machine to be up again. */
  #atBoot: (() => void)[] = [];

  constructor(options: MachineOptions) {
    this.#o = options;
    const { number, random, clock, pace, code } = options;
    const profile = profiles[options.platform];
    this.#timers = new Timers(clock);
    this.#chance = random.fork('machine');
    this.#cabinet = new Cabinet({
      number,
      profile,
      clock,
      pace,
      random: random.fork('cabinet'),
      send: (body) => this.#link.send(body),
      listens: () => !this.#faults.has('neverAcknowledged'),
    });
    this.#shop = new Shop(this.#cabinet);
    this.#life = new Life(this.#cabinet, this.#shop, random.fork('life'));
    this.#notifier = new Notifier({
      number,
      code,
      clock,
      base: options.notifyBase,
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
      faults: this.#faults,
      counters: options.counters,
      login: (attempt) => this.#login(attempt),
      onReady: () => this.#cabinet.connected(),
      onMessage: (cmd, message) => obey(this.#servant, cmd, message),
      onPort: options.onPort,
    });
    this.#servant = {
      cabinet: this.#cabinet,
      shop: this.#shop,
      doorCommand: options.doorCommand,
      reboot: (then) => void this.#cabinet.soon(1_000, () => this.#restart(then)),
      upgrade: (message) => void this.#upgrade(message),
      rinsingCode: () => this.#chance.hex(16),
      finished: (message, failReason) => this.#finished(message, failReason),
    };
  }

  get number(): number {
    return this.#o.number;
  }
  get status(): LinkStatus {
    return this.#link.status;
  }
  get faults(): ReadonlySet<Misbehaviour> {
    return this.#faults;
  }
  /** For tests and shows: makes something happen now. */
  get cabinet(): Cabinet {
    return this.#cabinet;
  }
  get shop(): Shop {
    return this.#shop;
  }

  /** Power on. */
  start(): void {
    this.#cabinet.powerOn();
    this.#link.boot();
    this.#life.next();
    for (const then of this.#atBoot.splice(0)) then();
  }

  /** Power off; `start` brings it back. */
  stop(): void {
    this.#timers.cancelAll();
    this.#powerOff();
    this.#cabinet.records.stop();
    this.#notifier.stop();
    this.#atBoot = [];
  }

  setFault(fault: Misbehaviour, on: boolean): void {
    if (this.#faults.has(fault) === on) return;
    if (on) this.#faults.add(fault);
    else this.#faults.delete(fault);
    this.#link.faultSwitched(fault, on);
  }

  #powerOff(): void {
    this.#power.abort();
    this.#power = new AbortController();
    this.#shop.powerOff();
    this.#cabinet.powerOff();
    this.#link.off();
  }

  #restart(then: () => void): void {
    this.#atBoot.push(then);
    this.#powerOff();
    this.#timers.after(this.#chance.int(3_000, 8_000) / this.#o.pace, () => this.start());
  }

  #login(attempt: number): JsonObject {
    const { number, platform, code, clock } = this.#o;
    const { versions } = this.#cabinet;
    const wrong = this.#faults.has('wrongSign');
    const timestamp = dayOf(clock.now());
    const head = { cmd: 'login', vmc_no: number, timestamp: Number(timestamp) };
    if (platform === 'linux') {
      return {
        ...head,
        sign: wrong ? wrongSign : makeSign('codeNumber', { timestamp, vmcNo: number }, code), // [field]
        version: versions.program,
        linuxDriverVersion: versions.driver,
      };
    }
    return {
      ...head,
      sign: wrong ? wrongSign : androidSign,
      version: versions.program,
      io_version: versions.io,
      login_count: attempt,
      comp_id: '1001',
      vmc_model: versions.model,
      brewer_version: versions.brewer,
      cup_version: versions.cup,
    };
  }

  async #upgrade(message: JsonObject): Promise<void> {
    const { signal } = this.#power;
    const { versions } = this.#cabinet;
    const dir = typeof message['dir'] === 'string' ? message['dir'] : '';
    const type = typeof message['type'] === 'string' ? message['type'] : null;
    try {
      if (this.#o.platform === 'linux') versions.program = await upgradeByXml(dir, signal);
      else {
        const version = await upgradeByZip(dir, signal);
        if (version !== null && type === 'app') versions.program = version;
        if (version !== null && type === 'io') versions.io = version;
      }
    } catch {
      if (!signal.aborted) this.#finished(message, 'download failed');
      return;
    }
    if (signal.aborted) return;
    // Without a type it was a screen saver picture [field]: no reason to restart.
    if (this.#o.platform === 'android' && type === null) this.#finished(message, null);
    else this.#restart(() => this.#finished(message, null));
  }

  #finished(message: JsonObject, failReason: string | null): void {
    const session = message['session_id'];
    if (this.#o.platform !== 'android' || (typeof session !== 'string' && typeof session !== 'number'))
      return;
    this.#notifier.finished(String(session), failReason);
  }
}
