/** Which items are shown for what was typed, and in which order. */
import { matching } from '../../text/matching';
import { kinds, type Item } from './items';

export const mostShown = 60;
/** Of one kind, so that a digit that stands in every code leaves room for the rest. */
const mostOfKind = 12;

/** Nothing typed: what was chosen lately, then what can be told to the machine in view, the screens and what can be done. */
export function ranked(items: readonly Item[], typed: string, recent: readonly string[]): readonly Item[] {
  const age = new Map(recent.map((id, index) => [id, index]));
  const isRecent = ({ id }: Item): boolean => age.has(id);
  const byAge = (a: Item, b: Item): number => (age.get(a.id) ?? 0) - (age.get(b.id) ?? 0);
  if (typed.trim() === '')
    return [
      ...items.filter(isRecent).toSorted(byAge),
      ...items.filter(
        (item) =>
          !isRecent(item) && (item.kind === 'command' || item.kind === 'screen' || item.kind === 'action'),
      ),
    ].slice(0, mostShown);
  const scored = items.flatMap((item) => {
    const score = 2 * matching(item.label, typed) + matching(`${item.label} ${item.detail}`, typed);
    // What was chosen before comes before what fits as well.
    return score === 0 ? [] : [{ item, score: score + (isRecent(item) ? 2 : 0) }];
  });
  const taken = new Map<string, number>();
  return scored
    .toSorted((a, b) => b.score - a.score || kinds.indexOf(a.item.kind) - kinds.indexOf(b.item.kind))
    .filter(({ item: { kind } }) => {
      const count = (taken.get(kind) ?? 0) + 1;
      taken.set(kind, count);
      return count <= mostOfKind;
    })
    .slice(0, mostShown)
    .map(({ item }) => item);
}
