/** Decides which frames a list shows, for the live view and the journal. */
import type { Direction } from '../model/frame';
import type { FilterError } from './language/errors';
import type { FilterFacts } from './language/facts';
import { matcher } from './language/match';
import { needs, type Needs } from './language/needs';
import { parseFilter } from './language/parse';
import { allOf, term, type Filter } from './language/tree';

/** The selected and typed conditions, which must all hold. Empty members match everything. */
export interface FrameFilter {
  readonly vmcNo: number | null;
  readonly dir: Direction | null;
  /** The `cmd` member, ignoring case. */
  readonly cmd: string | null;
  /** In the filter language (docs/filter.md). */
  readonly text: string;
}
export const everyFrame: FrameFilter = { vmcNo: null, dir: null, cmd: null, text: '' };

/** A compiled filter for many frames. */
export type FrameTest =
  | {
      readonly ok: true;
      readonly matches: (facts: FilterFacts) => boolean;
      /** The whole filter as a tree. */
      readonly tree: Filter;
      /** Conditions by which a store can skip entries; `null`: none. */
      readonly needs: Needs | null;
    }
  | { readonly ok: false; readonly error: FilterError };

/** `now`: reference of relative times, ms since 1970. `within`: limits the time; its end is exclusive. */
export function frameTest(
  filter: FrameFilter,
  now: number,
  within?: { readonly from: number; readonly to: number },
): FrameTest {
  const parsed = parseFilter(filter.text, { now });
  if (!parsed.ok) return parsed;
  const span = within === undefined ? [] : [during(within.from, within.to)];
  const whole = allOf([...chosen(filter), ...span, ...(parsed.filter.kind === 'all' ? [] : [parsed.filter])]);
  return { ok: true, matches: matcher(whole), tree: whole, needs: needs(whole) };
}

const during = (from: number, to: number): Filter =>
  term('time', [
    {
      is: 'timeRange',
      from: { kind: 'at', from, to: from + 1 },
      to: { kind: 'at', from: to - 1, to },
    },
  ]);

function chosen({ vmcNo, dir, cmd }: FrameFilter): readonly Filter[] {
  return [
    ...(vmcNo === null ? [] : [term('vmc', [{ is: 'number', op: '=', value: vmcNo }])]),
    ...(dir === null ? [] : [term('dir', [{ is: 'word', op: '=', word: dir }])]),
    ...(cmd === null ? [] : [term('cmd', [{ is: 'text', how: 'equals', value: cmd }])]),
  ];
}
