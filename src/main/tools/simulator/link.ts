/** The connection of a machine, as either program keeps it. */
import type { JsonObject } from '#shared/model/frame';
import type { Misbehaviour } from '#shared/model/simulator';

/** Frames over the sockets of all machines of a fleet. */
export interface Counters {
  sent: number;
  received: number;
  /** Frames that the machines could not read. */
  lost: number;
}

/** As its program believes. `refused`: gave up its network until restarted, as linux does [field]. */
export type LinkStatus = 'off' | 'waiting' | 'dialling' | 'loggingIn' | 'ready' | 'refused';

/** `silently`: as when its power is cut; nothing ends the connection on the other side. */
export type Ending = 'end' | 'silently';

export interface Link {
  readonly status: LinkStatus;
  /** Power on. */
  start(): void;
  /** Power off until `start`. */
  stop(how: Ending): void;
  /** Leaves no connection behind: it is stopped for good. */
  forget(): void;
  /** False: its program does not let it out. */
  send(body: JsonObject): boolean;
  /** Ends the connection and dials again; `longer`: so many ms later. */
  reconnect(longer?: number): void;
  loginAnswered(isAccepted: boolean): void;
  misbehaviourSwitched(misbehaviour: Misbehaviour, on: boolean): void;
}
