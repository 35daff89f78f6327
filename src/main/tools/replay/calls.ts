/** Calls and events of the replay thread, and those between it and the machines thread. */
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
  /** A server, or a port to the machines thread, which serves the machine. */
  readonly to: { readonly server: DialTarget } | { readonly machine: MessagePort };
  readonly vmcNo: number | null;
  readonly pace: ReplayPace;
  readonly rules: readonly ReplayRule[];
  /** Verification codes by machine number. */
  readonly codes: ReadonlyMap<number, string>;
}

export interface ReplayCalls {
  survey: { args: ReplaySource; result: ReplaySurvey };
  /** Answered when the replay is over. */
  run: { args: ReplayWish; result: ReplayProgress };
  control: { args: { readonly to: 'pause' | 'resume' | 'next' | 'cancel' }; result: undefined };
  /** Newest first. `differing`: only answers whose differences no rule explains. */
  rows: {
    args: { readonly before: number | null; readonly limit: number; readonly differing: boolean };
    result: ReplayRows;
  };
}

export interface ReplayEvents {
  progress: ReplayProgress;
}

/** Calls that the machines thread answers at the other end of the port. */
export interface MachineLinkCalls {
  /** `null`: the frame was sent. */
  send: { args: OutgoingFrame; result: AppError | null };
}

export interface MachineLinkEvents {
  /** A frame from the machine; junk has no head. `at`: ms since 1970. */
  came: { readonly at: number; readonly head: Head | null; readonly text: string };
  /** The machine's connection has ended. */
  closed: { readonly reason: string };
}
