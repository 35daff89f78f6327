/** Runs in memory: the open ones, and the last ended ones, which still accept late proof. Also the commands given for them. */
import type { Run, RunMachine } from '#shared/model/run';
import { hasMore, isOpen } from './line';
import type { RunProgress } from './progress';

const endedKept = 20;

export class KnownRuns {
  readonly #open = new Map<number, RunProgress>();
  readonly #ended = new Map<number, RunProgress>();
  /** By command: the line that it was given for. */
  readonly #commands = new Map<number, { readonly run: number; readonly line: number }>();

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

  get inProgress(): readonly RunProgress[] {
    return [...this.#open.values()];
  }

  openRun(id: number): RunProgress | undefined {
    return this.#open.get(id);
  }

  /** A line of an open run. */
  openLine(id: number): { readonly progress: RunProgress; readonly line: RunMachine } | null {
    for (const progress of this.#open.values()) {
      const line = progress.lines.get(id);
      if (line !== undefined) return { progress, line };
    }
    return null;
  }

  /** The line that the command was given for; `null`: no run gave it, or the run was forgotten. */
  placeOf(command: number): { readonly progress: RunProgress; readonly line: RunMachine } | null {
    const place = this.#commands.get(command);
    if (place === undefined) return null;
    const progress = this.#open.get(place.run) ?? this.#ended.get(place.run);
    const line = progress?.lines.get(place.line);
    return progress === undefined || line === undefined ? null : { progress, line };
  }

  gave(command: number, { run, id }: RunMachine): void {
    this.#commands.set(command, { run, line: id });
  }

  /** The command was never sent. Its line gets another one. */
  sentBack(command: number): void {
    this.#commands.delete(command);
  }

  add(progress: RunProgress): void {
    const { id, endedAt } = progress.run;
    (endedAt === null ? this.#open : this.#ended).set(id, progress);
  }

  /** Moves an ended run. Forgets the oldest ended runs with their commands. */
  close(progress: RunProgress): void {
    const { id } = progress.run;
    this.#open.delete(id);
    this.#ended.set(id, progress);
    for (const oldest of [...this.#ended.keys()].slice(0, -endedKept)) {
      this.#ended.delete(oldest);
      for (const [command, { run }] of this.#commands) if (run === oldest) this.#commands.delete(command);
    }
  }
}
