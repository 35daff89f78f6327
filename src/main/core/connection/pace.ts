/**
 * The time at which the next frame of a command may be sent to a machine. Machines take the result of each read() as whole frames [field],
 * so a pause follows each written frame, including answers. Answers do not wait here.
 */
import type { PerPlatform } from '#shared/commands/kit/wire';
import type { Entry } from '#shared/model/frame';
import type { Platform } from '#shared/model/machine';

/** [ours] ms between any frame and the next one on Crema's initiative. */
const pauses: PerPlatform<number> = { linux: 500, android: 1_000 };
export const pauseOf = (platform: Platform | null): number => pauses[platform ?? 'linux'];
/** [ours] ms that a frame waits for a machine that sends without pause. Afterwards it is sent between two answers. */
export const patience = 10_000;

interface PaceDeps {
  readonly now: () => number;
  readonly later: (ms: number, run: () => void) => void;
  /** Callback: the waiting caller may ask again. */
  readonly goOn: (vmcNo: number) => void;
}

interface Waiting {
  since: number;
  hasTimer: boolean;
}

export class Pace {
  readonly #deps: PaceDeps;
  /** By machine: the last frame written on its connection. */
  readonly #last = new Map<number, { readonly conn: number; readonly at: number }>();
  /** Machines with a waiting caller, with one timer each. */
  readonly #waiting = new Map<number, Waiting>();

  constructor(deps: PaceDeps) {
    this.#deps = deps;
  }

  onEntry(entry: Entry, vmcNo: number): void {
    const { kind, conn, at } = entry;
    if (kind === 'frame' && entry.dir === 'out') this.#last.set(vmcNo, { conn, at });
    else if (kind === 'closed' && this.#last.get(vmcNo)?.conn === conn) this.#last.delete(vmcNo);
  }

  /** Whether a frame may be written now. If not, `goOn` is called when the caller should ask again. */
  allows(vmcNo: number, platform: Platform | null): boolean {
    const now = this.#deps.now();
    const waiting = this.#waiting.get(vmcNo) ?? { since: now, hasTimer: false };
    const left = this.#left(vmcNo, platform, waiting.since);
    if (left === 0) {
      waiting.since = now;
      return true;
    }
    if (waiting.hasTimer) return false;
    waiting.hasTimer = true;
    this.#waiting.set(vmcNo, waiting);
    this.#deps.later(left, () => this.#retry(vmcNo));
    return false;
  }

  /** Resolves when a frame may be written. The caller must write it immediately. */
  async turn(vmcNo: number, platform: Platform | null): Promise<void> {
    const since = this.#deps.now();
    for (let left = this.#left(vmcNo, platform, since); left > 0; left = this.#left(vmcNo, platform, since)) {
      const ms = left;
      await new Promise<void>((resolve) => this.#deps.later(ms, resolve));
    }
  }

  /** Remaining ms. `since`: time of the request. */
  #left(vmcNo: number, platform: Platform | null, since: number): number {
    const now = this.#deps.now();
    const gone = now - (this.#last.get(vmcNo)?.at ?? -Infinity);
    const pause = pauseOf(platform);
    // A clock that was set back does not delay frames.
    if (gone < 0 || gone >= pause) return 0;
    if (now - since < patience) return pause - gone;
    return gone > 0 ? 0 : 1;
  }

  #retry(vmcNo: number): void {
    const waiting = this.#waiting.get(vmcNo);
    if (waiting === undefined) return;
    // A caller that must wait longer asks again with the same start time.
    this.#waiting.set(vmcNo, { ...waiting, hasTimer: false });
    this.#deps.goOn(vmcNo);
    if (this.#waiting.get(vmcNo)?.hasTimer === false) this.#waiting.delete(vmcNo);
  }
}
