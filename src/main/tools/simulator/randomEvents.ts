/**
 * Random events of a machine: sales, faults, service. All values of an event are drawn (`drawEvent`) before it runs. Equal seeds
 * therefore give equal events in equal order, whatever the server answers. Times are ms of simulated time.
 */
import type { Cabinet } from './cabinet';
import type { Purchase } from './orders';
import type { Customer, Technician } from './people';
import type { Random } from './random';
import { breakdowns, menu, warnings, type Fault } from './stock';

export type RandomEvent =
  | { readonly kind: 'sale'; readonly pause: number; readonly purchase: Purchase }
  | {
      readonly kind: 'warning' | 'breakdown';
      readonly pause: number;
      readonly fault: Fault;
      readonly duration: number;
    }
  | { readonly kind: 'cupBlocked' | 'service'; readonly pause: number; readonly duration: number };

const kinds = [
  { kind: 'sale', weight: 60 },
  { kind: 'warning', weight: 10 },
  { kind: 'service', weight: 10 },
  { kind: 'breakdown', weight: 6 },
  { kind: 'cupBlocked', weight: 4 },
] as const;

const payments = [
  { payment: 'cash', weight: 5 },
  { payment: 'all', weight: 3 },
  { payment: 'wx_pub', weight: 1 },
  { payment: 'alipay', weight: 1 },
] as const;

export function drawEvent(random: Random): RandomEvent {
  // Often longer than the unused screen time that android needs before a rinse.
  const pause = random.int(20_000, 150_000);
  const { kind } = random.weighted(kinds);
  switch (kind) {
    case 'sale': {
      const product = random.pick(menu);
      const { payment } = random.weighted(payments);
      const works = random.chance(0.97);
      const purchase: Purchase = {
        productId: product.id,
        payment,
        works,
        brewing: random.int(15_000, 40_000),
        patience: random.int(40_000, 90_000),
      };
      return { kind, pause, purchase };
    }
    // linux does not report a shorter one [field3].
    case 'warning':
      return { kind, pause, fault: random.pick(warnings), duration: random.int(130_000, 400_000) };
    case 'breakdown':
      return { kind, pause, fault: random.pick(breakdowns), duration: random.int(130_000, 300_000) };
    case 'cupBlocked':
    case 'service':
      return { kind, pause, duration: random.int(20_000, 60_000) };
  }
}

interface Room {
  readonly cabinet: Cabinet;
  readonly customer: Customer;
  readonly technician: Technician;
}

export class RandomEvents {
  readonly #o: Room;
  readonly #random: Random;

  constructor(room: Room, random: Random) {
    this.#o = room;
    this.#random = random;
  }

  /** Schedules the events one after another. A restart cancels the timer; call again after it. */
  next(): void {
    const act = drawEvent(this.#random);
    this.#o.cabinet.soon(act.pause, () => this.#play(act));
  }

  #play(act: RandomEvent): void {
    const { cabinet, customer } = this.#o;
    const next = () => this.next();
    switch (act.kind) {
      case 'sale':
        // Nobody buys at a machine that is broken or open.
        if (cabinet.broken || cabinet.door === 'open' || !customer.buy({ ...act.purchase, done: next }))
          next();
        return;
      case 'warning':
        cabinet.setFault(act.fault);
        cabinet.soon(act.duration, () => cabinet.endFault(act.fault.code));
        return next();
      case 'breakdown':
        cabinet.setFault(act.fault);
        cabinet.soon(act.duration, () => this.#service(20_000, next));
        return;
      case 'cupBlocked':
        cabinet.blockCup();
        cabinet.soon(act.duration, () => {
          this.#o.technician.clearErrors();
          next();
        });
        return;
      case 'service':
        return this.#service(act.duration, next);
    }
  }

  /** Opens the door, clears the faults, refills and closes the door. */
  #service(duration: number, done: () => void): void {
    const { cabinet, technician } = this.#o;
    technician.openDoor(duration);
    cabinet.soon(duration / 2, () => {
      if (cabinet.hasFault) technician.clearErrors();
      technician.fillUp();
    });
    cabinet.soon(duration, done);
  }
}
