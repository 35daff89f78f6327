/** The error reports of the linux program [field3]: it compares errors every two minutes and never reports the end of a single error. */
import type { Cabinet } from '../cabinet';
import type { Cancel } from '../clock';
import type { Fault } from '../stock';

const compareInterval = 120_000;
const repeatInterval = 180_000;
const stateInterval = 180_000;
const apart = 3_000;

/** A lost server connection is an error of its own. */
const networkLost: Fault = { code: 'EC_6', description: '检查网络', fatal: true, persistent: false };

export class LinuxErrors {
  readonly #cabinet: Cabinet;
  /** Errors at the last comparison. */
  #known = new Map<string, Fault>();
  #isNetworkLost = false;
  #isNormal = true;
  #series: Cancel | null = null;
  #repeating: Cancel | null = null;

  constructor(cabinet: Cabinet) {
    this.#cabinet = cabinet;
  }

  /** Whether the last check found no fatal error; it may be three minutes old. */
  get isNormal(): boolean {
    return this.#isNormal;
  }

  /** Power on. Existing errors count as known. */
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
    const checkState = (): void => {
      this.#isNormal = ![...this.#present().values()].some(({ fatal }) => fatal);
      this.#cabinet.after(stateInterval, checkState);
    };
    this.#cabinet.after(compareInterval, compare);
    this.#cabinet.after(stateInterval, checkState);
  }

  networkBegins(): void {
    this.#isNetworkLost = true;
  }

  loggedIn(): void {
    this.#isNetworkLost = false;
    this.#repeatLater();
  }

  /** The network is off until a restart: no more reports. */
  stop(): void {
    this.#series?.();
    this.acknowledged();
  }

  /** Any acknowledgement ends the repetition of all errors. */
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
    if (clears) this.#cabinet.report('cleared', null);
    this.#report([...present.values()], clears ? apart : 0);
    this.#repeatLater();
  }

  /** Reports the errors one by one. */
  #report([fault, ...rest]: readonly Fault[], wait: number): void {
    this.#series?.();
    this.#series = null;
    if (fault === undefined) return;
    const report = (): void => {
      const { code, description, fatal: isFatal, persistent: isPersistent } = fault;
      this.#cabinet.report('fault', { code, description, isSet: true, isFatal, isPersistent });
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
