import {
  memo,
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useRef,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react';
import { Boundary } from './Boundary';
import { besideView, inViewOf, listMove, pageOf } from './listKeys';
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
  /** px of the list above what is in view. */
  readonly toOffset: (px: number) => void;
  readonly toStart: () => void;
  readonly toEnd: () => void;
  /** px */
  readonly scrollBy: (by: number) => void;
  readonly box: () => HTMLElement | null;
}

/** Where the list stands. */
interface Edges {
  /** Its first line is in view. */
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
  /** Lines selected beside it; left out: only one line can be. */
  readonly selection?: MultiSelection;
  /** With Ctrl and Shift; left out: whoever shows the list has a way of its own. */
  readonly onSelection?: (change: SelectionChange) => void;
  /** By pointer or keyboard. */
  readonly onSelect: (id: number) => void;
  readonly onOpen?: (id: number) => void;
  /** Keys of whoever shows the list, before its own; whether it was one. */
  readonly onKey?: (event: Pressed) => boolean;
  readonly onEscape?: () => void;
  readonly onScrolled?: (edges: Edges) => void;
  /** When that changes, by being scrolled or by lines that come and go. */
  readonly onNear?: (near: Near) => void;
  /** Keeps the newest line, the last, in view. */
  readonly follow?: boolean;
  /** What is seen stays where it is when lines are put before it. */
  readonly keepPlace?: boolean;
  /** Where it is to be scrolled; drawn together with lines that came with it. */
  readonly scrollTo?: ScrollWish | null;
  /** Lines from the first and the last one that count as near. */
  readonly nearLines?: number;
  /** Something else shows where the list stands. */
  readonly hasRail?: boolean;
  /** Of the list box. */
  readonly boxId?: string;
  readonly renderRow: (id: number, index: number, selected: boolean) => ReactNode;
  /** What a line is drawn of; left out: its identity. One that could not be drawn is tried again with another. */
  readonly itemOf?: (id: number, index: number) => unknown;
  readonly ref?: Ref<ListHandle>;
}

/** A list of any length that holds only what is seen, with the keyboard of a list box: arrows or J/K, Home, End, Enter. */
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
    // A long list is thrown by its wheel: two screens at once show nothing that is not drawn yet.
    ahead: keepPlace ? 48 : 8,
    follow,
    keepPlace,
    scrollTo,
  });
  const position = selected === null ? -1 : ids.indexOf(selected);

  // Only when another line is selected or the selected one comes into the list, not whenever its place in the list moves.
  const showLine = useEffectEvent((id: number) => {
    const index = ids.indexOf(id);
    if (index >= 0) drawn.show(index);
  });
  const isListed = position >= 0;
  const wished = useRef(scrollTo);
  useEffect(() => {
    const isWished = wished.current !== scrollTo;
    wished.current = scrollTo;
    // Where it is to be goes before a selected line that came with what is there.
    if (selected !== null && isListed && !isWished) showLine(selected);
  }, [selected, isListed, scrollTo]);
  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    toOffset: (px) => box.current?.scrollTo(0, px),
    toStart: () => drawn.show(0),
    toEnd: () => drawn.show(ids.length - 1),
    scrollBy: (by) => box.current?.scrollBy(0, by),
    box: () => box.current,
  }));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (onKey?.(event) === true) {
      event.preventDefault();
      return;
    }
    const page = pageOf(event.currentTarget, rowHeight);
    // Nothing is current, or what is stands elsewhere: one goes on from what is in view.
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
      if (id === undefined) return;
      onSelection?.({ kind: 'clear' });
      onSelect(id);
    }
    event.preventDefault();
  };

  const optionId = (id: number): string => `${base}-${id}`;
  const { from, to, high, above } = drawn;
  const near = { start: drawn.before < nearLines, end: drawn.beyond < nearLines };
  const tellNear = useEffectEvent((start: boolean, end: boolean) => onNear?.({ start, end }));
  useEffect(() => tellNear(near.start, near.end), [near.start, near.end]);

  const selectedIsDrawn = position >= from && position < to;
  return (
    <div
      ref={box}
      id={boxId}
      className={classes['box']}
      data-rail={hasRail || undefined}
      role="listbox"
      aria-multiselectable={onSelection === undefined && selection.lines.size === 0 ? undefined : true}
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={selectedIsDrawn && selected !== null ? optionId(selected) : undefined}
      onKeyDown={onKeyDown}
      // A span of lines is selected, not of text.
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
      onScroll={(event) => {
        const { scrollTop, clientHeight } = event.currentTarget;
        const left = high * rowHeight - scrollTop - clientHeight;
        onScrolled?.({ atStart: scrollTop < rowHeight, atEnd: left < rowHeight });
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

/** The lines from `first` up to, but without, `end`. */
interface Block {
  readonly node: number;
  readonly first: number;
  readonly end: number;
}

/**
 * Nodes are written over instead of being made anew or moved: scrolled, a block stays in its node as long as it is drawn; while the list
 * follows, in its place.
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

/** Apart, so that what goes wrong in it is caught. */
function Row({
  id,
  index,
  isSelected,
  renderRow,
}: Pick<LineProps, 'id' | 'index' | 'isSelected' | 'renderRow'>) {
  return renderRow(id, index, isSelected);
}
