import type { Span } from '#shared/body/positions';
import { textOfBytes, type FrameMap, type FrameSelection } from './frameMap';

export interface SelectionSpans {
  readonly selected: Span | null;
  readonly value: Span | null;
  readonly text: Span | null;
  readonly valueText: Span | null;
}
const nothing: SelectionSpans = { selected: null, value: null, text: null, valueText: null };

/** Positions of the selection in the bytes and in the text. */
export function spansOf(map: FrameMap, selection: FrameSelection | null): SelectionSpans {
  if (selection === null) return nothing;
  if ('bytes' in selection) {
    const text = textOfBytes(map, selection.bytes);
    return { selected: selection.bytes, value: selection.bytes, text, valueText: text };
  }
  const place = map.places.get(selection.id);
  if (place === undefined) return nothing;
  const { bytes, valueBytes, text, valueText } = place;
  return { selected: bytes, value: valueBytes, text, valueText };
}
