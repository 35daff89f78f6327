import { useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { blockSize, heightAtEnd, movedBy, windowAt, windowAtEnd, type LineWindow } from './lineWindow';

interface Wishes {
  readonly ids: readonly number[];
  /** px */
  readonly rowHeight: number;
  /** Lines drawn beyond what is seen. */
  readonly ahead: number;
  /** Keeps the last line in view. */
  readonly follow: boolean;
  /** What is seen stays where it is when lines are put before it. */
  readonly keepPlace: boolean;
}

interface Drawn extends LineWindow {
  /** Lines that the list is high, and how many of its first ones have no room in that height. */
  readonly high: number;
  readonly above: number;
  /** Lines before and beyond those in view, as near as the blocks are. */
  readonly before: number;
  readonly beyond: number;
  /** To be told when the list was scrolled. */
  readonly onScroll: () => void;
  /** Scrolls no further than needed; `start`: the line comes to the upper edge. */
  readonly show: (index: number, align?: 'start') => void;
}

/** The lines to draw in `box`, as it is scrolled and as lines come and go. */
export function useLineWindow(box: RefObject<HTMLDivElement | null>, wishes: Wishes): Drawn {
  const { ids, rowHeight, ahead, follow, keepPlace } = wishes;
  const [height, setHeight] = useState(0);
  /** `moved`: by so many lines the list must be scrolled, since they were put before what is seen. */
  const [place, setPlace] = useState({ ids, first: 0, moved: 0 });
  if (place.ids !== ids) {
    const by = keepPlace && !follow ? movedBy(place.ids, ids, place.first) : 0;
    setPlace({ ids, first: place.first + by, moved: place.moved + by });
  }

  const at = (top: number): void =>
    setPlace((old) => {
      const first = Math.max(0, Math.floor(top / rowHeight));
      return first === old.first ? old : { ...old, first };
    });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    // Before the list is seen.
    const observer = new ResizeObserver(([entry]) =>
      flushSync(() => setHeight(entry?.contentRect.height ?? 0)),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  const { moved } = place;
  const scrolled = useRef(moved);
  useLayoutEffect(() => {
    const by = moved - scrolled.current;
    scrolled.current = moved;
    if (by !== 0) box.current?.scrollBy(0, by * rowHeight);
  }, [box, moved, rowHeight]);
  const shown = Math.ceil(height / rowHeight) + 1;
  const high = follow ? heightAtEnd(shown, ids.length) : ids.length;
  const above = ids.length - high;
  const stood = useRef({ follow: false, above: 0, high: 0 });
  const stand = useEffectEvent((element: HTMLElement, now: typeof stood.current) => {
    const before = stood.current;
    stood.current = now;
    if (now.follow) {
      if (!before.follow || now.high !== before.high) element.scrollTo(0, now.high * rowHeight);
    } else if (before.follow) {
      element.scrollBy(0, before.above * rowHeight);
      at(element.scrollTop);
    }
  });
  useLayoutEffect(() => {
    if (box.current !== null) stand(box.current, { follow, above, high });
  }, [box, follow, above, high]);

  return {
    ...(follow ? windowAtEnd(shown, ids.length) : windowAt(place.first, shown, ahead, ids.length)),
    high,
    above,
    before: follow ? ids.length - shown : place.first,
    beyond: follow ? 0 : ids.length - place.first - shown,
    onScroll: () => {
      if (follow) return;
      const top = box.current?.scrollTop ?? 0;
      // Within this frame: what is scrolled to and what is drawn are seen together.
      if (blockOf(top / rowHeight) !== blockOf(place.first)) flushSync(() => at(top));
    },
    show: (index, align) => {
      const element = box.current;
      if (element === null) return;
      const top = index * rowHeight;
      const { scrollTop, clientHeight } = element;
      if (align === 'start' || top < scrollTop) element.scrollTo(0, top);
      else if (top + rowHeight > scrollTop + clientHeight)
        element.scrollTo(0, top + rowHeight - clientHeight);
      else return;
      at(element.scrollTop);
    },
  };
}

const blockOf = (line: number): number => Math.floor(line / blockSize);
