/** Many machines in one process: staggered start, misbehaviours for one or all, counters. */
import type { Answering, Misbehaviour } from '#shared/model/simulator';
import { systemClock, Timers, type Clock } from './clock';
import { tcpDial, type Dial } from './transport';
import type { Counters } from './link';
import { Machine } from './machine';
import type { FleetOptions } from './options';
import { Random } from './random';
import { fetchPlain, postFile } from './web';

/** ms between two machines' first connections: 1,000 machines connect in 4 s, so no listen backlog overflows. */
const stagger = 4;
/** Machines that stop together, and ms until the next group: the server and the window need time for other work in between. */
export const stoppedTogether = 100;
const stopPause = 25;

export interface FleetEnvironment {
  readonly clock: Clock;
  readonly dial: Dial;
  /** False: only requested events happen. */
  readonly lives: boolean;
  /** Called when a machine connects or disconnects, when misbehaviours change, and when all machines are stopped. */
  readonly onChange: () => void;
}

export class Fleet {
  readonly counters: Counters = { sent: 0, received: 0, lost: 0 };
  readonly #options: FleetOptions;
  readonly #environment: FleetEnvironment;
  readonly #timers: Timers;
  readonly #random: Random;
  readonly #machines: Machine[] = [];
  /** The second machine with the same number, while `duplicateNumber` is on. */
  readonly #duplicates = new Map<number, Machine>();
  readonly #ports = new Map<Machine, number>();
  readonly #misbehavioursOfAll = new Set<Misbehaviour>();
  #notifyBase: string | null;

  constructor(options: FleetOptions, environment: Partial<FleetEnvironment> = {}) {
    this.#options = options;
    this.#environment = {
      clock: environment.clock ?? systemClock,
      dial: environment.dial ?? tcpDial(options.host, options.port),
      lives: environment.lives ?? true,
      onChange: environment.onChange ?? (() => {}),
    };
    this.#timers = new Timers(this.#environment.clock);
    this.#random = new Random(options.seed);
    this.#notifyBase = options.notifyBase;
    for (let index = 0; index < options.count; index += 1) this.#addMachine(index);
  }

  get running(): number {
    return this.#machines.length;
  }

  /** Machines with an open connection. */
  get connected(): number {
    let connected = 0;
    for (const machine of this.#machines) if (this.#ports.has(machine)) connected += 1;
    return connected;
  }

  get machines(): readonly Machine[] {
    return this.#machines;
  }

  /** Misbehaviours active on all machines. */
  get misbehaviours(): readonly Misbehaviour[] {
    return [...this.#misbehavioursOfAll];
  }

  /** Local ports of all open connections with the machine's number; a duplicated number has two. */
  get ports(): readonly (readonly [port: number, vmcNo: number])[] {
    return [...this.#ports].map(([machine, port]) => [port, machine.number] as const);
  }

  /** For one machine, or (`null`) for all. */
  setMisbehaviour(vmcNo: number | null, misbehaviour: Misbehaviour, on: boolean): void {
    if (vmcNo === null) {
      if (on) this.#misbehavioursOfAll.add(misbehaviour);
      else this.#misbehavioursOfAll.delete(misbehaviour);
    }
    for (const machine of this.#machines) {
      if (vmcNo === null || machine.number === vmcNo) this.#setMisbehaviourOf(machine, misbehaviour, on);
    }
    this.#environment.onChange();
  }

  /** How one machine answers commands. */
  setAnswering(vmcNo: number, answering: Answering): void {
    for (const machine of this.#machines) if (machine.number === vmcNo) machine.answering = answering;
  }

  /** The address to which all machines report accepted commands from now on; `null`: none. */
  setNotifyBase(base: string | null): void {
    this.#notifyBase = base;
    for (const machine of [...this.#machines, ...this.#duplicates.values()]) machine.notifyBase = base;
  }

  async stop(): Promise<void> {
    const { clock, onChange } = this.#environment;
    this.#timers.cancelAll();
    for (;;) {
      for (const machine of this.#machines.splice(0, stoppedTogether)) {
        this.#setDuplicate(machine, false);
        machine.stop();
      }
      onChange();
      if (this.#machines.length === 0) return;
      await new Promise<void>((resolve) => void clock.after(stopPause, resolve));
    }
  }

  #addMachine(index: number): void {
    const machine = this.#createMachine(index, this.#random.fork(index));
    this.#machines.push(machine);
    this.#timers.after(index * stagger, () => machine.start());
  }

  #createMachine(index: number, random: Random): Machine {
    const { platform, first, head, code, pace, rareSpelling, answering } = this.#options;
    const machine: Machine = new Machine({
      number: first + index,
      platform: platform === 'mixed' ? (index % 2 === 0 ? 'linux' : 'android') : platform,
      head,
      code,
      random,
      pace,
      clock: this.#environment.clock,
      dial: this.#environment.dial,
      counters: this.counters,
      notifyBase: this.#notifyBase,
      rareSpelling,
      answering,
      fetch: fetchPlain,
      post: postFile,
      lives: this.#environment.lives,
      onPort: (port) => {
        if (port === null) this.#ports.delete(machine);
        else this.#ports.set(machine, port);
        this.#environment.onChange();
      },
    });
    return machine;
  }

  #setMisbehaviourOf(machine: Machine, misbehaviour: Misbehaviour, on: boolean): void {
    machine.setMisbehaviour(misbehaviour, on);
    if (misbehaviour === 'duplicateNumber') this.#setDuplicate(machine, on);
  }

  #setDuplicate(machine: Machine, on: boolean): void {
    const duplicate = this.#duplicates.get(machine.number);
    if (!on) {
      this.#duplicates.delete(machine.number);
      duplicate?.stop();
    } else if (duplicate === undefined) {
      const index = machine.number - this.#options.first;
      const second = this.#createMachine(index, this.#random.fork(`double ${index}`));
      this.#duplicates.set(machine.number, second);
      second.start();
    }
  }
}
