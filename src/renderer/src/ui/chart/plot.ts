/** Draws a chart with uPlot, in the colours of the theme. */
import uPlot from 'uplot';
import { oneLine } from '#shared/visible';

export interface ChartPoint {
  readonly key: string;
  /** A short label below the axis. */
  readonly label: string;
  /** The name in a sentence; omitted: the label. */
  readonly name?: string;
  readonly value: number;
}

export interface ChartLine {
  readonly label: string;
  readonly format: (value: number) => string;
  /** Per cent, one for each point. */
  readonly values: readonly number[];
}

interface Drawing {
  /** The theme; its colours are read from the page. */
  readonly scheme: 'light' | 'dark';
  readonly size: { readonly width: number; readonly height: number };
  readonly kind: 'bars' | 'line';
  readonly points: readonly ChartPoint[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly format: (value: number) => string;
  readonly line?: ChartLine;
  readonly focused: () => number | null;
  /** `null`: the pointer has left it. */
  readonly onHover: (index: number | null) => void;
}

/** Characters of an axis label, which the canvas draws without an element's limits. */
const longestName = 60;
/** px between two labels of the x axis. */
const labelSpace = 64;

export function drawChart(element: HTMLElement, drawing: Drawing): uPlot {
  const { size, kind, points, xLabel, yLabel, format, line, focused, onHover } = drawing;
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(name).trim();
  const [accent, dim, rule, hover] = ['--accent-text', '--mantine-color-dimmed', '--line', '--chosen'].map(
    colour,
  );
  const second = colour('--state-warning');
  const family = colour('--mantine-font-family');
  const axis = {
    stroke: dim ?? '',
    font: `11px ${family}`,
    labelFont: `11px ${family}`,
    labelSize: 18,
    ticks: { stroke: rule ?? '', size: 4 },
    grid: { stroke: rule ?? '', width: 1 },
  };
  const bars = uPlot.paths.bars?.({ size: [0.7, 48] });
  const options: uPlot.Options = {
    ...size,
    legend: { show: false },
    cursor: { x: false, y: false, drag: { x: false, y: false }, points: { show: false } },
    scales: {
      x: { time: false, range: () => [-0.5, Math.max(0.5, points.length - 0.5)] },
      y: { range: (_plot, _min, max) => [0, Math.max(1, max * 1.08)] },
      '%': { range: () => [0, 104] },
    },
    axes: [
      {
        ...axis,
        label: xLabel,
        size: 24,
        grid: { show: false },
        splits: () => splitsOf(points.length, size.width),
        values: (_plot, splits) => splits.map((index) => oneLine(points[index]?.label ?? '', longestName)),
      },
      {
        ...axis,
        label: yLabel,
        size: 44,
        space: 28,
        incrs: wholeSteps,
        values: (_plot, splits) => splits.map(format),
      },
      ...(line === undefined
        ? []
        : [
            {
              ...axis,
              scale: '%',
              side: 1,
              label: line.label,
              size: 44,
              grid: { show: false },
              splits: () => [0, 50, 100],
              values: (_plot: uPlot, splits: number[]) => splits.map(line.format),
            },
          ]),
    ],
    series: [
      {},
      kind === 'bars'
        ? {
            fill: accent ?? '',
            stroke: accent ?? '',
            width: 0,
            points: { show: false },
            ...(bars && { paths: bars }),
          }
        : { stroke: accent ?? '', width: 2, points: { show: points.length < 40, size: 5 } },
      ...(line === undefined
        ? []
        : [{ scale: '%', stroke: second, width: 1.5, points: { show: true, size: 4, fill: second } }]),
    ],
    hooks: {
      drawClear: [(plot) => markFocus(plot, focused(), hover ?? '')],
      setCursor: [
        ({ cursor: { idx, left } }) =>
          onHover(idx === null || idx === undefined || (left ?? -1) < 0 ? null : idx),
      ],
    },
  };
  const data: number[][] = [points.map((_point, index) => index), points.map(({ value }) => value)];
  if (line !== undefined) data.push([...line.values]);
  return new uPlot(options, data as unknown as uPlot.AlignedData, element);
}

const wholeSteps = [1, 2, 5]
  .flatMap((step) => [0, 1, 2, 3, 4, 5, 6, 7, 8].map((power) => step * 10 ** power))
  .toSorted((a, b) => a - b);

/** Whole positions, as many as fit with labels. */
function splitsOf(count: number, width: number): number[] {
  const step = Math.max(1, Math.ceil((count * labelSpace) / Math.max(1, width - 100)));
  return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
}

/** Highlights the background of the focused point. */
function markFocus(plot: uPlot, index: number | null, fill: string): void {
  if (index === null) return;
  const { ctx, bbox } = plot;
  const left = plot.valToPos(index - 0.5, 'x', true);
  const right = plot.valToPos(index + 0.5, 'x', true);
  ctx.save();
  ctx.fillStyle = fill;
  ctx.fillRect(left, bbox.top, right - left, bbox.height);
  ctx.restore();
}
