/** Every request of the window: one row each. Preload, bridge, guard, routing and audit derive from it. */
import type { z } from 'zod';
import type { Action } from '../actions';
import type { AppError } from '../errors';
import type { ResultOf } from '../request';
import { appRequests } from './app';
import { commandsRequests } from './commands';
import { frameRequests } from './frames';
import { historyRequests } from './history';
import { linkRequests } from './link';
import { listsRequests } from './lists';
import { machinesRequests } from './machines';
import { packageRequests } from './packages';
import { relayRequests } from './relay';
import { replayRequests } from './replay';
import { runRequests } from './runs';
import { settingsRequests } from './settings';
import { simulatorRequests } from './simulator';
import { siteRequests } from './sites';
import { uploadsRequests } from './uploads';

export const requests = {
  ...appRequests,
  ...commandsRequests,
  ...frameRequests,
  ...historyRequests,
  ...linkRequests,
  ...listsRequests,
  ...machinesRequests,
  ...packageRequests,
  ...relayRequests,
  ...replayRequests,
  ...runRequests,
  ...settingsRequests,
  ...simulatorRequests,
  ...siteRequests,
  ...uploadsRequests,
} as const;

export type RequestName = keyof typeof requests;
export const requestNames = Object.keys(requests) as readonly RequestName[];

export type Args<N extends RequestName> = z.infer<(typeof requests)[N]['args']>;
export type ReplyValue<N extends RequestName> = ResultOf<(typeof requests)[N]>;
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: AppError };
export type Reply<N extends RequestName> = Result<ReplyValue<N>>;

type Rows = typeof requests;
/** Requests that this thread answers. */
export type RequestsOf<T extends Rows[RequestName]['thread']> = {
  [N in RequestName]: Rows[N]['thread'] extends T ? N : never;
}[RequestName];
/** Requests that the audit trail keeps. */
export type AuditedName = { [N in RequestName]: Rows[N]['audit'] extends false ? never : N }[RequestName];
/** Requests with a function of their own for the audit line. */
export type OwnAuditName = { [N in RequestName]: Rows[N]['audit'] extends 'own' ? N : never }[RequestName];

export const isAudited = (name: RequestName): name is AuditedName => requests[name].audit !== false;
export const isAnsweredBy = <T extends Rows[RequestName]['thread']>(
  thread: T,
  name: RequestName,
): name is RequestsOf<T> => requests[name].thread === thread;

/** The object that the preload script puts on `window.crema`. */
export interface CremaApi {
  /** `capture`: the opened capture that the window shows; `null`: live data. */
  readonly request: <N extends RequestName>(
    name: N,
    args: Args<N>,
    capture?: number | null,
  ) => Promise<Reply<N>>;
  /** Calls back with every batch (feed.ts) as JSON; returns a function that stops it. */
  readonly onFeed: (listener: (batch: string) => void) => () => void;
  /** Calls back with each action of the menu; returns a function that stops it. */
  readonly onAction: (listener: (action: Action) => void) => () => void;
  /** The path of a file that was dropped on the window; '': it is not on a disk. */
  readonly pathOf: (file: object) => string;
}
