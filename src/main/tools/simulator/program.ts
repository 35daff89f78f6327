/** The program of a machine: how it connects, reports and sells. One of linux, one of android. */
import type { JsonObject } from '#shared/model/frame';
import type { Happening, Happenings } from '#shared/virtualMachine';
import type { Cause } from './deeds';
import type { Ending, Link } from './link';
import type { Orders } from './orders';

export interface Program {
  readonly link: Link;
  readonly orders: Orders;
  /** Power on. */
  start(): void;
  /** Power off. */
  stop(how: Ending, cause: Cause): void;
  /** False: its program does not let it out. */
  tell<H extends Happening>(what: H, facts: Happenings[H]): boolean;
  /** An answer of the server to something that it repeats. */
  acknowledged(what: Happening, key: string | null, message: JsonObject): void;
  loginAnswered(isAccepted: boolean, dateTime: string | null): void;
  /** linux's answer to a status question. */
  reportState(cause: Cause): void;
  /** A rinse has ended. `reportedLater`: its record is sent so many ms later. */
  rinsed(isOk: boolean, way: 'auto' | 'remote' | 'hand', reportedLater: number): void;
  /** When the machine is free for a rinse that was ordered from here. */
  whenIdle(run: () => void): void;
  inSlot(run: () => void): void;
  /** Materials were refilled. */
  refilled(changes: Readonly<Record<string, number>>, cause: Cause): void;
  /** Something in the cabinet has changed. */
  changed(): void;
  reconnect(longer: number, cause: Cause): void;
  stopReading(): void;
  /** When an upgrade may be applied. */
  whenInstallable(run: () => void): void;
}
