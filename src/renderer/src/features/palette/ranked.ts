/** Selects and orders the items for the typed text. */
import { matching } from '../../text/matching';
import { kinds, type Item } from './items';

export const mostShown = 60;
/** Items of one kind, so that a digit in every code leaves space for other kinds. */
const mostOfKind = 12;

/** Without text: recent items, then commands for the machine in view, screens and actions. */
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
    const score = scoreOf(item, typed);
    // A recent item precedes an item that matches equally.
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

function scoreOf({ label, detail, also = '' }: Item, typed: string): number {
  return 2 * matching(label, typed) + matching(`${label} ${detail} ${also}`, typed);
}

/** The machines of a command, possible ones first; without text in their own order. */
export function rankedMachines(items: readonly Item[], typed: string): readonly Item[] {
  const isAsked = typed.trim() !== '';
  return items
    .map((item) => ({ item, score: isAsked ? scoreOf(item, typed) : 1 }))
    .filter(({ score }) => score > 0)
    .toSorted(
      (a, b) => Number(a.item.hindrance !== null) - Number(b.item.hindrance !== null) || b.score - a.score,
    )
    .slice(0, mostShown)
    .map(({ item }) => item);
}
