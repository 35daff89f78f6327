/** Alarms of all connections behind one timer. Ten thousand timers that are constantly reset would cost more. */

/** ms by which an alarm may be late, so that alarms of many connections share a slot. */
const slotSize = 50;

/** ms: the limit of a timer. Later alarms are checked again then. */
const longest = 86_400_000;

export interface Sleeper {
  /** The slot of its alarm; only `Alarms` uses it. */
  alarmSlot: number | null;
  readonly wake: () => void;
}

export class Alarms {
  readonly #now: () => number;
  readonly #slots = new Map<number, Set<Sleeper>>();
  #timer: NodeJS.Timeout | null = null;
  #armedFor = Infinity;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Replaces the previous alarm. */
  set(sleeper: Sleeper, at: number): void {
    this.clear(sleeper);
    const slot = Math.ceil(at / slotSize);
    sleeper.alarmSlot = slot;
    const others = this.#slots.get(slot);
    if (others === undefined) this.#slots.set(slot, new Set([sleeper]));
    else others.add(sleeper);
    if (slot < this.#armedFor) this.#arm(slot);
  }

  clear(sleeper: Sleeper): void {
    const slot = sleeper.alarmSlot;
    if (slot === null) return;
    sleeper.alarmSlot = null;
    const sleepers = this.#slots.get(slot);
    sleepers?.delete(sleeper);
    if (sleepers?.size === 0) this.#slots.delete(slot);
    if (this.#slots.size === 0) this.#disarm();
  }

  #ring(): void {
    this.#disarm();
    const due = Math.floor(this.#now() / slotSize);
    for (const [slot, sleepers] of this.#slots) {
      if (slot > due) continue;
      // A callback may clear another alarm, or set its own for later.
      for (const sleeper of sleepers) {
        this.clear(sleeper);
        sleeper.wake();
      }
    }
    let next = Infinity;
    for (const slot of this.#slots.keys()) next = Math.min(next, slot);
    if (next < this.#armedFor) this.#arm(next);
  }

  #arm(slot: number): void {
    this.#disarm();
    this.#armedFor = slot;
    this.#timer = setTimeout(
      () => this.#ring(),
      Math.min(longest, Math.max(1, slot * slotSize - this.#now())),
    );
  }

  #disarm(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#armedFor = Infinity;
  }
}
