/** Positions of a frame's parts in its bytes and in the characters of its body. */
import { bytePlaces, characterAt } from '#shared/body/bytePlaces';
import { positionsOf, type Path, type Span } from '#shared/body/positions';
import type { Finding } from '#shared/findings';
import type { FrameDetail } from '#shared/model/frame';

export type HeadPart = 'head' | 'length' | 'padding' | 'sequence';

/** A part: a member of the body, or a piece of the head. */
interface Place {
  readonly id: string;
  readonly head: HeadPart | null;
  /** The path of a member. */
  readonly path: Path | null;
  /** Position in the frame's bytes. */
  readonly bytes: Span;
  /** Only the value, without the member's name. */
  readonly valueBytes: Span;
  /** Position in the body's text; `null` for the head. */
  readonly text: Span | null;
  readonly valueText: Span | null;
}

export interface FrameMap {
  /** By id; a member precedes its children. */
  readonly places: ReadonlyMap<string, Place>;
  /** Offset of each body character's first byte in the frame; `null`: bytes and text do not correspond. */
  readonly bytesOf: Uint32Array | null;
}

/** The selection: a part by its id, or other bytes. */
export type FrameSelection = { readonly id: string } | { readonly bytes: Span };

const headSize = 12;
export const headId = (part: HeadPart): string => `#${part}`;

export function frameMap(frame: FrameDetail): FrameMap {
  const places = new Map<string, Place>();
  for (const [part, bytes] of headParts(frame))
    places.set(headId(part), {
      id: headId(part),
      head: part,
      path: null,
      bytes,
      valueBytes: bytes,
      text: null,
      valueText: null,
    });
  const bytesOf = frame.kind === 'frame' ? bodyPlaces(frame) : null;
  if (bytesOf !== null && frame.json !== null)
    for (const [id, { path, name, value }] of positionsOf(frame.fullText, frame.json)) {
      const text = { from: name?.from ?? value.from, to: value.to };
      const inBytes = ({ from, to }: Span): Span => ({ from: bytesOf[from] ?? 0, to: bytesOf[to] ?? 0 });
      const [bytes, valueBytes] = [inBytes(text), inBytes(value)];
      places.set(id, { id, head: null, path, bytes, valueBytes, text, valueText: value });
    }
  return { places, bytesOf };
}

function headParts({ head, bodyStart, kind }: FrameDetail): readonly (readonly [HeadPart, Span])[] {
  const at = bodyStart - headSize;
  if (kind === 'junk' || at < 0) return [];
  if (head === null) return [['head', { from: at, to: bodyStart }]];
  return [
    ['length', { from: at, to: at + 4 }],
    [head === 'le48' ? 'sequence' : 'padding', { from: at + 4, to: bodyStart }],
  ];
}

function bodyPlaces({ bytes, bodyStart, fullText }: FrameDetail): Uint32Array | null {
  return bytePlaces(bytes.subarray(bodyStart), fullText)?.map((at) => at + bodyStart) ?? null;
}

/** Numbers in the machine's spelling where parsing changes it (`9.50`, or more digits than a number holds), by id. */
export function numbersAsWritten(
  { fullText }: FrameDetail,
  { places }: FrameMap,
): ReadonlyMap<string, string> {
  const written = new Map<string, string>();
  for (const { id, valueText } of places.values()) {
    const text = valueText === null ? '' : fullText.slice(valueText.from, valueText.to);
    if (/^-?\d/.test(text) && text !== String(Number(text))) written.set(id, text);
  }
  return written;
}

/** The smallest part with this byte; `null`: none, as for braces and commas. */
export function placeAtByte({ places }: FrameMap, offset: number): Place | null {
  return smallest(places, offset, ({ bytes }) => bytes);
}

export function placeAtText({ places }: FrameMap, offset: number): Place | null {
  return smallest(places, offset, ({ text }) => text);
}

function smallest(
  places: FrameMap['places'],
  offset: number,
  spanOf: (place: Place) => Span | null,
): Place | null {
  let best: Place | null = null;
  for (const place of places.values()) {
    const span = spanOf(place);
    // Children follow their parents and are never larger.
    if (span !== null && span.from <= offset && offset < span.to) best = place;
  }
  return best;
}

/** The characters of these bytes; `null`: none, or unknown. */
export function textOfBytes({ bytesOf }: FrameMap, bytes: Span): Span | null {
  if (bytesOf === null || bytesOf.length < 2) return null;
  const end = bytesOf[bytesOf.length - 1] ?? 0;
  if (bytes.to <= (bytesOf[0] ?? 0) || bytes.from >= end) return null;
  const from = characterAt(bytesOf, bytes.from);
  return { from, to: Math.max(from + 1, characterAt(bytesOf, bytes.to - 1) + 1) };
}

/** The bytes of a finding; `null`: the whole frame, or a fact outside it. */
export function findingBytes(map: FrameMap, frame: FrameDetail, { code, params }: Finding): Span | null {
  const part = (name: HeadPart): Span | null => map.places.get(headId(name))?.bytes ?? null;
  const member = (name: unknown): Span | null => {
    const wanted = fold(String(name));
    for (const { path, bytes } of map.places.values())
      if (path?.length === 1 && fold(String(path[0])) === wanted) return bytes;
    return null;
  };
  switch (code) {
    case 'head.lengthWrong':
    case 'head.lengthInChars':
      return part('length');
    case 'head.unrecognised':
      return part('head');
    case 'head.missing':
      return { from: frame.bodyStart, to: Math.min(frame.bytes.length, frame.bodyStart + 1) };
    case 'seq.gap':
    case 'seq.restart':
      return part('sequence');
    case 'json.lenient':
      return characterBytes(map, Number(params?.['offset']));
    case 'text.gb18030':
      return firstForeign(frame);
    case 'text.undecodable': {
      const from = frame.bodyStart + Number(params?.['offset']);
      return from < frame.bytes.length ? { from, to: from + 1 } : null;
    }
    case 'field.invalid':
    case 'field.unknown':
      return member(params?.['field']);
    case 'cmd.unknown':
      return member('cmd');
    case 'vmcNo.changed':
      return member('vmc_no');
    case 'sign.mismatch':
    case 'sign.matched':
    case 'sign.ignored':
      return member('sign');
    case 'clock.wrong':
      return member('timestamp');
    default:
      return null;
  }
}

function characterBytes({ bytesOf }: FrameMap, offset: number): Span | null {
  if (bytesOf === null || !(offset >= 0)) return null;
  // A part missing at the end is shown at the last character.
  const at = Math.min(offset, bytesOf.length - 2);
  const [from, to] = [bytesOf[at], bytesOf[at + 1]];
  return from === undefined || to === undefined || to <= from ? null : { from, to };
}

/** The first bytes beyond ASCII, up to the next quote or JSON punctuation. */
function firstForeign({ bytes, bodyStart }: FrameDetail): Span | null {
  const from = bytes.findIndex((byte, at) => at >= bodyStart && byte > 127);
  if (from < 0) return null;
  let to = from;
  while (to < bytes.length && bytes[to] !== 0x22) to += 1;
  return { from, to };
}

const fold = (name: string): string => name.replace(/[_\s-]/g, '').toLowerCase();

interface SelectionSpans {
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
