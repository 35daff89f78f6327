/** Packages with missing, unreadable or changed files, as of the last check of each. Times are ms since 1970. */
import type { FileError, SpoiltPackage } from '#shared/model/upgrade';

/** `at`: start of the check. `error`: its result; `null`: the file is intact. */
export interface FileCheck {
  readonly id: string;
  readonly error: FileError | null;
  readonly at: number;
}

/** The error that a read error means. */
export const fileErrorOf = (error: unknown): FileError =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : 'unreadable';

export class SpoiltFiles {
  readonly #checks = new Map<string, FileCheck>();
  readonly #now: () => number;
  readonly #changed: () => void;

  constructor(now: () => number, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  get all(): readonly SpoiltPackage[] {
    return [...this.#checks.values()].flatMap(({ id, error }) => (error === null ? [] : [{ id, error }]));
  }

  /** Ignores a check that began before the last one, unless the clock was set back since. */
  saw(check: FileCheck): void {
    const last = this.#checks.get(check.id);
    if (last !== undefined && check.at < last.at && last.at <= this.#now()) return;
    this.#checks.set(check.id, check);
    if (check.error !== (last?.error ?? null)) this.#changed();
  }

  /** Drops the checks of all other packages. */
  keep(ids: ReadonlySet<string>): void {
    for (const [id, { error }] of this.#checks)
      if (!ids.has(id)) {
        this.#checks.delete(id);
        if (error !== null) this.#changed();
      }
  }
}
