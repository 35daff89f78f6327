/**
 * What happens to a machine when nobody commands it. Each act is drawn whole (`drawAct`) before it is played, so the same seed
 * gives the same acts in the same order whatever the server answers. Times are ms of life.
 */
import type { Cabinet } from './cabinet';
import type { Random } from './random';
import type { Sale, Shop } from './shop';
import { breakdowns, menu, warnings, type Trouble } from './stock';

export type Act =
  | { readonly kind: 'sale'; readonly pause: number; readonly sale: Sale }
  | {
      readonly kind: 'warning' | 'breakdown';
      readonly pause: number;
      readonly trouble: Trouble;
      readonly lasts: number;
    }
  | { readonly kind: 'cupBlocked' | 'service'; readonly pause: number; readonly lasts: number }
  | { readonly kind: 'supply'; readonly pause: number };

const kinds = [
  { kind: 'sale', weight: 60 },
  { kind: 'supply', weight: 10 },
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

export function drawAct(random: Random): Act {
  const pause = random.int(10_000, 60_000);
  const { kind } = random.weighted(kinds);
  switch (kind) {
    case 'sale': {
      const product = random.pick(menu);
      const { payment } = random.weighted(payments);
      const works = random.chance(0.97);
      const sale: Sale = {
        product,
        payment,
        works,
        brewing: random.int(15_000, 40_000),
        patience: random.int(40_000, 90_000),
      };
      return { kind, pause, sale };
    }
    case 'supply':
      return { kind, pause };
    case 'warning':
      return { kind, pause, trouble: random.pick(warnings), lasts: random.int(60_000, 300_000) };
    case 'breakdown':
      return { kind, pause, trouble: random.pick(breakdowns), lasts: random.int(20_000, 60_000) };
    case 'cupBlocked':
    case 'service':
      return { kind, pause, lasts: random.int(20_000, 60_000) };
  }
}

export class Life {
  readonly #cabinet: Cabinet;
  readonly #shop: Shop;
  readonly #random: Random;

  constructor(cabinet: Cabinet, shop: Shop, random: Random) {
    this.#cabinet = cabinet;
    this.#shop = shop;
    this.#random = random;
  }

  /** Goes on until a restart forgets its timer; then call it again. */
  next(): void {
    const act = drawAct(this.#random);
    this.#cabinet.soon(act.pause, () => this.#play(act));
  }

  #play(act: Act): void {
    const cabinet = this.#cabinet;
    const next = () => this.next();
    switch (act.kind) {
      case 'sale':
        // "Out of order" on the screen, or an open front: nobody buys.
        if (cabinet.broken || cabinet.door === 'open') next();
        else this.#shop.sell(act.sale, next);
        return;
      case 'supply':
        cabinet.reportSupply();
        return next();
      case 'warning':
        cabinet.trouble(act.trouble);
        cabinet.soon(act.lasts, () => cabinet.resolve(act.trouble.code));
        return next();
      case 'breakdown':
        cabinet.trouble(act.trouble);
        cabinet.soon(act.lasts, () => this.#service(act.lasts / 2, next));
        return;
      case 'cupBlocked':
        cabinet.blockCup();
        cabinet.soon(act.lasts, () => {
          cabinet.clearAll();
          next();
        });
        return;
      case 'service':
        return this.#service(act.lasts, next);
    }
  }

  /** Somebody opens, repairs, refills and closes. */
  #service(lasts: number, done: () => void): void {
    const cabinet = this.#cabinet;
    cabinet.openDoor(lasts);
    cabinet.soon(lasts / 2, () => {
      if (cabinet.troubled) cabinet.clearAll();
      cabinet.refill();
    });
    cabinet.soon(lasts, done);
  }
}
