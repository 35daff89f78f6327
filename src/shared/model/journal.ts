/** The journal as the window sees it. Sizes are bytes, times ms since 1970. */

export type JournalStatus =
  | { readonly status: 'closed' }
  /**
   * `aside`: the file that was set aside in this run, if one was. `lost`: so many found no room while the disk refused. `salvage`: a damaged file
   * is being read, or was in this run.
   */
  | {
      readonly status: 'open';
      readonly aside: FileAside | null;
      readonly lost?: number;
      readonly salvage?: Salvage;
    }
  /** The file is of another version (`null`: no journal at all): it is neither read nor changed, and nothing is recorded. */
  | { readonly status: 'refused'; readonly version: string | null }
  /** The disk refuses; it is tried again, and `waiting` entries are held until then. `lost` ones found no room any more. */
  | {
      readonly status: 'failing';
      readonly detail: string;
      readonly waiting: number;
      readonly lost: number;
    };

/** What the disk refuses at the end of a run. */
export interface RefusedEntries {
  /** Entries that wait for it. */
  readonly waiting: number;
  /** Entries that found no room any more. */
  readonly lost: number;
  /** Why it refuses. */
  readonly detail: string;
  /** Others deleted or moved the journal while it was open: what was in it is not in the data folder. `null`: nobody did. */
  readonly gone: FileAside | null;
}

/** A journal in whose place a new one was begun. */
export interface FileAside {
  /** Where it is now; of one that was deleted, where it was. */
  readonly file: string;
  /** `moved` and `deleted`: by others, while it was open. */
  readonly why: 'damaged' | 'otherVersion' | 'moved' | 'deleted';
  /** A file that others put in its place, under its new name. */
  readonly found?: string;
}

/** What of the journal can't be read as it was written; `index`: what entries are found by. */
export const damagedKinds = [
  'machines',
  'commands',
  'orders',
  'faults',
  'diagnoses',
  'runs',
  'run_lines',
  'marks',
  'entries',
  'index',
] as const;
export type DamagedKind = (typeof damagedKinds)[number];
/** How many rows of each were met in this run. */
export type DamagedRows = Readonly<Partial<Record<DamagedKind, number>>>;

/** How far the records of a damaged journal are brought back into the new one. */
export interface Salvage {
  /** From 0 to 1. */
  readonly share: number;
  readonly isOver: boolean;
  readonly saved: number;
  /** Entries that can't be read. */
  readonly lost: number;
  /** Times of the entries before and after those; `null`: not known. */
  readonly lostFrom: number | null;
  readonly lostTo: number | null;
  /** Other rows that can't be read. */
  readonly lostRows: DamagedRows;
}

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
