/** People at a machine: customers and a technician. */
import { createHash } from 'node:crypto';
import type { Cabinet } from './cabinet';
import { byTechnician } from './deeds';
import { LinuxOrders } from './linux/orders';
import type { Orders, Purchase } from './orders';
import type { Program } from './program';

export class Customer {
  readonly #orders: Orders;

  constructor(orders: Orders) {
    this.#orders = orders;
  }

  /** Returns false if the screen is in use or the product is not offered. */
  buy(purchase: Purchase): boolean {
    return this.#orders.buy(purchase);
  }

  /** Enters a pick-up code, which linux turns into its last order number [field3]. */
  enterCode(code: string): void {
    if (this.#orders instanceof LinuxOrders)
      this.#orders.enterCode(createHash('md5').update(code).digest('hex'));
  }
}

export interface TechnicianParts {
  readonly cabinet: Cabinet;
  readonly program: Program;
  /** Cuts the power for `awayMs`. */
  readonly powerCycle: (awayMs: number) => void;
  /** Restarts through the menu: the program ends normally. */
  readonly restart: () => void;
  readonly rinse: () => void;
}

export class Technician {
  readonly #o: TechnicianParts;

  constructor(parts: TechnicianParts) {
    this.#o = parts;
  }

  /** Opens the door with the key for `ms` of simulated time; `null`: until `closeDoor`. */
  openDoor(ms: number | null = null): void {
    this.#o.cabinet.openDoor(ms, byTechnician);
  }
  closeDoor(): void {
    this.#o.cabinet.closeDoor(byTechnician);
  }
  clearErrors(): void {
    this.#o.cabinet.clearFaults(byTechnician);
  }
  refill(changes: Readonly<Record<string, number>>): void {
    this.#o.program.refilled(changes, byTechnician);
  }
  /** Refills all materials. */
  fillUp(): void {
    this.refill(this.#o.cabinet.room);
  }
  rinse(): void {
    this.#o.rinse();
  }
  setPrice(productId: number, fen: number): void {
    this.#o.cabinet.touch();
    this.#o.cabinet.setPrice(productId, fen, byTechnician);
  }
  powerCycle(awayMs: number): void {
    this.#o.powerCycle(awayMs);
  }
  restart(): void {
    this.#o.restart();
  }
  enterMenu(): void {
    this.#o.cabinet.touch();
    this.#o.cabinet.set({ isInMenu: true });
  }
  leaveMenu(): void {
    this.#o.cabinet.touch();
    this.#o.cabinet.set({ isInMenu: false });
  }
  brew(productId: number): void {
    this.#o.program.orders.testBrew(productId);
  }
}
