/** Many machines in one process: staggered start, faults for one or all, counters. */
import type { Misbehaviour } from '#shared/model/simulator';
import { systemClock, Timers, type Clock } from './clock';
import { tcpDial, type Dial } from './line';
import type { Counters } from './link';
import { Machine } from './machine';
import type { FleetOptions } from './options';
import { Random } from './random';

/** Between two machines' first connections, ms: a thousand come within four seconds, no listener's queue overflows. */
const stagger = 4;

export interface FleetSurroundings {
  readonly clock: Clock;
  readonly dial: Dial;
  /** A machine connected, disconnected, came or went. */
  readonly onChange: () => void;
}

export class Fleet {
  readonly counters: Counters = { sent: 0, received: 0, lost: 0 };
  readonly #options: FleetOptions;
  readonly #around: FleetSurroundings;
  readonly #timers: Timers;
  readonly #random: Random;
  readonly #machines: Machine[] = [];
  /** The second machine with a number, while that is on. */
  readonly #doubles = new Map<number, Machine>();
  readonly #ports = new Map<Machine, number>();
  readonly #faultsOfAll = new Set<Misbehaviour>();

  constructor(options: FleetOptions, around: Partial<FleetSurroundings> = {}) {
    this.#options = options;
    this.#around = {
      clock: around.clock ?? systemClock,
      dial: around.dial ?? tcpDial(options.host, options.port),
      onChange: around.onChange ?? (() => {}),
    };
    this.#timers = new Timers(this.#around.clock);
    this.#random = new Random(options.seed);
    this.setCount(options.count);
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

  /** Misbehaviours that are on for all machines. */
  get faults(): readonly Misbehaviour[] {
    return [...this.#faultsOfAll];
  }

  /** Local ports of all open connections with the machine's number; a doubled number has two. */
  get ports(): readonly (readonly [port: number, vmcNo: number])[] {
    return [...this.#ports].map(([machine, port]) => [port, machine.number] as const);
  }

  /** Machines come and go at the end of the row. */
  setCount(count: number): void {
    const before = this.#machines.length;
    for (const machine of this.#machines.splice(count)) this.#dismiss(machine);
    for (let index = before; index < count; index += 1) this.#hire(index, (index - before) * stagger);
    this.#around.onChange();
  }

  /** For one machine, or for all there are and will be. */
  setFault(vmcNo: number | null, fault: Misbehaviour, on: boolean): void {
    if (vmcNo === null) {
      if (on) this.#faultsOfAll.add(fault);
      else this.#faultsOfAll.delete(fault);
    }
    for (const machine of this.#machines) {
      if (vmcNo === null || machine.number === vmcNo) this.#switch(machine, fault, on);
    }
    this.#around.onChange();
  }

  stop(): void {
    this.setCount(0);
    this.#timers.cancelAll();
  }

  #hire(index: number, delay: number): void {
    const machine = this.#make(index, this.#random.fork(index));
    this.#machines.push(machine);
    for (const fault of this.#faultsOfAll) this.#switch(machine, fault, true);
    this.#timers.after(delay, () => {
      if (this.#machines.includes(machine)) machine.start();
    });
  }

  #make(index: number, random: Random): Machine {
    const { platform, first, head, code, pace, notifyBase, doorCommand } = this.#options;
    const machine: Machine = new Machine({
      number: first + index,
      platform: platform === 'mixed' ? (index % 2 === 0 ? 'linux' : 'android') : platform,
      head,
      code,
      random,
      pace,
      clock: this.#around.clock,
      dial: this.#around.dial,
      counters: this.counters,
      notifyBase,
      doorCommand,
      onPort: (port) => {
        if (port === null) this.#ports.delete(machine);
        else this.#ports.set(machine, port);
        this.#around.onChange();
      },
    });
    return machine;
  }

  #switch(machine: Machine, fault: Misbehaviour, on: boolean): void {
    machine.setFault(fault, on);
    if (fault === 'duplicateNumber') this.#double(machine, on);
  }

  #double(machine: Machine, on: boolean): void {
    const double = this.#doubles.get(machine.number);
    if (!on) {
      this.#doubles.delete(machine.number);
      double?.stop();
    } else if (double === undefined) {
      const index = machine.number - this.#options.first;
      const second = this.#make(index, this.#random.fork(`double ${index}`));
      this.#doubles.set(machine.number, second);
      second.start();
    }
  }

  #dismiss(machine: Machine): void {
    this.#double(machine, false);
    machine.stop();
  }
}
