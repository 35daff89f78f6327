/** The parsed filter. Trees have one normal form, so equal filters have equal trees. */
export const fieldNames = [
  'time',
  'vmc',
  'dir',
  'cmd',
  'size',
  'head',
  'seq',
  'conn',
  'peer',
  'id',
  'gap',
  'latency',
  'answered',
  'text',
  'finding',
  'kind',
  'code',
  'severity',
  'order',
  'product',
  'amount',
  'fold',
  'note',
  'mark',
  'body',
] as const;
export type FieldName = (typeof fieldNames)[number];
/** The fields of a machine table's filter. */
export const machineFieldNames = [
  'vmc',
  'name',
  'place',
  'model',
  'state',
  'platform',
  'version',
  'address',
  'code',
  'errors',
  'orders',
  'heard',
  'text',
] as const;
export type MachineFieldName = (typeof machineFieldNames)[number];

export type Comparison = '=' | '>' | '>=' | '<' | '<=';
/** Kind of text comparison, always case-insensitive. `equals` ignores outer blanks. */
export type How = 'equals' | 'contains' | 'starts' | 'ends';

/**
 * A time as written: an offset before `now`, with the result `at`, or a calendar span. The span has the written precision, a day to a
 * millisecond; `to` is the first millisecond after it.
 */
export type Moment =
  | { readonly kind: 'ago'; readonly ms: number; readonly at: number }
  | { readonly kind: 'at'; readonly from: number; readonly to: number };

/** One alternative of a term. Numbers of `amount` are fen, of `size` bytes, of `gap` and `latency` ms. */
export type Choice =
  | { readonly is: 'present' }
  | { readonly is: 'word'; readonly op: Comparison; readonly word: string }
  | { readonly is: 'text'; readonly how: How; readonly value: string }
  | { readonly is: 'number'; readonly op: Comparison; readonly value: number }
  | { readonly is: 'range'; readonly from: number; readonly to: number }
  | { readonly is: 'time'; readonly op: Comparison; readonly when: Moment }
  | { readonly is: 'timeRange'; readonly from: Moment; readonly to: Moment }
  | { readonly is: 'regex'; readonly source: string }
  /** Another member of the same body. */
  | { readonly is: 'member'; readonly op: Comparison; readonly path: readonly string[] };
export type ChoiceOf<K extends Choice['is']> = Extract<Choice, { readonly is: K }>;

export interface Term<F extends string = FieldName> {
  readonly kind: 'term';
  readonly field: F;
  /** Path of a `body` member, outermost name first. */
  readonly path: readonly string[];
  /** Alternatives. Never empty. */
  readonly any: readonly Choice[];
}

/** `F`: the fields, by default those of frames. */
export type Filter<F extends string = FieldName> =
  /** The empty filter, which matches everything. Never nested. */
  | { readonly kind: 'all' }
  /** Two or more, none of them an `and`. */
  | { readonly kind: 'and'; readonly of: readonly Filter<F>[] }
  /** Two or more, none of them an `or`. */
  | { readonly kind: 'or'; readonly of: readonly Filter<F>[] }
  /** Never nested. */
  | { readonly kind: 'not'; readonly of: Filter<F> }
  | Term<F>;

export const everything: { readonly kind: 'all' } = { kind: 'all' };

function joined<F extends string>(kind: 'and' | 'or', filters: readonly Filter<F>[]): Filter<F> {
  const of = filters.flatMap((filter) => (filter.kind === kind ? filter.of : [filter]));
  const [first] = of;
  if (first === undefined) return everything;
  return of.length === 1 ? first : { kind, of };
}

/** All filters must match; without any, everything matches. */
export const allOf = <F extends string = FieldName>(filters: readonly Filter<F>[]): Filter<F> =>
  joined('and', filters);
/** At least one filter must match. */
export const anyOf = <F extends string = FieldName>(
  filters: readonly [Filter<F>, ...Filter<F>[]],
): Filter<F> => joined('or', filters);
export const not = <F extends string = FieldName>(filter: Filter<F>): Filter<F> =>
  filter.kind === 'not' ? filter.of : { kind: 'not', of: filter };
export const term = <F extends string = FieldName>(
  field: F,
  any: readonly Choice[],
  path: readonly string[] = [],
): Term<F> => ({
  kind: 'term',
  field,
  path,
  any,
});

/** The texts that the filter searches in whole frames, once each, in order. */
export function searchedTexts(filter: Filter): readonly string[] {
  const found = new Set<string>();
  const walk = (part: Filter): void => {
    if (part.kind === 'and' || part.kind === 'or') part.of.forEach(walk);
    else if (part.kind === 'not') walk(part.of);
    else if (part.kind === 'term' && part.field === 'text')
      for (const choice of part.any) if (choice.is === 'text') found.add(choice.value);
  };
  walk(filter);
  return [...found];
}

/** Whether a term of the filter passes the test. */
export function mentions(filter: Filter, test: (term: Term) => boolean): boolean {
  switch (filter.kind) {
    case 'all':
      return false;
    case 'and':
    case 'or':
      return filter.of.some((part) => mentions(part, test));
    case 'not':
      return mentions(filter.of, test);
    case 'term':
      return test(filter);
  }
}
