/** Several lines of a list selected at once: Ctrl takes one in or out, Shift all up to there, Ctrl+A all, Escape none. */
import { isKey, type Pressed } from './keys';
import { listMove } from './listKeys';

export interface MultiSelection {
  /** Lines selected beside the current one. */
  readonly lines: ReadonlySet<number>;
  /** Where a span begins; `null`: at the current line. */
  readonly anchor: number | null;
  /** Where the keys go on from; `null`: from the current line. */
  readonly lead: number | null;
}
export const noSelection: MultiSelection = { lines: new Set(), anchor: null, lead: null };

export type SelectionChange =
  | { readonly kind: 'toggle' | 'extend'; readonly line: number }
  | { readonly kind: 'all' | 'clear' }
  /** Nothing is selected; a span begins at this line. */
  | { readonly kind: 'restart'; readonly line: number };

/** `ids`: all lines, in order; `current`: the line that is selected by itself. */
export function changeSelection(
  selection: MultiSelection,
  change: SelectionChange,
  ids: readonly number[],
  current: number | null,
): MultiSelection {
  const { lines } = selection;
  switch (change.kind) {
    case 'toggle': {
      const next = new Set(lines.size === 0 && current !== null ? [current] : lines);
      if (!next.delete(change.line)) next.add(change.line);
      return { lines: next, anchor: change.line, lead: change.line };
    }
    case 'extend': {
      // Whoever let go of all, in whichever way, begins anew at the current line.
      const anchor = lines.size === 0 && current !== null ? current : selection.anchor;
      const to = ids.indexOf(change.line);
      const from = ids.indexOf(anchor ?? current ?? change.line);
      const [low, high] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)];
      return {
        lines: new Set(ids.slice(low, high + 1)),
        anchor: anchor ?? ids[from < 0 ? to : from] ?? null,
        lead: change.line,
      };
    }
    case 'all':
      return { ...selection, lines: new Set(ids) };
    case 'clear':
      return lines.size === 0 && selection.anchor === null && selection.lead === null
        ? selection
        : noSelection;
    case 'restart':
      return { ...noSelection, anchor: change.line };
  }
}

interface Modifiers {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** What a click on a line does to what is selected; `restart`: the line itself is selected and opened. */
export function clickChange({ shiftKey, ctrlKey, metaKey }: Modifiers, line: number): SelectionChange {
  return { kind: shiftKey ? 'extend' : ctrlKey || metaKey ? 'toggle' : 'restart', line };
}

/** What a key does to what is selected; `null`: it is no key of selections. */
export function keyChange(
  event: Pressed,
  { lines, lead }: MultiSelection,
  ids: readonly number[],
  current: number | null,
  page: number,
): SelectionChange | null {
  if (event.altKey) return null;
  const isControl = event.ctrlKey || event.metaKey;
  if (isKey('selectAll', event)) return { kind: 'all' };
  if (isKey('close', event) && lines.size > 0) return { kind: 'clear' };
  if (!event.shiftKey || isControl) return null;
  const from = ids.indexOf((lines.size > 0 ? lead : null) ?? current ?? 0);
  const line = ids[listMove(event, from, ids.length, page) ?? -1];
  return line === undefined ? null : { kind: 'extend', line };
}
