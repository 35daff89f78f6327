/**
 * All runs that go on. A step begins on the proof of the last one of its machine; waves, pauses, hours and the end after some failures hold
 * machines back, never a command that was sent. Nothing is ever sent twice: a step gives its command once, and what becomes of it is the queue's.
 * One that is kept goes on in the next run of Crema, and lets machines that are offline wait for their next login; all others end with Crema.
 * No IO, no clock; commands are given in slices, so that answers to machines wait for none of it.
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
  type RunLine,
  type Waves,
} from '#shared/model/run';
import type { RunStep, Said } from '#shared/model/sequence';
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

/** Commands given in one step, which machines' answers may have to wait for. */
export const slice = 10;
/** Runs that have ended and are still told of late proof. */
const endedKept = 20;

export interface RunsDeps extends ProgressDeps {
  /** The machine has what this step would bring. */
  readonly already: (vmcNo: number, step: RunStep) => AppError | null;
  readonly give: (what: Omit<RunCommand, 'given'>, line: number) => Command | AppError;
  /** `over`: of a run that has ended, all its lines. */
  readonly changed: (run: Run, lines: readonly RunLine[], over: readonly number[]) => void;
}

export interface RunWish {
  readonly title: Said | null;
  readonly steps: readonly RunStep[];
  readonly machines: readonly number[];
  /** Chosen too, and told that they get nothing of it. */
  readonly leftOut: readonly (LeftOut & { readonly vmcNo: number })[];
  readonly waves: Waves;
  /** Who starts it. */
  readonly by: string;
}

/** The newest numbers that were ever given. */
export interface LastRunNumbers {
  readonly run: number;
  readonly runLine: number;
}

export class Runs {
  readonly #deps: RunsDeps;
  readonly #open = new Map<number, RunProgress>();
  readonly #ended = new Map<number, RunProgress>();
  /** By command: the line it was given for. */
  readonly #commands = new Map<number, { readonly run: number; readonly line: number }>();
  /** Commands that are others by now, newest of each. */
  readonly #news = new Map<number, Command>();
  #lastRun: number;
  #lastLine: number;

  constructor(deps: RunsDeps, last: LastRunNumbers = { run: 0, runLine: 0 }) {
    this.#deps = deps;
    this.#lastRun = last.run;
    this.#lastLine = last.runLine;
  }

  /** Those that go on. */
  get open(): readonly Run[] {
    return [...this.#open.values()].map(({ run }) => run);
  }

  get openLines(): readonly RunLine[] {
    return [...this.#open.values()].flatMap(({ lines }) => Array.from(lines.values()));
  }

  /** Machines for which a run has something left. */
  get taken(): ReadonlySet<number> {
    const lines = [...this.#open.values()].flatMap(({ run, lines: mine }) =>
      [...mine.values()].filter((line) => hasMore(line, run.steps)),
    );
    return new Set(lines.map(({ vmcNo }) => vmcNo));
  }

  /** One that goes on, or has ended lately; `null`: it is known no more. */
  of(id: number): { readonly run: Run; readonly lines: readonly RunLine[] } | null {
    const progress = this.#open.get(id) ?? this.#ended.get(id);
    return progress === undefined ? null : { run: progress.run, lines: [...progress.lines.values()] };
  }

  /** Whether a run has something to do with the machine still. */
  isIn(vmcNo: number): boolean {
    return [...this.#open.values()].some((progress) => {
      const line = progress.ofMachine(vmcNo);
      return line !== undefined && isOpen(line);
    });
  }

  /** Packages that a machine is still to be told of. */
  get wantedPackages(): ReadonlySet<string> {
    const open = [...this.#open.values()].filter(({ isThrough }) => !isThrough);
    return new Set(
      open.flatMap(({ run }) =>
        run.steps.flatMap((step) => {
          const id = step.do === 'command' ? step.input['packageId'] : null;
          return typeof id === 'string' ? id : [];
        }),
      ),
    );
  }

  /** Its first commands are given by the next step. A machine that another run has something left for is refused. */
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
    const line = (vmcNo: number, state: LineState, why: LeftOut | null): RunLine => {
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
    this.#told(progress, [...progress.lines.values()]);
    return progress.run;
  }

  /**
   * What an earlier run of Crema left open: what is kept goes on, the others have ended with it and nothing of them is sent again. `commands`: those
   * of these runs as they are on record, before anybody judges them on. `isCopy`: another Crema may go on with them too, so that they wait for a person.
   */
  restore(
    runs: readonly Run[],
    lines: readonly RunLine[],
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
      this.#tell(progress);
    }
  }

  /** What became of its commands until then; told is told, whichever of the two is on record. `given`: what was given to it last. */
  #takeUp(
    progress: RunProgress,
    line: RunLine,
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

  /** Begins no further step, or goes on: also where its first wave was not proved, as a person has seen. */
  pause(id: number, isPaused: boolean): AppError | null {
    const progress = this.#open.get(id);
    if (progress === undefined || progress.run.state === 'stopping') return { code: 'runOver', params: {} };
    if (isPaused) {
      if (progress.run.state === 'running') progress.pause('byPerson');
    } else progress.resume();
    this.#tell(progress);
    return null;
  }

  /** Begins no further step, and takes back what was not sent. Asked again, it does not wait for what was sent either. */
  stop(id: number): AppError | null {
    const progress = this.#open.get(id);
    if (progress === undefined) return { code: 'runOver', params: {} };
    if (progress.run.state === 'stopping') progress.leave();
    else progress.stopping('byPerson');
    this.#settle(progress);
    this.#tell(progress);
    return null;
  }

  /** A person's answer to the question its machine waits with; no: it stops here. */
  answer(lineId: number, yes: boolean): AppError | null {
    const progress = [...this.#open.values()].find(({ lines }) => lines.has(lineId));
    const line = progress?.lines.get(lineId);
    if (progress === undefined || line?.state !== 'asking') return { code: 'runOver', params: {} };
    progress.endStep(line, yes ? 'yes' : 'no');
    this.#settle(progress);
    this.#tell(progress);
    return null;
  }

  /** Whether it was given by a run: then a step is due, once whoever tells it is done. */
  commandChanged(command: Command): boolean {
    if (!this.#commands.has(command.id)) return false;
    this.#news.set(command.id, command);
    return true;
  }

  /** The clock was set by so many ms: no pause is longer or shorter for that. */
  clockSet(ms: number): void {
    for (const progress of this.#open.values()) progress.clockSet(ms);
  }

  /** Looks at what has changed and at the time, and gives some commands; whether there is more to give at once. */
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
      this.#tell(progress);
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
      progress.lookAtFirst();
      return this.#tell(progress);
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

  /** What it came to the others of its run would come to as well. */
  #hold(command: Command): void {
    const run = this.#commands.get(command.id)?.run;
    const progress = run === undefined ? undefined : this.#open.get(run);
    if (progress?.run.state !== 'running' || !progress.isLeft) return;
    if (rowOf(command.name).holdsOthers(command)) progress.pause('notServed');
  }

  /** Begins steps; how many commands were given. */
  #give(progress: RunProgress, most: number): number {
    let given = 0;
    if (progress.isShut) return 0;
    // Steps that are over at once lead to the next.
    for (const id of progress.ready) {
      if (given >= most || progress.run.state !== 'running') break;
      progress.ready.delete(id);
      const line = progress.lines.get(id);
      if (line === undefined) continue;
      if (this.#begin(progress, line)) given += 1;
    }
    return given;
  }

  /** Whether a command was given. */
  #begin(progress: RunProgress, before: RunLine): boolean {
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
    // It was there when its wave began.
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

  /** All its machines have ended. */
  #settle(progress: RunProgress): void {
    if (progress.run.state === 'ended' || !progress.isThrough) return;
    progress.lookAtFirst();
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

  #tell(progress: RunProgress): void {
    const lines = progress.takeChange();
    if (lines !== null) this.#told(progress, lines);
  }

  #told({ run, lines: all }: RunProgress, lines: readonly RunLine[]): void {
    this.#deps.changed(run, lines, run.state === 'ended' ? [...all.keys()] : []);
  }
}
