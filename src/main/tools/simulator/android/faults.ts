/** The fault reports of the android program [field3]: three slots, checked every second. Only missing materials have no slot. */
import type { Cabinet } from '../cabinet';
import type { Fault } from '../stock';
import { slotOf, type ErrorSlot } from '#shared/errors/codes';

const tick = 1_000;
const apart = 100;

const slots: readonly ErrorSlot[] = ['machine', 'soldOut', 'cupLid'];

const lack = /^WARNING:\d+$/;

export class AndroidFaults {
  readonly #cabinet: Cabinet;
  readonly #isBusy: () => boolean;
  readonly #reported: Record<ErrorSlot, string | null> = { machine: null, soldOut: null, cupLid: null };
  /** Material warnings that were reported. */
  readonly #warned = new Set<string>();
  #isTicking = false;

  /** `isBusy`: the machine makes a drink, or a task runs. */
  constructor(cabinet: Cabinet, isBusy: () => boolean) {
    this.#cabinet = cabinet;
    this.#isBusy = isBusy;
  }

  /** Power on: no fault is reported yet. */
  start(): void {
    this.#isTicking = false;
    this.#empty();
    this.#warned.clear();
  }

  /** Its `clearerror` after a login: active faults are set again at the next tick. */
  clear(): void {
    this.#empty();
    this.#cabinet.report('cleared', null);
    this.changed();
  }

  #empty(): void {
    for (const slot of slots) this.#reported[slot] = null;
  }

  /** Reports a warning for each material that runs low. */
  warn(): void {
    this.#warnings().forEach((fault, place) => {
      this.#warned.add(fault.code);
      if (place === 0) this.#report(fault);
      else this.#cabinet.after(place * apart, () => this.#report(fault));
    });
  }

  get lacks(): number {
    return this.#warnings().length;
  }

  /** Returns whether the refill ended a reported warning. */
  endsWarning(material: string): boolean {
    return this.#warned.delete(`WARNING:${material}`);
  }

  /** Checks at the next tick. */
  changed(): void {
    if (this.#isTicking) return;
    this.#isTicking = true;
    const { clock } = this.#cabinet;
    this.#cabinet.after(tick - (clock.now() % tick), () => {
      this.#isTicking = false;
      this.#check();
    });
  }

  #check(): void {
    // The end of the drink or task calls this again.
    if (this.#isBusy()) return;
    const standing = this.#standing();
    let isEmptied = false;
    for (const slot of slots) {
      const fault = standing.get(slot);
      const code = fault?.code ?? null;
      if (code === this.#reported[slot]) continue;
      this.#reported[slot] = code;
      if (fault === undefined) isEmptied = true;
      else this.#report(fault);
    }
    const warnings = this.#warnings();
    const gone = [...this.#warned].some((code) => warnings.every((fault) => fault.code !== code));
    if (isEmptied || gone) this.#clearAndSet(standing);
    else if (warnings.some(({ code }) => !this.#warned.has(code))) this.warn();
  }

  #clearAndSet(standing: ReadonlyMap<ErrorSlot, Fault>): void {
    this.#cabinet.report('cleared', null);
    this.#warned.clear();
    const others = [...standing.values()];
    others.forEach(
      (fault, place) => void this.#cabinet.after((place + 1) * apart, () => this.#report(fault)),
    );
    this.#cabinet.after((others.length + 1) * apart, () => this.warn());
  }

  /** The latest fault of each slot. */
  #standing(): ReadonlyMap<ErrorSlot, Fault> {
    return new Map(
      this.#cabinet.faults.flatMap((fault) =>
        lack.test(fault.code) ? [] : [[slotOf(fault.code) ?? 'machine', fault] as const],
      ),
    );
  }

  #warnings(): readonly Fault[] {
    const set = this.#cabinet.faults.filter(({ code }) => lack.test(code));
    const codes = new Set(set.map(({ code }) => code));
    const counted = this.#cabinet.lacking.flatMap((material): readonly Fault[] => {
      const code = `WARNING:${material}`;
      return codes.has(code) ? [] : [{ code, description: '', fatal: false, persistent: false }];
    });
    return [...set, ...counted];
  }

  #report({ code, description, fatal: isFatal, persistent: isPersistent }: Fault): void {
    this.#cabinet.report('fault', { code, description, isSet: true, isFatal, isPersistent });
  }
}
