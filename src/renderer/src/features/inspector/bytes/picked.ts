import type { Span } from '#shared/body/positions';
import { textOfBytes, type FrameMap, type Picked } from './frameMap';

export interface PickedSpans {
  readonly chosen: Span | null;
  readonly value: Span | null;
  readonly text: Span | null;
  readonly valueText: Span | null;
}
const nothing: PickedSpans = { chosen: null, value: null, text: null, valueText: null };

/** Where what is chosen stands, in the bytes and in the text. */
export function spansOf(map: FrameMap, picked: Picked | null): PickedSpans {
  if (picked === null) return nothing;
  if ('bytes' in picked) {
    const text = textOfBytes(map, picked.bytes);
    return { chosen: picked.bytes, value: picked.bytes, text, valueText: text };
  }
  const place = map.places.get(picked.id);
  if (place === undefined) return nothing;
  const { bytes, valueBytes, text, valueText } = place;
  return { chosen: bytes, value: valueBytes, text, valueText };
}
