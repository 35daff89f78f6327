/** The content of the byte and text views, without their rendering. */
import type { Span } from '#shared/body/positions';
import { unseenIn } from '#shared/visible';
import type { HexLine } from '../../../ui/hex';

/** Splits the line wherever the marking changes. */
export function runs(
  text: string,
  marks: readonly (string | undefined)[],
): readonly { readonly from: number; readonly text: string; readonly signs: string }[] {
  const out: { from: number; text: string; signs: string }[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const signs = marks[i] ?? '';
    const last = out.at(-1);
    if (last?.signs === signs) last.text += text.charAt(i);
    else out.push({ from: i, text: text.charAt(i), signs });
  }
  return out;
}

/** The part of the span in this line, as `from-to`. */
export function within(span: Span | null, { at, size }: HexLine): string | null {
  if (span === null) return null;
  const [from, to] = [Math.max(0, span.from - at), Math.min(size, span.to - at)];
  return from < to ? `${from}-${to}` : null;
}

/** The same for several spans, separated by blanks. */
export function withinEach(spans: readonly Span[], line: HexLine): string {
  return spans.flatMap((span) => within(span, line) ?? []).join(' ');
}

/** The byte to which a key moves; `null`: the key has no effect. */
export function byteMove(key: string, from: number | null, size: number, perLine: number): number | null {
  const steps = new Map([
    ['ArrowRight', 1],
    ['ArrowLeft', -1],
    ['ArrowDown', perLine],
    ['ArrowUp', -perLine],
  ]);
  const step = steps.get(key);
  if (size === 0) return null;
  if (key === 'Home') return 0;
  if (key === 'End') return size - 1;
  if (step === undefined) return null;
  if (from === null) return 0;
  const to = from + step;
  return to < 0 || to >= size ? from : to;
}

interface Piece extends Span {
  readonly part: 'name' | 'value' | undefined;
  readonly isFlagged: boolean;
  /** An invisible character. */
  readonly isUnseen: boolean;
}

/** Further ones, as in junk, are not split off. */
const maxUnseen = 1_000;

/** Splits the text wherever a marked part begins or ends. */
export function pieces(
  text: string,
  selected: Span | null,
  value: Span | null,
  flagged: readonly Span[],
): readonly Piece[] {
  const spans = [selected, value, ...flagged].filter((span) => span !== null);
  const named = unseenIn(text).slice(0, maxUnseen);
  const unseen = new Set(named.map(({ from }) => from));
  const cuts = new Set([0, text.length]);
  for (const { from, to } of named) cuts.add(from).add(to);
  for (const { from, to } of spans) for (const at of [from, to]) if (at > 0 && at < text.length) cuts.add(at);
  const places = [...cuts].toSorted((a, b) => a - b);
  const holds = (span: Span | null, at: number): boolean => span !== null && span.from <= at && at < span.to;
  return places.slice(0, -1).map((from, index) => ({
    from,
    to: places[index + 1] ?? text.length,
    part: holds(value, from) ? 'value' : holds(selected, from) ? 'name' : undefined,
    isFlagged: flagged.some((span) => holds(span, from)),
    isUnseen: unseen.has(from),
  }));
}
