/** Damage that Crema found in files of the data folder, and the result. Settings have their own report. */

/**
 * Lists and notes: fromCopy: damaged, replaced by its copy without loss. unproven: damaged, and no copy confirms the content. unread: unreadable,
 * for the reason in `detail`. Other files: foundAgain: missing in its list, and added to it again. stray: missing in its list and of unproved
 * origin; it stays in place. The others name the damage itself.
 */
export const fileDamages = [
  'fromCopy',
  'unproven',
  'unread',
  'foundAgain',
  'stray',
  'gone',
  'changed',
  'unreadable',
] as const;

export interface FileDamage {
  readonly what: (typeof fileDamages)[number];
  /** Path in the data folder, with `/`. */
  readonly file: string;
  /** The system's message; ''. */
  readonly detail: string;
}
