import { VisuallyHidden } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useId, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import type uPlot from 'uplot';
import { useWords } from '../../text/useWords';
import { CopyPicture } from './CopyPicture';
import { nextPoint } from './nextPoint';
import { drawChart, type ChartLine, type ChartPoint } from './plot';
import classes from './Chart.module.css';

export type { ChartPoint } from './plot';

interface ChartProps {
  readonly title: string;
  readonly kind: 'bars' | 'line';
  readonly points: readonly ChartPoint[];
  /** Axis labels with units, also the headings of the table. */
  readonly xLabel: string;
  readonly yLabel: string;
  readonly format: (value: number) => string;
  /** A second line, in per cent on its own axis. */
  readonly line?: ChartLine;
  /** px */
  readonly height?: number;
  /** Opens the data of a point. */
  readonly onOpen?: (index: number) => void;
  /** An accessible description of click and Enter. */
  readonly openHint?: string;
}

/**
 * Bars or a line, with the same numbers as a table for screen readers. Arrows move between points; Enter or a click opens the data of a
 * point. The chart follows the theme and can be copied as a picture.
 */
export function Chart(props: ChartProps) {
  const { title, points, xLabel, yLabel, format, line, height = 150, onOpen, openHint } = props;
  const words = useWords();
  const { t } = words;
  const titleId = useId();
  const scheme = useScheme();
  const { ref: box, width } = useElementSize();
  const place = useRef<HTMLDivElement | null>(null);
  const plot = useRef<uPlot | null>(null);
  /** The key of the focused point, whose position can change when points are added. */
  const [chosen, setChosen] = useState<string | null>(null);
  const isByPointer = useRef(false);
  const focus = useRef<number | null>(null);
  const at = points.findIndex(({ key }) => key === chosen);
  const shown = at === -1 ? null : at;
  const { kind } = props;
  useEffect(() => {
    const element = place.current;
    if (element === null || width === 0) return;
    const drawn = drawChart(element, {
      scheme,
      size: { width: Math.floor(width), height },
      kind,
      points,
      xLabel,
      yLabel,
      format,
      ...(line !== undefined && { line }),
      focused: () => focus.current,
      // A redraw also reports that the pointer left; the point chosen by keys stays.
      onHover: (index) => {
        if (index === null && !isByPointer.current) return;
        isByPointer.current = true;
        setChosen(index === null ? null : (points[index]?.key ?? null));
      },
    });
    plot.current = drawn;
    return () => {
      plot.current = null;
      drawn.destroy();
    };
  }, [width, height, kind, points, xLabel, yLabel, format, line, scheme]);
  useEffect(() => {
    focus.current = shown;
    plot.current?.redraw(false);
  }, [shown]);
  const textOf = (index: number): string => {
    const point = points[index];
    if (point === undefined) return '';
    const more = line === undefined ? '' : ` · ${line.label} ${line.format(line.values[index] ?? 0)}`;
    return `${point.name ?? point.label}: ${format(point.value)}${more}`;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && shown !== null) onOpen?.(shown);
    else if (event.key === 'Escape' && shown !== null) setChosen(null);
    else {
      const next = nextPoint(event.key, shown, points.length);
      if (next === null) return;
      isByPointer.current = false;
      setChosen(points[next]?.key ?? null);
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const last = points.length - 1;
  return (
    <figure className={classes['chart']} aria-labelledby={titleId}>
      <figcaption className={classes['head']}>
        <h3 id={titleId}>{title}</h3>
        <span className={classes['at']}>{shown === null ? '' : textOf(shown)}</span>
        <CopyPicture title={title} canvas={() => plot.current?.ctx.canvas ?? null} />
      </figcaption>
      <div
        ref={box}
        className={classes['plot']}
        tabIndex={0}
        role="slider"
        aria-labelledby={titleId}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, last)}
        aria-valuenow={shown ?? 0}
        aria-valuetext={shown === null ? t('chart.keys') : textOf(shown)}
        {...(onOpen !== undefined && openHint !== undefined && { 'aria-description': openHint })}
        data-opens={onOpen === undefined ? undefined : true}
        onKeyDown={onKeyDown}
        onBlur={() => setChosen(null)}
        onClick={() => shown !== null && onOpen?.(shown)}
      >
        <div ref={place} aria-hidden style={{ height }} />
      </div>
      <VisuallyHidden>
        <table>
          <caption>{title}</caption>
          <thead>
            <tr>
              <th scope="col">{xLabel}</th>
              <th scope="col">{yLabel}</th>
              {line !== undefined && <th scope="col">{line.label}</th>}
            </tr>
          </thead>
          <tbody>
            {points.map((point, index) => (
              <tr key={point.key}>
                <th scope="row">{point.name ?? point.label}</th>
                <td>{format(point.value)}</td>
                {line !== undefined && <td>{line.format(line.values[index] ?? 0)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </figure>
  );
}

const attribute = 'data-mantine-color-scheme';

function subscribe(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributeFilter: [attribute] });
  return () => observer.disconnect();
}

/**
 * The theme whose colours the page has now, not the chosen one. The page gets its new colours only after the render, so a drawing
 * would use the old ones.
 */
const useScheme = (): 'light' | 'dark' =>
  useSyncExternalStore(subscribe, () =>
    document.documentElement.getAttribute(attribute) === 'dark' ? 'dark' : 'light',
  );
