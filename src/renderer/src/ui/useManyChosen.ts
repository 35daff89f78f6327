import { useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import { listMove, pageOf } from './listKeys';

interface ManyChosen {
  /** True: the click chose, and opens nothing. */
  readonly onClick: (event: MouseEvent, id: number) => boolean;
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => boolean;
  readonly clear: () => void;
  /** Where the keys go on from; `null`: nothing is chosen. */
  readonly lead: number | null;
}

export interface ManyChosenProps {
  /** Identity of each line, in order. */
  readonly ids: readonly number[];
  readonly rowHeight: number;
  readonly selected: number | null;
  /** Lines chosen beside it, with Ctrl and Shift; left out: only one line can be. */
  readonly chosen?: ReadonlySet<number>;
  readonly onChosen?: (ids: ReadonlySet<number>) => void;
}

const none: ReadonlySet<number> = new Set();

/** Several lines of a list: Ctrl takes one in or out, Shift all up to there, Ctrl+A all, Escape none. */
export function useManyChosen(
  { ids, selected, chosen = none, onChosen, rowHeight }: ManyChosenProps,
  scrollTo: (index: number) => void,
): ManyChosen {
  /** Where a span begins, and where it ends. */
  const anchor = useRef<number | null>(null);
  const [lead, setLead] = useState<number | null>(null);

  const span = (to: number): void => {
    // Whoever let go of all, in whichever way, begins anew at the line that is chosen.
    if (chosen.size === 0 && selected !== null) anchor.current = selected;
    const from = ids.indexOf(anchor.current ?? selected ?? ids[to] ?? 0);
    const [low, high] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
    anchor.current ??= ids[from < 0 ? to : from] ?? null;
    setLead(ids[to] ?? null);
    onChosen?.(new Set(ids.slice(low, high + 1)));
  };
  const clear = (): void => {
    anchor.current = null;
    setLead(null);
    if (chosen.size > 0) onChosen?.(none);
  };
  const toggle = (id: number): void => {
    const next = new Set(chosen.size === 0 && selected !== null ? [selected] : chosen);
    if (!next.delete(id)) next.add(id);
    anchor.current = id;
    setLead(id);
    onChosen?.(next);
  };
  return {
    clear,
    lead,
    onClick: (event, id) => {
      if (onChosen === undefined) return false;
      if (event.shiftKey) span(ids.indexOf(id));
      else if (event.ctrlKey || event.metaKey) toggle(id);
      else {
        clear();
        anchor.current = id;
        return false;
      }
      return true;
    },
    onKeyDown: (event) => {
      if (onChosen === undefined || event.altKey) return false;
      const isControl = event.ctrlKey || event.metaKey;
      if (isControl && event.key.toLowerCase() === 'a') {
        onChosen(new Set(ids));
        return true;
      }
      if (event.key === 'Escape' && chosen.size > 0) {
        clear();
        return true;
      }
      if (!event.shiftKey || isControl) return false;
      const from = ids.indexOf((chosen.size > 0 ? lead : null) ?? selected ?? 0);
      const to = listMove(event.key, from, ids.length, pageOf(event.currentTarget, rowHeight));
      if (to === null) return false;
      span(to);
      scrollTo(to);
      return true;
    },
  };
}
