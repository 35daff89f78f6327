/** The journal as the window sees it. Sizes are bytes, times ms since 1970. */

export type JournalStatus =
  | { readonly status: 'closed' }
  /**
   * `aside`: the file set aside in this launch, if any. `lost`: entries dropped while the disk failed. `salvage`: a damaged file is being
   * salvaged, or was in this launch.
   */
  | {
      readonly status: 'open';
      readonly aside: FileAside | null;
      readonly lost?: number;
      readonly salvage?: Salvage;
    }
  /** The file has another version (`null`: not a journal). It is neither read nor changed, and nothing is recorded. */
  | { readonly status: 'refused'; readonly version: string | null }
  /** The disk fails. Writing is retried, and `waiting` entries are held until then. `lost` ones were dropped for lack of space. */
  | {
      readonly status: 'failing';
      readonly detail: string;
      readonly waiting: number;
      readonly lost: number;
    };

/** Entries that the disk refuses at the end of a launch. */
export interface RefusedEntries {
  /** Entries not written yet. */
  readonly waiting: number;
  /** Entries dropped for lack of space. */
  readonly lost: number;
  /** The reason. */
  readonly detail: string;
  /** Another program deleted or moved the journal while it was open, so its content is not in the data folder. `null`: no. */
  readonly gone: FileAside | null;
}

/** A journal that was replaced by a new one. */
export interface FileAside {
  /** Its present path; of a deleted one, its former path. */
  readonly file: string;
  /** `moved` and `deleted`: by another program, while it was open. */
  readonly why: 'damaged' | 'otherVersion' | 'moved' | 'deleted';
  /** A file that another program put in its place, under its new name. */
  readonly found?: string;
}

/** Unreadable parts of the journal; `index`: the search index. */
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
/** Number of damaged rows found in this launch, by kind. */
export type DamagedRows = Readonly<Partial<Record<DamagedKind, number>>>;
/** The same of a recovery; `null`: their page is unreadable, so their number is unknown. */
export type LostRows = Readonly<Partial<Record<DamagedKind, number | null>>>;

/** Progress of salvaging a damaged journal into the new one. */
export interface Salvage {
  /** From 0 to 1. */
  readonly share: number;
  readonly isOver: boolean;
  readonly saved: number;
  /** Unreadable entries. */
  readonly lost: number;
  /** Times of the entries before and after them; `null`: unknown. */
  readonly lostFrom: number | null;
  readonly lostTo: number | null;
  /** Other unreadable rows. */
  readonly lostRows: LostRows;
}

/** The content of the file. */
export interface JournalSize {
  /** Used bytes in the file. */
  readonly bytes: number;
  readonly entries: number;
  /** Time of the oldest entry; `null`: no entries. */
  readonly since: number | null;
}

/** Retention limits. The first one reached applies. */
export interface Retention {
  readonly days: number;
  readonly bytes: number;
}

/** A person's mark and note on an entry. */
export interface Mark {
  readonly entry: number;
  readonly marked: boolean;
  /** '' for none. */
  readonly note: string;
}
/** A new mark, note, or both. Absent members stay unchanged. */
export interface MarkChange {
  readonly entry: number;
  readonly marked?: boolean;
  readonly note?: string;
}

/** The form of a journal's own name: a UUID, which is also one part of a subject. */
export const journalNameForm = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
export const isJournalName = (text: string): boolean => journalNameForm.test(text);
