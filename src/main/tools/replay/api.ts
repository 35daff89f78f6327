/** What other threads may use of the replay of recordings. */
export type {
  MachineLinkCalls,
  MachineLinkEvents,
  ReplayCalls,
  ReplayEvents,
  ReplaySource,
  ReplayWish,
} from './calls';
export type { OutgoingFrame } from './link';
