/** The journal as the window sees it. Sizes are bytes, times ms since 1970. */

export type JournalStatus =
  | { readonly status: 'closed' }
  /** `damagedCopy`: where a damaged file was put in this run. */
  | { readonly status: 'open'; readonly damagedCopy: string | null }
  /** Written by a newer Crema: nothing is recorded in this run. */
  | { readonly status: 'refused'; readonly version: number }
  /** The disk refuses; it is tried again, and `waiting` entries are held until then. `lost` ones found no room any more. */
  | {
      readonly status: 'failing';
      readonly detail: string;
      readonly waiting: number;
      readonly lost: number;
    };

/** What the file holds. */
export interface JournalSize {
  /** In use within the file. */
  readonly bytes: number;
  readonly entries: number;
  /** Of the oldest entry; `null`: there is none. */
  readonly since: number | null;
}

/** How long and how much is kept, whichever limit is met first. */
export interface Retention {
  readonly days: number;
  readonly bytes: number;
}

/** A span of time, cut into bins of equal width. */
export interface ActivityQuery {
  readonly vmcNo: number | null;
  readonly from: number;
  readonly to: number;
  readonly bins: number;
}
/** Per bin; `exact` false: estimated from summaries, as the span is long. */
export interface Activity {
  readonly frames: readonly number[];
  readonly errors: readonly number[];
  readonly exact: boolean;
}

/** What a person attached to an entry. */
export interface Mark {
  readonly entry: number;
  readonly marked: boolean;
  /** '' for none. */
  readonly note: string;
}
/** The mark, the note, or both; what is left out stays as it is. */
export interface MarkChange {
  readonly entry: number;
  readonly marked?: boolean;
  readonly note?: string;
}
