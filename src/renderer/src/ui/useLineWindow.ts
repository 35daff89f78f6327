import { useEffectEvent, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import {
  blockOf,
  heightAtEnd,
  movedBy,
  windowAt,
  windowAtEnd,
  type LineWindow,
  type ScrollWish,
} from './lineWindow';

interface Wishes {
  readonly ids: readonly number[];
  /** px */
  readonly rowHeight: number;
  /** Lines rendered outside the view. */
  readonly ahead: number;
  /** Keeps the last line in view. */
  readonly follow: boolean;
  /** Keeps the visible lines in place when lines are inserted before them. */
  readonly keepPlace: boolean;
  /** `null`: no scroll target yet. */
  readonly scrollTo: ScrollWish | null;
}

interface Drawn extends LineWindow {
  /** Height of the list in lines, and the number of its first lines that this height leaves out. */
  readonly high: number;
  readonly above: number;
  /** Lines inserted before the initial ones, less those removed. */
  readonly moved: number;
  /** Lines before and after the view, to the accuracy of a block. */
  readonly before: number;
  readonly beyond: number;
  /** Call after the list was scrolled. */
  readonly onScroll: () => void;
  /** Scrolls no further than needed. */
  readonly show: (index: number) => void;
}

interface Place {
  /** The last known lines. */
  readonly ids: readonly number[];
  readonly scrollTo: ScrollWish | null;
  /** The line at the upper edge. */
  readonly first: number;
  readonly moved: number;
}

/** The lines to render in `box`, as it scrolls and lines change. */
export function useLineWindow(box: RefObject<HTMLDivElement | null>, wishes: Wishes): Drawn {
  const { ids, rowHeight, ahead, follow, keepPlace, scrollTo } = wishes;
  const [height, setHeight] = useState(0);
  const shown = Math.ceil(height / rowHeight) + 1;
  /** `moved`: the list must scroll by this number of lines, because they were inserted before the view. */
  const [place, setPlace] = useState<Place>({ ids, scrollTo: null, first: 0, moved: 0 });
  if (place.ids !== ids || place.scrollTo !== scrollTo) {
    const { moved } = place;
    // The target lines are rendered at once, not those at the old scroll position.
    if (scrollTo !== null && place.scrollTo !== scrollTo)
      setPlace({
        ids,
        scrollTo,
        first: Math.max(0, Math.min(scrollTo.index, ids.length + 1 - shown)),
        moved,
      });
    else {
      const by = keepPlace && !follow ? movedBy(place.ids, ids, place.first) : 0;
      setPlace({ ids, scrollTo, first: place.first + by, moved: moved + by });
    }
  }

  const at = (top: number): void =>
    setPlace((old) => {
      const first = Math.max(0, Math.floor(top / rowHeight));
      return first === old.first ? old : { ...old, first };
    });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    // Measured before the list is painted.
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
  const goTo = useEffectEvent((element: HTMLElement, { index }: ScrollWish) =>
    element.scrollTo(0, index * rowHeight),
  );
  useLayoutEffect(() => {
    if (box.current !== null && scrollTo !== null) goTo(box.current, scrollTo);
  }, [box, scrollTo]);

  return {
    ...(follow
      ? windowAtEnd(shown, ids.length)
      : windowAt(place.first, shown, ahead, { count: ids.length, moved })),
    high,
    above,
    moved,
    before: follow ? ids.length - shown : place.first,
    beyond: follow ? 0 : ids.length - place.first - shown,
    onScroll: () => {
      if (follow) return;
      const top = box.current?.scrollTop ?? 0;
      // In the same frame, so that scroll position and lines match.
      if (blockOf(top / rowHeight, moved) !== blockOf(place.first, moved)) flushSync(() => at(top));
    },
    show: (index) => {
      const element = box.current;
      if (element === null) return;
      const top = index * rowHeight;
      const { scrollTop, clientHeight } = element;
      if (top < scrollTop) element.scrollTo(0, top);
      else if (top + rowHeight > scrollTop + clientHeight)
        element.scrollTo(0, top + rowHeight - clientHeight);
      else return;
      at(element.scrollTop);
    },
  };
}
