import { describe, expect, it } from 'vitest';
import {
  binsOf,
  heightOf,
  longestQuiet,
  momentOf,
  peakOf,
  quietRuns,
  spanFor,
  spanOf,
  spans,
  turned,
  uncountedFrom,
  windowOf,
  zoomed,
  zoomedAround,
  type Strip,
} from '../../../../../../src/renderer/src/features/inspector/timeline/strip';

const spanOfBins = (entries: readonly number[], binTime: number) => ({
  from: 0,
  to: entries.length * binTime,
  count: entries.length,
});
const quiet = (entries: readonly number[], binTime: number) =>
  quietRuns(entries, spanOfBins(entries, binTime));

describe('the time strip', () => {
  it('finds quiet times longer than heartbeats are apart', () => {
    expect(quiet([0, 0, 1, 0, 0, 0, 2, 0, 3, 0, 0], 15_000)).toEqual([[3, 6]]);
    expect(quiet([1, 0, 1], 60_000)).toEqual([[1, 2]]);
    expect(quiet([0, 0, 0], 60_000)).toEqual([]);
  });

  it('reports the longest quiet time, and the most prominent bin', () => {
    const some = [1, 0, 0, 2, 0, 0, 0, 3];
    const span = spanOfBins(some, 60_000);
    expect(longestQuiet(span, quiet(some, 60_000))).toBe(180_000);
    expect(longestQuiet(span, [])).toBe(0);
    expect(peakOf([0, 3, 0, 9, 9])).toBe(3);
    expect(peakOf([0, 3, 0])).toBeNull();
    expect(peakOf([])).toBeNull();
  });

  it('gives the span of selected bins from either end, both included', () => {
    const span = { from: 1_000, to: 2_000, count: 10 };
    expect(spanOf(span, 2, 4)).toEqual({ from: 1_200, to: 1_499 });
    expect(spanOf(span, 4, 2)).toEqual(spanOf(span, 2, 4));
    expect(spanOf(span, 9, 9)).toEqual({ from: 1_900, to: 1_999 });
  });

  it('keeps the selected time when a late answer moves the bins', () => {
    const before = { from: 1_000, to: 2_000, count: 10 };
    const at = momentOf(before, 4);
    const anchor = momentOf(before, 2);
    expect(binsOf(before, at, anchor)).toEqual({ at: 4, anchor: 2 });
    expect(binsOf({ from: 1_200, to: 2_200, count: 10 }, at, anchor)).toEqual({ at: 2, anchor: 0 });
    // The strip is wider now: other bins, the same time.
    expect(binsOf({ ...before, count: 20 }, at, at)).toEqual({ at: 9, anchor: 9 });
    // The start of a selection may have left: it is cut off there.
    expect(binsOf({ from: 1_300, to: 2_300, count: 10 }, at, anchor)).toEqual({ at: 1, anchor: 0 });
    // A time that has left is not the first bin.
    expect(binsOf({ from: 1_500, to: 2_500, count: 10 }, at, anchor)).toBeNull();
    expect(binsOf({ from: 0, to: 1_000, count: 10 }, at, at)).toBeNull();
    const long = { from: 1_764_400_000_000, to: 1_764_400_300_000, count: 297 };
    const bins = Array.from({ length: long.count }, (_, bin) => bin);
    const moments = bins.map((bin) => momentOf(long, bin));
    expect(moments.map((moment) => binsOf(long, moment, moment)?.at)).toEqual(bins);
  });

  it('hatches exactly the bins that are not counted yet', () => {
    const span = { from: 1_000, to: 2_000, count: 10 };
    expect(uncountedFrom(span, null)).toBe(10);
    expect(uncountedFrom(span, 1_000)).toBe(0);
    expect(uncountedFrom(span, 1_450)).toBe(4);
    expect(uncountedFrom(span, 500)).toBe(0);
    expect(uncountedFrom(span, 5_000)).toBe(10);
  });

  it('zooms in steps and stops at both ends', () => {
    expect(zoomed(spans[2], 1)).toBe(spans[3]);
    expect(zoomed(spans[0], -1)).toBe(spans[0]);
    expect(zoomed(spans[6], 1)).toBe(spans[6]);
    expect(spanFor(20 * 60_000)).toBe(3_600_000);
    expect(spanFor(Infinity)).toBe(spans[6]);
  });

  it('keeps the selection in place at any zoom', () => {
    const now = 1_764_400_123_456;
    for (const bins of [30, 297, 300])
      for (const bin of [0, 1, Math.floor(bins / 2), bins - 1])
        for (const by of [-1, 1] as const) {
          let strip: Strip = { span: spans[by < 0 ? 6 : 0], end: now - 40 * 86_400_000 };
          const seen = windowOf(strip, { bins, now });
          const moment = momentOf(seen, bin);
          for (let step = 0; step < spans.length; step += 1) {
            strip = zoomedAround(strip, by, { moment, bin }, { bins, now });
            // Or in the adjacent one.
            const there = binsOf(windowOf(strip, { bins, now }), moment, moment)?.at ?? Infinity;
            expect(Math.abs(there - bin)).toBeLessThanOrEqual(1);
          }
          expect(strip.span).toBe(spans[by < 0 ? 0 : 6]);
        }
  });

  it('shows no future when zoomed, but still the selection', () => {
    const bins = 300;
    const now = 1_764_400_123_456;
    const live = { span: spans[2], end: null };
    const moment = now - 60_000;
    const bin = binsOf(windowOf(live, { bins, now }), moment, moment)?.at ?? -1;
    const out = zoomedAround(live, 1, { moment, bin }, { bins, now });
    expect(out).toEqual({ span: spans[3], end: null });
    expect(binsOf(windowOf(out, { bins, now }), moment, moment)).not.toBeNull();
    const near = zoomedAround(live, -1, { moment, bin }, { bins, now });
    expect(binsOf(windowOf(near, { bins, now }), moment, moment)).not.toBeNull();
  });

  it('without a selection zooms around its middle, live towards now, and at its limits not at all', () => {
    const [bins, now] = [300, 1_764_400_123_456];
    const end = now - 86_400_000;
    const middle = end - spans[2] / 2;
    for (const by of [-1, 1] as const) {
      const { from, to } = windowOf(zoomedAround({ span: spans[2], end }, by, null, { bins, now }), {
        bins,
        now,
      });
      expect(Math.abs((from + to) / 2 - middle)).toBeLessThanOrEqual((to - from) / bins);
    }
    expect(zoomedAround({ span: spans[2], end: null }, -1, null, { bins, now })).toEqual({
      span: spans[1],
      end: null,
    });
    const last = { span: spans[0], end };
    expect(zoomedAround(last, -1, { moment: middle, bin: 3 }, { bins, now })).toEqual(last);
  });

  it('zooms by a wheel notch, not by each small or sideways movement of a trackpad', () => {
    const steps = (...deltas: readonly (readonly [number, number])[]): number[] => {
      let rest = 0;
      return deltas.map(([deltaX, deltaY]) => {
        const next = turned(rest, { deltaX, deltaY });
        ({ rest } = next);
        return next.by;
      });
    };
    expect(steps([0, -100], [0, -120], [0, 120])).toEqual([-1, -1, 1]);
    expect(steps(...Array.from({ length: 6 }, () => [0, 53] as const))).toEqual([1, 1, 1, 1, 1, 1]);
    expect(steps(...Array.from({ length: 9 }, () => [0, 20] as const))).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
    expect(steps([40, 0], [-40, 0], [90, 60], [0, 40])).toEqual([0, 0, 0, 0]);
    // A change of direction starts again.
    expect(steps([0, 40], [0, -20], [0, 20])).toEqual([0, 0, 0]);
  });

  it('shows one frame beside a thousand', () => {
    expect(heightOf(0, 1_000)).toBe(0);
    expect(heightOf(1, 1_000)).toBeGreaterThan(0.05);
    expect(heightOf(1_000, 1_000)).toBe(1);
    expect(heightOf(1, 1_000, 0.25)).toBe(0.25);
    expect(heightOf(0, 1_000, 0.25)).toBe(0);
  });
});
