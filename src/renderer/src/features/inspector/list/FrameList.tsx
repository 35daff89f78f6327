import { useElementSize } from '@mantine/hooks';
import {
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type Ref,
} from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import { useFrames } from '../../../bridge/frames';
import { newsCount } from '../../../store/frames';
import { chooseFrames, useCrema } from '../../../store';
import { useRemembered } from '../../../store/remembered';
import { isRecording } from '../../../store/source';
import { useWords } from '../../../text/useWords';
import { NewsButton } from '../../../ui/NewsButton';
import { Split } from '../../../ui/Split';
import type { ListHandle } from '../../../ui/VirtualList';
import { FrameLines } from './FrameLines';
import { rowHeight } from './layout';
import { ListHead } from './ListHead';
import {
  chosenRows,
  indexOf,
  isFold,
  isGap,
  isHeartbeat,
  isRow,
  lineOf,
  rowsOfLines,
  type Chosen,
} from './lines';
import { LookedBack, Nothing } from './Looking';
import type { Top } from './places';
import { Rail } from './Rail';
import { isTimeMode } from './times';
import { useDetail } from '../detail/useDetail';
import type { Holding } from './useHolding';
import { useStartAt } from './useStartAt';
import { useRail } from './useRail';
import { useLines } from './useLines';
import { useSameCommand } from './useSameCommand';
import classes from './FrameList.module.css';
import railClasses from './Rail.module.css';

export interface FrameListHandle {
  readonly focus: () => void;
  /** To the first frame at or after that moment; false: there is none. */
  readonly goTo: (ms: number) => Promise<boolean>;
}

interface FrameListProps {
  readonly filter: FrameFilter;
  readonly ofAll: boolean;
  readonly isFiltering: boolean;
  readonly onClearFilter: () => void;
  readonly holding: Holding;
  /** Where the list begins; `null`: at its newest, or where one looked before. */
  readonly startAt: Top | null;
  readonly openId: number | null;
  readonly onOpen: (id: number | null) => void;
  /** A line that is chosen and not opened; `null`: the opened frame's. */
  readonly cursor: number | null;
  readonly onCursor: (line: number | null) => void;
  readonly onGoTo: () => void;
  /** When the frame passed that is looked at, ms since 1970; `null`: what is new is. Under another filter it is gone to again. */
  readonly placeBefore: () => number | null;
  readonly onPlace: (ms: number | null) => void;
  /** The first frames are there. */
  readonly onFilled: () => void;
  readonly ref: Ref<FrameListHandle>;
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 20 && value <= 80;
/** Rows that a list reads to fill its height, if they fold into a few lines. */
const rowsOfItself = 5_000;
const isFlag = (value: unknown): value is boolean => typeof value === 'boolean';

/** The frames of one filter, live and past; they hold still while someone looks closer. */
export function FrameList(props: FrameListProps) {
  const { filter, ofAll, isFiltering, onClearFilter, holding, openId, onOpen, onFilled, ref } = props;
  const { cursor, onCursor, onGoTo, placeBefore, onPlace } = props;
  const { t } = useWords();
  const { ref: box, height } = useElementSize();
  const { ref: room, width: roomWidth, height: roomHeight } = useElementSize();
  const isTall = roomWidth > 0 && roomWidth < 640 && roomHeight > 300;
  // What lies around each place that the thumb passes is not read.
  const [dragging, setDragging] = useState(false);
  const [near, setNear] = useState({ start: false, end: false });
  const [share, setShare] = useRemembered('frameListShare', 52, isShare);
  const [times, setTimes] = useRemembered('frameTimes', 'absolute', isTimeMode);
  const [folding, setFolding] = useRemembered('foldHeartbeats', true, isFlag);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const [length, setLength] = useState(0);
  const fromStart = useCrema(isRecording);
  const [rowCount, setRowCount] = useState(0);
  // A run of heartbeats is one line, however long: the list does not swallow a whole journal of them by itself.
  const isShort = height > 0 && length * rowHeight <= height && rowCount < rowsOfItself;
  const frames = useFrames(filter, {
    holding: holding.holding,
    older: isShort || (near.start && !dragging),
    newer: isShort || (near.end && !dragging),
    fromStart,
  });
  const { log, error, looked } = frames;
  if (log.rows.length !== rowCount) setRowCount(log.rows.length);
  const { ids, folds } = useLines(log, folding ? unfolded : null);
  if (ids.length !== length) setLength(ids.length);
  const list = useRef<ListHandle>(null);
  const boxId = useId();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [chosenOf, setChosenOf] = useState<Chosen>(new Map());
  const choose = (lines: ReadonlySet<number>): void => {
    holding.onReach();
    setChosen(lines);
    const found = rowsOfLines({ ids, folds }, log.rows, lines, chosenOf);
    setChosenOf(found);
    const rows = chosenRows(found, log.rows);
    chooseFrames(
      rows.map(({ id }) => id),
      rows.every(({ dir }) => dir !== null),
    );
  };
  useEffect(() => () => chooseFrames([], true), []);

  /** What is gone to is seen, also within a run of heartbeats. */
  const unfold = (id: number): void => {
    const row = log.rows[indexOf(log.rows, id)];
    if (row !== undefined && !isHeartbeat(row)) return;
    setUnfolded((old) => (old.has(id) ? old : new Set([...old, id])));
  };
  const [shown, setShown] = useState<number | null>(null);
  if (openId !== shown) {
    setShown(openId);
    if (openId !== null) unfold(openId);
  }
  const goTo = async (ms: number): Promise<boolean> => {
    const id = await frames.seek(ms);
    if (id === null) return false;
    unfold(id);
    onOpen(null);
    onCursor(id);
    list.current?.focus();
    return true;
  };
  useImperativeHandle(ref, () => ({ focus: () => list.current?.focus(), goTo }));

  // The first rows may come under a resting pointer: the newest are what one came for, unless one frame is.
  const filled = ids.length > 0;
  const begun = log.next !== undefined;
  const seekAgain = async (ms: number): Promise<void> => {
    const id = await frames.seek(ms);
    if (id !== null && openId === null) onCursor(id);
  };
  const startRow = useStartAt(props.startAt, list, ids, log.rows);
  const begin = useEffectEvent(() => {
    if (startRow !== null) {
      frames.bring(startRow);
      onFilled();
      return;
    }
    holding.onBegin();
    // Another filter, the same moment.
    const ms = placeBefore();
    if (ms !== null) void seekAgain(ms);
    else if (openId === null && !fromStart) list.current?.toEnd();
    onFilled();
  });
  useEffect(() => {
    if (filled) begin();
  }, [filled]);
  const lookedRow = log.rows[indexOf(log.rows, cursor ?? openId ?? 0)];
  const place = useEffectEvent(onPlace);
  useEffect(() => {
    if (lookedRow !== undefined) place(lookedRow.at);
    else if (filled && !holding.holding) place(null);
  }, [lookedRow, filled, holding.holding]);
  const bring = useEffectEvent(frames.bring);
  useEffect(() => {
    if (begun && openId !== null) bring(openId);
  }, [begun, openId]);
  const { goal, reach, goTo: goToShare, extent } = useRail(filter, frames);
  const showGoal = useEffectEvent((to: number | 'start' | 'end') => {
    if (to === 'start') list.current?.toStart();
    else if (to === 'end') list.current?.toEnd();
    else list.current?.toLine(lineOf(ids, to));
  });
  useLayoutEffect(() => {
    if (goal !== null) showGoal(goal.to);
  }, [goal]);
  // Chosen once its rows are there.
  const [toEdge, setToEdge] = useState<string | null>(null);
  if (toEdge !== null) {
    setToEdge(null);
    const line = toEdge === 'Home' ? ids[0] : ids.at(-1);
    if (line !== undefined) onCursor(line);
  }

  const open = (id: number): void => {
    onCursor(null);
    onOpen(id);
  };
  /** The frame's line stays chosen: from there one goes on. Once more, and nothing is. */
  const close = (): void => {
    onCursor(openId);
    onOpen(null);
    list.current?.focus();
  };
  const step = (by: 1 | -1): void => {
    if (openId === null) return;
    const next =
      by > 0 ? ids.find((id) => isRow(id) && id > openId) : ids.findLast((id) => isRow(id) && id < openId);
    if (next !== undefined) open(next);
  };
  const select = (line: number): void => {
    holding.onReach();
    if (isGap(line)) frames.fill(-line);
    else if (isRow(line)) open(line);
    else onCursor(line);
  };
  const toggle = (line: number): void => {
    const fold = folds.get(line);
    if (fold === undefined) {
      if (isRow(line)) open(line);
      return;
    }
    const run = log.rows.slice(fold.from, fold.to).map(({ id }) => id);
    const others = [...unfolded].filter((id) => id < (run[0] ?? 0) || id > (run.at(-1) ?? 0));
    setUnfolded(new Set(fold.isOpen ? others : [...others, ...run.slice(0, 1)]));
  };
  useSameCommand(log.rows, cursor !== null && !isFold(cursor) ? cursor : openId, frames, open);
  const catchUp = async (): Promise<void> => {
    await frames.toNewest();
    reach('end');
  };
  /** Home and End go to the very first and the very last, wherever the list stands. */
  const onEdge = async (key: string): Promise<void> => {
    // Whoever goes to the very first no longer waits at the end, though the list has not scrolled yet.
    if (key === 'Home') setNear({ start: true, end: false });
    // As every other step without Shift does.
    choose(new Set());
    await (key === 'Home' ? frames.toOldest() : frames.toNewest());
    setToEdge(key);
  };
  const detail = useDetail(openId, ofAll, { close, step });
  const news = newsCount(log);
  const follow = !holding.holding && !fromStart;

  const newer = news !== 0 && !fromStart && (
    <NewsButton side="bottom" onClick={() => void catchUp()}>
      {news === null ? t('frames.newerMany') : t('frames.newer', { count: news })}
    </NewsButton>
  );
  const listing = (
    <div className={classes['listing']} data-all={ofAll || undefined}>
      <ListHead
        ofAll={ofAll}
        times={times}
        onTimes={setTimes}
        folding={folding}
        onFolding={setFolding}
        onGoTo={onGoTo}
      />
      <div
        ref={box}
        className={classes['list']}
        // Not on enter: that also comes when the list appears under a pointer at rest.
        onPointerMove={() => holding.onHover(true)}
        onPointerLeave={() => holding.onHover(false)}
        onPointerDown={holding.onReach}
        onWheel={(event) => {
          if (event.deltaY >= 0) return;
          holding.onReach();
          // One that is too short to scroll can be reached beyond all the same.
          if (length * rowHeight <= height) setNear((old) => ({ ...old, start: true }));
        }}
        onKeyDownCapture={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
          const isBeyond = event.key === 'Home' ? log.next !== null : log.after !== null;
          if ((event.key !== 'Home' && event.key !== 'End') || !isBeyond) return;
          event.preventDefault();
          event.stopPropagation();
          holding.onReach();
          void onEdge(event.key);
        }}
      >
        {filled ? (
          <div className={railClasses['listed']}>
            <FrameLines
              ref={list}
              boxId={boxId}
              lines={{ ids, folds }}
              log={log}
              ofAll={ofAll}
              times={times}
              selected={cursor ?? openId}
              opened={cursor === null ? openId : null}
              follow={follow}
              onChoose={select}
              chosen={chosen}
              chosenOf={chosenOf}
              onChosen={choose}
              onOpen={toggle}
              onEscape={close}
              onNear={setNear}
              onScrolled={({ atEnd }) => holding.onScrolled(atEnd && log.after === null)}
            >
              {newer}
            </FrameLines>
            <Rail
              list={list}
              boxId={boxId}
              ids={ids}
              rows={log.rows}
              extent={extent}
              follow={follow}
              onGo={goToShare}
              onDrag={setDragging}
            />
          </div>
        ) : (
          <Nothing frames={frames} isFiltering={isFiltering} onClearFilter={onClearFilter} />
        )}
        {filled && (looked !== null || error !== null) && <LookedBack frames={frames} />}
        {!filled && newer}
      </div>
    </div>
  );
  return (
    <div ref={room} className={classes['room']}>
      <Split
        label={t('frames.resize')}
        orientation={isTall ? 'vertical' : 'horizontal'}
        size={share}
        initial={52}
        min={20}
        restMin={20}
        onSize={(size) => isShare(size) && setShare(size)}
        first={listing}
        second={detail}
      />
    </div>
  );
}
