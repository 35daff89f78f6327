/** How the linux program reports its errors [field3]: it compares them every two minutes, and never says that a single one is over. */
import type { Cabinet } from '../cabinet';
import type { Cancel } from '../clock';
import type { Fault } from '../stock';

const compareInterval = 120_000;
const repeatInterval = 180_000;
const stateInterval = 180_000;
const apart = 3_000;

/** Without its server it is in error itself. */
const networkLost: Fault = { code: 'EC_6', description: '检查网络', fatal: true, persistent: false };

export class LinuxErrors {
  readonly #cabinet: Cabinet;
  /** As of the last comparison. */
  #known = new Map<string, Fault>();
  #isNetworkLost = false;
  #isNormal = true;
  #series: Cancel | null = null;
  #repeating: Cancel | null = null;

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  /** No fatal error as of the last look, which may be three minutes old. */
  get isNormal(): boolean {
    return this.#isNormal;
  }

  /** Power on. What is there already counts as known. */
  start(): void {
    this.#series = null;
    this.#repeating = null;
    this.#isNetworkLost = false;
    this.#known = this.#present();
    this.#isNormal = true;
    const compare = (): void => {
      this.#compare();
      this.#cabinet.after(compareInterval, compare);
    };
    const look = (): void => {
      this.#isNormal = ![...this.#present().values()].some(({ fatal }) => fatal);
      this.#cabinet.after(stateInterval, look);
    };
    this.#cabinet.after(compareInterval, compare);
    this.#cabinet.after(stateInterval, look);
  }

  networkBegins(): void {
    this.#isNetworkLost = true;
  }

  loggedIn(): void {
    this.#isNetworkLost = false;
    this.#repeatLater();
  }

  /** Its network is off until it is restarted: nothing is said any more. */
  stop(): void {
    this.#series?.();
    this.acknowledged();
  }

  /** Any acknowledgement ends the repeating of all. */
  acknowledged(): void {
    this.#repeating?.();
    this.#repeating = null;
  }

  #present(): Map<string, Fault> {
    const present = new Map(this.#cabinet.faults.map((fault) => [fault.code, fault]));
    if (this.#isNetworkLost) present.set(networkLost.code, networkLost);
    return present;
  }

  #compare(): void {
    const known = this.#known;
    const present = this.#present();
    if (present.size === known.size && [...present.keys()].every((code) => known.has(code))) return;
    this.#known = present;
    const clears = known.size > 0;
    if (clears) this.#cabinet.tell('cleared', null);
    this.#report([...present.values()], clears ? apart : 0);
    this.#repeatLater();
  }

  /** One after the other. */
  #report([fault, ...rest]: readonly Fault[], wait: number): void {
    this.#series?.();
    this.#series = null;
    if (fault === undefined) return;
    const report = (): void => {
      const { code, description, fatal: isFatal, persistent: isPersistent } = fault;
      this.#cabinet.tell('fault', { code, description, isSet: true, isFatal, isPersistent });
      this.#report(rest, apart);
    };
    if (wait === 0) report();
    else this.#series = this.#cabinet.after(wait, report);
  }

  #repeatLater(): void {
    this.acknowledged();
    if (this.#known.size === 0) return;
    this.#repeating = this.#cabinet.after(repeatInterval, () => {
      this.#report([...this.#known.values()], 0);
      this.#repeatLater();
    });
  }
}
