import { useElementSize } from '@mantine/hooks';
import {
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  type Ref,
} from 'react';
import type { FrameFilter } from '#shared/filter/frames';
import { useFrames } from '../../../bridge/frames';
import { selectFrames } from '../../../store';
import { useCrema } from '../../../store';
import { isSite } from '../../../store/sites';
import { useRemembered } from '../../../store/remembered';
import { useWords } from '../../../text/useWords';
import { Boundary } from '../../../ui/Boundary';
import { NewsButton } from '../../../ui/NewsButton';
import { Split } from '../../../ui/Split';
import type { ListHandle } from '../../../ui/VirtualList';
import { isKey } from '../../../ui/keys';
import { clock } from '../../../ui/ticker';
import { useDetail } from '../detail/useDetail';
import { FrameLines, isOfLines } from './FrameLines';
import { selectedRows } from './lines';
import { ListHead } from './ListHead';
import { isStill, listNews } from './listState';
import { untilMoved, useListState, useStartAt, type ListStore } from './listStore';
import { Rail } from './Rail';
import { EmptyList, SearchProgress } from './SearchProgress';
import { datesOf, isTimeMode } from './times';
import { useRail } from './useRail';
import { useSameCommand } from './useSameCommand';
import { useStep } from './useStep';
import { rowHeights } from '../../../ui/rows';
import classes from './FrameList.module.css';
import railClasses from './Rail.module.css';

export interface FrameListHandle {
  readonly focus: () => void;
  /** Goes to the first frame at or after that time, unless the user goes elsewhere meanwhile. Resolves to false if there is none. */
  readonly goTo: (ms: number) => Promise<boolean>;
}

interface FrameListProps {
  readonly list: ListStore;
  readonly filter: FrameFilter;
  readonly ofAll: boolean;
  readonly isFiltering: boolean;
  readonly onClearFilter: () => void;
  readonly onFolding: (folding: boolean) => void;
  readonly onGoTo: () => void;
  /** Called when the first frames are loaded. */
  readonly onFilled: () => void;
  readonly ref: Ref<FrameListHandle>;
}

const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 20 && value <= 80;
/** Rows that a list loads to fill its height when they fold into few lines. */
const rowsOfItself = 5_000;

/** Live and past frames of one filter. The list is held while the user looks at a frame. */
export function FrameList(props: FrameListProps) {
  const { list, filter, ofAll, isFiltering, onClearFilter, onFolding, onGoTo, onFilled, ref } = props;
  const { t } = useWords();
  const { dispatch } = list;
  const { ref: measured, height } = useElementSize();
  const { ref: room, width: roomWidth, height: roomHeight } = useElementSize();
  const isTall = roomWidth > 0 && roomWidth < 640 && roomHeight > 300;
  const [share, setShare] = useRemembered('frameListShare', 52, isShare);
  const [times, setTimes] = useRemembered('frameTimes', 'absolute', isTimeMode);
  const log = useListState(list, (s) => s.log);
  const { ids } = useListState(list, (s) => s.lines);
  const error = useListState(list, (s) => s.error);
  const search = useListState(list, (s) => s.search);
  const near = useListState(list, (s) => s.near);
  const dragging = useListState(list, (s) => s.dragging);
  const folding = useListState(list, (s) => s.folding);
  const opened = useListState(list, (s) => s.opened);
  const inCapture = useListState(list, (s) => s.inCapture);
  const isOfSite = useCrema(isSite);
  // A site's newest entries matter most.
  const fromStart = inCapture && !isOfSite;
  const dates = times === 'absolute' ? datesOf(log.rows, clock()) : 'none';
  const follow = !useListState(list, isStill);
  const news = useListState(list, listNews);
  const fits = ids.length * rowHeights.frame <= height;
  // A long run of heartbeats is one line: without a limit the list would load a whole journal of heartbeats.
  const isShort = height > 0 && fits && log.rows.length < rowsOfItself;
  const frames = useFrames(filter, list, {
    log,
    error,
    search,
    older: isShort || (near.start && !dragging),
    newer: isShort || (near.end && !dragging),
    fromStart,
  });
  const box = useRef<ListHandle>(null);
  const boxId = useId();
  useExportedSelection(list);

  const goTo = async (ms: number): Promise<boolean> => {
    dispatch({ type: 'moved' });
    const isActive = untilMoved(list);
    const id = await frames.seek(ms, isActive);
    if (id === null) return !isActive();
    dispatch({ type: 'wentTo', id, keepsOpen: false });
    box.current?.focus();
    return true;
  };
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus(), goTo }));

  // The first rows may appear under a resting pointer. Show the newest, unless a frame was requested.
  const filled = ids.length > 0;
  const begun = log.next !== undefined;
  const startRow = useStartAt(list, box);
  const seekAgain = async (ms: number): Promise<void> => {
    const id = await frames.seek(ms, untilMoved(list));
    if (id !== null) dispatch({ type: 'wentTo', id, keepsOpen: true });
  };
  const begin = useEffectEvent(() => {
    const { lookedAt, moves } = list.getState();
    dispatch({ type: 'begun' });
    // A user who has already moved is not brought back to the earlier position or time.
    if (startRow !== null && moves === 0) frames.load(startRow, untilMoved(list));
    // Another filter keeps the time.
    else if (lookedAt !== null && moves === 0) void seekAgain(lookedAt);
    else if (opened === null && !fromStart) box.current?.toEnd();
    onFilled();
  });
  useEffect(() => {
    if (filled) begin();
  }, [filled]);
  const load = useEffectEvent((id: number) => frames.load(id, untilMoved(list)));
  useEffect(() => {
    if (begun && opened !== null) load(opened);
  }, [begun, opened]);
  const rail = useRail(filter, list, frames);

  useSameCommand(list, frames);
  /** Home and End go to the first and last entry of the journal from any position. */
  const toEdge = async (key: string): Promise<void> => {
    dispatch({ type: 'touched' });
    // After Home the list no longer waits at its end, although it has not scrolled yet.
    if (key === 'Home') dispatch({ type: 'near', near: { start: true, end: false } });
    // As with every other move without Shift.
    dispatch({ type: 'selection', change: { kind: 'clear' } });
    const isActive = untilMoved(list);
    await (key === 'Home' ? frames.toOldest(isActive) : frames.toNewest(isActive));
    if (isActive()) dispatch({ type: 'wentToEdge', edge: key === 'Home' ? 'start' : 'end' });
  };
  const step = useStep(list, frames);
  const detail = useDetail(opened, ofAll, {
    close: () => {
      dispatch({ type: 'closed' });
      box.current?.focus();
    },
    step,
  });

  const newer = news !== 0 && (
    <NewsButton
      side="bottom"
      onClick={() => {
        dispatch({ type: 'moved' });
        box.current?.focus();
        void frames.toNewest(untilMoved(list));
      }}
    >
      {news === null ? t('frames.newerMany') : t('frames.newer', { count: news })}
    </NewsButton>
  );
  const listing = (
    <div className={classes['listing']} data-all={ofAll || undefined} data-dates={dates}>
      <ListHead
        ofAll={ofAll}
        times={times}
        onTimes={setTimes}
        folding={folding}
        onFolding={onFolding}
        onGoTo={onGoTo}
      />
      <div
        ref={measured}
        className={classes['list']}
        // Not on enter, which also fires when the list appears under a resting pointer.
        onPointerMove={() => dispatch({ type: 'hovered', over: true })}
        onPointerLeave={() => dispatch({ type: 'hovered', over: false })}
        // An empty list ignores touches. Captured before the pressed element's handler, so that its move counts as later than the touch.
        onPointerDownCapture={() => filled && dispatch({ type: 'touched' })}
        onWheel={(event) => {
          // The pointer is over the list, although it may not have moved since the list appeared. A wheel that spins on belongs to the list where it
          // began, even if the pointer has left.
          if (event.currentTarget.matches(':hover')) dispatch({ type: 'hovered', over: true });
          if (filled) dispatch({ type: event.deltaY < 0 ? 'touched' : 'moved' });
          if (event.deltaY >= 0) return;
          // A list too short to scroll can still load older frames.
          if (fits) dispatch({ type: 'near', near: { start: true } });
        }}
        onKeyDownCapture={(event) => {
          const edge = isKey('first', event) ? 'Home' : isKey('last', event) ? 'End' : null;
          const isBeyond = edge === 'Home' ? log.next !== null : log.after !== null;
          if (edge === null || event.shiftKey || !isBeyond || !isOfLines(event)) return;
          event.preventDefault();
          event.stopPropagation();
          void toEdge(edge);
        }}
      >
        {filled ? (
          <div className={railClasses['listed']}>
            <FrameLines
              ref={box}
              boxId={boxId}
              list={list}
              ofAll={ofAll}
              times={times}
              dates={dates}
              onFillGap={frames.fillGap}
            >
              {newer}
            </FrameLines>
            <Boundary where="rail of the frames" of={log.rows}>
              <Rail
                list={box}
                boxId={boxId}
                ids={ids}
                rows={log.rows}
                extent={rail.extent}
                follow={follow}
                onGo={(place) => {
                  dispatch({ type: 'moved' });
                  rail.goTo(place);
                }}
                onDrag={(held) => dispatch({ type: 'dragging', dragging: held })}
              />
            </Boundary>
          </div>
        ) : (
          <EmptyList list={list} isFiltering={isFiltering} onClearFilter={onClearFilter} />
        )}
        {filled && (search !== null || error !== null) && <SearchProgress list={list} />}
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

/** Publishes the list's selection for the export dialog. */
function useExportedSelection(list: ListStore): void {
  const selected = useListState(list, (s) => s.selected);
  useLayoutEffect(() => {
    const rows = selectedRows(selected, list.getState().log.rows);
    selectFrames(
      rows.map(({ id }) => id),
      rows.every(({ dir }) => dir !== null),
    );
  }, [list, selected]);
  useEffect(() => () => selectFrames([], true), []);
}
