/** Runs as conversations, over commands whose outcome the test sets. Times are s. */
import { expect } from 'vitest';
import type { AppError } from '#shared/contract/errors';
import type { Command, CommandState } from '#shared/model/command';
import {
  together,
  type LeftOut,
  type LineState,
  type Run,
  type RunMachine,
  type StepOutcome,
  type Waves,
} from '#shared/model/run';
import type { RunStep, OwnText } from '#shared/model/sequence';
import { Runs, type RunsDeps } from '../../src/main/machines/runs/runs';
import { queuedCommand } from '../../src/main/machines/commands/judge';

/** The data that a launch of Crema leaves, however it ends. */
export interface RunsOnRecord {
  readonly runs: readonly Run[];
  readonly lines: readonly RunMachine[];
  readonly commands: readonly Command[];
  readonly now: number;
}

export class Running {
  now = 1_000_000;
  readonly runs: Runs;
  readonly given: Command[] = [];
  readonly takenBack: number[] = [];
  /** Machines that refuse every command. */
  readonly refusing = new Map<number, AppError>();
  readonly offline = new Set<number>();
  /** Machines whose version is known only after the next login. */
  readonly unsettled = new Set<number>();
  /** Machines that already have the result. */
  readonly there = new Map<number, AppError>();
  hindered: 'disk' | 'updatesOff' | null = null;
  /** ms that the computer's clock is ahead of UTC. */
  localOffset: (at: number) => number = () => 0;
  /** The latest version of each run. */
  readonly told = new Map<number, Run>();
  readonly lines = new Map<number, RunMachine>();
  /** Machines of runs that windows show. */
  readonly shown = new Set<number>();
  readonly #byId = new Map<number, RunMachine>();
  #asserted = 0;

  constructor(last = { run: 0, runMachine: 0 }) {
    const deps: RunsDeps = {
      now: () => this.now,
      localOffset: (at) => this.localOffset(at),
      isOnline: (vmcNo) => !this.offline.has(vmcNo),
      hindered: () => this.hindered,
      already: (vmcNo) => this.there.get(vmcNo) ?? null,
      awaitsLogin: (vmcNo) => this.unsettled.has(vmcNo),
      give: ({ vmcNo, name, input }, line) => {
        const refusal = this.refusing.get(vmcNo);
        if (refusal !== undefined) return refusal;
        const id = this.given.length + 1;
        const command = queuedCommand({ id, vmcNo, name, input, line, sessionId: `s${id}` }, this.now);
        const sent: Command = { ...command, state: 'sent', sentAt: this.now, platform: 'linux' };
        this.given.push(sent);
        return sent;
      },
      cancel: (id) => void this.takenBack.push(id),
      changed: (run, lines, over) => {
        this.told.set(run.id, run);
        for (const line of lines) this.#learn(line);
        for (const { id } of lines) this.shown.add(id);
        for (const id of over) this.shown.delete(id);
      },
    };
    this.runs = new Runs(deps, last);
  }

  /** Records: the latest version of each run, machine and command. */
  get record(): RunsOnRecord {
    const runs = [...this.told.values()];
    return { runs, lines: [...this.#byId.values()], commands: [...this.given], now: this.now };
  }

  /** The next launch of Crema, with the records of an earlier one. `changed`: commands that it may still have given. */
  static after({ runs, lines, commands, now }: RunsOnRecord, isCopy = false): Running {
    const last = { run: 0, runMachine: 0 };
    for (const { id } of runs) last.run = Math.max(last.run, id);
    for (const { id } of lines) last.runMachine = Math.max(last.runMachine, id);
    const book = new Running(last);
    book.now = now;
    book.given.push(...commands);
    book.#asserted = commands.length;
    for (const run of runs) book.told.set(run.id, run);
    for (const line of lines) book.#learn(line);
    book.runs.restore(runs, lines, commands, isCopy);
    return book.goesOn();
  }

  starts(
    steps: readonly RunStep[],
    machines: readonly number[],
    waves: Partial<Waves> = {},
    title: OwnText | null = null,
    leftOut: readonly (LeftOut & { readonly vmcNo: number })[] = [],
  ): this {
    this.runs.start({ title, steps, machines, leftOut, waves: { ...together, ...waves }, by: 'Li' });
    return this.goesOn();
  }

  #learn(line: RunMachine): void {
    this.lines.set(line.vmcNo, line);
    this.#byId.set(line.id, line);
  }

  /** Starts everything that may begin now. */
  goesOn(): this {
    while (this.runs.step());
    return this;
  }

  after(seconds: number): this {
    this.now += seconds * 1_000;
    return this.goesOn();
  }

  /** The clock of this computer changes. */
  setsClock(seconds: number): this {
    this.now += seconds * 1_000;
    this.runs.clockSet(seconds * 1_000);
    return this;
  }

  /** Exactly these machines received a command since the last call. */
  gives(...machines: readonly number[]): this {
    expect(this.given.slice(this.#asserted).map(({ vmcNo }) => vmcNo)).toEqual(machines);
    this.#asserted = this.given.length;
    return this;
  }

  /** The newest command of the machine is in this state now. */
  becomes(
    vmcNo: number,
    state: CommandState,
    what: Command['steps'][number]['what'] = 'noProof',
    over: Partial<Command> = {},
  ): this {
    const place = this.given.findLastIndex((command) => command.vmcNo === vmcNo);
    const command = this.given[place];
    if (command === undefined) throw new Error(`nothing was given to ${vmcNo}`);
    const steps = [...command.steps, { what, at: this.now, entry: 77, params: {} }];
    const next: Command = { ...command, state, steps, endedAt: this.now, ...over };
    this.given[place] = next;
    expect(this.runs.commandChanged(next)).toBe(true);
    return this.goesOn();
  }

  /** The machine of the run, and the outcome of its steps. */
  shows(vmcNo: number, state: LineState, ...outcomes: readonly (StepOutcome | null)[]): this {
    const line = this.lines.get(vmcNo);
    expect([line?.state, line?.steps.map(({ outcome }) => outcome)]).toEqual([state, outcomes]);
    return this;
  }

  line(vmcNo: number): RunMachine {
    const line = this.lines.get(vmcNo);
    if (line === undefined) throw new Error(`${vmcNo} is in no run`);
    return line;
  }

  run(id = 1): Run {
    const run = this.told.get(id);
    if (run === undefined) throw new Error(`no run ${id}`);
    // Invariant: the counters equal the sums over the machines.
    const mine = [...this.#byId.values()].filter((line) => line.run === id);
    for (const [state, count] of Object.entries(run.counts))
      expect([state, mine.filter((line) => line.state === state).length]).toEqual([state, count]);
    return run;
  }
}
