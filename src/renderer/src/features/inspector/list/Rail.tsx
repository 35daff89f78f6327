import { useElementSize, useMergedRef } from '@mantine/hooks';
import {
  useCallback,
  useRef,
  useState,
  useSyncExternalStore,
  type PointerEvent,
  type RefObject,
} from 'react';
import type { FrameRow } from '#shared/model/frame';
import { useWords } from '../../../text/useWords';
import type { ListHandle } from '../../../ui/VirtualList';
import { indexOf, rowAt } from './lines';
import { shareAt, shareOf, thumbOf, type Span } from './rail';
import { rowHeights } from '../../../ui/rows';
import classes from './Rail.module.css';

interface RailProps {
  readonly list: RefObject<ListHandle | null>;
  /** The id of the list box. */
  readonly boxId: string;
  readonly ids: readonly number[];
  readonly rows: readonly FrameRow[];
  /** First and last entry number of the fully loaded list; `null`: the list is fully loaded. */
  readonly extent: Span | null;
  /** The list stays at its end. */
  readonly follow: boolean;
  /** Goes to a position from 0, the oldest, to 1, the newest. */
  readonly onGo: (share: number) => void;
  /** The thumb is grabbed or released. */
  readonly onDrag: (dragging: boolean) => void;
}

/** A scrollbar over the whole journal. The list's keys have the same effect. */
export function Rail({ list, boxId, ids, rows, extent, follow, onGo, onDrag }: RailProps) {
  const words = useWords();
  const { ref: measured, height } = useElementSize();
  const rail = useRef<HTMLDivElement>(null);
  const both = useMergedRef(rail, measured);
  /** The drag position, and the grip on the thumb: 0 at its upper edge, 1 at its lower. The thumb's height may change during a drag. */
  const [drag, setDrag] = useState<{ readonly share: number; readonly grip: number } | null>(null);

  const scrollTop = useScrollTop(list);
  const scrolled = follow ? 0 : scrollTop;
  const top = Math.floor(scrolled / rowHeights.frame);
  const bottom = Math.min(ids.length, Math.ceil((scrolled + height) / rowHeights.frame)) - 1;
  const lines = { first: 0, last: ids.length - 1 };
  const at = (line: number): number => Math.abs(ids[line] ?? 0);
  const seen = extent === null ? { first: top, last: bottom } : { first: at(top), last: at(bottom) };
  const place = follow ? 1 : shareOf(extent ?? lines, seen);
  const share = drag?.share ?? place;
  const part = extent === null ? height / (ids.length * rowHeights.frame) : 0;
  const thumb = thumbOf(height, part, share);
  if (extent === null && ids.length * rowHeights.frame <= height)
    return <div ref={both} className={classes['rail']} />;

  const when = rows[indexOf(rows, rowAt(ids[follow ? ids.length - 1 : top] ?? 0))]?.at ?? null;
  const go = (y: number, grip: number): void => {
    const next = shareAt(height, thumb.height, y - grip * thumb.height);
    setDrag({ share: next, grip });
    const box = list.current?.box();
    if (extent !== null) onGo(next);
    else if (box) box.scrollTop = next * (box.scrollHeight - box.clientHeight);
  };
  const yOf = (event: PointerEvent): number =>
    event.clientY - (rail.current?.getBoundingClientRect().top ?? 0);
  return (
    <div
      ref={both}
      className={classes['rail']}
      role="scrollbar"
      aria-label={words.t('frames.rail')}
      aria-controls={boxId}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={when === null ? undefined : words.dateTime(when)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        onDrag(true);
        const y = yOf(event);
        const grip = (y - thumb.top) / thumb.height;
        if (grip >= 0 && grip < 1) setDrag({ share, grip });
        else go(y, 0.5);
      }}
      onPointerMove={(event) => {
        if (drag !== null) go(yOf(event), drag.grip);
      }}
      onLostPointerCapture={() => {
        setDrag(null);
        onDrag(false);
      }}
      onWheel={(event) => list.current?.scrollBy(event.deltaY)}
    >
      <div
        className={classes['thumb']}
        data-dragged={drag === null ? undefined : true}
        style={{ height: thumb.height, transform: `translateY(${thumb.top}px)` }}
      />
      {drag !== null && when !== null && (
        <div
          className={classes['when']}
          style={{ top: Math.min(Math.max(0, thumb.top), height - 26) }}
          aria-hidden
        >
          {words.dateTime(when)}
        </div>
      )}
    </div>
  );
}

/** px. Read on changes only: at other times it would force a layout. */
function useScrollTop(list: RefObject<ListHandle | null>): number {
  const top = useRef(0);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const box = list.current?.box() ?? null;
      if (box === null) return () => undefined;
      const look = (): void => {
        top.current = box.scrollTop;
        onChange();
      };
      look();
      box.addEventListener('scroll', look, { passive: true });
      return () => box.removeEventListener('scroll', look);
    },
    [list],
  );
  return useSyncExternalStore(
    subscribe,
    useCallback(() => top.current, []),
  );
}
