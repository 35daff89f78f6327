import { memo, useId } from 'react';
import type { Bars, BinSpan } from '#shared/model/frameCount';
import { heightOf, quietRuns, uncountedFrom } from './strip';
import classes from './TimeStrip.module.css';

/** Units of the drawing: a bin is `unit` wide, bars stand on `base`. */
const unit = 4;
const base = 28;
const total = 42;
/** Errors hang below the base line, with some space. */
const errorsFrom = base + 2;

interface StripBarsProps {
  readonly bars: Bars;
  readonly span: BinSpan;
  /** The end of the counted time, ms since 1970; `null`: all is counted. */
  readonly until: number | null;
  /** Bins at both ends of the selection. */
  readonly chosen: { readonly at: number; readonly anchor: number } | null;
}

const barsOf = (entries: readonly number[], most: number): string =>
  entries
    .map((count, bin) => {
      const height = base * heightOf(count, most);
      return count === 0 ? '' : `M${bin * unit} ${base}v${-height}h${unit - 1}v${height}z`;
    })
    .join('');
const errorsOf = (errors: readonly number[], most: number): string =>
  errors
    .map((count, bin) => {
      const height = (total - errorsFrom) * heightOf(count, most, 0.25);
      return count === 0 ? '' : `M${bin * unit} ${errorsFrom}h${unit - 1}v${height}h${1 - unit}z`;
    })
    .join('');

/** Bars for entries, bars below them for errors, a broken line for quiet times, and hatching for uncounted times. */
export const StripBars = memo(function StripBars({ bars, span, until, chosen }: StripBarsProps) {
  const hatch = useId();
  const { count: bins } = span;
  const { entries, errors } = bars;
  const open = uncountedFrom(span, until);
  const most = Math.max(0, ...entries);
  const first = chosen === null ? 0 : Math.min(chosen.at, chosen.anchor);
  const last = chosen === null ? 0 : Math.max(chosen.at, chosen.anchor);
  return (
    <svg viewBox={`0 0 ${bins * unit} ${total}`} preserveAspectRatio="none" aria-hidden>
      {chosen !== null && (
        <rect
          className={classes['selected']}
          x={first * unit}
          y={0}
          width={(last - first + 1) * unit}
          height={total}
        />
      )}
      {open < bins && (
        <>
          <pattern
            id={hatch}
            width={8}
            height={8}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect className={classes['hatch']} width={2} height={8} />
          </pattern>
          <rect x={open * unit} y={0} width={(bins - open) * unit} height={total} fill={`url(#${hatch})`} />
        </>
      )}
      <line className={classes['base']} x1={0} x2={bins * unit} y1={base + 0.5} y2={base + 0.5} />
      {quietRuns(entries.slice(0, open), span).map(([start, end]) => (
        <line
          key={start}
          className={classes['quiet']}
          x1={start * unit}
          x2={end * unit}
          y1={base - 2}
          y2={base - 2}
        />
      ))}
      <path className={classes['bar']} d={barsOf(entries, most)} />
      <path className={classes['error']} d={errorsOf(errors, Math.max(0, ...errors))} />
    </svg>
  );
});
