/** The state of a frame list, and values derived from it. */
import type { FrameRow } from '#shared/model/frame';
import { emptyFrames, type FramesState } from '../../../store/frameList';
import { newsCount, type Missing } from '../../../store/frames';
import type { Near, ScrollWish } from '../../../ui/lineWindow';
import { noSelection, type MultiSelection } from '../../../ui/multiSelection';
import { indexOf, isRow, type Lines, type RowsByLine } from './lines';

/** `auto`: live, but held while the user looks at a frame. The user sets the other two. */
type FollowMode = 'auto' | 'paused' | 'follow';

/** The first visible line, and the number of its px above the view. */
export interface ScrollPosition {
  readonly line: number;
  readonly by: number;
}

/** The part of a list's state that survives a change of screen. */
export interface SavedList {
  readonly opened: number | null;
  readonly cursor: number | null;
  readonly mode: FollowMode;
  readonly scrolledUp: boolean;
  /** `null`: the list was at its end. */
  readonly top: ScrollPosition | null;
}
export const newList: SavedList = {
  opened: null,
  cursor: null,
  mode: 'auto',
  scrolledUp: false,
  top: null,
};

export interface ListState extends FramesState {
  /** A capture: there are no live frames, and the list begins with the oldest. */
  readonly inCapture: boolean;
  readonly mode: FollowMode;
  readonly hovered: boolean;
  /** The end of the list is not in view. */
  readonly scrolledUp: boolean;
  /** The opened frame. */
  readonly opened: number | null;
  /** The opened frame's row, kept when the list moves elsewhere; `null`: no frame is opened, or its row has not been loaded. */
  readonly openedRow: FrameRow | null;
  /** A current line without an opened frame; `null`: the opened frame's. */
  readonly cursor: number | null;
  readonly selection: MultiSelection;
  readonly selected: RowsByLine;
  /** All lines of that time were selected. */
  readonly isAllSelected: boolean;
  readonly folding: boolean;
  /** Rows whose runs are not folded. */
  readonly unfolded: ReadonlySet<number>;
  /** Derived from rows and folds. */
  readonly lines: Lines;
  /** Near an end, where more rows should be loaded. */
  readonly near: Near;
  /** The rail's thumb is dragged: rows around the passed positions are not loaded. */
  readonly dragging: boolean;
  /** The scroll target; `null`: none yet. */
  readonly scrollTo: ScrollWish | null;
  /** The earlier scroll position, applied once when the rows are loaded. */
  readonly startAt: ScrollPosition | null;
  /** The first rows have been shown. */
  readonly begun: boolean;
  /** The time of the viewed frame, ms since 1970; `null`: the newest. Another filter returns to this time. */
  readonly lookedAt: number | null;
  /** Number of moves by the user: results of earlier requests no longer move the list. */
  readonly moves: number;
  /** The origin of relative times, kept when the list moves elsewhere. */
  readonly timeOrigin: FrameRow | null;
}

/** `wanted`: a frame to open, in place of the earlier state. */
export function createList(
  saved: SavedList,
  { inCapture, folding, wanted }: { inCapture: boolean; folding: boolean; wanted: number | null },
): ListState {
  const opened = wanted ?? saved.opened;
  return {
    ...emptyFrames,
    inCapture,
    mode: saved.mode,
    hovered: false,
    scrolledUp: saved.scrolledUp,
    opened,
    openedRow: null,
    cursor: wanted === null ? saved.cursor : null,
    selection: noSelection,
    selected: new Map(),
    isAllSelected: false,
    folding,
    unfolded: new Set(opened === null ? [] : [opened]),
    lines: { ids: [], folds: new Map() },
    near: { start: false, end: false },
    dragging: false,
    scrollTo: null,
    startAt: wanted === null ? saved.top : null,
    begun: false,
    lookedAt: null,
    moves: 0,
    timeOrigin: null,
  };
}

/** The list for another filter. Opened frame, viewed time and mode stay. */
export function withOtherFilter(state: ListState): ListState {
  const { opened, openedRow, mode, scrolledUp, hovered, lookedAt, inCapture, folding } = state;
  const list = createList({ ...newList, opened, mode, scrolledUp }, { inCapture, folding, wanted: null });
  return { ...list, openedRow, hovered, lookedAt };
}

export const savedList = (
  { opened, cursor, mode, scrolledUp }: ListState,
  top: ScrollPosition | null,
): SavedList => ({ opened, cursor, mode, scrolledUp, top });

/** A frame is opened, a line is current, or rows are selected. */
export const isInUse = ({ opened, cursor, selected }: ListState): boolean =>
  opened !== null || cursor !== null || [...selected.values()].some((rows) => rows.length > 0);

/** The list stays held without the pointer, so that Follow is useful. */
export const staysHeld = (state: ListState): boolean =>
  state.mode === 'paused' || (state.mode === 'auto' && (state.scrolledUp || isInUse(state)));

/** The user's actions hold the list. */
export const isHeld = (state: ListState): boolean =>
  staysHeld(state) || (state.mode === 'auto' && state.hovered);

/** New rows wait. */
export const isStill = (state: ListState): boolean => state.inCapture || isHeld(state);

export const listMode = (state: ListState): 'capture' | 'paused' | 'held' | 'live' =>
  state.inCapture ? 'capture' : state.mode === 'paused' ? 'paused' : isHeld(state) ? 'held' : 'live';

/** Number of frames newer than those shown; `null`: not counted. */
export const listNews = ({ inCapture, log }: ListState): Missing => (inCapture ? 0 : newsCount(log));

/** The line from which keys continue; `null`: none. */
export const currentLine = ({ cursor, opened }: ListState): number | null => cursor ?? opened;

export function rowWithId({ log: { rows } }: ListState, id: number | null): FrameRow | null {
  return id === null || !isRow(id) ? null : (rows[indexOf(rows, id)] ?? null);
}

/** The row with that id, including the opened frame's if the list is elsewhere. */
export const knownRow = (state: ListState, id: number | null): FrameRow | null =>
  rowWithId(state, id) ?? (id !== null && state.openedRow?.id === id ? state.openedRow : null);

/** The opened frame lies outside the loaded rows, so its neighbours are unknown. */
export function isOpenedAway({ opened, log: { rows, next, after } }: ListState): boolean {
  if (opened === null || rows.length === 0) return false;
  const isBefore = opened < (rows[0]?.id ?? 0);
  return isBefore ? next !== null : after !== null && opened > (rows.at(-1)?.id ?? 0);
}
