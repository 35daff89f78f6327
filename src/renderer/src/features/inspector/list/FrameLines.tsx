import { useElementSize, useMergedRef } from '@mantine/hooks';
import { use, useCallback, useRef, useState, type MouseEvent, type ReactNode, type Ref } from 'react';
import type { FrameRow } from '#shared/model/frame';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { CopyContext } from '../../../ui/Copyable';
import { ErrorNote } from '../../../ui/ErrorNote';
import { useHotkey } from '../../../ui/useHotkey';
import { VirtualList, type ListHandle } from '../../../ui/VirtualList';
import { copyLines } from './copyLines';
import { FrameLine, GapLine } from './FrameLine';
import { indexOf, isGap, isRow, selectedRows, withTarget } from './lines';
import { currentLine, isStill, knownRow } from './listState';
import { useListState, type ListStore } from './listStore';
import { NoteBefore, NoteEditor, type ReplacedNote } from './NoteEditor';
import { SelectionBar } from './SelectionBar';
import { RowMenu, type MenuPlace } from './RowMenu';
import { foldValues, rowValues } from './rowValues';
import { isoDate } from '../../../text/listTime';
import type { Dates, TimeMode } from './times';
import { rowHeights } from '../../../ui/rows';
import classes from './FrameList.module.css';
import progressClasses from './SearchProgress.module.css';

interface FrameLinesProps {
  /** The id of the list box. */
  readonly boxId: string;
  readonly list: ListStore;
  readonly ofAll: boolean;
  readonly times: TimeMode;
  readonly dates: Dates;
  /** Loads the frames missing before a row. */
  readonly onFillGap: (id: number) => void;
  readonly ref: Ref<ListHandle>;
  /** Shown over the lines. */
  readonly children: ReactNode;
}

/** Smallest width of a character in the column of bodies, px; and the width of the other columns. */
const narrowest = 6.5;
const besides = 700;

/** Distance in lines from either end at which more frames are loaded. */
const linesAhead = 120;

/** The lines, with the menu, mark and note of each. */
export function FrameLines({ list, boxId, ofAll, times, dates, onFillGap, ref, children }: FrameLinesProps) {
  const { t } = useWords();
  const { dispatch } = list;
  const { rows, gaps, after } = useListState(list, (s) => s.log);
  const { ids, folds } = useListState(list, (s) => s.lines);
  const current = useListState(list, currentLine);
  /** The line of the opened frame; `null`: none. */
  const opened = useListState(list, (s) => (s.cursor === null ? s.opened : null));
  const selection = useListState(list, (s) => s.selection);
  const selected = useListState(list, (s) => s.selected);
  const isAllSelected = useListState(list, (s) => s.isAllSelected);
  const follow = !useListState(list, isStill);
  const timeOrigin = useListState(list, (s) => s.timeOrigin);
  const scrollTo = useListState(list, (s) => s.scrollTo);
  const { ref: measured, width } = useElementSize();
  const drawn = Math.ceil(Math.max(0, width - besides) / narrowest);
  const box = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [noted, setNoted] = useState<FrameRow | null>(null);
  const [replaced, setReplaced] = useState<ReplacedNote | null>(null);
  const setMark = useRequest('setMark');
  const put = use(CopyContext);

  const meant = selectedRows(selected, rows);
  const currentRow = (): FrameRow | null => knownRow(list.getState(), current);
  // Only for times relative to the current line. Otherwise a move to another line would render all lines.
  const origin = times === 'relative' && timeOrigin?.id === current ? timeOrigin.at : null;
  const configs = useCrema((s) => s.configs);
  const renderRow = useCallback(
    (id: number) => {
      if (isGap(id)) return <GapLine missing={gaps.get(-id) ?? null} />;
      const fold = folds.get(id);
      const index = fold?.from ?? indexOf(rows, id);
      const row = rows[index];
      if (row === undefined) return null;
      const before = rows[index - 1]?.at ?? row.at;
      const since = times === 'absolute' ? null : times === 'delta' ? before : origin;
      const shown = withTarget(rows, index) ?? row;
      const beginsDay = dates !== 'none' && isoDate(before) !== isoDate(row.at);
      return (
        <FrameLine
          row={shown}
          ofAll={ofAll}
          name={shown.vmcNo === null ? '' : (configs[shown.vmcNo]?.name ?? '')}
          since={since}
          dates={dates}
          beginsDay={beginsDay}
          drawn={drawn}
          rows={fold === undefined ? null : rows}
          from={fold?.from ?? 0}
          to={fold?.to ?? 0}
          isOpen={fold?.isOpen === true}
        />
      );
    },
    [rows, gaps, folds, ofAll, times, dates, origin, drawn, configs],
  );

  const itemOf = (id: number): unknown => rows[folds.get(id)?.from ?? indexOf(rows, id)] ?? id;

  const toggleMark = (row: FrameRow | null): void => {
    if (row === null) return;
    void setMark.run({ entry: row.id, marked: row.mark?.marked !== true });
  };
  /** Marks all of them, or removes the marks if all are marked. */
  const markAll = (): void => {
    const marked = meant.some((row) => row.mark?.marked !== true);
    for (const row of meant)
      if ((row.mark?.marked === true) !== marked) void setMark.run({ entry: row.id, marked });
  };
  const focusList = (): void => box.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  const editNote = (row: FrameRow | null): void => setNoted(row);
  useHotkey('mark', () => (selection.lines.size > 0 ? markAll() : toggleMark(currentRow())));
  useHotkey('note', () => editNote(currentRow()));

  /** For the row under the pointer, or by keyboard for the current one. */
  const openMenu = (event: MouseEvent, isWhole: boolean): void => {
    const target = event.target instanceof Element ? event.target : null;
    const pointed = target?.closest<HTMLElement>('[data-id]');
    const element = pointed ?? box.current?.querySelector<HTMLElement>('[data-current]');
    const line = Number(element?.dataset['id'] ?? 0);
    if (element == null || line <= 0) return;
    event.preventDefault();
    event.stopPropagation();
    const cell = isWhole ? null : (target?.closest<HTMLElement>('[data-cell]')?.dataset['cell'] ?? null);
    const { left, bottom } = element.getBoundingClientRect();
    const place =
      pointed === null || pointed === undefined
        ? { x: left + 24, y: bottom }
        : { x: event.clientX, y: event.clientY };
    setMenu({ ...place, line, cell });
  };
  const asksByClick = opened !== null && selection.lines.size === 0;
  /** Another click on a value of the opened line. */
  const isOfValue = ({ target, detail, shiftKey, ctrlKey, metaKey }: MouseEvent): boolean =>
    asksByClick &&
    detail === 1 &&
    !(shiftKey || ctrlKey || metaKey) &&
    target instanceof Element &&
    target.closest(`[data-id="${opened}"] [data-cell]`) !== null;
  const menuIndex = menu === null || !isRow(menu.line) ? -1 : indexOf(rows, menu.line);
  const menuRow = withTarget(rows, menuIndex) ?? rows[menuIndex] ?? null;
  const menuFold = menu === null ? undefined : folds.get(menu.line);
  // The frame may have been opened elsewhere, and the list may move while its note is written.
  const notedRow = noted === null ? null : (rows[indexOf(rows, noted.id)] ?? noted);
  return (
    <div
      ref={useMergedRef(box, measured)}
      className={classes['lines']}
      data-asks={asksByClick || undefined}
      onContextMenu={(event) => isOfLines(event) && openMenu(event, false)}
      onCopy={(event) => {
        if (meant.length === 0 || !isOutsideFields(event)) return;
        event.preventDefault();
        void copyLines(meant).then(put);
      }}
      onClickCapture={(event) => {
        if (event.target instanceof Element && event.target.closest('[data-more]') !== null)
          openMenu(event, true);
        else if (isOfValue(event)) openMenu(event, false);
      }}
    >
      <div className={classes['seen']}>
        <VirtualList
          ref={ref}
          label={t('frames.label')}
          ids={ids}
          rowHeight={rowHeights.frame}
          selected={current}
          selection={selection}
          onSelection={(change) => dispatch({ type: 'selection', change })}
          onSelect={(line) => {
            dispatch({ type: 'lineSelected', line });
            if (isGap(line)) onFillGap(-line);
          }}
          onOpen={(line) => dispatch({ type: 'lineActivated', line })}
          onEscape={() => dispatch({ type: 'closed' })}
          onScrolled={({ atEnd }) => dispatch({ type: 'scrolled', atEnd: atEnd && after === null })}
          onNear={(near) => dispatch({ type: 'near', near })}
          follow={follow}
          keepPlace
          scrollTo={scrollTo}
          hasRail
          boxId={boxId}
          nearLines={linesAhead}
          renderRow={renderRow}
          itemOf={itemOf}
        />
        {children}
      </div>
      {selection.lines.size > 0 && (
        <SelectionBar
          rows={meant}
          isWhole={isAllSelected}
          onMark={markAll}
          onClear={() => {
            dispatch({ type: 'selection', change: { kind: 'clear' } });
            focusList();
          }}
        />
      )}
      {menu !== null && (
        <Boundary where={`menu of line ${menu.line}`} of={menu}>
          <RowMenu
            place={menu}
            row={menuRow}
            values={() =>
              menuFold !== undefined
                ? foldValues(rows.slice(menuFold.from, menuFold.to), ofAll)
                : menuRow === null
                  ? []
                  : rowValues(menuRow, ofAll)
            }
            onMark={() => (meant.some(({ id }) => id === menuRow?.id) ? markAll() : toggleMark(menuRow))}
            onNote={() => editNote(menuRow)}
            onClose={() => {
              setMenu(null);
              focusList();
            }}
          />
        </Boundary>
      )}
      {notedRow !== null && (
        <Boundary key={notedRow.id} where={`note of frame ${notedRow.id}`} of={notedRow}>
          <NoteEditor
            row={notedRow}
            onClose={(note) => {
              setNoted(null);
              if (note !== '') setReplaced({ row: notedRow, note });
            }}
          />
        </Boundary>
      )}
      {notedRow === null && replaced !== null && (
        <NoteBefore
          replaced={replaced}
          onClose={() => {
            setReplaced(null);
            focusList();
          }}
        />
      )}
      {setMark.error !== null && (
        <div className={progressClasses['over']}>
          <ErrorNote error={setMark.error} />
        </div>
      )}
    </div>
  );
}

/** The origin of an event in the list area, which also contains fields and buttons. React delivers a menu's events to its opener too. */
interface Happened {
  readonly target: EventTarget;
  readonly currentTarget: Element;
}

const elementOf = ({ target, currentTarget }: Happened): Element | null =>
  target instanceof Element && currentTarget.contains(target) ? target : null;

/** Inside the list box. */
export const isOfLines = (event: Happened): boolean => elementOf(event)?.closest('[role="listbox"]') != null;

/** Outside text fields, which have their own text to copy. */
const isOutsideFields = (event: Happened): boolean => elementOf(event)?.closest('input, textarea') === null;
