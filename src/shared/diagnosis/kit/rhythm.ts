/** How a machine's heartbeats follow each other. Limits are [ours]; they follow how often each program speaks. */
import type { Platform } from '../../model/machine';

/** ms between two heartbeats that are as they should be. */
const range: Readonly<Record<Platform | 'unknown', { readonly from: number; readonly to: number }>> = {
  // 30 s after the last frame that it handled, 10 s in one variant [field3]; every 20 s [doc].
  linux: { from: 8_000, to: 40_000 },
  android: { from: 0, to: 75_000 }, // after 30 s in which nothing passes, at the latest every 60 s [field]
  unknown: { from: 0, to: 75_000 },
};
/** So many in a row are a rhythm. */
const row = 3;
/** So many must be known, and so many of them be off, for a rhythm that is none. */
const known = 6;
const off = 3;

const rangeOf = (platform: Platform | null) => range[platform ?? 'unknown'];

export const isSlow = (intervals: readonly number[], platform: Platform | null): boolean =>
  intervals.length >= row && intervals.slice(-row).every((ms) => ms > rangeOf(platform).to);

export function isIrregular(intervals: readonly number[], platform: Platform | null): boolean {
  const { from, to } = rangeOf(platform);
  return (
    intervals.length >= known &&
    intervals.filter((ms) => ms < from || ms > to).length >= off &&
    !isSlow(intervals, platform)
  );
}

/** In whole seconds. */
export const seconds = (ms: number): number => Math.round(ms / 1_000);
