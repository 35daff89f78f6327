/** Parts of the relay that serving connections needs. The relay owns its rules and counters (relaying.ts). */
import type { DialTarget } from '#shared/model/dial';
import type { Peer } from '#shared/model/frame';
import { noRelay, type RelaySettings } from '#shared/model/relay';
import type { AnswerContext } from '../../core/connection/answer';
import type { HeldFrame } from '../../core/connection/effects';
import type { RelayContext } from '../../core/connection/relay';
import type { Connection } from '../link/connection';

export interface RelayDeps extends Omit<RelayContext, keyof AnswerContext> {
  readonly settings: () => RelaySettings;
  readonly answersWhenGone: () => boolean;
  /** True if the connection is served as the settings require, now that its number is known. */
  readonly isRight: (connection: Connection) => boolean;
  /** Virtual machines are not relayed, because no real server may receive their orders. */
  readonly isVirtual: (peer: Peer) => boolean;
  readonly held: (connection: Connection, held: HeldFrame) => void;
  /** The rule of each item that the connection delays now. */
  readonly delays: (connection: Connection, by: readonly number[]) => void;
  /** A connection has ended. */
  readonly ended: (conn: number) => void;
  /** A server is reachable again. */
  readonly back: (target: DialTarget) => void;
  readonly changed: () => void;
}

export const relaysNobody: RelayDeps = {
  settings: () => noRelay,
  answersWhenGone: () => false,
  isRight: () => true,
  isVirtual: () => false,
  isRuled: () => false,
  ruling: () => null,
  followed: () => undefined,
  waived: () => undefined,
  mayHold: () => false,
  mayDelay: () => false,
  delays: () => undefined,
  held: () => undefined,
  ended: () => undefined,
  back: () => undefined,
  changed: () => undefined,
};
