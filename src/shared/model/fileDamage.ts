/** What was wrong with files of the data folder when Crema read them, and what became of them. Settings have a part of their own. */

/**
 * Of lists and notes: fromCopy: damaged, its copy is used and nothing is lost. unproven: damaged, and no copy confirms what is used. unread: it
 * can't be read, for the reason in `detail`. Of other files: foundAgain: no list named it; it is on the list again. stray: no list names it,
 * and what it is can't be proven; it stays where it is. Else what is wrong with it now.
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
  /** Below the data folder, with `/`. */
  readonly file: string;
  /** What the system says of it; ''. */
  readonly detail: string;
}
