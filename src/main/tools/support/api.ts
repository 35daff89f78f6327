/** Creates support files. */
export type { Collected, CollectRequest, Staged, SupportCalls, SupportEvents } from './calls';
