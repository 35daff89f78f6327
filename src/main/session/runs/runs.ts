/**
 * All runs that go on. A step begins on the proof of the last one of its machine; waves, pauses and the end after some failures hold machines
 * back, never a command that was sent. Nothing is ever sent twice: a step gives its command once, and what becomes of it is the queue's.
 * No IO, no clock; commands are given in slices, so that answers to machines wait for none of it.
 */
import type { AppError } from '#shared/contract/errors';
import type { Command } from '#shared/model/command';
import type {
  LeftOut,
  LineState,
  Run,
  RunCommand,
  RunEnd,
  RunLine,
  StepOutcome,
  Waves,
} from '#shared/model/run';
import type { RunStep, Said } from '#shared/model/sequence';
import {
  afterStep,
  hasMore,
  isBegun,
  isOpen,
  moved,
  nextStep,
  noCounts,
  outcomeOf,
  outcomeOfRefusal,
  explained,
  provedLate,
  seen,
  stopped,
  underWay,
  withStep,
} from './line';

/** Commands given in one step, which machines' answers may have to wait for. */
export const slice = 10;
/** Runs that have ended and are still told of late proof. */
const endedKept = 20;

export interface RunsDeps {
  readonly now: () => number;
  readonly give: (what: Omit<RunCommand, 'given'>) => Command | AppError;
  /** Takes it back, unless it was sent. */
  readonly cancel: (command: number) => void;
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
}

/** The newest numbers that were ever given. */
export interface LastRunNumbers {
  readonly run: number;
  readonly runLine: number;
}

interface Held {
  run: Run;
  readonly lines: Map<number, RunLine>;
  /** Of machines whose next step may begin. */
  readonly ready: Set<number>;
  /** Not begun yet, in their order. */
  readonly waiting: Set<number>;
  /** A wave was begun. */
  hasBegun: boolean;
  /** Begun and not ended. */
  readonly active: Set<number>;
  readonly changed: Set<number>;
  isChanged: boolean;
}

export class Runs {
  readonly #deps: RunsDeps;
  readonly #held = new Map<number, Held>();
  readonly #ended = new Map<number, Held>();
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
    return [...this.#held.values()].map(({ run }) => run);
  }

  get openLines(): readonly RunLine[] {
    return [...this.#held.values()].flatMap(({ lines }) => Array.from(lines.values()));
  }

  /** Machines for which a run has something left. */
  get taken(): ReadonlySet<number> {
    const lines = [...this.#held.values()].flatMap(({ run, lines: mine }) =>
      [...mine.values()].filter((line) => hasMore(line, run.steps)),
    );
    return new Set(lines.map(({ vmcNo }) => vmcNo));
  }

  /** One that goes on, or has ended lately; `null`: it is known no more. */
  of(id: number): { readonly run: Run; readonly lines: readonly RunLine[] } | null {
    const held = this.#held.get(id) ?? this.#ended.get(id);
    return held === undefined ? null : { run: held.run, lines: [...held.lines.values()] };
  }

  /** Packages that a machine is still to be told of. */
  get wantedPackages(): ReadonlySet<string> {
    const open = [...this.#held.values()].filter(({ waiting, active }) => waiting.size + active.size > 0);
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
  start({ title, steps, machines, leftOut, waves }: RunWish): Run {
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
      return { id: this.#lastLine, run: run.id, vmcNo, state, since: now, steps: [], leftOut: why };
    };
    const lines = [
      ...numbers.map((vmcNo) => line(vmcNo, 'waiting', null)),
      ...[...others].map(([vmcNo, why]) => line(vmcNo, 'leftOut', why)),
    ];
    const held = heldOf(run, lines);
    this.#held.set(run.id, held);
    for (const one of lines) {
      if (one.leftOut !== null || !taken.has(one.vmcNo)) continue;
      const error: AppError = { code: 'machineInRun', params: { vmcNo: one.vmcNo } };
      this.#endStep(held, withStep(one, 'running', now), 'refused', { error });
    }
    this.#settle(held);
    this.#deps.changed(held.run, [...held.lines.values()], []);
    return held.run;
  }

  /** What an earlier run of Crema left open has ended with it; nothing of it is sent again. */
  restore(runs: readonly Run[], lines: readonly RunLine[]): void {
    const now = this.#deps.now();
    for (const run of runs) {
      const mine = lines.filter((line) => line.run === run.id);
      const held = heldOf(run, mine);
      for (const line of mine) {
        if (isOpen(line)) this.#put(held, stopped(line, now));
        for (const { command } of line.steps)
          if (command !== null) this.#commands.set(command, { run: run.id, line: line.id });
      }
      this.#end(held, 'cremaClosed');
      this.#tell(held);
    }
  }

  /** Begins no further step, or goes on. */
  pause(id: number, isPaused: boolean): AppError | null {
    const held = this.#held.get(id);
    if (held === undefined || held.run.state === 'stopping') return { code: 'runOver', params: {} };
    this.#change(held, { state: isPaused ? 'paused' : 'running' });
    this.#tell(held);
    return null;
  }

  /** Begins no further step, and takes back what was not sent. Asked again, it does not wait for what was sent either. */
  stop(id: number): AppError | null {
    const held = this.#held.get(id);
    if (held === undefined) return { code: 'runOver', params: {} };
    if (held.run.state === 'stopping') this.#leave(held);
    else this.#stopping(held, 'byPerson');
    this.#settle(held);
    this.#tell(held);
    return null;
  }

  /** A person's answer to the question its machine waits with; no: it stops here. */
  answer(lineId: number, yes: boolean): AppError | null {
    const held = [...this.#held.values()].find(({ lines }) => lines.has(lineId));
    const line = held?.lines.get(lineId);
    if (held === undefined || line?.state !== 'asking') return { code: 'runOver', params: {} };
    this.#endStep(held, line, yes ? 'yes' : 'no');
    this.#settle(held);
    this.#tell(held);
    return null;
  }

  /** Whether it was given by a run: then a step is due, once whoever tells it is done. */
  commandChanged(command: Command): boolean {
    if (!this.#commands.has(command.id)) return false;
    this.#news.set(command.id, command);
    return true;
  }

  /** Looks at what has changed and at the time, and gives some commands; whether there is more to give at once. */
  step(): boolean {
    const news = [...this.#news.values()];
    this.#news.clear();
    for (const command of news) this.#judge(command);
    let left = slice;
    for (const held of this.#held.values()) {
      this.#pass(held);
      left -= this.#give(held, left);
      this.#settle(held);
      this.#tell(held);
    }
    return [...this.#held.values()].some((held) => this.#isDue(held));
  }

  /** A step of it may begin now. */
  #isDue({ run: { state, nextAt }, ready, active, waiting }: Held): boolean {
    if (state !== 'running') return false;
    return ready.size > 0 || (active.size === 0 && waiting.size > 0 && this.#deps.now() >= (nextAt ?? 0));
  }

  #judge(command: Command): void {
    const place = this.#commands.get(command.id);
    if (place === undefined) return;
    const held = this.#held.get(place.run) ?? this.#ended.get(place.run);
    const line = held?.lines.get(place.line);
    if (held === undefined || line === undefined) return;
    const step = underWay(line);
    if (step === null || step.command !== command.id) {
      if (command.state === 'confirmed') this.#put(held, provedLate(line, held.run.steps, command));
      if (command.state === 'failed') this.#put(held, explained(line, command));
      return this.#tell(held);
    }
    const outcome = outcomeOf(command, held.run.steps[line.steps.length - 1]);
    const next = seen(line, command);
    if (outcome === null) this.#put(held, next);
    else this.#endStep(held, next, outcome);
  }

  /** Waits that are over, and the next wave. */
  #pass(held: Held): void {
    const now = this.#deps.now();
    if (held.run.state !== 'running') return;
    for (const id of held.active) {
      const line = held.lines.get(id);
      const until = line === undefined ? null : underWay(line)?.until;
      if (line !== undefined && until != null && now >= until) this.#endStep(held, line, 'waited');
    }
    if (held.active.size > 0 || held.waiting.size === 0) return;
    const { run } = held;
    if (held.hasBegun && run.waves.pause > 0 && run.nextAt === null)
      return this.#change(held, { nextAt: now + run.waves.pause * 1_000 });
    if (run.nextAt !== null && now < run.nextAt) return;
    if (run.nextAt !== null) this.#change(held, { nextAt: null });
    held.hasBegun = true;
    for (const id of [...held.waiting].slice(0, run.waves.atOnce ?? undefined)) {
      held.waiting.delete(id);
      held.active.add(id);
      held.ready.add(id);
    }
  }

  /** Begins steps; how many commands were given. */
  #give(held: Held, most: number): number {
    let given = 0;
    // Steps that are over at once lead to the next.
    for (const id of held.ready) {
      if (given >= most || held.run.state !== 'running') break;
      held.ready.delete(id);
      const line = held.lines.get(id);
      if (line === undefined) continue;
      if (this.#begin(held, line)) given += 1;
    }
    return given;
  }

  /** Whether a command was given. */
  #begin(held: Held, line: RunLine): boolean {
    const now = this.#deps.now();
    const step = nextStep(line, held.run.steps);
    if (step === undefined) return false;
    if (step.do === 'ask') this.#put(held, withStep(line, 'asking', now));
    if (step.do === 'wait')
      this.#put(held, withStep(line, 'running', now, { until: now + step.seconds * 1_000 }));
    if (step.do !== 'command') return false;
    const { name, input } = step;
    const given = this.#deps.give({ run: held.run.id, vmcNo: line.vmcNo, name, input });
    if ('code' in given) {
      this.#endStep(held, withStep(line, 'running', now), outcomeOfRefusal(given, step), { error: given });
      return true;
    }
    this.#commands.set(given.id, { run: held.run.id, line: line.id });
    this.#put(held, withStep(line, 'running', now, { command: given.id }));
    this.#judge(given);
    return true;
  }

  #endStep(held: Held, line: RunLine, outcome: StepOutcome, more: { readonly error?: AppError } = {}): void {
    const mayGoOn = held.run.state !== 'stopping';
    const next = afterStep(line, held.run.steps, outcome, { now: this.#deps.now(), mayGoOn, ...more });
    this.#put(held, next);
    if (next.state === 'running') held.ready.add(line.id);
    const { stopAfter } = held.run.waves;
    if (next.state === 'failed' && stopAfter !== null && held.run.counts.failed >= stopAfter)
      if (mayGoOn && held.waiting.size + held.active.size > 0) this.#stopping(held, 'failures');
  }

  #stopping(held: Held, end: RunEnd): void {
    this.#change(held, { state: 'stopping', end, nextAt: null });
    const now = this.#deps.now();
    for (const line of held.lines.values()) {
      if (!isOpen(line)) continue;
      const command = underWay(line)?.command ?? null;
      if (command === null) this.#put(held, stopped(line, now));
      // What was sent can't be taken back, and is waited for.
      else this.#deps.cancel(command);
    }
  }

  /** What was sent is no longer waited for here; the command itself is. */
  #leave(held: Held): void {
    const now = this.#deps.now();
    for (const line of held.lines.values()) if (isOpen(line)) this.#put(held, stopped(line, now));
  }

  /** All its machines have ended. */
  #settle(held: Held): void {
    if (held.run.state === 'ended' || held.active.size + held.waiting.size > 0) return;
    this.#end(held, held.run.end ?? 'finished');
  }

  #end(held: Held, end: RunEnd): void {
    const { id } = held.run;
    this.#change(held, { state: 'ended', end, endedAt: this.#deps.now(), nextAt: null });
    this.#held.delete(id);
    this.#ended.set(id, held);
    for (const oldest of [...this.#ended.keys()].slice(0, -endedKept)) {
      this.#ended.delete(oldest);
      for (const [command, { run }] of this.#commands) if (run === oldest) this.#commands.delete(command);
    }
  }

  #change(held: Held, patch: Partial<Run>): void {
    held.run = { ...held.run, ...patch };
    held.isChanged = true;
  }

  #put(held: Held, line: RunLine): void {
    const before = held.lines.get(line.id);
    if (before === undefined || before === line) return;
    held.lines.set(line.id, line);
    held.changed.add(line.id);
    if (before.state !== line.state)
      this.#change(held, { counts: moved(held.run.counts, before.state, line.state) });
    if (isBegun(line)) held.waiting.delete(line.id);
    if (isOpen(line)) return;
    held.active.delete(line.id);
    held.ready.delete(line.id);
  }

  #tell(held: Held): void {
    if (!held.isChanged && held.changed.size === 0) return;
    const lines = [...held.changed].flatMap((id) => held.lines.get(id) ?? []);
    held.changed.clear();
    held.isChanged = false;
    this.#deps.changed(held.run, lines, held.run.state === 'ended' ? [...held.lines.keys()] : []);
  }
}

function heldOf(run: Run, lines: readonly RunLine[]): Held {
  return {
    run,
    lines: new Map(lines.map((line) => [line.id, line])),
    ready: new Set(),
    hasBegun: false,
    waiting: new Set(lines.flatMap(({ id, state }) => (state === 'waiting' ? id : []))),
    active: new Set(),
    changed: new Set(),
    isChanged: false,
  };
}
