/** What was damaged or lost on the disk, in words. */
import { damagedKinds, type DamagedRows } from '#shared/model/journal';
import type { Words } from './words';

/** "2 machines’ states, 1 command"; `null`: nothing was. */
export function damagedRowsWords({ t, language }: Words, rows: DamagedRows): string | null {
  const parts = damagedKinds.flatMap((kind) => {
    const count = rows[kind] ?? 0;
    return count === 0 ? [] : [t(`journal.damagedKind.${kind}`, { count })];
  });
  if (parts.length === 0) return null;
  return new Intl.ListFormat(language, { style: 'narrow', type: 'conjunction' }).format(parts);
}
