/** The memory of a program's processes, as Linux counts it; elsewhere nothing is measured. */
import { readdirSync, readFileSync } from 'node:fs';

/** ms between two reads. The kernel keeps the highest value, so only a process that ends between two reads is missed. */
const every = 250;

export const isMemoryKnown = process.platform === 'linux';

/** '' without such a file. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // The process has ended.
    return '';
  }
}

function childrenOf(pid: number): readonly number[] {
  let tasks: readonly string[];
  try {
    tasks = readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
  const own = tasks.flatMap((task) =>
    textOf(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean),
  );
  return own.map(Number).flatMap((child) => [child].concat(childrenOf(child)));
}

/** The role of a process, by its command line. */
function roleOf(pid: number, isFirst: boolean): string {
  if (isFirst) return 'main';
  const type = /--type=([\w-]+)/.exec(textOf(`/proc/${pid}/cmdline`))?.[1];
  if (type === 'renderer') return 'window';
  if (type === undefined || type === 'utility') return 'reader';
  return type;
}

export class MemoryWatch {
  readonly #pid: number;
  readonly #timer: NodeJS.Timeout | null;
  readonly #most = new Map<string, number>();

  constructor(pid: number) {
    this.#pid = pid;
    this.#timer = isMemoryKnown ? setInterval(() => this.#look(), every) : null;
    // A failed read does not stop it: the measurement must not block the end of the run.
    this.#timer?.unref();
  }

  /** MB by what a process does. */
  stop(): ReadonlyMap<string, number> {
    if (this.#timer === null) return this.#most;
    clearInterval(this.#timer);
    this.#look();
    return this.#most;
  }

  #look(): void {
    for (const pid of [this.#pid, ...childrenOf(this.#pid)]) {
      const [, kilobytes] = /^VmHWM:\s+(\d+)/m.exec(textOf(`/proc/${pid}/status`)) ?? [];
      if (kilobytes === undefined) continue;
      const role = roleOf(pid, pid === this.#pid);
      this.#most.set(role, Math.max(Math.round(Number(kilobytes) / 1_024), this.#most.get(role) ?? 0));
    }
  }
}
