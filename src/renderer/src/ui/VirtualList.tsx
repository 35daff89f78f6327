import {
  memo,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useRef,
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { Boundary } from './Boundary';
import { besideView, inViewOf, listMove, markFirst, pageOf } from './listKeys';
import { blockOf, blockSize, type LineWindow, type Near, type ScrollWish } from './lineWindow';
import { useLineWindow } from './useLineWindow';
import {
  clickChange,
  keyChange,
  noSelection,
  type MultiSelection,
  type SelectionChange,
} from './multiSelection';
import classes from './VirtualList.module.css';
import { isKey, type Pressed } from './keys';

export interface ListHandle {
  readonly focus: () => void;
  /** Scrolls to this number of px above the view. */
  readonly toOffset: (px: number) => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  /** px */
  readonly scrollBy: (by: number) => void;
  readonly box: () => HTMLElement | null;
}

/** The scroll position. */
interface Edges {
  /** The first line is in view. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

interface VirtualListProps {
  readonly label: string;
  /** Identity of each line, in order. */
  readonly ids: readonly number[];
  /** px */
  readonly rowHeight: number;
  /** The current line. */
  readonly selected: number | null;
  /** Lines selected beside the current one; omitted: single selection. */
  readonly selection?: MultiSelection;
  /** Selection with Ctrl and Shift; omitted: the caller handles these keys. */
  readonly onSelection?: (change: SelectionChange) => void;
  /** By pointer or keyboard. */
  readonly onSelect: (id: number) => void;
  readonly onOpen?: (id: number) => void;
  /** The caller's keys, before the list's own; returns whether the key was handled. */
  readonly onKey?: (event: Pressed) => boolean;
  readonly onEscape?: () => void;
  readonly onScrolled?: (edges: Edges) => void;
  /** Called when this changes, by scrolling or by added and removed lines. */
  readonly onNear?: (near: Near) => void;
  /** Keeps the newest line, the last, in view. */
  readonly follow?: boolean;
  /** Keeps the visible lines in place when lines are inserted before them. */
  readonly keepPlace?: boolean;
  /** A scroll target, rendered together with the lines that arrived with it. */
  readonly scrollTo?: ScrollWish | null;
  /** Distance in lines from either end that counts as near. */
  readonly nearLines?: number;
  /** Another element shows the scroll position. */
  readonly hasRail?: boolean;
  /** The id of the list box. */
  readonly boxId?: string;
  readonly renderRow: (id: number, index: number, selected: boolean) => ReactNode;
  /** The rendered value of a line; omitted: its id. After an error, a new value is tried again. */
  readonly itemOf?: (id: number, index: number) => unknown;
  readonly ref?: Ref<ListHandle>;
}

/** A list of any length that renders only visible lines, with list box keys: arrows or J/K, Home, End, Enter. */
export function VirtualList(props: VirtualListProps) {
  const {
    label,
    ids,
    rowHeight,
    selected,
    onSelect,
    onOpen,
    onKey,
    onEscape,
    onScrolled,
    onNear,
    renderRow,
    ref,
  } = props;
  const { follow = false, keepPlace = false, nearLines = 1, selection = noSelection, onSelection } = props;
  const { hasRail = false, boxId, itemOf, scrollTo = null } = props;
  const box = useRef<HTMLDivElement>(null);
  const base = useId();
  const drawn = useLineWindow(box, {
    ids,
    rowHeight,
    // Fast wheel scrolling: two screens ahead, so that no blank lines show.
    ahead: keepPlace ? 48 : 8,
    follow,
    keepPlace,
    scrollTo,
  });
  const position = selected === null ? -1 : ids.indexOf(selected);

  /** The selected line is shown when it enters the list. With `keepPlace` only once, and not after a move: any page may contain it. */
  const isSought = useRef(true);
  const endSearch = (): void => {
    isSought.current = !keepPlace;
  };
  // Only when another line is selected or the selected one enters the list, not when its position changes.
  const showLine = useEffectEvent((id: number) => {
    const index = ids.indexOf(id);
    if (index >= 0) drawn.show(index);
    endSearch();
  });
  const onWished = useEffectEvent(endSearch);
  const isListed = position >= 0;
  const known = useRef({ selected, scrollTo });
  useEffect(() => {
    const before = known.current;
    known.current = { selected, scrollTo };
    if (before.selected !== selected) isSought.current = true;
    // A scroll target takes precedence over a selected line that arrived with the same rows.
    if (before.scrollTo !== scrollTo) onWished();
    else if (selected !== null && isListed && isSought.current) showLine(selected);
  }, [selected, isListed, scrollTo]);
  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    toOffset: (px) => box.current?.scrollTo(0, px),
    toStart: () => drawn.show(0),
    toEnd: () => drawn.show(ids.length - 1),
    scrollBy: (by) => {
      endSearch();
      box.current?.scrollBy(0, by);
    },
    box: () => box.current,
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (onKey?.(event) === true) {
      event.preventDefault();
      return;
    }
    const page = pageOf(event.currentTarget, rowHeight);
    // Without a current line in view, continue from the visible lines.
    const from =
      position >= 0 ? position : besideView(event, inViewOf(event.currentTarget, rowHeight, drawn.above));
    const change =
      onSelection === undefined ? null : keyChange(event, selection, ids, ids[from] ?? null, page);
    if (change !== null) {
      onSelection?.(change);
      if (change.kind === 'extend') drawn.show(ids.indexOf(change.line));
      event.preventDefault();
      return;
    }
    if (isKey('open', event) && selected !== null && onOpen) onOpen(selected);
    else if (isKey('close', event) && onEscape) onEscape();
    else {
      const next = listMove(event, from, ids.length, page);
      const id = next === null ? undefined : ids[next];
      if (next === null || id === undefined) return;
      onSelection?.({ kind: 'clear' });
      onSelect(id);
      // It may have been scrolled out of view, and its selection does not change.
      if (id === selected) drawn.show(next);
    }
    event.preventDefault();
  };

  const optionId = (id: number): string => `${base}-${id}`;
  const { from, to, high, above } = drawn;
  const near = { start: drawn.before < nearLines, end: drawn.beyond < nearLines };
  const reportNear = useEffectEvent((start: boolean, end: boolean) => onNear?.({ start, end }));
  useEffect(() => reportNear(near.start, near.end), [near.start, near.end]);

  const selectedIsDrawn = position >= from && position < to;
  return (
    <div
      ref={box}
      id={boxId}
      className={classes['box']}
      style={{ '--row': `${rowHeight}px` } as CSSProperties}
      data-rail={hasRail || undefined}
      role="listbox"
      aria-multiselectable={onSelection === undefined && selection.lines.size === 0 ? undefined : true}
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={selectedIsDrawn && selected !== null ? optionId(selected) : undefined}
      onKeyDown={onKeyDown}
      onWheel={endSearch}
      // Shift selects a range of lines, not of text.
      onMouseDown={(event) => event.shiftKey && onSelection !== undefined && event.preventDefault()}
      onClick={(event) => {
        const line = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-id]') : null;
        const id = Number(line?.dataset['id']);
        if (line === null || !ids.includes(id)) return;
        const change = clickChange(event, id);
        onSelection?.(change);
        if (onSelection !== undefined && change.kind !== 'restart') return;
        onSelect(id);
        onOpen?.(id);
      }}
      onFocus={(event) => markFirst(event.currentTarget, rowHeight)}
      onScroll={(event) => {
        const { scrollTop, clientHeight } = event.currentTarget;
        const left = high * rowHeight - scrollTop - clientHeight;
        onScrolled?.({ atStart: scrollTop < rowHeight, atEnd: left < rowHeight });
        markFirst(event.currentTarget, rowHeight);
        drawn.onScroll();
      }}
    >
      <div className={classes['all']} style={{ height: high * rowHeight }}>
        {blocksOf(drawn, follow).map(({ node, first, end }) => {
          return (
            <div
              key={node}
              className={classes['block']}
              style={{ transform: `translateY(${(first - above) * rowHeight}px)` }}
            >
              {ids.slice(first, end).map((id, place) => (
                <Line
                  key={keepPlace ? place : id}
                  id={id}
                  elementId={optionId(id)}
                  index={first + place}
                  count={ids.length}
                  height={rowHeight}
                  isSelected={id === selected}
                  isInSelection={id === selected || selection.lines.has(id)}
                  isCurrent={selection.lines.size > 0 ? id === selection.lead : id === selected}
                  label={label}
                  item={itemOf === undefined ? id : itemOf(id, first + place)}
                  renderRow={renderRow}
                />
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** The lines from `first` up to `end`, exclusive. */
interface Block {
  readonly node: number;
  readonly first: number;
  readonly end: number;
}

/**
 * Reuses nodes instead of creating or moving them. On scrolling, a block keeps its node while it is rendered; in a list that follows, a block
 * keeps its position.
 */
function blocksOf(
  { from, to, begin, blocks, moved }: LineWindow & { readonly moved: number },
  follow: boolean,
): readonly Block[] {
  return Array.from({ length: Math.ceil((to - begin) / blockSize) }, (_, place) => {
    const start = begin + place * blockSize;
    const node = follow ? place : remainder(blockOf(start, moved), blocks);
    return { node, first: Math.max(from, start), end: Math.min(to, start + blockSize) };
  }).toSorted((a, b) => a.node - b.node);
}

/** Never negative. */
const remainder = (value: number, by: number): number => ((value % by) + by) % by;

interface LineProps extends Pick<VirtualListProps, 'label' | 'renderRow'> {
  readonly item: unknown;
  readonly id: number;
  readonly elementId: string;
  readonly index: number;
  readonly count: number;
  /** px */
  readonly height: number;
  readonly isSelected: boolean;
  readonly isInSelection: boolean;
  readonly isCurrent: boolean;
}

const Line = memo(function Line(props: LineProps) {
  const { id, elementId, index, count, height, isSelected, isInSelection, isCurrent } = props;
  const { label, item, renderRow } = props;
  return (
    <div
      id={elementId}
      data-id={id}
      role="option"
      aria-selected={isInSelection}
      data-current={isCurrent || undefined}
      aria-setsize={count}
      aria-posinset={index + 1}
      className={classes['row']}
      style={{ height }}
    >
      <Boundary as="line" where={`line ${id} of “${label}”`} of={item}>
        <Row id={id} index={index} isSelected={isSelected} renderRow={renderRow} />
      </Boundary>
    </div>
  );
});

/** A separate component, so that its errors are caught. */
function Row({
  id,
  index,
  isSelected,
  renderRow,
}: Pick<LineProps, 'id' | 'index' | 'isSelected' | 'renderRow'>) {
  return renderRow(id, index, isSelected);
}
