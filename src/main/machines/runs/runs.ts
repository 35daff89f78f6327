/**
 * All open runs. A step begins after the proof of the machine's previous step. Waves, pauses, hours and the
 * limit of failures hold machines back, but never a sent command. Nothing is sent twice: a step gives its
 * command once, and the queue does the rest. A persistent run continues in the next launch and lets offline
 * machines wait for their next login; all others end with Crema. No IO, no clock. Commands are given in
 * slices, so that answers to machines never wait.
 */
import { rowOf } from '#shared/commands/kit/rows';
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import {
  isKept,
  type LeftOut,
  type LineState,
  type Run,
  type RunCommand,
  type RunEnd,
  type RunMachine,
  type Waves,
} from '#shared/model/run';
import type { OwnText, RunStep } from '#shared/model/sequence';
import { isAway } from './gate';
import {
  explained,
  hasMore,
  isOpen,
  isUnsent,
  nextStep,
  noCounts,
  outcomeOf,
  outcomeOfRefusal,
  provedLate,
  seen,
  stopped,
  underWay,
  withStep,
} from './line';
import { RunProgress, type ProgressDeps } from './progress';

/** Commands per step. Answers to machines may have to wait for them. */
export const slice = 10;
/** Ended runs that still accept late proof. */
const endedKept = 20;

export interface RunsDeps extends ProgressDeps {
  /** The machine already has the result of this step. */
  readonly already: (vmcNo: number, step: RunStep) => AppError | null;
  readonly give: (what: Omit<RunCommand, 'given'>, line: number) => Command | AppError;
  /** `over`: all lines of a run that has ended. */
  readonly changed: (run: Run, lines: readonly RunMachine[], over: readonly number[]) => void;
}

export interface RunWish {
  readonly title: OwnText | null;
  readonly steps: readonly RunStep[];
  readonly machines: readonly number[];
  /** Also selected, but shown to the user as left out. */
  readonly leftOut: readonly (LeftOut & { readonly vmcNo: number })[];
  readonly waves: Waves;
  /** The user who starts it. */
  readonly by: string;
}

/** The last numbers used. */
export interface LastRunNumbers {
  readonly run: number;
  readonly runMachine: number;
}

export class Runs {
  readonly #deps: RunsDeps;
  readonly #open = new Map<number, RunProgress>();
  readonly #ended = new Map<number, RunProgress>();
  /** By command: the line that it was given for. */
  readonly #commands = new Map<number, { readonly run: number; readonly line: number }>();
  /** Commands that changed, the newest version of each. */
  readonly #news = new Map<number, Command>();
  #lastRun: number;
  #lastLine: number;

  constructor(deps: RunsDeps, last: LastRunNumbers = { run: 0, runMachine: 0 }) {
    this.#deps = deps;
    this.#lastRun = last.run;
    this.#lastLine = last.runMachine;
  }

  /** Open runs. */
  get open(): readonly Run[] {
    return [...this.#open.values()].map(({ run }) => run);
  }

  get openLines(): readonly RunMachine[] {
    return [...this.#open.values()].flatMap(({ lines }) => Array.from(lines.values()));
  }

  /** Machines that a run still has steps for. */
  get taken(): ReadonlySet<number> {
    const lines = [...this.#open.values()].flatMap(({ run, lines: mine }) =>
      [...mine.values()].filter((line) => hasMore(line, run.steps)),
    );
    return new Set(lines.map(({ vmcNo }) => vmcNo));
  }

  /** An open or recently ended run; `null`: unknown. */
  of(id: number): { readonly run: Run; readonly lines: readonly RunMachine[] } | null {
    const progress = this.#open.get(id) ?? this.#ended.get(id);
    return progress === undefined ? null : { run: progress.run, lines: [...progress.lines.values()] };
  }

  /** True if a run still works on the machine. */
  isIn(vmcNo: number): boolean {
    return [...this.#open.values()].some((progress) => {
      const line = progress.ofMachine(vmcNo);
      return line !== undefined && isOpen(line);
    });
  }

  /** Packages that machines are still to receive. */
  get wantedPackages(): ReadonlySet<string> {
    const open = [...this.#open.values()].filter(({ isFinished }) => !isFinished);
    return new Set(
      open.flatMap(({ run }) =>
        run.steps.flatMap((step) => {
          const id = step.do === 'command' ? step.input['packageId'] : null;
          return typeof id === 'string' ? id : [];
        }),
      ),
    );
  }

  /** The next call of `step` gives its first commands. Machines with steps left in another run are refused. */
  start({ title, steps, machines, leftOut, waves, by }: RunWish): Run {
    const now = this.#deps.now();
    const numbers = [...new Set(machines)];
    const others = new Map(leftOut.map(({ vmcNo, step, error }) => [vmcNo, { step, error }]));
    for (const vmcNo of numbers) others.delete(vmcNo);
    const { taken } = this;
    this.#lastRun += 1;
    const run: Run = {
      id: this.#lastRun,
      title,
      steps,
      waves,
      state: 'running',
      startedAt: now,
      by,
      endedAt: null,
      end: null,
      paused: null,
      waits: null,
      nextAt: null,
      wave: 0,
      first: waves.first === null ? null : 'awaited',
      machines: numbers.length + others.size,
      counts: { ...noCounts, waiting: numbers.length, leftOut: others.size },
    };
    const line = (vmcNo: number, state: LineState, why: LeftOut | null): RunMachine => {
      this.#lastLine += 1;
      const of = { id: this.#lastLine, run: run.id, vmcNo };
      return { ...of, state, since: now, wave: null, steps: [], leftOut: why };
    };
    const lines = [
      ...numbers.map((vmcNo) => line(vmcNo, 'waiting', null)),
      ...[...others].map(([vmcNo, why]) => line(vmcNo, 'leftOut', why)),
    ];
    const progress = new RunProgress(run, lines, this.#deps);
    this.#open.set(run.id, progress);
    for (const one of lines) {
      if (one.leftOut !== null || !taken.has(one.vmcNo)) continue;
      const error: AppError = { code: 'machineInRun', params: { vmcNo: one.vmcNo } };
      progress.endStep(withStep(one, 'running', now), 'refused', { error });
    }
    this.#settle(progress);
    progress.takeChange();
    this.#report(progress, [...progress.lines.values()]);
    return progress.run;
  }

  /**
   * Restores the open runs of an earlier launch. Persistent runs continue; the others have ended, and nothing
   * of them is sent again. `commands`: recorded commands of these runs, before they are judged further.
   * `isCopy`: another Crema may continue the runs too, so they wait for the user.
   */
  restore(
    runs: readonly Run[],
    lines: readonly RunMachine[],
    commands: readonly Command[],
    isCopy = false,
  ): void {
    const now = this.#deps.now();
    const known = new Map(commands.map((command) => [command.id, command]));
    const byLine = new Map(
      commands.flatMap((command) => (command.line === undefined ? [] : [[command.line, command]])),
    );
    for (const run of runs) {
      const mine = lines.filter((line) => line.run === run.id);
      const progress = new RunProgress(run, mine, this.#deps);
      const isOver = run.endedAt !== null;
      if (isCopy && isKept(run) && run.state === 'running') progress.pause('copied');
      (isOver ? this.#ended : this.#open).set(run.id, progress);
      for (const line of mine) {
        for (const { command } of line.steps)
          if (command !== null) this.#commands.set(command, { run: run.id, line: line.id });
        if (isOver || isKept(run)) this.#takeUp(progress, line, known, byLine.get(line.id));
        else if (isOpen(line)) progress.put(stopped(line, now));
      }
      if (!isOver && !isKept(run)) this.#end(progress, 'cremaClosed');
      this.#settle(progress);
      this.#publish(progress);
    }
  }

  /**
   * Applies the recorded results of its commands. A command that was given counts, even if only
   * one of the two records exists. `given`: the command given to it last.
   */
  #takeUp(
    progress: RunProgress,
    line: RunMachine,
    known: ReadonlyMap<number, Command>,
    given: Command | undefined,
  ): void {
    const isNew = given !== undefined && !this.#commands.has(given.id);
    if (isNew && isOpen(line) && underWay(line) === null) {
      const wave = Math.max(1, progress.run.wave);
      progress.change({ wave });
      this.#commands.set(given.id, { run: progress.run.id, line: line.id });
      progress.takeUp(withStep({ ...line, wave }, 'running', given.createdAt, { command: given.id }));
      return this.#judge(given);
    }
    for (const { command, outcome } of line.steps) {
      const then = command === null ? undefined : known.get(command);
      if (then !== undefined) this.#judge(then);
      else if (command !== null && outcome === null && isOpen(line)) progress.endStep(line, 'lost');
    }
  }

  /** Pauses or continues the run. When continuing, the user accepts an unproved first wave. */
  pause(id: number, isPaused: boolean): AppError | null {
    const progress = this.#open.get(id);
    if (progress === undefined || progress.run.state === 'stopping') return { code: 'runOver', params: {} };
    if (isPaused) {
      if (progress.run.state === 'running') progress.pause('byPerson');
    } else progress.resume();
    this.#publish(progress);
    return null;
  }

  /** Begins no further step, and cancels unsent commands. A second call also stops waiting for sent commands. */
  stop(id: number): AppError | null {
    const progress = this.#open.get(id);
    if (progress === undefined) return { code: 'runOver', params: {} };
    if (progress.run.state === 'stopping') progress.leave();
    else progress.stopping('byPerson');
    this.#settle(progress);
    this.#publish(progress);
    return null;
  }

  /** The user's answer to the question of a machine; no: the machine stops here. */
  answer(lineId: number, yes: boolean): AppError | null {
    const progress = [...this.#open.values()].find(({ lines }) => lines.has(lineId));
    const line = progress?.lines.get(lineId);
    if (progress === undefined || line?.state !== 'asking') return { code: 'runOver', params: {} };
    progress.endStep(line, yes ? 'yes' : 'no');
    this.#settle(progress);
    this.#publish(progress);
    return null;
  }

  /** Returns true if a run gave the command: the caller then runs `step`. */
  commandChanged(command: Command): boolean {
    if (!this.#commands.has(command.id)) return false;
    this.#news.set(command.id, command);
    return true;
  }

  /** The clock was set by `ms`. Pauses keep their duration. */
  clockSet(ms: number): void {
    for (const progress of this.#open.values()) progress.clockSet(ms);
  }

  /** Applies changes and the time, and gives some commands. Returns true if more can be given at once. */
  step(): boolean {
    const news = [...this.#news.values()];
    this.#news.clear();
    for (const command of news) {
      this.#judge(command);
      this.#hold(command);
    }
    let left = slice;
    for (const progress of this.#open.values()) {
      progress.pass();
      left -= this.#give(progress, left);
      this.#settle(progress);
      this.#publish(progress);
    }
    return [...this.#open.values()].some(({ isDue }) => isDue);
  }

  #judge(command: Command): void {
    const place = this.#commands.get(command.id);
    if (place === undefined) return;
    const progress = this.#open.get(place.run) ?? this.#ended.get(place.run);
    const line = progress?.lines.get(place.line);
    if (progress === undefined || line === undefined) return;
    const step = underWay(line);
    if (step === null || step.command !== command.id) {
      if (command.state === 'confirmed') progress.put(provedLate(line, progress.run.steps, command));
      if (command.state === 'failed' || command.state === 'expired') progress.put(explained(line, command));
      progress.checkFirst();
      return this.#publish(progress);
    }
    if (isKept(progress.run) && isUnsent(command) && progress.run.state !== 'stopping') {
      this.#commands.delete(command.id);
      return progress.sendBack(line);
    }
    const outcome = outcomeOf(command, progress.run.steps[line.steps.length - 1]);
    const next = seen(line, command);
    if (outcome === null) progress.put(next);
    else progress.endStep(next, outcome);
  }

  /** This failure would affect every machine of the run. */
  #hold(command: Command): void {
    const run = this.#commands.get(command.id)?.run;
    const progress = run === undefined ? undefined : this.#open.get(run);
    if (progress?.run.state !== 'running' || !progress.isLeft) return;
    if (rowOf(command.name).holdsOthers(command)) progress.pause('notServed');
  }

  /** Begins steps. Returns the number of commands given. */
  #give(progress: RunProgress, most: number): number {
    let given = 0;
    if (progress.isShut) return 0;
    // A step that ends at once leads to the next.
    for (const id of progress.ready) {
      if (given >= most || progress.run.state !== 'running') break;
      progress.ready.delete(id);
      const line = progress.lines.get(id);
      if (line === undefined) continue;
      if (this.#begin(progress, line)) given += 1;
    }
    return given;
  }

  /** Returns true if a command was given. */
  #begin(progress: RunProgress, before: RunMachine): boolean {
    const now = this.#deps.now();
    const line = { ...before, wave: before.wave ?? progress.run.wave };
    const step = nextStep(line, progress.run.steps);
    if (step === undefined) return false;
    if (step.do === 'ask') progress.put(withStep(line, 'asking', now));
    if (step.do === 'wait')
      progress.put(withStep(line, 'running', now, { until: now + step.seconds * 1_000 }));
    if (step.do !== 'command') return false;
    const { name, input } = step;
    const there = isKept(progress.run) ? this.#deps.already(line.vmcNo, step) : null;
    if (there !== null) progress.leaveOut(before, there);
    // The machine was online when its wave began.
    else if (isAway(progress.run, before, this.#deps)) progress.sendBack(before);
    if (progress.lines.get(line.id) !== before || !progress.active.has(line.id)) return false;
    const given = this.#deps.give({ run: progress.run.id, vmcNo: line.vmcNo, name, input }, line.id);
    if ('code' in given) {
      if (isKept(progress.run) && given.code === 'updatesOff') progress.sendBack(before);
      else progress.endStep(withStep(line, 'running', now), outcomeOfRefusal(given, step), { error: given });
      return true;
    }
    this.#commands.set(given.id, { run: progress.run.id, line: line.id });
    progress.put(withStep(line, 'running', now, { command: given.id }));
    this.#judge(given);
    return true;
  }

  /** Ends the run if all its machines have ended. */
  #settle(progress: RunProgress): void {
    if (progress.run.state === 'ended' || !progress.isFinished) return;
    progress.checkFirst();
    this.#end(progress, progress.run.end ?? 'finished');
  }

  #end(progress: RunProgress, end: RunEnd): void {
    const { id } = progress.run;
    progress.end(end);
    this.#open.delete(id);
    this.#ended.set(id, progress);
    for (const oldest of [...this.#ended.keys()].slice(0, -endedKept)) {
      this.#ended.delete(oldest);
      for (const [command, { run }] of this.#commands) if (run === oldest) this.#commands.delete(command);
    }
  }

  #publish(progress: RunProgress): void {
    const lines = progress.takeChange();
    if (lines !== null) this.#report(progress, lines);
  }

  #report({ run, lines: all }: RunProgress, lines: readonly RunMachine[]): void {
    this.#deps.changed(run, lines, run.state === 'ended' ? [...all.keys()] : []);
  }
}
