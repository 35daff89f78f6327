/** What the time strip shows of what was counted. */
import type { BinSpan } from '#shared/model/frameCount';

const minute = 60_000;
/** ms that a strip can cover. */
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

/** What the strip covers. */
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

/** What is to be counted for that. It ends with a whole bin, so that the bins stay while time goes on within the last one. */
export function windowOf({ span, end }: Strip, { bins, now }: Around): BinSpan {
  const binTime = span / bins;
  const to = Math.ceil((end ?? now) / binTime) * binTime;
  return { from: to - span, to, count: bins };
}

/** A step of zooming: what is chosen stays in its bin; with nothing chosen the middle stays, or now where the strip ends there. */
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
  // A moment between two bins may be counted in either: at the strip's edge it would be lost.
  const bin = Math.min(bins - 2, Math.max(1, around.bin));
  const last = Math.floor(around.moment / binTime) + bins - 1 - bin;
  // Within the last bin: rounding leaves it the last one.
  const wanted = (last + 0.5) * binTime;
  return { span: next, end: wanted >= now ? null : wanted };
}

/** px that the wheel is turned for a step: no wheel tells less of a notch. */
const wheelStep = 50;

/** A step of the wheel, 0: none yet, and what is left of it for the next. A trackpad tells many small ones, some of them sideways. */
export function turned(
  rest: number,
  { deltaX, deltaY }: Pick<WheelEvent, 'deltaX' | 'deltaY'>,
): { readonly by: 1 | -1 | 0; readonly rest: number } {
  if (deltaY === 0 || Math.abs(deltaX) > Math.abs(deltaY)) return { by: 0, rest };
  const way = deltaY < 0 ? -1 : 1;
  const all = (Math.sign(rest) === way ? rest : 0) + deltaY;
  return Math.abs(all) < wheelStep ? { by: 0, rest: all } : { by: way, rest: 0 };
}

/** Two heartbeats (20 s apart [doc]) are missing, and a bit. */
const quietTime = 45_000;

/** Bins without an entry between bins with some, where it is quiet for long enough: from the first to after the last. */
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

/** ms of the longest of these times; at least so long, as it begins and ends within bins. */
export function longestQuiet({ from, to, count }: BinSpan, runs: ReturnType<typeof quietRuns>): number {
  return ((to - from) / count) * Math.max(0, ...runs.map(([start, end]) => end - start));
}

/** The bin with most, the first of several; `null`: fewer than two bins have any, so that none stands out. */
export function peakOf(counts: readonly number[]): number | null {
  if (counts.filter((count) => count > 0).length < 2) return null;
  return counts.indexOf(Math.max(...counts));
}

/** A bar's share of the height: seen from the first on (`least`), and a rush does not flatten the rest. */
export const heightOf = (count: number, most: number, least = 0.06): number =>
  count === 0 || most === 0 ? 0 : Math.max(least, Math.sqrt(count / most));

/** The middle of a bin, ms since 1970: each count may cover another time, and then the same bin stands for another moment. */
export const momentOf = ({ from, to, count }: BinSpan, bin: number): number =>
  from + ((bin + 0.5) * (to - from)) / count;

/** The bins of two moments; `null`: `at` is not shown. Of `anchor` the nearest that is. */
export function binsOf(
  { from, to, count }: BinSpan,
  at: number,
  anchor: number,
): { readonly at: number; readonly anchor: number } | null {
  if (at < from || at >= to) return null;
  const binOf = (ms: number): number => binAt(count, (ms - from) / (to - from));
  return { at: binOf(at), anchor: binOf(anchor) };
}

/** From which bin on nothing is counted yet; `count`: all is. */
export function uncountedFrom({ from, to, count }: BinSpan, until: number | null): number {
  return until === null
    ? count
    : Math.min(count, Math.max(0, Math.floor(((until - from) / (to - from)) * count)));
}

/** The bin at a share of the width. */
export const binAt = (bins: number, share: number): number =>
  Math.min(bins - 1, Math.max(0, Math.floor(share * bins)));

/** The first moment and the last of a choice of bins, whichever end it began at. */
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
