/** Names on the broker. One account per site: an account sees nothing of the others. */

/** The stream of a site's entries. */
export const stream = 'UP';
/** The subject of a journal's batches. `journal`: the journal's own name (journal/store/identity.ts). */
export const subjectOf = (journal: string): string => `up.${journal}`;
/** The journal of a subject; `null`: not one of ours. */
export const journalOf = (subject: string): string | null =>
  /^up\.([\da-f-]{36})$/.exec(subject)?.[1] ?? null;

/** Headers of a batch: its last entry, and a checksum of it (uplink/mark.ts). */
export const headers = { last: 'Crema-Last', mark: 'Crema-Mark' } as const;
