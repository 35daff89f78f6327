/** First and last number of packed entries, and the time of the last. There is at least one. */
import { numbersEach, type PackedEntries } from '../../journal/api';

export function lastOf({ count, numbers }: PackedEntries): {
  readonly first: number;
  readonly last: number;
  readonly lastAt: number;
} {
  const at = (count - 1) * numbersEach;
  return { first: numbers[0] ?? 0, last: numbers[at] ?? 0, lastAt: numbers[at + 1] ?? 0 };
}
