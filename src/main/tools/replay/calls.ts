/** Calls to the thread of a replay and its events, and those between it and the machine server's. */
import type { MessagePort } from 'node:worker_threads';
import type { AppError } from '#shared/contract/errors';
import type { DialTarget } from '#shared/model/dial';
import type { Head } from '#shared/model/frame';
import type {
  ReplayPace,
  ReplayPart,
  ReplayProgress,
  ReplayRows,
  ReplayRule,
  ReplaySurvey,
} from '#shared/model/replay';
import type { ScanQuery } from '../../journal/embed';
import type { OutgoingFrame } from './link';

export interface ReplaySource extends ScanQuery {
  /** The journal's file. */
  readonly journal: string;
}

export interface ReplayWish {
  readonly source: ReplaySource;
  readonly extent: NonNullable<ReplayPart['extent']>;
  /** A server, or a port to the machine server that has the machine. */
  readonly to: { readonly server: DialTarget } | { readonly machine: MessagePort };
  readonly vmcNo: number | null;
  readonly pace: ReplayPace;
  readonly rules: readonly ReplayRule[];
  /** Verification codes by machine number. */
  readonly codes: ReadonlyMap<number, string>;
}

export interface ReplayCalls {
  survey: { args: ReplaySource; result: ReplaySurvey };
  /** Answered when it is over. */
  run: { args: ReplayWish; result: ReplayProgress };
  control: { args: { readonly to: 'pause' | 'resume' | 'next' | 'cancel' }; result: undefined };
  /** Newest first. `differing`: only answers that are not the same, and not explained. */
  rows: {
    args: { readonly before: number | null; readonly limit: number; readonly differing: boolean };
    result: ReplayRows;
  };
}

export interface ReplayEvents {
  progress: ReplayProgress;
}

/** At the other end of a machine's port: the machine server. */
export interface MachineLinkCalls {
  /** `null`: it is on its way. */
  send: { args: OutgoingFrame; result: AppError | null };
}

export interface MachineLinkEvents {
  /** What the machine says; junk has no head. `at`: ms since 1970. */
  came: { readonly at: number; readonly head: Head | null; readonly text: string };
  /** Its connection has ended. */
  closed: { readonly reason: string };
}
