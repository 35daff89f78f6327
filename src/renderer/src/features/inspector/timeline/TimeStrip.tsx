import { ActionIcon, NativeSelect } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconChevronDown, IconChevronLeft, IconChevronRight, IconPlayerTrackNext } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import type { Bars } from '#shared/model/frameCount';
import { useFrameCount } from '../../../bridge/frameCount';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { ErrorNote } from '../../../ui/ErrorNote';
import { isKey } from '../../../ui/keys';
import { clock } from '../../../ui/ticker';
import {
  binAt,
  binsOf,
  longestQuiet,
  momentOf,
  peakOf,
  quietRuns,
  spanFor,
  spanOf,
  spans,
  sum,
  turned,
  uncountedFrom,
  usualSpan,
  windowOf,
  zoomedAround,
  type Strip,
} from './strip';
import { StripBars } from './StripBars';
import classes from './TimeStrip.module.css';

interface TimeStripProps {
  /** Filter of the counted entries. */
  readonly filter: FrameFilter;
  readonly onGo: (ms: number) => void;
  readonly onSpan: (from: number, to: number) => void;
  readonly onHide: () => void;
}

const refresh = 5_000;
const nothing: Bars = { entries: [], errors: [] };
const day = 86_400_000;
/** Width of a bar with its space, px. */
const barWidth = 4;
/** px; a shorter movement is a click. */
const dragStart = 4;

/** Entries and errors over time. A click goes to a time; a drag filters by a span. */
export function TimeStrip({ filter, onGo, onSpan, onHide }: TimeStripProps) {
  const words = useWords();
  const { t } = words;
  const { ref, width } = useElementSize();
  const captured = useCrema(({ captures, source }) => captures.find(({ id }) => id === source) ?? null);
  const [strip, setStrip] = useState<Strip>(() => ({
    span: captured === null ? usualSpan : spanFor((captured.to ?? 0) - (captured.from ?? 0)),
    end: null,
  }));
  const { span, end } = strip;
  const [now, setNow] = useState(clock);
  /** A newly chosen span ends now. With the time of the last refresh it could end before the newest entries. */
  const change = (next: (old: Strip) => Strip): void => {
    setStrip(next);
    setNow(clock());
  };
  const setEnd = (next: number | null): void => change((old) => ({ ...old, end: next }));
  const [over, setOver] = useState(false);
  /** The pointer's position as a share of the width. */
  const [pointed, setPointed] = useState<number | null>(null);
  // The position moved by keys, and the start of a selection. In ms since 1970, because a late answer can change the bins.
  const [walked, setWalked] = useState<number | null>(null);
  const [anchor, setAnchor] = useState<number | null>(null);
  const pressed = useRef<{ readonly x: number; readonly at: number } | null>(null);
  const wheel = useRef(0);

  const bins = Math.min(300, Math.max(30, Math.floor(width / barWidth)));
  const wanted = windowOf(strip, { bins, now });
  const { counted, error } = useFrameCount(filter, wanted);
  // The strip is held under the pointer and while keys move in it.
  const still = over || walked !== null || end !== null;
  useEffect(() => {
    if (still) return;
    const timer = setInterval(() => setNow(clock()), refresh);
    return () => clearInterval(timer);
  }, [still]);

  const shown = counted?.bins ?? wanted;
  const bars = counted?.bars ?? nothing;
  /** No statement about times that are not counted. */
  const open = uncountedFrom(shown, counted === null ? shown.from : counted.until);
  const momentAt = (share: number): number => momentOf(shown, binAt(shown.count, share));
  const at = pointed === null ? walked : momentAt(pointed);
  const chosen = at === null ? null : binsOf(shown, at, anchor ?? at);
  const choice = chosen === null ? null : spanOf(shown, chosen.anchor, chosen.at);
  const choose = (moment: number): void => {
    const chosenBins = binsOf(shown, moment, anchor ?? moment);
    setAnchor(null);
    if (chosenBins === null) return;
    const { from, to } = spanOf(shown, chosenBins.anchor, chosenBins.at);
    if (anchor === null) onGo(from);
    else onSpan(from, to);
  };
  const shareOf = (event: PointerEvent<HTMLElement>): number => {
    const { left, width: all } = event.currentTarget.getBoundingClientRect();
    return (event.clientX - left) / all;
  };
  const chooseNone = (): void => {
    setPointed(null);
    setWalked(null);
    setAnchor(null);
  };
  const move = (by: number): void =>
    change((old) => {
      const next = (old.end ?? now) + by * (old.span / 2);
      return { ...old, end: next >= clock() ? null : next };
    });
  const zoom = (by: 1 | -1): void => {
    // The requested bins may differ from the displayed ones.
    const place =
      at === null || chosen === null
        ? null
        : { moment: at, bin: binAt(bins, (chosen.at + 0.5) / shown.count) };
    change((old) => zoomedAround(old, by, place, { bins, now: clock() }));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const here = chosen?.at ?? shown.count - 1;
    const steps: ReadonlyMap<string, number> = new Map([
      ['ArrowLeft', here - 1],
      ['ArrowRight', here + 1],
      ['PageDown', here - 10],
      ['PageUp', here + 10],
      ['Home', 0],
      ['End', shown.count - 1],
    ]);
    const next = steps.get(event.key);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (next !== undefined) {
      setAnchor(event.shiftKey ? momentOf(shown, chosen?.anchor ?? here) : null);
      setWalked(momentOf(shown, Math.min(shown.count - 1, Math.max(0, next))));
      setPointed(null);
    } else if (event.key === 'Enter' && at !== null) choose(at);
    else if (event.key === 'Escape' && at !== null) chooseNone();
    else if (isKey('zoomIn', event)) zoom(-1);
    else if (isKey('zoomOut', event)) zoom(1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const counts = (from: number, until: number): string =>
    open < until
      ? t('frames.strip.counting', { percent: Math.floor((counted?.share ?? 0) * 100) })
      : t('frames.strip.counts', {
          entries: t('frames.strip.entries', { count: sum(bars.entries.slice(from, until)) }),
          errors: t('frames.strip.errors', { count: sum(bars.errors.slice(from, until)) }),
        });
  const when = (ms: number): string =>
    span > day ? `${words.date(ms)} ${words.clock(ms).slice(0, 5)}` : words.clock(ms).slice(0, 8);
  /** The label of an end of the strip. */
  const endOf = (ms: number): string =>
    span > day ? words.date(ms) : words.clock(ms).slice(0, span > 15 * 60_000 ? 5 : 8);
  /** The most prominent facts of the displayed time. */
  const outstanding = (): string => {
    if (open < shown.count) return '';
    const peak = peakOf(bars.errors);
    const quiet = quietRuns(bars.entries, shown);
    const most =
      peak === null
        ? ''
        : t('frames.strip.most', {
            count: bars.errors[peak] ?? 0,
            when: when(spanOf(shown, peak, peak).from),
          });
    const longest = words.duration(longestQuiet(shown, quiet));
    return `${most}${quiet.length === 0 ? '' : t('frames.strip.quiet', { count: quiet.length, longest })}`;
  };
  const text =
    chosen === null || choice === null
      ? `${counts(0, shown.count)}${outstanding()}`
      : t('frames.strip.within', {
          from: when(choice.from),
          to: when(choice.to),
          what: counts(Math.min(chosen.at, chosen.anchor), Math.max(chosen.at, chosen.anchor) + 1),
        });
  return (
    <div className={classes['strip']}>
      <ActionIcon
        aria-label={t('frames.strip.hide')}
        title={t('frames.strip.hide')}
        aria-expanded
        onClick={onHide}
      >
        <IconChevronDown size={14} />
      </ActionIcon>
      <ActionIcon aria-label={t('frames.strip.earlier')} onClick={() => move(-1)}>
        <IconChevronLeft size={14} />
      </ActionIcon>
      <span className={classes['end']} aria-hidden>
        {endOf(shown.from)}
      </span>
      <div
        ref={ref}
        className={classes['bars']}
        role="slider"
        tabIndex={0}
        aria-label={t('frames.strip.label')}
        aria-valuemin={0}
        aria-valuemax={shown.count - 1}
        aria-valuenow={chosen?.at ?? shown.count - 1}
        aria-valuetext={text}
        title={chosen === null ? t('frames.strip.how') : text}
        onKeyDown={onKeyDown}
        onBlur={chooseNone}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          pressed.current = { x: event.clientX, at: momentAt(shareOf(event)) };
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={(event) => {
          setOver(true);
          setPointed(shareOf(event));
          setWalked(null);
          const start = pressed.current;
          // A selection begun by keys does not extend to the pointer.
          if (start === null) setAnchor(null);
          else if (Math.abs(event.clientX - start.x) >= dragStart) setAnchor(start.at);
        }}
        onPointerUp={(event) => {
          if (pressed.current !== null) choose(momentAt(shareOf(event)));
          pressed.current = null;
        }}
        onPointerCancel={() => {
          pressed.current = null;
          setAnchor(null);
        }}
        onPointerLeave={() => {
          setOver(false);
          wheel.current = 0;
          if (pressed.current === null) chooseNone();
        }}
        onWheel={(event) => {
          const { by, rest } = turned(wheel.current, event);
          wheel.current = rest;
          if (by !== 0) zoom(by);
        }}
      >
        <StripBars
          bars={bars}
          span={shown}
          until={counted === null ? shown.from : counted.until}
          chosen={chosen}
        />
      </div>
      <span className={classes['end']} aria-hidden>
        {endOf(shown.to)}
      </span>
      <ActionIcon aria-label={t('frames.strip.later')} disabled={end === null} onClick={() => move(1)}>
        <IconChevronRight size={14} />
      </ActionIcon>
      <ActionIcon
        aria-label={t('frames.strip.now')}
        title={t('frames.strip.now')}
        disabled={end === null}
        onClick={() => setEnd(null)}
      >
        <IconPlayerTrackNext size={14} />
      </ActionIcon>
      <NativeSelect
        size="xs"
        className={classes['span']}
        aria-label={t('frames.strip.span')}
        data={spans.map((value) => ({ value: String(value), label: words.duration(value) }))}
        value={String(span)}
        onChange={({ currentTarget }) => {
          const chosenSpan = spans.find((value) => String(value) === currentTarget.value) ?? usualSpan;
          change((old) => ({ ...old, span: chosenSpan }));
        }}
      />
      {error === null ? (
        <p className={classes['text']} title={text}>
          {text}
        </p>
      ) : (
        <ErrorNote error={error} />
      )}
    </div>
  );
}
