/** The program of a machine, linux or android: how it connects, reports and sells. */
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
  /** Returns false if the program does not send it. */
  report<H extends Happening>(what: H, facts: Happenings[H]): boolean;
  /** The server's acknowledgement of a repeated report. */
  acknowledged(what: Happening, key: string | null, message: JsonObject): void;
  loginAnswered(isAccepted: boolean, dateTime: string | null): void;
  /** linux: answers a status question. */
  reportState(cause: Cause): void;
  /** A rinse has ended. `reportedLater`: ms until its record is sent. */
  rinsed(isOk: boolean, way: 'auto' | 'remote' | 'hand', reportedLater: number): void;
  /** Runs when the machine is free for an ordered rinse. */
  whenIdle(run: () => void): void;
  inSlot(run: () => void): void;
  /** Materials were refilled. */
  refilled(changes: Readonly<Record<string, number>>, cause: Cause): void;
  /** The cabinet has changed. */
  changed(): void;
  reconnect(longer: number, cause: Cause): void;
  stopReading(): void;
  /** Runs when an upgrade may be applied. */
  whenInstallable(run: () => void): void;
}
