/** The connection of a machine, common to both programs. */
import type { JsonObject } from '#shared/model/frame';
import type { Misbehaviour } from '#shared/model/simulator';

/** Frame counts over the sockets of all machines of a fleet. */
export interface Counters {
  sent: number;
  received: number;
  /** Frames that the machines could not read. */
  lost: number;
}

/** The program's own view. `refused`: it gave up its network until a restart, as linux does [field]. */
export type LinkStatus = 'off' | 'waiting' | 'dialling' | 'loggingIn' | 'ready' | 'refused';

/** `silently`: as after a power cut; the other side sees no close. */
export type Ending = 'end' | 'silently';

export interface Link {
  readonly status: LinkStatus;
  /** Power on. */
  start(): void;
  /** Power off until `start`. */
  stop(how: Ending): void;
  /** Drops all connections of a machine that is stopped for good. */
  forget(): void;
  /** Returns false if the program does not send it. */
  send(body: JsonObject): boolean;
  /** Ends the connection and dials again, `longer` ms later. */
  reconnect(longer?: number): void;
  loginAnswered(isAccepted: boolean): void;
  misbehaviourSwitched(misbehaviour: Misbehaviour, on: boolean): void;
}
