/** Which packages' files can't be given or are not what was read in, as of the last look at each. Times are ms since 1970. */
import type { FileFault, SpoiltPackage } from '#shared/model/upgrade';

/** `at`: when it began. `fault`: what it has shown; `null`: the file is the package. */
export interface FileLook {
  readonly id: string;
  readonly fault: FileFault | null;
  readonly at: number;
}

/** What an attempt to read it shows. */
export const faultOf = (error: unknown): FileFault =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'gone' : 'unreadable';

export class SpoiltFiles {
  readonly #looks = new Map<string, FileLook>();
  readonly #now: () => number;
  readonly #changed: () => void;

  constructor(now: () => number, changed: () => void) {
    this.#now = now;
    this.#changed = changed;
  }

  get all(): readonly SpoiltPackage[] {
    return [...this.#looks.values()].flatMap(({ id, fault }) => (fault === null ? [] : [{ id, fault }]));
  }

  /** One that began before the last says nothing of the file as it is now, unless the clock was set back since. */
  saw(look: FileLook): void {
    const last = this.#looks.get(look.id);
    if (last !== undefined && look.at < last.at && last.at <= this.#now()) return;
    this.#looks.set(look.id, look);
    if (look.fault !== (last?.fault ?? null)) this.#changed();
  }

  /** Only of these there is something to say. */
  keep(ids: ReadonlySet<string>): void {
    for (const [id, { fault }] of this.#looks)
      if (!ids.has(id)) {
        this.#looks.delete(id);
        if (fault !== null) this.#changed();
      }
  }
}
