/**
 * One run with its machines: their progress, the start of waves, and the
 * end. runs.ts owns all runs and gives the commands.
 */
import type { AppError } from '#shared/contract/errors';
import type { Run, RunEnd, RunMachine, RunPause, StepOutcome } from '#shared/model/run';
import { firstWave, gateOf, isEnough, nextWave, waitsOf, type Now, type Progress } from './gate';
import { afterStep, isBegun, isOpen, moved, sentBack, shiftWait, stopped, underWay } from './line';

/** ms until a machine that could not be given its command gets another turn. */
const restAfter = 1_000;

export interface ProgressDeps extends Now {
  /** Cancels the command unless it was sent. */
  readonly cancel: (command: number) => void;
}

export class RunProgress implements Progress {
  readonly #deps: ProgressDeps;
  readonly #lines: Map<number, RunMachine>;
  /** By machine. */
  readonly #ids: ReadonlyMap<number, number>;
  #run: Run;
  readonly ready: Set<number>;
  readonly waiting: Set<number>;
  readonly resting = new Map<number, number>();
  readonly active: Set<number>;
  endedAt: number | null;
  readonly #changed = new Set<number>();
  #isChanged = false;

  constructor(run: Run, lines: readonly RunMachine[], deps: ProgressDeps) {
    const open = lines.filter(isOpen);
    const active = open.filter(({ state }) => state !== 'waiting');
    const ended = lines.flatMap((line) => (isOpen(line) || line.wave === null ? [] : line.since));
    this.#deps = deps;
    this.#run = run;
    this.#lines = new Map(lines.map((line) => [line.id, line]));
    this.#ids = new Map(lines.map(({ vmcNo, id }) => [vmcNo, id]));
    this.ready = new Set(active.flatMap((line) => (underWay(line) === null ? line.id : [])));
    this.waiting = new Set(open.flatMap(({ id, state }) => (state === 'waiting' ? id : [])));
    this.active = new Set(active.map(({ id }) => id));
    this.endedAt = ended.length === 0 ? null : Math.max(...ended);
  }

  get run(): Run {
    return this.#run;
  }

  get lines(): ReadonlyMap<number, RunMachine> {
    return this.#lines;
  }

  ofMachine(vmcNo: number): RunMachine | undefined {
    return this.#lines.get(this.#ids.get(vmcNo) ?? -1);
  }

  /** Nothing is left to begin or to wait for. */
  get isFinished(): boolean {
    return this.active.size + this.waiting.size === 0;
  }

  /** Some machine still has steps to begin. */
  get isLeft(): boolean {
    return this.ready.size + this.waiting.size > 0;
  }

  /** A gate prevents all steps from beginning. */
  get isShut(): boolean {
    return gateOf(this.#run, this.#deps) !== null;
  }

  /** A step may begin now. */
  get isDue(): boolean {
    if (this.#run.state !== 'running' || this.isShut) return false;
    return this.ready.size > 0 || nextWave(this, this.#deps).lines.length > 0;
  }

  /** The machines that changed since the last call; `null`: nothing changed. */
  takeChange(): readonly RunMachine[] | null {
    if (!this.#isChanged && this.#changed.size === 0) return null;
    const lines = [...this.#changed].flatMap((id) => this.#lines.get(id) ?? []);
    this.#changed.clear();
    this.#isChanged = false;
    return lines;
  }

  change(patch: Partial<Run>): void {
    this.#run = { ...this.#run, ...patch };
    this.#isChanged = true;
  }

  put(line: RunMachine): void {
    const before = this.#lines.get(line.id);
    if (before === undefined || before === line) return;
    this.#lines.set(line.id, line);
    this.#changed.add(line.id);
    if (before.state !== line.state)
      this.change({ counts: moved(this.#run.counts, before.state, line.state) });
    if (isBegun(line)) this.waiting.delete(line.id);
    if (isOpen(line)) return;
    if (this.active.delete(line.id)) this.endedAt = this.#deps.now();
    this.ready.delete(line.id);
  }

  pause(paused: RunPause): void {
    this.change({ state: 'paused', paused, waits: null, nextAt: null });
  }

  /** Continues the run. The user has seen and accepts an unproved first wave. */
  resume(): void {
    const first = this.#run.first === 'unproved' ? 'accepted' : this.#run.first;
    this.change({ state: 'running', paused: null, first });
  }

  /** The clock was set by `ms`. */
  clockSet(ms: number): void {
    const now = this.#deps.now();
    if (this.endedAt !== null && (ms > 0 || this.endedAt > now))
      this.endedAt = Math.min(this.endedAt + ms, now);
    for (const id of this.active) {
      const line = this.#lines.get(id);
      if (line !== undefined) this.put(shiftWait(line, ms));
    }
  }

  /** Ends waits whose time is over, and begins the next wave. */
  pass(): void {
    const now = this.#deps.now();
    if (this.#run.state !== 'running') return void this.checkFirst();
    // The clock was set back. This must not prolong a pause.
    if (this.endedAt !== null && now < this.endedAt) this.endedAt = now;
    for (const id of this.active) {
      const line = this.#lines.get(id);
      const until = line === undefined ? null : underWay(line)?.until;
      if (line !== undefined && until != null && now >= until) this.endStep(line, 'waited');
    }
    if (this.checkFirst()) return;
    const gate = gateOf(this.#run, this.#deps);
    const next = gate === null ? nextWave(this, this.#deps) : null;
    if (next !== null && next.lines.length > 0) {
      this.change({ wave: next.wave });
      for (const { id } of next.lines) {
        this.waiting.delete(id);
        this.active.add(id);
        this.ready.add(id);
      }
    }
    const { waits, nextAt } = waitsOf(this, gate, this.#deps) ?? { waits: null, nextAt: null };
    if (waits !== this.#run.waits || nextAt !== this.#run.nextAt) this.change({ waits, nextAt });
  }

  /**
   * Checks the first wave. If it is not completely proved, the run pauses
   * until the user continues. Returns true if it pauses.
   */
  checkFirst(): boolean {
    // A copied run must keep its question. The check follows when the user continues.
    if (this.#run.paused === 'copied') return false;
    const first = firstWave(this);
    if (first === this.#run.first) return false;
    this.change({ first });
    const isActive = this.#run.state === 'running' || this.#run.state === 'paused';
    const isBad = first === 'unproved' && this.waiting.size > 0 && isActive;
    if (isBad) this.pause('firstWave');
    return isBad;
  }

  /** An earlier launch began this machine. Its command is awaited. */
  takeUp(line: RunMachine): void {
    this.active.add(line.id);
    this.ready.delete(line.id);
    this.put(line);
  }

  /** The machine gets another turn once it is online. */
  sendBack(line: RunMachine): void {
    this.active.delete(line.id);
    this.ready.delete(line.id);
    this.waiting.add(line.id);
    const now = this.#deps.now();
    this.resting.set(line.id, now + restAfter);
    this.put(sentBack(line, now));
  }

  /** The machine already has the result. */
  leaveOut(line: RunMachine, error: AppError): void {
    const leftOut = { step: line.steps.length, error };
    this.put({ ...line, state: 'leftOut', since: this.#deps.now(), wave: null, leftOut });
  }

  endStep(line: RunMachine, outcome: StepOutcome, more: { readonly error?: AppError } = {}): void {
    const mayGoOn = this.#run.state !== 'stopping';
    const next = afterStep(line, this.#run.steps, outcome, { now: this.#deps.now(), mayGoOn, ...more });
    this.put(next);
    if (next.state === 'running') this.ready.add(line.id);
    if (next.state !== 'failed' || !isEnough(this.#run.waves, this.#run.counts)) return;
    if (mayGoOn && !this.isFinished) this.stopping('failures');
  }

  /** Begins no further step, and cancels unsent commands. */
  stopping(end: RunEnd): void {
    this.change({ state: 'stopping', paused: null, end, waits: null, nextAt: null });
    const now = this.#deps.now();
    for (const line of this.#lines.values()) {
      if (!isOpen(line)) continue;
      const command = underWay(line)?.command ?? null;
      if (command === null) this.put(stopped(line, now));
      // A sent command cannot be cancelled, so it is awaited.
      else this.#deps.cancel(command);
    }
  }

  /** Stops waiting for sent commands here. The command queue still judges them. */
  leave(): void {
    const now = this.#deps.now();
    for (const line of this.#lines.values()) if (isOpen(line)) this.put(stopped(line, now));
  }

  end(end: RunEnd): void {
    this.change({ state: 'ended', paused: null, end, endedAt: this.#deps.now(), waits: null, nextAt: null });
  }
}
