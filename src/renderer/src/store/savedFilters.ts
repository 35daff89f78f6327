/** Named filters, kept over restarts and shared by all windows. */
import { create } from 'zustand';

export interface SavedFilter {
  readonly name: string;
  /** In the filter language. */
  readonly text: string;
}
interface SavedFilters {
  /** In the order in which they were saved. */
  readonly saved: readonly SavedFilter[];
  /** The filter that the last change removed, and its position, for undo. */
  readonly undo: { readonly filter: SavedFilter; readonly at: number } | null;
}

const key = 'crema.savedFilters';
export const nameLimit = 60;
const most = 200;

/** The stored filters, as far as readable. */
export function readSaved(kept: string | null): readonly SavedFilter[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(list) ? list.filter(isSaved).slice(0, most) : [];
  } catch {
    return [];
  }
}
function isSaved(value: unknown): value is SavedFilter {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'text' in value &&
    typeof value.text === 'string'
  );
}

/** Replaces a filter of the same name in place. */
function withSaved(saved: readonly SavedFilter[], filter: SavedFilter): readonly SavedFilter[] {
  const at = saved.findIndex(({ name }) => name === filter.name);
  return at < 0 ? [...saved, filter].slice(-most) : saved.with(at, filter);
}

/** Returns `saved` itself if the filter does not exist or the new name is taken. */
function renamed(saved: readonly SavedFilter[], from: string, to: string): readonly SavedFilter[] {
  const name = to.trim().slice(0, nameLimit);
  if (name === '' || saved.some((one) => one.name === name)) return saved;
  return saved.map((one) => (one.name === from ? { ...one, name } : one));
}

/** Restores deleted or replaced filters at their former positions. */
function restored(
  saved: readonly SavedFilter[],
  { filter, at }: NonNullable<SavedFilters['undo']>,
): readonly SavedFilter[] {
  const there = saved.findIndex(({ name }) => name === filter.name);
  return there < 0 ? saved.toSpliced(at, 0, filter) : saved.with(there, filter);
}

// Tests run the pure part without a window.
const isWindow = typeof window !== 'undefined';

export const useSavedFilters = create<SavedFilters>()(() => ({
  saved: isWindow ? readSaved(window.localStorage.getItem(key)) : [],
  undo: null,
}));
if (isWindow)
  window.addEventListener('storage', (event) => {
    if (event.key === key) useSavedFilters.setState({ saved: readSaved(event.newValue), undo: null });
  });

function put(saved: readonly SavedFilter[], undo: SavedFilters['undo']): void {
  useSavedFilters.setState({ saved, undo });
  try {
    window.localStorage.setItem(key, JSON.stringify(saved));
  } catch {
    // With a full or forbidden store, the filters are only lost at a restart.
  }
}

export function saveFilter(name: string, text: string): void {
  const { saved } = useSavedFilters.getState();
  const filter = { name: name.trim().slice(0, nameLimit), text };
  const at = saved.findIndex((one) => one.name === filter.name);
  const old = saved[at];
  put(withSaved(saved, filter), old === undefined || old.text === text ? null : { filter: old, at });
}

/** Returns whether the filter now has that name. */
export function renameFilter(from: string, to: string): boolean {
  if (from === to.trim()) return true;
  const { saved, undo } = useSavedFilters.getState();
  const next = renamed(saved, from, to);
  if (next !== saved) put(next, undo);
  return next !== saved;
}

export function deleteFilter(name: string): void {
  const { saved } = useSavedFilters.getState();
  const at = saved.findIndex((one) => one.name === name);
  const filter = saved[at];
  if (filter !== undefined) put(saved.toSpliced(at, 1), { filter, at });
}

export function undoFilter(): void {
  const { saved, undo } = useSavedFilters.getState();
  if (undo !== null) put(restored(saved, undo), null);
}
