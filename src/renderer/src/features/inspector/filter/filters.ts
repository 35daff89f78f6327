import { useState } from 'react';
import { everyFrame, type FrameFilter } from '#shared/filter/frames';
import { addTerm, type EditField, type EditValue } from '#shared/filter/language/edit';
import { formatFilter } from '#shared/filter/language/format';
import { needs } from '#shared/filter/language/needs';
import { parseFilter, readPieces } from '#shared/filter/language/parse';
import { term, type Filter, type Moment } from '#shared/filter/language/tree';
import { messageRows } from '#shared/messages/lookup';
import { clock } from '../../../ui/ticker';
import { useListKey } from '../list/savedLists';

/** The filter in force, and the text in the box. They differ while the text is invalid. */
interface Filtering {
  /** In force: the last valid filter. */
  readonly filter: FrameFilter;
  readonly typed: string;
}

/** Filters by capture and machine, until the window closes. */
const kept = new Map<string, Filtering>();

export interface FilterUse extends Filtering {
  /** Changes the typed text without applying it. */
  readonly type: (typed: string) => void;
  /** Applies the typed text if it is valid; returns whether the list changed. */
  readonly settle: () => boolean;
  /** Replaces the text, and applies it at once if it is valid. */
  readonly put: (typed: string, chosen?: Partial<Omit<FrameFilter, 'text'>>) => void;
  readonly choose: (chosen: Partial<Omit<FrameFilter, 'text'>>) => void;
  readonly clear: () => void;
}

export function useFiltering(vmcNo: number | null): FilterUse {
  const key = useListKey(vmcNo);
  const [now, setNow] = useState<Filtering>(
    () => kept.get(key) ?? { filter: { ...everyFrame, vmcNo }, typed: '' },
  );
  const change = (next: Filtering): void => {
    kept.set(key, next);
    setNow(next);
  };
  return {
    ...now,
    type: (typed) => change({ ...now, typed }),
    settle: () => {
      const next = settled(now);
      if (next !== now) change(next);
      return next !== now;
    },
    put: (typed, chosen = {}) => change(settled({ filter: { ...now.filter, ...chosen }, typed })),
    choose: (chosen) => change({ ...now, filter: { ...now.filter, ...chosen } }),
    clear: () => change({ filter: { ...everyFrame, vmcNo }, typed: '' }),
  };
}

/** Applies the typed text if it is valid; otherwise nothing changes. */
export function settled(now: Filtering): Filtering {
  const text = now.typed.trim();
  if (text === now.filter.text || !parseFilter(text, { now: clock() }).ok) return now;
  return { ...now, filter: { ...now.filter, text } };
}

/** Whether the filter excludes any entry of the place. */
export function isFiltering(filter: FrameFilter, vmcNo: number | null): boolean {
  return filter.vmcNo !== vmcNo || filter.dir !== null || filter.cmd !== null || filter.text !== '';
}

/** The whole filter as text, without the place's own machine. */
export function wholeText({ vmcNo, dir, cmd, text }: FrameFilter, placeOf: number | null): string {
  const now = clock();
  const chosen: readonly (readonly [EditField, EditValue])[] = [
    ...(vmcNo === null || vmcNo === placeOf ? [] : ([['vmc', vmcNo]] as const)),
    ...(dir === null ? [] : ([['dir', dir]] as const)),
    ...(cmd === null ? [] : ([['cmd', cmd]] as const)),
  ];
  const before = chosen.reduce((all, [field, value]) => addTerm(all, field, value, 'only', { now }), '');
  if (before === '' || text === '') return before + text;
  const read = readPieces(text, now);
  const isOr = read.ok && read.pieces.length === 1 && read.pieces[0]?.filter.kind === 'or';
  return isOr ? `${before} (${text})` : `${before} ${text}`;
}

const at = (from: number): Moment => ({ kind: 'at', from, to: from + 1 });
const isTime = (filter: Filter): boolean =>
  filter.kind === 'not' ? isTime(filter.of) : filter.kind === 'term' && filter.field === 'time';

/** The text with its time terms replaced with the span `from` to `to`. */
export function withSpan(text: string, from: number, to: number): string {
  const span = formatFilter(term('time', [{ is: 'timeRange', from: at(from), to: at(to) }]));
  const read = readPieces(text, clock());
  if (!read.ok) return `${text.trimEnd()} ${span}`.trim();
  const whole = text.trim();
  if (read.pieces.length === 1 && read.pieces[0]?.filter.kind === 'or') return `(${whole}) ${span}`;
  const others = read.pieces.filter((piece) => !isTime(piece.filter));
  return [...others.map((piece) => text.slice(piece.at, piece.end)), span].join(' ');
}

/** The text without its time terms. */
export function withoutSpan(text: string): string {
  const read = readPieces(text, clock());
  if (!read.ok) return text;
  const others = read.pieces.filter((piece) => !isTime(piece.filter));
  return others.map((piece) => text.slice(piece.at, piece.end)).join(' ');
}

/** The only span that the filter accepts: ms since 1970, both included; `from` `null`: from the journal's beginning. */
export interface PastSpan {
  readonly from: number | null;
  readonly to: number;
}
/** The latest time that the filter can match; `null`: future entries can match. */
export function spanOfFilter(text: string, now: number): PastSpan | null {
  const parsed = parseFilter(text, { now });
  const all = parsed.ok ? needs(parsed.filter) : null;
  if (all === null || all.length === 0) return null;
  const spans = all.map((parts) => {
    const times = parts.flatMap((part) => (part.on === 'at' ? [part] : []));
    return {
      from: Math.max(...times.map(({ from }) => from ?? -Infinity)),
      to: Math.min(...times.map(({ to }) => to ?? Infinity)),
    };
  });
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to));
  return to === Infinity ? null : { from: from === -Infinity ? null : from, to };
}

/** Every member of the catalogue by its usual spelling; members with varying names are left out. */
export const memberNames: readonly string[] = [
  ...new Set(
    messageRows.flatMap(({ fields }) =>
      fields.filter(({ pattern }) => pattern === undefined).map(({ names }) => names[0]),
    ),
  ),
].toSorted((a, b) => a.localeCompare(b));
