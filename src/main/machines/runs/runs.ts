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
import { isKept, type Run, type RunCommand, type RunEnd, type RunMachine } from '#shared/model/run';
import { inputFor, type RunStep } from '#shared/model/sequence';
import { isAway } from './gate';
import { KnownRuns } from './known';
import {
  explained,
  isOpen,
  isUnsent,
  nextStep,
  outcomeOf,
  outcomeOfRefusal,
  provedLate,
  seen,
  stopped,
  underWay,
  withStep,
} from './line';
import { newRun, type LastRunNumbers, type RunWish } from './newRun';
import { RunProgress, type ProgressDeps } from './progress';

/** Commands per step. Answers to machines may have to wait for them. */
export const slice = 10;

export interface RunsDeps extends ProgressDeps {
  /** The machine already has the result of this step. */
  readonly already: (vmcNo: number, step: RunStep) => AppError | null;
  readonly give: (what: Omit<RunCommand, 'given'>, line: number) => Command | AppError;
  /** `over`: all lines of a run that has ended. */
  readonly changed: (run: Run, lines: readonly RunMachine[], over: readonly number[]) => void;
}

export class Runs {
  readonly #deps: RunsDeps;
  readonly known = new KnownRuns();
  /** Commands that changed, the newest version of each. */
  readonly #news = new Map<number, Command>();
  #lastRun: number;
  #lastLine: number;

  constructor(deps: RunsDeps, last: LastRunNumbers = { run: 0, runMachine: 0 }) {
    this.#deps = deps;
    this.#lastRun = last.run;
    this.#lastLine = last.runMachine;
  }

  get last(): LastRunNumbers {
    return { run: this.#lastRun, runMachine: this.#lastLine };
  }

  /** The next call of `step` gives its first commands. Machines with steps left in another run are refused. */
  start(wish: RunWish): Run {
    const now = this.#deps.now();
    const { taken } = this.known;
    const { run, lines } = newRun(wish, now, { run: this.#lastRun, runMachine: this.#lastLine });
    this.#lastRun = run.id;
    this.#lastLine += lines.length;
    const progress = new RunProgress(run, lines, this.#deps);
    this.known.add(progress);
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
    const recorded = new Map(commands.map((command) => [command.id, command]));
    const byLine = new Map(
      commands.flatMap((command) => (command.line === undefined ? [] : [[command.line, command]])),
    );
    for (const run of runs) {
      const mine = lines.filter((line) => line.run === run.id);
      const progress = new RunProgress(run, mine, this.#deps);
      const isOver = run.endedAt !== null;
      if (isCopy && isKept(run) && run.state === 'running') progress.pause('copied');
      this.known.add(progress);
      for (const line of mine) {
        for (const { command } of line.steps) if (command !== null) this.known.gave(command, line);
        if (isOver || isKept(run)) this.#takeUp(progress, line, recorded, byLine.get(line.id));
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
    recorded: ReadonlyMap<number, Command>,
    given: Command | undefined,
  ): void {
    const isNew = given !== undefined && this.known.placeOf(given.id) === null;
    if (isNew && isOpen(line) && underWay(line) === null) {
      const wave = Math.max(1, progress.run.wave);
      progress.change({ wave });
      this.known.gave(given.id, line);
      progress.takeUp(withStep({ ...line, wave }, 'running', given.createdAt, { command: given.id }));
      return this.#judge(given);
    }
    for (const { command, outcome } of line.steps) {
      const then = command === null ? undefined : recorded.get(command);
      if (then !== undefined) this.#judge(then);
      else if (command !== null && outcome === null && isOpen(line)) progress.endStep(line, 'lost');
    }
  }

  /** Pauses or continues the run. When continuing, the user accepts an unproved first wave. */
  pause(id: number, isPaused: boolean): AppError | null {
    const progress = this.known.openRun(id);
    if (progress === undefined || progress.run.state === 'stopping') return { code: 'runOver', params: {} };
    if (isPaused) {
      if (progress.run.state === 'running') progress.pause('byPerson');
    } else progress.resume();
    this.#publish(progress);
    return null;
  }

  /** Begins no further step, and cancels unsent commands. A second call also stops waiting for sent commands. */
  stop(id: number): AppError | null {
    const progress = this.known.openRun(id);
    if (progress === undefined) return { code: 'runOver', params: {} };
    if (progress.run.state === 'stopping') progress.leave();
    else progress.stopping('byPerson');
    this.#settle(progress);
    this.#publish(progress);
    return null;
  }

  /** The user's answer to the question of a machine; no: the machine stops here. */
  answer(lineId: number, yes: boolean): AppError | null {
    const place = this.known.openLine(lineId);
    if (place?.line.state !== 'asking') return { code: 'runOver', params: {} };
    const { progress, line } = place;
    progress.endStep(line, yes ? 'yes' : 'no');
    this.#settle(progress);
    this.#publish(progress);
    return null;
  }

  /** Returns true if a run gave the command: the caller then runs `step`. */
  commandChanged(command: Command): boolean {
    if (this.known.placeOf(command.id) === null) return false;
    this.#news.set(command.id, command);
    return true;
  }

  /** The clock was set by `ms`. Pauses keep their duration. */
  clockSet(ms: number): void {
    for (const progress of this.known.inProgress) progress.clockSet(ms);
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
    for (const progress of this.known.inProgress) {
      progress.pass();
      left -= this.#give(progress, left);
      this.#settle(progress);
      this.#publish(progress);
    }
    return this.known.inProgress.some(({ isDue }) => isDue);
  }

  #judge(command: Command): void {
    const place = this.known.placeOf(command.id);
    if (place === null) return;
    const { progress, line } = place;
    const step = underWay(line);
    if (step === null || step.command !== command.id) {
      if (command.state === 'confirmed') progress.put(provedLate(line, progress.run.steps, command));
      if (command.state === 'failed' || command.state === 'expired') progress.put(explained(line, command));
      progress.checkFirst();
      return this.#publish(progress);
    }
    if (isKept(progress.run) && isUnsent(command) && progress.run.state !== 'stopping') {
      this.known.sentBack(command.id);
      return progress.sendBack(line);
    }
    const outcome = outcomeOf(command, progress.run.steps[line.steps.length - 1]);
    const next = seen(line, command);
    if (outcome === null) progress.put(next);
    else progress.endStep(next, outcome);
  }

  /** This failure would affect every machine of the run. */
  #hold(command: Command): void {
    const progress = this.known.placeOf(command.id)?.progress;
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
    const input = inputFor(step, line.vmcNo);
    if (input === null) {
      const error: AppError = { code: 'noInputForMachine', params: { vmcNo: line.vmcNo } };
      progress.endStep(withStep(line, 'running', now), 'refused', { error });
      return false;
    }
    const there = isKept(progress.run) ? this.#deps.already(line.vmcNo, step) : null;
    if (there !== null) progress.leaveOut(before, there);
    // The machine was online when its wave began.
    else if (isAway(progress.run, before, this.#deps)) progress.sendBack(before);
    if (progress.lines.get(line.id) !== before || !progress.active.has(line.id)) return false;
    const given = this.#deps.give(
      { run: progress.run.id, vmcNo: line.vmcNo, name: step.name, input },
      line.id,
    );
    if ('code' in given) {
      if (isKept(progress.run) && given.code === 'updatesOff') progress.sendBack(before);
      else progress.endStep(withStep(line, 'running', now), outcomeOfRefusal(given, step), { error: given });
      return true;
    }
    this.known.gave(given.id, line);
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
    progress.end(end);
    this.known.close(progress);
  }

  #publish(progress: RunProgress): void {
    const lines = progress.takeChange();
    if (lines !== null) this.#report(progress, lines);
  }

  #report({ run, lines: all }: RunProgress, lines: readonly RunMachine[]): void {
    this.#deps.changed(run, lines, run.state === 'ended' ? [...all.keys()] : []);
  }
}
