import { everyFrame } from '#shared/filter/frames';
import type { JournalStore } from '../../src/main/journal/store/journalStore';

/** All entries, as a list and as a count. */
export function seenIn(store: JournalStore): { readonly listed: number; readonly counted: number } {
  const query = { filter: everyFrame, now: 0, names: {} };
  let listed = 0;
  for (let before: number | null | undefined; before !== null;) {
    const page = store.frames({ ...query, place: { before: before ?? null }, limit: 5_000 });
    listed += page.entries.length;
    before = page.next;
  }
  let counted = 0;
  for (let after: number | null = 0; after !== null;) {
    const found = store.count({ ...query, after, bins: null });
    counted += found.count;
    after = found.next;
  }
  return { listed, counted };
}
