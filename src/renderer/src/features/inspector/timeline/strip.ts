/** Calculations of the time strip. */
import type { BinSpan } from '#shared/model/frameCount';

const minute = 60_000;
/** Spans of a strip, ms. */
export const spans = [
  5 * minute,
  15 * minute,
  60 * minute,
  6 * 60 * minute,
  24 * 60 * minute,
  7 * 24 * 60 * minute,
  30 * 24 * 60 * minute,
] as const;
export type StripSpan = (typeof spans)[number];
export const usualSpan: StripSpan = spans[2];

export const spanFor = (length: number): StripSpan =>
  spans.find((span) => span >= length) ?? spans[spans.length - 1] ?? usualSpan;
export function zoomed(span: StripSpan, by: 1 | -1): StripSpan {
  return spans[spans.indexOf(span) + by] ?? span;
}

/** The time that the strip covers. */
export interface Strip {
  readonly span: StripSpan;
  /** ms since 1970; `null`: now. */
  readonly end: number | null;
}

interface Around {
  readonly bins: number;
  /** ms since 1970 */
  readonly now: number;
}

/** The time to count. It ends with a whole bin, so that bins stay while time passes within the last one. */
export function windowOf({ span, end }: Strip, { bins, now }: Around): BinSpan {
  const binTime = span / bins;
  const to = Math.ceil((end ?? now) / binTime) * binTime;
  return { from: to - span, to, count: bins };
}

/** One zoom step. The selection stays in its bin; without one, the middle stays, or the present if the strip ends there. */
export function zoomedAround(
  strip: Strip,
  by: 1 | -1,
  chosen: { readonly moment: number; readonly bin: number } | null,
  { bins, now }: Around,
): Strip {
  const { span, end } = strip;
  const next = zoomed(span, by);
  if (next === span) return strip;
  const middle = end === null ? null : { moment: end - span / 2, bin: Math.floor(bins / 2) };
  const around = chosen ?? middle;
  if (around === null) return { span: next, end: null };
  const binTime = next / bins;
  // A time between two bins may be counted in either; at the strip's edge it would be lost.
  const bin = Math.min(bins - 2, Math.max(1, around.bin));
  const last = Math.floor(around.moment / binTime) + bins - 1 - bin;
  // The middle of the last bin, so that rounding keeps it the last one.
  const wanted = (last + 0.5) * binTime;
  return { span: next, end: wanted >= now ? null : wanted };
}

/** px of wheel movement for one step; every wheel reports at least this per notch. */
const wheelStep = 50;

/** A wheel step (0: none yet), and the rest for the next one. A trackpad reports many small movements, some of them sideways. */
export function turned(
  rest: number,
  { deltaX, deltaY }: Pick<WheelEvent, 'deltaX' | 'deltaY'>,
): { readonly by: 1 | -1 | 0; readonly rest: number } {
  if (deltaY === 0 || Math.abs(deltaX) > Math.abs(deltaY)) return { by: 0, rest };
  const way = deltaY < 0 ? -1 : 1;
  const all = (Math.sign(rest) === way ? rest : 0) + deltaY;
  return Math.abs(all) < wheelStep ? { by: 0, rest: all } : { by: way, rest: 0 };
}

/** ms: two missing heartbeats (20 s apart [doc]), with some tolerance. */
const quietTime = 45_000;

/** Runs of empty bins between others, if long enough to be quiet: from the first to after the last. */
export function quietRuns(entries: readonly number[], span: BinSpan): readonly (readonly [number, number])[] {
  const width = (span.to - span.from) / span.count;
  const runs: (readonly [number, number])[] = [];
  let start = -1;
  for (const [index, count] of entries.entries()) {
    if (count === 0) continue;
    if (start >= 0 && (index - start) * width >= quietTime) runs.push([start, index]);
    start = index + 1;
  }
  return runs;
}

export const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);

/** Length of the longest quiet time, ms. The true time is at least as long, because it begins and ends inside bins. */
export function longestQuiet({ from, to, count }: BinSpan, runs: ReturnType<typeof quietRuns>): number {
  return ((to - from) / count) * Math.max(0, ...runs.map(([start, end]) => end - start));
}

/** The bin with the most entries, the first of several; `null`: fewer than two bins have any, so none is prominent. */
export function peakOf(counts: readonly number[]): number | null {
  if (counts.filter((count) => count > 0).length < 2) return null;
  return counts.indexOf(Math.max(...counts));
}

/** Relative height of a bar: visible from one entry on (`least`), and a peak does not flatten the rest. */
export const heightOf = (count: number, most: number, least = 0.06): number =>
  count === 0 || most === 0 ? 0 : Math.max(least, Math.sqrt(count / most));

/** The middle of a bin, ms since 1970. The same bin of another count can be another time. */
export const momentOf = ({ from, to, count }: BinSpan, bin: number): number =>
  from + ((bin + 0.5) * (to - from)) / count;

/** The bins of two times; `null`: `at` is not displayed. `anchor` is limited to the displayed bins. */
export function binsOf(
  { from, to, count }: BinSpan,
  at: number,
  anchor: number,
): { readonly at: number; readonly anchor: number } | null {
  if (at < from || at >= to) return null;
  const binOf = (ms: number): number => binAt(count, (ms - from) / (to - from));
  return { at: binOf(at), anchor: binOf(anchor) };
}

/** The first bin that is not counted; `count`: all are counted. */
export function uncountedFrom({ from, to, count }: BinSpan, until: number | null): number {
  return until === null
    ? count
    : Math.min(count, Math.max(0, Math.floor(((until - from) / (to - from)) * count)));
}

/** The bin at a share of the width. */
export const binAt = (bins: number, share: number): number =>
  Math.min(bins - 1, Math.max(0, Math.floor(share * bins)));

/** The first and last time of selected bins, in either direction. */
export function spanOf(
  { from, to, count }: BinSpan,
  a: number,
  b: number,
): { readonly from: number; readonly to: number } {
  const width = (to - from) / count;
  return {
    from: Math.round(from + Math.min(a, b) * width),
    to: Math.round(from + (Math.max(a, b) + 1) * width) - 1,
  };
}
