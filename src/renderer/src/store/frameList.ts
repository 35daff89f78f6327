/** The state of a frame list and of its search. Answers of the main process and feed batches are its actions. */
import type { AppError } from '#shared/contract/errors';
import type { FramePage, FrameRow } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';
import {
  addLive,
  addNamed,
  addNewer,
  addOlder,
  applyMarks,
  emptyLog,
  fillGap,
  showPage,
  showWaiting,
  type FrameLog,
  without,
} from './frames';

/** How far back a search without results has come. */
interface SearchProgress {
  /** The time of the last searched frame; `null`: unknown. */
  readonly to: number | null;
  readonly stopped: boolean;
}

export interface FramesState {
  readonly log: FrameLog;
  /** The error of the last request; `null`: it was answered. */
  readonly error: AppError | null;
  /** `null` while the search finds frames. */
  readonly search: SearchProgress | null;
}
export const emptyFrames: FramesState = { log: emptyLog, error: null, search: null };

/** Where to continue reading at both ends of a page, as in `FrameLog`. */
interface Ends {
  readonly next: number | null;
  readonly after: number | null;
}

/** The scroll target for the new rows: a row by its id, or an end of the list; `null`: no scrolling. */
export type ScrollTarget = number | 'start' | 'end' | null;

export type FramesAction =
  | {
      readonly type: 'live';
      readonly rows: readonly FrameRow[];
      /** The number of older rows that were skipped before these. */
      readonly skipped: number;
      /** Earlier entries that are now assigned to a machine. */
      readonly named: readonly FrameRow[];
      /** Earlier entries that do not match the filter any more. */
      readonly gone: readonly number[];
    }
  | { readonly type: 'marks'; readonly marks: readonly Mark[] }
  /** Replaces the list with this page. */
  | {
      readonly type: 'page';
      readonly rows: readonly FrameRow[];
      readonly ends: Ends;
      readonly to: ScrollTarget;
    }
  | { readonly type: 'newest'; readonly page: FramePage; readonly to: ScrollTarget }
  | { readonly type: 'waiting'; readonly to: ScrollTarget }
  /** `searchedTo`: the time of the newest frame before an empty page, if known. */
  | {
      readonly type: 'older';
      readonly page: FramePage;
      readonly before: number;
      readonly searchedTo: number | null;
    }
  | { readonly type: 'newer'; readonly page: FramePage; readonly after: number }
  /** A capture has grown beyond its former end `from`; `page` `null`: the new part has not been read. */
  | { readonly type: 'grown'; readonly page: FramePage | null; readonly from: number }
  | { readonly type: 'gap'; readonly id: number; readonly page: FramePage }
  | { readonly type: 'answered'; readonly error: AppError | null }
  | { readonly type: 'searchStopped' }
  | { readonly type: 'searchContinued' };

export function reduceFrames(state: FramesState, action: FramesAction): FramesState {
  const { log } = state;
  switch (action.type) {
    case 'live':
      return withLog(
        state,
        without(addNamed(addLive(log, action.rows, action.skipped), action.named), action.gone),
      );
    case 'marks':
      return withLog(state, applyMarks(log, action.marks));
    case 'page':
      return withLog(state, showPage(log, action.rows, action.ends));
    case 'newest': {
      const { rows, next } = action.page;
      // The newest page reaches the waiting rows, so these are shown at once.
      return withLog(state, showWaiting(showPage(log, rows, { next, after: null })));
    }
    case 'waiting':
      return withLog(state, showWaiting(log));
    case 'older': {
      const { page, before, searchedTo } = action;
      const isEmpty = page.rows.length === 0 && page.next !== null;
      const search = isEmpty ? { to: searchedTo ?? state.search?.to ?? null, stopped: false } : null;
      return { ...state, search, log: addOlder(log, page, before) };
    }
    case 'newer':
      return withLog(state, addNewer(log, action.page, action.after));
    case 'grown': {
      if (log.after !== null) return state;
      const open = { ...log, after: action.from };
      return withLog(state, action.page === null ? open : addNewer(open, action.page, action.from));
    }
    case 'gap':
      return withLog(state, fillGap(log, action.id, action.page));
    case 'answered':
      return state.error === action.error ? state : { ...state, error: action.error };
    case 'searchStopped':
      return { ...state, search: { to: state.search?.to ?? null, stopped: true } };
    case 'searchContinued':
      return { ...state, search: null, error: null };
  }
}

const withLog = (state: FramesState, log: FrameLog): FramesState =>
  log === state.log ? state : { ...state, log };
