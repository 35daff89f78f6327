import {
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { listMove, pageOf } from './listKeys';
import { useManyChosen, type ManyChosenProps } from './useManyChosen';
import classes from './VirtualList.module.css';

export interface ListHandle {
  readonly focus: () => void;
  /** px of the list above what is in view. */
  readonly toOffset: (px: number) => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
}

/** Where the list stands. */
export interface Edges {
  /** Its last line is in view. */
  readonly atEnd: boolean;
  /** So near that what lies beyond should be read. */
  readonly nearStart: boolean;
  readonly nearEnd: boolean;
}

interface VirtualListProps extends ManyChosenProps {
  readonly label: string;
  /** By pointer or keyboard. */
  readonly onSelect: (id: number) => void;
  readonly onOpen?: (id: number) => void;
  readonly onEscape?: () => void;
  readonly onScrolled?: (edges: Edges) => void;
  /** Keeps the newest line, the last, in view. */
  readonly follow?: boolean;
  /** What is seen stays where it is when lines are put before it. */
  readonly keepPlace?: boolean;
  /** Lines from the first and the last one that count as near. */
  readonly nearLines?: number;
  readonly renderRow: (id: number, index: number, selected: boolean) => ReactNode;
  readonly ref?: Ref<ListHandle>;
}

const none: ReadonlySet<number> = new Set();

/** Nodes that are written over instead of being made anew; more than fit on any screen. */
const nodes = 256;

/** The lines at the end: while every batch replaces them all, nothing is looked up or measured. */
function tailOf(
  count: number,
  rowHeight: number,
  height: number,
): readonly Pick<VirtualItem, 'index' | 'start'>[] {
  const shown = Math.min(count, Math.ceil(height / rowHeight) + 1);
  return Array.from({ length: shown }, (_, place) => {
    const index = count - shown + place;
    return { index, start: index * rowHeight };
  });
}

/** A list of any length that holds only what is seen, with the keyboard of a list box: arrows or J/K, Home, End, Enter. */
export function VirtualList(props: VirtualListProps) {
  const { label, ids, rowHeight, selected, onSelect, onOpen, onEscape, onScrolled, renderRow, ref } = props;
  const { follow = false, keepPlace = false, nearLines = 1, chosen = none, onChosen } = props;
  const box = useRef<HTMLDivElement>(null);
  const base = useId();
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => ids[index] ?? index,
    // A long list is thrown by its wheel: two screens at once show nothing that is not drawn yet.
    overscan: keepPlace ? 48 : 8,
    anchorTo: keepPlace && !follow ? 'end' : 'start',
    useFlushSync: false,
  });
  const position = selected === null ? -1 : ids.indexOf(selected);
  const many = useManyChosen(props, (index) => virtualizer.scrollToIndex(index, { align: 'auto' }));

  // Only when another line is chosen or the chosen one comes into the list, not whenever its place in the list moves.
  const showLine = useEffectEvent((id: number) => {
    const index = ids.indexOf(id);
    if (index >= 0) virtualizer.scrollToIndex(index, { align: 'auto' });
  });
  const isListed = position >= 0;
  useEffect(() => {
    if (selected !== null && isListed) showLine(selected);
  }, [selected, isListed]);
  const last = ids.at(-1);
  useLayoutEffect(() => {
    if (follow && box.current !== null) box.current.scrollTop = ids.length * rowHeight;
  }, [follow, last, ids.length, rowHeight]);
  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    toOffset: (px) => virtualizer.scrollToOffset(px),
    toStart: () => virtualizer.scrollToIndex(0),
    toEnd: () => virtualizer.scrollToIndex(ids.length - 1, { align: 'end' }),
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (many.onKeyDown(event)) {
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && selected !== null && onOpen) onOpen(selected);
    else if (event.key === 'Escape' && onEscape) onEscape();
    else {
      const next = listMove(event.key, position, ids.length, pageOf(event.currentTarget, rowHeight));
      const id = next === null ? undefined : ids[next];
      if (id === undefined) return;
      many.clear();
      onSelect(id);
    }
    event.preventDefault();
  };

  const optionId = (id: number): string => `${base}-${id}`;
  const items = follow
    ? tailOf(ids.length, rowHeight, virtualizer.scrollRect?.height ?? 0)
    : virtualizer.getVirtualItems();
  const chosenIsRendered = items.some((item) => item.index === position);
  return (
    <div
      ref={box}
      className={classes['box']}
      role="listbox"
      aria-multiselectable={onChosen === undefined ? undefined : true}
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={chosenIsRendered && selected !== null ? optionId(selected) : undefined}
      onKeyDown={onKeyDown}
      // A span of lines is chosen, not of text.
      onMouseDown={(event) => event.shiftKey && onChosen !== undefined && event.preventDefault()}
      onClick={(event) => {
        const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
        const id = Number(line?.dataset['id']);
        if (line === null || !ids.includes(id) || many.onClick(event, id)) return;
        onSelect(id);
        onOpen?.(id);
      }}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        const left = scrollHeight - scrollTop - clientHeight;
        const near = nearLines * rowHeight;
        onScrolled?.({ atEnd: left < rowHeight, nearStart: scrollTop < near, nearEnd: left < near });
      }}
    >
      <div className={classes['all']} style={{ height: virtualizer.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const id = ids[index];
          if (id === undefined) return null;
          return (
            <div
              key={keepPlace ? index % nodes : id}
              id={optionId(id)}
              data-id={id}
              role="option"
              aria-selected={id === selected || chosen.has(id)}
              data-current={(chosen.size > 0 ? id === many.lead : id === selected) || undefined}
              aria-setsize={ids.length}
              aria-posinset={index + 1}
              className={classes['row']}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
            >
              {renderRow(id, index, id === selected)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
