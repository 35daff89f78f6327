/**
 * All runs that go on. A step begins on the proof of the last one of its machine; waves, pauses, hours and the end after some failures hold
 * machines back, never a command that was sent. Nothing is ever sent twice: a step gives its command once, and what becomes of it is the queue's.
 * One that is kept goes on in the next run of Crema, and lets machines that are offline wait for their next login; all others end with Crema.
 * No IO, no clock; commands are given in slices, so that answers to machines wait for none of it.
 */
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
  type RunPause,
  type StepOutcome,
  type Waves,
} from '#shared/model/run';
import type { RunStep, Said } from '#shared/model/sequence';
import { firstWave, gateOf, isEnough, nextWave, waitsOf, type Gate, type Now } from './gate';
import { heldOf, type Held } from './held';
import {
  afterStep,
  hasMore,
  isBegun,
  isOpen,
  isUnsent,
  moved,
  nextStep,
  noCounts,
  outcomeOf,
  outcomeOfRefusal,
  explained,
  provedLate,
  seen,
  sentBack,
  stopped,
  underWay,
  withStep,
} from './line';

/** Commands given in one step, which machines' answers may have to wait for. */
export const slice = 10;
/** ms after which a machine that could not be given its command gets its turn again. */
const restAfter = 1_000;
/** Runs that have ended and are still told of late proof. */
const endedKept = 20;

export interface RunsDeps extends Now {
  /** The machine has what this step would bring. */
  readonly already: (vmcNo: number, step: RunStep) => AppError | null;
  readonly give: (what: Omit<RunCommand, 'given'>, line: number) => Command | AppError;
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

  /** Whether a run has something to do with the machine still. */
  isIn(vmcNo: number): boolean {
    return [...this.#held.values()].some(({ ids, lines }) => {
      const line = lines.get(ids.get(vmcNo) ?? -1);
      return line !== undefined && isOpen(line);
    });
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

  /**
   * What an earlier run of Crema left open: what is kept goes on, the others have ended with it and nothing of them is sent again. `commands`: those
   * of these runs as they are on record, before anybody judges them on.
   */
  restore(runs: readonly Run[], lines: readonly RunLine[], commands: readonly Command[]): void {
    const now = this.#deps.now();
    const known = new Map(commands.map((command) => [command.id, command]));
    const byLine = new Map(
      commands.flatMap((command) => (command.line === undefined ? [] : [[command.line, command]])),
    );
    for (const run of runs) {
      const mine = lines.filter((line) => line.run === run.id);
      const held = heldOf(run, mine);
      const isOver = run.endedAt !== null;
      (isOver ? this.#ended : this.#held).set(run.id, held);
      for (const line of mine) {
        for (const { command } of line.steps)
          if (command !== null) this.#commands.set(command, { run: run.id, line: line.id });
        if (isOver || isKept(run)) this.#takeUp(held, line, known, byLine.get(line.id));
        else if (isOpen(line)) this.#put(held, stopped(line, now));
      }
      if (!isOver && !isKept(run)) this.#end(held, 'cremaClosed');
      this.#settle(held);
      this.#tell(held);
    }
  }

  /** What became of its commands until then; told is told, whichever of the two is on record. `given`: what was given to it last. */
  #takeUp(held: Held, line: RunLine, known: ReadonlyMap<number, Command>, given: Command | undefined): void {
    const isNew = given !== undefined && !this.#commands.has(given.id);
    if (isNew && isOpen(line) && underWay(line) === null) {
      const wave = Math.max(1, held.run.wave);
      this.#change(held, { wave });
      this.#commands.set(given.id, { run: held.run.id, line: line.id });
      held.active.add(line.id);
      held.ready.delete(line.id);
      this.#put(held, withStep({ ...line, wave }, 'running', given.createdAt, { command: given.id }));
      return this.#judge(given);
    }
    for (const { command, outcome } of line.steps) {
      const then = command === null ? undefined : known.get(command);
      if (then !== undefined) this.#judge(then);
      else if (command !== null && outcome === null && isOpen(line)) this.#endStep(held, line, 'lost');
    }
  }

  /** Begins no further step, or goes on: also where its first wave was not proved, as a person has seen. */
  pause(id: number, isPaused: boolean): AppError | null {
    const held = this.#held.get(id);
    if (held === undefined || held.run.state === 'stopping') return { code: 'runOver', params: {} };
    if (isPaused) {
      if (held.run.state === 'running') this.#pause(held, 'byPerson');
    } else {
      const first = held.run.first === 'unproved' ? 'accepted' : held.run.first;
      this.#change(held, { state: 'running', paused: null, first });
    }
    this.#tell(held);
    return null;
  }

  #pause(held: Held, paused: RunPause): void {
    this.#change(held, { state: 'paused', paused, waits: null, nextAt: null });
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
  #isDue(held: Held): boolean {
    if (held.run.state !== 'running') return false;
    if (this.#gateOf(held) !== null) return false;
    return held.ready.size > 0 || nextWave(held, this.#deps).lines.length > 0;
  }

  /** What keeps any step of it from beginning. */
  #gateOf({ run }: Held): Gate | null {
    return gateOf(run, this.#deps);
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
      this.#lookAtFirst(held);
      return this.#tell(held);
    }
    if (isKept(held.run) && isUnsent(command) && held.run.state !== 'stopping') {
      this.#commands.delete(command.id);
      return this.#sendBack(held, line);
    }
    const outcome = outcomeOf(command, held.run.steps[line.steps.length - 1]);
    const next = seen(line, command);
    if (outcome === null) this.#put(held, next);
    else this.#endStep(held, next, outcome);
  }

  /** Waits that are over, and the next wave. */
  #pass(held: Held): void {
    const now = this.#deps.now();
    if (held.run.state !== 'running') return void this.#lookAtFirst(held);
    // The clock was put back: no pause is longer for that.
    if (held.endedAt !== null && now < held.endedAt) held.endedAt = now;
    for (const id of held.active) {
      const line = held.lines.get(id);
      const until = line === undefined ? null : underWay(line)?.until;
      if (line !== undefined && until != null && now >= until) this.#endStep(held, line, 'waited');
    }
    if (this.#lookAtFirst(held)) return;
    const gate = this.#gateOf(held);
    const next = gate === null ? nextWave(held, this.#deps) : null;
    if (next !== null && next.lines.length > 0) {
      this.#change(held, { wave: next.wave });
      for (const { id } of next.lines) {
        held.waiting.delete(id);
        held.active.add(id);
        held.ready.add(id);
      }
    }
    const { waits, nextAt } = waitsOf(held, gate, this.#deps) ?? { waits: null, nextAt: null };
    if (waits !== held.run.waits || nextAt !== held.run.nextAt) this.#change(held, { waits, nextAt });
  }

  /** What the first wave has come to: where not all of it is proved, nobody else begins before a person says so. Whether it pauses the run. */
  #lookAtFirst(held: Held): boolean {
    const first = firstWave(held);
    if (first === held.run.first) return false;
    this.#change(held, { first });
    const goesOn = held.run.state === 'running' || held.run.state === 'paused';
    const isBad = first === 'unproved' && held.waiting.size > 0 && goesOn;
    if (isBad) this.#pause(held, 'firstWave');
    return isBad;
  }

  /** Begins steps; how many commands were given. */
  #give(held: Held, most: number): number {
    let given = 0;
    if (this.#gateOf(held) !== null) return 0;
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
  #begin(held: Held, before: RunLine): boolean {
    const now = this.#deps.now();
    const line = { ...before, wave: before.wave ?? held.run.wave };
    const step = nextStep(line, held.run.steps);
    if (step === undefined) return false;
    if (step.do === 'ask') this.#put(held, withStep(line, 'asking', now));
    if (step.do === 'wait')
      this.#put(held, withStep(line, 'running', now, { until: now + step.seconds * 1_000 }));
    if (step.do !== 'command') return false;
    const { name, input } = step;
    const there = isKept(held.run) ? this.#deps.already(line.vmcNo, step) : null;
    if (there !== null) this.#leaveOut(held, before, there);
    // It was there when its wave began.
    else if (isKept(held.run) && !this.#deps.isOnline(line.vmcNo)) this.#sendBack(held, before);
    if (held.lines.get(line.id) !== before || !held.active.has(line.id)) return false;
    const given = this.#deps.give({ run: held.run.id, vmcNo: line.vmcNo, name, input }, line.id);
    if ('code' in given) {
      if (isKept(held.run) && given.code === 'updatesOff') this.#sendBack(held, before);
      else
        this.#endStep(held, withStep(line, 'running', now), outcomeOfRefusal(given, step), { error: given });
      return true;
    }
    this.#commands.set(given.id, { run: held.run.id, line: line.id });
    this.#put(held, withStep(line, 'running', now, { command: given.id }));
    this.#judge(given);
    return true;
  }

  /** It gets its turn again, once it is online. */
  #sendBack(held: Held, line: RunLine): void {
    held.active.delete(line.id);
    held.ready.delete(line.id);
    held.waiting.add(line.id);
    const now = this.#deps.now();
    held.resting.set(line.id, now + restAfter);
    this.#put(held, sentBack(line, now));
  }

  /** What it would get it has by now. */
  #leaveOut(held: Held, line: RunLine, error: AppError): void {
    const leftOut = { step: line.steps.length, error };
    this.#put(held, { ...line, state: 'leftOut', since: this.#deps.now(), wave: null, leftOut });
  }

  #endStep(held: Held, line: RunLine, outcome: StepOutcome, more: { readonly error?: AppError } = {}): void {
    const mayGoOn = held.run.state !== 'stopping';
    const next = afterStep(line, held.run.steps, outcome, { now: this.#deps.now(), mayGoOn, ...more });
    this.#put(held, next);
    if (next.state === 'running') held.ready.add(line.id);
    if (next.state !== 'failed' || !isEnough(held.run.waves, held.run.counts)) return;
    if (mayGoOn && held.waiting.size + held.active.size > 0) this.#stopping(held, 'failures');
  }

  #stopping(held: Held, end: RunEnd): void {
    this.#change(held, { state: 'stopping', paused: null, end, waits: null, nextAt: null });
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
    this.#lookAtFirst(held);
    this.#end(held, held.run.end ?? 'finished');
  }

  #end(held: Held, end: RunEnd): void {
    const { id } = held.run;
    const endedAt = this.#deps.now();
    this.#change(held, { state: 'ended', paused: null, end, endedAt, waits: null, nextAt: null });
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
    if (held.active.delete(line.id)) held.endedAt = this.#deps.now();
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
