/** Unchanged rows keep their identity, so that only changed ones render. */

/** `changed` replaces or adds; `removed` is applied first, because a row can be removed and return within one batch. */
export function applyRows<T extends object>(
  rows: ReadonlyMap<number, T>,
  changed: readonly T[],
  removed: readonly number[],
  keyOf: (row: T) => number,
): ReadonlyMap<number, T> {
  const next = new Map(rows);
  let different = false;
  for (const key of removed) different = next.delete(key) || different;
  for (const row of changed) {
    const key = keyOf(row);
    const old = next.get(key);
    const kept = old === undefined ? row : keepSame(old, row);
    if (kept === old) continue;
    next.set(key, kept);
    different = true;
  }
  return different ? next : rows;
}

/** `after`, with equal values taken from `before` at every depth. */
export function keepSame<T>(before: T, after: T): T {
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after)) {
    return Object.is(before, after) ? before : after;
  }
  const keys = Object.keys(after);
  const known = Object.keys(before);
  let isChanged = keys.length !== known.length;
  // Settings of thousands of machines arrive in one value: nothing is allocated unless they changed. Their order may be shown.
  const values: unknown[] = [];
  for (const [i, key] of keys.entries()) {
    const value = Object.hasOwn(before, key) ? keepSame(before[key], after[key]) : after[key];
    isChanged ||= key !== known[i] || !Object.is(value, before[key]);
    values.push(value);
  }
  if (!isChanged) return before;
  return (Array.isArray(after) ? values : Object.fromEntries(keys.map((key, i) => [key, values[i]]))) as T;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
