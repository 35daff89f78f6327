/** Multiple selection in a list: Ctrl toggles a line, Shift selects a range, Ctrl+A all, Escape none. */
import { isKey, type Pressed } from './keys';
import { listMove } from './listKeys';

export interface MultiSelection {
  /** Lines selected beside the current one. */
  readonly lines: ReadonlySet<number>;
  /** Start of a range; `null`: the current line. */
  readonly anchor: number | null;
  /** The line from which keys continue; `null`: the current line. */
  readonly lead: number | null;
}
export const noSelection: MultiSelection = { lines: new Set(), anchor: null, lead: null };

export type SelectionChange =
  | { readonly kind: 'toggle' | 'extend'; readonly line: number }
  | { readonly kind: 'all' | 'clear' }
  /** Clears the selection; a range starts at this line. */
  | { readonly kind: 'restart'; readonly line: number };

/** `ids`: all lines in order; `current`: the single selected line. */
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
      // After any clearing, a range starts at the current line again.
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

/** The effect of a click on the selection; `restart`: only the clicked line is selected, and opened. */
export function clickChange({ shiftKey, ctrlKey, metaKey }: Modifiers, line: number): SelectionChange {
  return { kind: shiftKey ? 'extend' : ctrlKey || metaKey ? 'toggle' : 'restart', line };
}

/** The effect of a key on the selection; `null`: not a selection key. */
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
