/** Masks stored entries with their notes, for a file that leaves this computer. */
import type { Entry, StoredEntry } from '#shared/model/frame';
import type { Mark } from '#shared/model/journal';
import { readStored } from '../state/readStored';
import { withoutPrivate } from './looksPrivate';
import type { Masker } from './masker';
import type { PrivateTexts } from './privateTexts';

/** Characters of a note that are searched. */
const longestNote = 1_000;

export interface MaskedPage {
  readonly entries: readonly Entry[];
  readonly markOf: (id: number) => Mark | null;
  /** Number of entries that reveal nothing of their messages. */
  readonly withheld: number;
}

export interface MaskParts {
  readonly masker: Masker;
  readonly texts: PrivateTexts;
  readonly marks: ReadonlyMap<number, Mark>;
  /** The note of an entry that reveals nothing. */
  readonly withheldNote: string;
}

export function maskedPage(
  stored: readonly StoredEntry[],
  { masker, texts, marks, withheldNote }: MaskParts,
): MaskedPage {
  const withheld = new Set<number>();
  const entries = stored.map((each): Entry => {
    const { entry, isWithheld } = masker.mask(each);
    if (isWithheld) withheld.add(entry.id);
    return readStored(entry);
  });
  const markOf = (id: number): Mark | null => {
    const mark = marks.get(id) ?? null;
    if (mark === null && !withheld.has(id)) return null;
    // Users write numbers that no frame contains.
    const note = withoutPrivate(texts.cleaned(mark?.note ?? ''));
    const whole = withheld.has(id) ? `${withheldNote} ${note}`.trim() : note;
    return { entry: id, marked: mark?.marked ?? false, note: whole.slice(0, longestNote) };
  };
  return { entries, markOf, withheld: withheld.size };
}
