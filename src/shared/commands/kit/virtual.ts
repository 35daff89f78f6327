/** What a virtual machine can do, for the rows of commands to say what it does when it is told. */
import type { JsonObject } from '../../model/json';

export interface VirtualMachine {
  readonly vmcNo: number;
  /** How its program spells "open the door": the document itself is of two minds [doc 3.9]. */
  readonly doorCommand: 'opendoor' | 'door open';
  /** After `ms` of its life; a restart forgets it. */
  soon(ms: number, run: () => void): void;
  /** Power off and on; `then` runs when power is back. */
  restart(then: () => void): void;
  /** For `ms`; reports it. */
  openDoor(ms: number): void;
  reportDoor(): void;
  reportSupplies(): void;
  /** A drink nobody pays for; `ended` is told why it did not come out. */
  brew(productId: number, ended: Done): void;
  /** Writes a record of a rinse that worked, told until it is acknowledged. */
  recordRinse(): void;
  /** fen */
  setPrice(productId: number, price: number): void;
  /** Percent of the price that customers pay. */
  setDiscount(percent: number): void;
  /** Shows the QR text of the order that waits for one. */
  showQr(message: JsonObject): void;
  /** Takes the word of the payment service. */
  takePayment(message: JsonObject): void;
  /** Fetches a package and runs it. */
  upgrade(message: JsonObject): void;
  /** Sends any other message. */
  send(body: JsonObject): void;
}

/** The command has ended; `failReason` null: done. Only android tells anyone [field]. */
type Done = (failReason: string | null) => void;
export type Obey = (vm: VirtualMachine, message: JsonObject, done: Done) => void;
