import { useElementSize, useMergedRef } from '@mantine/hooks';
import { use, useCallback, useRef, useState, type MouseEvent, type ReactNode, type Ref } from 'react';
import type { FrameRow } from '#shared/model/frame';
import { useRequest } from '../../../bridge/request';
import { useCrema } from '../../../store';
import type { FrameLog } from '../../../store/frames';
import { useWords } from '../../../text/useWords';
import { CopyContext } from '../../../ui/Copyable';
import { ErrorNote } from '../../../ui/ErrorNote';
import { useHotkey } from '../../../ui/useHotkey';
import { VirtualList, type Edges, type ListHandle, type Near } from '../../../ui/VirtualList';
import { copyLines } from './copyLines';
import { ChosenBar } from './ChosenBar';
import { FrameLine, GapLine } from './FrameLine';
import { rowHeight } from './layout';
import { chosenRows, indexOf, ofWhom, isGap, isRow, type Chosen, type Lines } from './lines';
import { NoteEditor } from './NoteEditor';
import { RowMenu, type MenuPlace } from './RowMenu';
import { foldValues, rowValues } from './rowValues';
import type { TimeMode } from './times';
import classes from './FrameList.module.css';
import progressClasses from './SearchProgress.module.css';

interface FrameLinesProps {
  /** Of the list box. */
  readonly boxId: string;
  readonly lines: Lines;
  readonly log: FrameLog;
  readonly ofAll: boolean;
  readonly times: TimeMode;
  readonly selected: number | null;
  /** The one whose frame is opened; `null`: none. */
  readonly opened: number | null;
  /** Lines chosen together. */
  readonly chosen: ReadonlySet<number>;
  readonly chosenOf: Chosen;
  readonly onChosen: (lines: ReadonlySet<number>) => void;
  readonly follow: boolean;
  readonly onChoose: (line: number) => void;
  readonly onOpen: (line: number) => void;
  readonly onEscape: () => void;
  readonly onScrolled: (edges: Edges) => void;
  readonly onNear: (near: Near) => void;
  readonly ref: Ref<ListHandle>;
  /** Over the lines. */
  readonly children: ReactNode;
}

/** px of a character at least, in the column of bodies, and of what stands beside that column where there is room for it. */
const narrowest = 6.5;
const besides = 700;

/** More frames are asked for this many lines before the start or the end is reached. */
const linesAhead = 120;

/** The lines themselves, with the menu of each, its mark and its note. */
export function FrameLines(props: FrameLinesProps) {
  const { lines, log, ofAll, times, selected, follow, onChoose, onOpen, onEscape, onScrolled, ref } = props;
  const { opened, chosen, chosenOf, onChosen, boxId, onNear, children } = props;
  const { t } = useWords();
  const { rows, gaps } = log;
  const { ids, folds } = lines;
  const { ref: measured, width } = useElementSize();
  const drawn = Math.ceil(Math.max(0, width - besides) / narrowest);
  const box = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<MenuPlace | null>(null);
  const [noted, setNoted] = useState<number | null>(null);
  // Who chose all meant all, also when more lines are read meanwhile.
  const [whole, setWhole] = useState<ReadonlySet<number> | null>(null);
  const setMark = useRequest('setMark');
  const put = use(CopyContext);

  const rowOf = (id: number | null): FrameRow | null =>
    id === null || !isRow(id) ? null : (rows[indexOf(rows, id)] ?? null);
  const meant = (): readonly FrameRow[] => chosenRows(chosenOf, rows);
  // Of the times that are told from the chosen line; otherwise choosing one leaves the others as they are.
  // It stays the one also when the list is moved to where that line is not.
  const chosenRow = rowOf(selected);
  const [told, setTold] = useState(chosenRow);
  if (chosenRow !== null && chosenRow.id !== told?.id) setTold(chosenRow);
  const origin = times === 'relative' && told?.id === selected ? told.at : null;
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
      const shown = ofWhom(rows, index) ?? row;
      return (
        <FrameLine
          row={shown}
          ofAll={ofAll}
          name={shown.vmcNo === null ? '' : (configs[shown.vmcNo]?.name ?? '')}
          since={since}
          drawn={drawn}
          rows={fold === undefined ? null : rows}
          from={fold?.from ?? 0}
          to={fold?.to ?? 0}
          isOpen={fold?.isOpen === true}
        />
      );
    },
    [rows, gaps, folds, ofAll, times, origin, drawn, configs],
  );

  const toggleMark = (row: FrameRow | null): void => {
    if (row === null) return;
    void setMark.run({ entry: row.id, marked: row.mark?.marked !== true });
  };
  /** Marks all of them; where all are marked, takes the marks off. */
  const markAll = (): void => {
    const all = meant();
    const marked = all.some((row) => row.mark?.marked !== true);
    for (const row of all)
      if ((row.mark?.marked === true) !== marked) void setMark.run({ entry: row.id, marked });
  };
  const focusList = (): void => box.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  const editNote = (row: FrameRow | null): void => setNoted(row?.id ?? null);
  useHotkey('m', () => (chosen.size > 0 ? markAll() : toggleMark(rowOf(selected))));
  useHotkey('n', () => editNote(rowOf(selected)));

  /** Of the row under the pointer; by keyboard, of the chosen one. */
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
  const asksByClick = opened !== null && chosen.size === 0;
  /** One more click on a value of the opened line. */
  const isOfValue = ({ target, detail, shiftKey, ctrlKey, metaKey }: MouseEvent): boolean =>
    asksByClick &&
    detail === 1 &&
    !(shiftKey || ctrlKey || metaKey) &&
    target instanceof Element &&
    target.closest(`[data-id="${opened}"] [data-cell]`) !== null;
  const menuIndex = menu === null || !isRow(menu.line) ? -1 : indexOf(rows, menu.line);
  const menuRow = ofWhom(rows, menuIndex) ?? rows[menuIndex] ?? null;
  const menuFold = menu === null ? undefined : folds.get(menu.line);
  const notedRow = rowOf(noted);
  return (
    <div
      ref={useMergedRef(box, measured)}
      className={classes['lines']}
      data-asks={asksByClick || undefined}
      onContextMenu={(event) => openMenu(event, false)}
      onCopy={(event) => {
        const all = meant();
        if (all.length === 0) return;
        event.preventDefault();
        void copyLines(all).then(put);
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
          rowHeight={rowHeight}
          selected={selected}
          chosen={chosen}
          onChosen={(some) => {
            setWhole(some.size === ids.length ? some : null);
            onChosen(some);
          }}
          onSelect={onChoose}
          onOpen={onOpen}
          onEscape={onEscape}
          onScrolled={onScrolled}
          onNear={onNear}
          follow={follow}
          keepPlace
          hasRail
          boxId={boxId}
          nearLines={linesAhead}
          renderRow={renderRow}
        />
        {children}
      </div>
      {chosen.size > 0 && (
        <ChosenBar
          isWhole={chosen === whole}
          onMark={markAll}
          onClear={() => {
            onChosen(new Set());
            focusList();
          }}
        />
      )}
      {menu !== null && (
        <RowMenu
          place={menu}
          row={menuRow}
          values={
            menuFold === undefined
              ? menuRow === null
                ? []
                : rowValues(menuRow, ofAll)
              : foldValues(rows.slice(menuFold.from, menuFold.to), ofAll)
          }
          onMark={() => (meant().some(({ id }) => id === menuRow?.id) ? markAll() : toggleMark(menuRow))}
          onNote={() => editNote(menuRow)}
          onClose={() => {
            setMenu(null);
            focusList();
          }}
        />
      )}
      {notedRow !== null && <NoteEditor key={notedRow.id} row={notedRow} onClose={() => setNoted(null)} />}
      {setMark.error !== null && (
        <div className={progressClasses['over']}>
          <ErrorNote error={setMark.error} />
        </div>
      )}
    </div>
  );
}
