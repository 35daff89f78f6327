/** Effects: the actions that a connection's core requests, among them the entries to record. */
import type { Finding } from '#shared/findings';
import type { CloseReason } from '#shared/model/closeReasons';
import type { NewEntry } from '#shared/model/frame';
import type { DecodedFrame } from '../protocol/frame';
import type { Claim } from './claims';
import type { LegName } from './policy';

/** A frame that waits until a person decides about it. */
export interface HeldFrame {
  /** Unique on its connection. */
  readonly key: number;
  /** The leg that received the frame. */
  readonly leg: LegName;
  /** The rule that holds the frame. */
  readonly rule: number;
  readonly frame: DecodedFrame;
  /** Time of receipt. */
  readonly at: number;
}

export type Effect =
  | { readonly type: 'record'; readonly entry: NewEntry }
  /**
   * Send in a single write, because a machine takes each read() as whole frames [field]. A frame that cannot be written is not recorded.
   * `entry`: `null` for forwarded bytes, which are recorded on receipt.
   */
  | {
      readonly type: 'send';
      readonly leg: LegName;
      readonly bytes: Uint8Array;
      readonly entry: NewEntry | null;
    }
  /** Answer with `claimed` before any later input. */
  | ({ readonly type: 'claim' } & Claim)
  /** Record on that connection if it is open. */
  | { readonly type: 'remark'; readonly conn: number; readonly finding: Finding }
  /** This frame waits for a person (`release`). */
  | { readonly type: 'hold'; readonly held: HeldFrame }
  /** Stop or resume reading on all legs. */
  | { readonly type: 'pause' | 'resume' }
  /** Call `tick` at this time, which replaces any later one. */
  | { readonly type: 'wake'; readonly at: number }
  /** `inOrder`: send the data written before. */
  | { readonly type: 'close'; readonly reason: CloseReason; readonly inOrder: boolean };
