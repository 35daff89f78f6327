/** Exports of the replay of recordings for other threads. */
export type {
  MachineLinkCalls,
  MachineLinkEvents,
  ReplayCalls,
  ReplayEvents,
  ReplaySource,
  ReplayWish,
} from './calls';
export type { OutgoingFrame } from './link';
