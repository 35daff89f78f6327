/** The state of a list of frames, and what can be told from it. */
import type { FrameRow } from '#shared/model/frame';
import { emptyFrames, type FramesState } from '../../../store/frameList';
import { newsCount, type Missing } from '../../../store/frames';
import type { Near, ScrollWish } from '../../../ui/lineWindow';
import { noSelection, type MultiSelection } from '../../../ui/multiSelection';
import { indexOf, isRow, type Lines, type RowsByLine } from './lines';

/** `auto`: live, but still while someone looks closer. The other two are what a person asked for. */
type FollowMode = 'auto' | 'paused' | 'follow';

/** The first line in view, and how many px of it are out of view. */
export interface ScrollPosition {
  readonly line: number;
  readonly by: number;
}

/** What of a list outlasts a look at another screen. */
export interface SavedList {
  readonly opened: number | null;
  readonly cursor: number | null;
  readonly mode: FollowMode;
  readonly scrolledUp: boolean;
  /** `null`: the list was at its newest. */
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
  /** A capture: nothing passes, the list begins with the oldest. */
  readonly inCapture: boolean;
  readonly mode: FollowMode;
  readonly hovered: boolean;
  /** Its end is not in view. */
  readonly scrolledUp: boolean;
  /** The opened frame. */
  readonly opened: number | null;
  /** Its row. It stays known where the list is moved to where it is not; `null`: none is opened, or its row has not been seen. */
  readonly openedRow: FrameRow | null;
  /** A line that is current and not opened; `null`: the opened frame's. */
  readonly cursor: number | null;
  readonly selection: MultiSelection;
  readonly selected: RowsByLine;
  /** Every line that the list had then was selected. */
  readonly isAllSelected: boolean;
  readonly folding: boolean;
  /** Rows whose runs are not folded. */
  readonly unfolded: ReadonlySet<number>;
  /** What follows from the rows and the folds. */
  readonly lines: Lines;
  /** So near to an end that what lies beyond should be read. */
  readonly near: Near;
  /** The rail's thumb is held: what lies around each place that it passes is not read. */
  readonly dragging: boolean;
  /** Where the list is to be scrolled; `null`: nowhere yet. */
  readonly scrollTo: ScrollWish | null;
  /** Where it was left: it is scrolled there once, as soon as the rows are there. */
  readonly startAt: ScrollPosition | null;
  /** Its first rows have been shown. */
  readonly begun: boolean;
  /** When the frame passed that is looked at, ms since 1970; `null`: what is new is. Under another filter it is gone to again. */
  readonly lookedAt: number | null;
  /** How often a person has gone elsewhere in it: what was looked for before that does not move it any more. */
  readonly moves: number;
  /** The row that relative times are told from. It stays the one also when the list is moved to where it is not. */
  readonly timeOrigin: FrameRow | null;
}

/** `wanted`: a frame to be opened, whatever was before. */
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

/** The list of another filter: the opened frame, the moment that is looked at, and holding or following stay. */
export function withOtherFilter(state: ListState): ListState {
  const { opened, openedRow, mode, scrolledUp, hovered, lookedAt, inCapture, folding } = state;
  const list = createList({ ...newList, opened, mode, scrolledUp }, { inCapture, folding, wanted: null });
  return { ...list, openedRow, hovered, lookedAt };
}

export const savedList = (
  { opened, cursor, mode, scrolledUp }: ListState,
  top: ScrollPosition | null,
): SavedList => ({ opened, cursor, mode, scrolledUp, top });

/** A frame is opened, a line is current, or rows are selected: someone looks closer. */
export const isInUse = ({ opened, cursor, selected }: ListState): boolean =>
  opened !== null || cursor !== null || [...selected.values()].some((rows) => rows.length > 0);

/** It would stand still with the pointer elsewhere too: then there is something to go on with. */
export const staysHeld = (state: ListState): boolean =>
  state.mode === 'paused' || (state.mode === 'auto' && (state.scrolledUp || isInUse(state)));

/** A person holds it still. */
export const isHeld = (state: ListState): boolean =>
  staysHeld(state) || (state.mode === 'auto' && state.hovered);

/** What is new waits. */
export const isStill = (state: ListState): boolean => state.inCapture || isHeld(state);

export const listMode = (state: ListState): 'capture' | 'paused' | 'held' | 'live' =>
  state.inCapture ? 'capture' : state.mode === 'paused' ? 'paused' : isHeld(state) ? 'held' : 'live';

/** How many frames are newer than those shown; `null`: nobody has counted them. */
export const listNews = ({ inCapture, log }: ListState): Missing => (inCapture ? 0 : newsCount(log));

/** The line from which the keys go on; `null`: none. */
export const currentLine = ({ cursor, opened }: ListState): number | null => cursor ?? opened;

export function rowWithId({ log: { rows } }: ListState, id: number | null): FrameRow | null {
  return id === null || !isRow(id) ? null : (rows[indexOf(rows, id)] ?? null);
}

/** The row with that number, also the opened one's where the list is elsewhere. */
export const knownRow = (state: ListState, id: number | null): FrameRow | null =>
  rowWithId(state, id) ?? (id !== null && state.openedRow?.id === id ? state.openedRow : null);

/** The opened frame's place lies beyond what the list has read: which its neighbours are is not known. */
export function isOpenedAway({ opened, log: { rows, next, after } }: ListState): boolean {
  if (opened === null || rows.length === 0) return false;
  const isBefore = opened < (rows[0]?.id ?? 0);
  return isBefore ? next !== null : after !== null && opened > (rows.at(-1)?.id ?? 0);
}
