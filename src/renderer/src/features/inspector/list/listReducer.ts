/**
 * The behaviour of a frame list: follow or hold, count new rows, current line, opened frame, selected lines, folded heartbeats, and jumps.
 * Pure: components only send actions and render the state.
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
  /** The user acts on the list, which ends following. */
  | { readonly type: 'touched' }
  /** Pause or Follow. `leavesLine`: on Follow, no line stays current. */
  | { readonly type: 'followToggled'; readonly leavesLine: boolean }
  /** The first rows are loaded. */
  | { readonly type: 'begun' }
  | { readonly type: 'opened'; readonly id: number }
  /** Closes the frame; its line stays current. A second time, no line is current. */
  | { readonly type: 'closed' }
  /** Moves to the opened frame's neighbour. `isRead`: the rows around it were just loaded. */
  | { readonly type: 'stepped'; readonly by: 1 | -1; readonly isRead?: boolean }
  /** Another part of the window requests this frame. */
  | { readonly type: 'wanted'; readonly id: number }
  /** By click or key. */
  | { readonly type: 'lineSelected'; readonly line: number }
  /** By a second click or Enter: toggles a folded run, or opens a row. */
  | { readonly type: 'lineActivated'; readonly line: number }
  | { readonly type: 'selection'; readonly change: SelectionChange }
  | { readonly type: 'foldingSet'; readonly folding: boolean }
  | { readonly type: 'near'; readonly near: Partial<Near> }
  | { readonly type: 'dragging'; readonly dragging: boolean }
  /** A jump to a time found this row. `keepsOpen`: an opened frame stays current. */
  | { readonly type: 'wentTo'; readonly id: number; readonly keepsOpen: boolean }
  /** The first or last line becomes current. */
  | { readonly type: 'wentToEdge'; readonly edge: 'start' | 'end' }
  /** The user moves without another action. */
  | { readonly type: 'moved' };

/** Actions with which the user moves in the list. */
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
  // There is no step beyond the first and the last frame.
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
      // A following list is at its end, except between a new line and the scroll to it.
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

/** Derived state after any change: held rows, opened runs, lines, and the viewed time. */
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

/** The same object while rows, gaps and folds do not change. */
function linesAfter(before: ListState, state: ListState): Lines {
  const { log, folding, unfolded } = state;
  const isSame = log.rows === before.log.rows && folding === before.folding && unfolded === before.unfolded;
  // Gaps among waiting rows change with every batch, without an effect on the lines.
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

/** The row before or after the opened one, in list order. */
function neighbour(state: ListState, by: 1 | -1, isRead: boolean): number | undefined {
  const { opened, lines } = state;
  const { ids } = lines;
  if (opened === null || (!isRead && isOpenedAway(state))) return undefined;
  return by > 0 ? ids.find((id) => isRow(id) && id > opened) : ids.findLast((id) => isRow(id) && id < opened);
}

/** Unfolds the run around a requested row. */
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
