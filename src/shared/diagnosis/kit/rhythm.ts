/** The rhythm of a machine's heartbeats. The limits are [ours]; they follow the sending intervals of each program. */
import type { Platform } from '../../model/machine';

/** Normal intervals between two heartbeats, ms. */
const range: Readonly<Record<Platform | 'unknown', { readonly from: number; readonly to: number }>> = {
  // 30 s after the last handled frame, 10 s in one variant [field3]; every 20 s [doc].
  linux: { from: 8_000, to: 40_000 },
  android: { from: 0, to: 75_000 }, // after 30 s without traffic, at the latest every 60 s [field]
  unknown: { from: 0, to: 75_000 },
};
/** Number of consecutive intervals that make a rhythm. */
const row = 3;
/** An irregular rhythm needs this many known intervals, and this many abnormal ones among them. */
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

/** Rounds to whole seconds. */
export const seconds = (ms: number): number => Math.round(ms / 1_000);
