/** What the app uses of the support file. */
export type { Collected, CollectRequest, Staged, SupportCalls, SupportEvents } from './calls';
