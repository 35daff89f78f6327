/**
 * What a list of frames does: it follows or holds still, counts what is new, has a current line, an opened frame and lines selected
 * together, folds heartbeats, and is gone to a place. Pure: the components only send actions and draw the state.
 */
import { reduceFrames, type FramesAction, type ScrollTarget } from '../../../store/frameList';
import { applyMarks, emptyLog, hold, type FrameLog } from '../../../store/frames';
import type { Near } from '../../../ui/lineWindow';
import { changeSelection, type SelectionChange } from '../../../ui/multiSelection';
import {
  indexOf,
  isGap,
  isHeartbeat,
  isRow,
  lineOf,
  linesOf,
  rowsOfLines,
  type Fold,
  type Lines,
} from './lines';
import {
  currentLine,
  isHeld,
  isInUse,
  isOpenedAway,
  isStill,
  knownRow,
  rowWithId,
  staysHeld,
  type ListState,
} from './listState';

export type ListAction =
  | FramesAction
  | { readonly type: 'hovered'; readonly over: boolean }
  | { readonly type: 'scrolled'; readonly atEnd: boolean }
  /** A person reaches into the list: who asked to follow lets it go. */
  | { readonly type: 'touched' }
  /** Pause or Follow. `leavesLine`: following on, nothing is current any more. */
  | { readonly type: 'followToggled'; readonly leavesLine: boolean }
  /** The first rows are there. */
  | { readonly type: 'begun' }
  | { readonly type: 'opened'; readonly id: number }
  /** The frame's line stays current: from there one goes on. Once more, and nothing is. */
  | { readonly type: 'closed' }
  /** To the opened frame's neighbour. `isRead`: what lies on both sides of it was just read. */
  | { readonly type: 'stepped'; readonly by: 1 | -1; readonly isRead?: boolean }
  /** Another part of the window asks for this frame. */
  | { readonly type: 'wanted'; readonly id: number }
  /** By a click or by the keys. */
  | { readonly type: 'lineSelected'; readonly line: number }
  /** Once more, or by Enter: a fold opens or closes, a row is opened. */
  | { readonly type: 'lineActivated'; readonly line: number }
  | { readonly type: 'selection'; readonly change: SelectionChange }
  | { readonly type: 'foldingSet'; readonly folding: boolean }
  | { readonly type: 'near'; readonly near: Partial<Near> }
  | { readonly type: 'dragging'; readonly dragging: boolean }
  /** A moment was gone to: this is its row. `keepsOpen`: where a frame is opened, it stays the current one. */
  | { readonly type: 'wentTo'; readonly id: number; readonly keepsOpen: boolean }
  /** The very first or the very last line becomes the current one. */
  | { readonly type: 'wentToEdge'; readonly edge: 'start' | 'end' }
  /** A person goes elsewhere, where nothing else tells that. */
  | { readonly type: 'moved' };

/** By which a person goes elsewhere in the list. */
const moves: ReadonlySet<ListAction['type']> = new Set([
  'moved',
  'touched',
  'followToggled',
  'opened',
  'wanted',
  'lineSelected',
  'lineActivated',
  'selection',
]);

export function reduceList(state: ListState, action: ListAction): ListState {
  const changed = applied(state, action);
  // Beyond the first and the last frame there is no step.
  const isMove = moves.has(action.type) || (action.type === 'stepped' && changed !== state);
  const next = isMove ? { ...changed, moves: state.moves + 1 } : changed;
  const list = next === state ? state : consistent(state, next);
  const to = 'to' in action ? action.to : null;
  return to === null ? list : { ...list, scrollTo: { index: placeOf(list.lines, to) } };
}

function placeOf({ ids }: Lines, to: NonNullable<ScrollTarget>): number {
  return to === 'start' ? 0 : to === 'end' ? ids.length - 1 : lineOf(ids, to);
}

function applied(state: ListState, action: ListAction): ListState {
  switch (action.type) {
    case 'hovered':
      return withHover(state, action.over);
    case 'scrolled':
      // A list that follows is at its end, but for the moment between a new line and the move to it.
      return action.atEnd || isHeld(state) ? withPart(state, { scrolledUp: !action.atEnd }) : state;
    case 'touched':
      return touched(state);
    case 'followToggled':
      return withFollowToggled(state, action.leavesLine);
    case 'begun':
      return { ...state, begun: true, scrolledUp: state.startAt === null ? false : state.scrolledUp };
    case 'opened':
      return withOpened(touched(state), action.id);
    case 'closed':
      return withPart(state, { cursor: state.opened, opened: null });
    case 'stepped': {
      const id = neighbour(state, action.by, action.isRead === true);
      return id === undefined ? state : withOpened(state, id);
    }
    case 'wanted':
      return { ...withOpened(touched(state), action.id), startAt: null };
    case 'lineSelected': {
      const { line } = action;
      if (isGap(line)) return touched(state);
      return isRow(line) ? withOpened(touched(state), line) : withPart(touched(state), { cursor: line });
    }
    case 'lineActivated': {
      const fold = state.lines.folds.get(action.line);
      if (fold !== undefined) return withFoldToggled(state, fold);
      return isRow(action.line) ? withOpened(state, action.line) : state;
    }
    case 'selection':
      return withSelection(state, action.change);
    case 'foldingSet':
      return withPart(state, { folding: action.folding });
    case 'near': {
      const near = { ...state.near, ...action.near };
      const isSame = near.start === state.near.start && near.end === state.near.end;
      return isSame ? state : { ...state, near };
    }
    case 'dragging':
      return withPart(state, { dragging: action.dragging });
    case 'wentTo':
      if (action.keepsOpen) return state.opened === null ? withPart(state, { cursor: action.id }) : state;
      return { ...touched(state), opened: null, cursor: action.id, unfolded: unfoldedWith(state, action.id) };
    case 'wentToEdge': {
      const line = action.edge === 'start' ? state.lines.ids[0] : state.lines.ids.at(-1);
      return line === undefined ? state : withPart(state, { cursor: line });
    }
    case 'moved':
      return state;
    case 'marks': {
      const { openedRow } = state;
      const [row = null] = applyMarks(
        { ...emptyLog, rows: openedRow === null ? [] : [openedRow] },
        action.marks,
      ).rows;
      return withPart(state, { ...reduceFrames(state, action), openedRow: row });
    }
    default: {
      const frames = reduceFrames(state, action);
      return frames === state ? state : { ...state, ...frames };
    }
  }
}

/** What follows from a change, whichever it was: held rows, opened runs, lines, and what is looked at. */
function consistent(before: ListState, changed: ListState): ListState {
  const log = hold(changed.log, isStill(changed));
  const isOtherFrame = changed.opened !== before.opened && changed.opened !== null;
  const unfolded = isOtherFrame ? unfoldedWith({ ...changed, log }, changed.opened) : changed.unfolded;
  const known = { ...changed, log, unfolded };
  const next = { ...known, openedRow: knownRow(known, known.opened) };
  const lines = linesAfter(before, next);
  const current = rowWithId(next, currentLine(next));
  const lookedAt = current !== null ? current.at : isAtNewest(next, lines) ? null : next.lookedAt;
  const timeOrigin = current !== null && current.id !== next.timeOrigin?.id ? current : next.timeOrigin;
  return { ...next, lines, lookedAt, timeOrigin };
}

const isAtNewest = (state: ListState, { ids }: Lines): boolean =>
  state.begun && ids.length > 0 && !isHeld(state);

/** The same ones as long as neither rows nor gaps between them nor folds change. */
function linesAfter(before: ListState, state: ListState): Lines {
  const { log, folding, unfolded } = state;
  const isSame = log.rows === before.log.rows && folding === before.folding && unfolded === before.unfolded;
  // Gaps among what waits change with every batch; the list does not.
  if (isSame && (log.gaps === before.log.gaps || shownGaps(log).join() === shownGaps(before.log).join()))
    return before.lines;
  return linesOf(log.rows, new Set(shownGaps(log)), folding ? unfolded : null);
}

function shownGaps({ rows, gaps }: FrameLog): readonly number[] {
  const last = rows.at(-1)?.id ?? 0;
  return [...gaps.keys()].filter((id) => id <= last);
}

const touched = (state: ListState): ListState =>
  state.mode === 'follow' ? { ...state, mode: 'auto' } : state;

function withHover(state: ListState, hovered: boolean): ListState {
  const left = !hovered && !isInUse(state) ? touched(state) : state;
  return withPart(left, { hovered });
}

function withFollowToggled(state: ListState, leavesLine: boolean): ListState {
  if (!staysHeld(state)) return { ...state, mode: 'paused' };
  const mode = isInUse(state) || state.hovered ? 'follow' : 'auto';
  return { ...state, mode, scrolledUp: false, cursor: leavesLine ? null : state.cursor };
}

const withOpened = (state: ListState, id: number): ListState => withPart(state, { opened: id, cursor: null });

/** The row after or before the opened one, as the list shows them. */
function neighbour(state: ListState, by: 1 | -1, isRead: boolean): number | undefined {
  const { opened, lines } = state;
  const { ids } = lines;
  if (opened === null || (!isRead && isOpenedAway(state))) return undefined;
  return by > 0 ? ids.find((id) => isRow(id) && id > opened) : ids.findLast((id) => isRow(id) && id < opened);
}

/** What is gone to is seen, also within a run of heartbeats. */
function unfoldedWith({ log: { rows }, unfolded }: ListState, id: number): ReadonlySet<number> {
  const row = rows[indexOf(rows, id)];
  if (unfolded.has(id) || (row !== undefined && !isHeartbeat(row))) return unfolded;
  return new Set([...unfolded, id]);
}

function withFoldToggled(state: ListState, { from, to, isOpen }: Fold): ListState {
  const run = state.log.rows.slice(from, to).map(({ id }) => id);
  const others = [...state.unfolded].filter((id) => id < (run[0] ?? 0) || id > (run.at(-1) ?? 0));
  return { ...state, unfolded: new Set(isOpen ? others : [...others, ...run.slice(0, 1)]) };
}

function withSelection(state: ListState, change: SelectionChange): ListState {
  const { lines, log } = state;
  const selection = changeSelection(state.selection, change, lines.ids, currentLine(state));
  if (selection === state.selection) return state;
  if (selection.lines.size === 0 && state.selection.lines.size === 0) return { ...state, selection };
  return {
    ...touched(state),
    selection,
    selected: rowsOfLines(lines, log.rows, selection.lines, state.selected),
    isAllSelected: selection.lines.size === lines.ids.length,
  };
}

function withPart(state: ListState, part: Partial<ListState>): ListState {
  const next = { ...state, ...part };
  const isSame = Object.keys(part).every((name) => {
    const key = name as keyof ListState;
    return next[key] === state[key];
  });
  return isSame ? state : next;
}
