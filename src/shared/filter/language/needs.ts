/**
 * Necessary conditions of a filter, so that a store can skip entries by its columns and its text index. They match too much rather than
 * too little, so matches must still pass the `matcher`.
 */
import type { FindingCode } from '../../findings';
import { namesInRole } from '../../messages/lookup';
import type { Direction, Entry } from '../../model/frame';
import { foldCase, isPlainNeedle, needleOf } from './patterns';
import { endOf, startOf } from './times';
import type { Choice, Filter, Term } from './tree';
import { findingSet } from './choices';

/** Both inclusive; `null`: open. */
interface Bounds {
  readonly from: number | null;
  readonly to: number | null;
}
export type Need =
  | { readonly on: 'vmcNo' | 'conn'; readonly among: readonly number[] }
  /** In lower case (ASCII is sufficient). */
  | { readonly on: 'cmd'; readonly among: readonly string[] }
  | { readonly on: 'dir'; readonly among: readonly Direction[] }
  | { readonly on: 'kind'; readonly among: readonly Entry['kind'][] }
  | ({ readonly on: 'at' | 'id' | 'size' } & Bounds)
  /** `null`: every finding. */
  | { readonly on: 'finding'; readonly among: readonly FindingCode[] | null }
  /** The lower-case text (ASCII is sufficient) contains this. Never empty. */
  | { readonly on: 'text'; readonly needle: string };
/** One alternative must hold with all its parts; without alternatives, no entry matches. */
export type Needs = readonly (readonly Need[])[];

const maxAlternatives = 64;
/** Shorter needles skip no block, but a store can search for them faster. */
const shortestNeedle = 1;

/** `null`: nothing can be skipped. */
export function needs(filter: Filter): Needs | null {
  switch (filter.kind) {
    case 'all':
    case 'not':
      return null;
    case 'and':
      return ofAll(filter.of);
    case 'or':
      return bounded(all(filter.of.map(needs))?.flat() ?? null);
    case 'term':
      return bounded(ofTerm(filter));
  }
}

const bounded = (found: Needs | null): Needs | null =>
  found === null || found.length > maxAlternatives ? null : found;

/** Parts of an AND are optional, so the parts with most alternatives are dropped above the limit. */
function ofAll(filters: readonly Filter[]): Needs | null {
  const parts = filters.flatMap((filter) => {
    const part = needs(filter);
    return part === null ? [] : [part];
  });
  let found: Needs | null = null;
  for (const part of parts.toSorted((a, b) => a.length - b.length)) {
    if (found === null) found = part;
    else if (found.length * part.length <= maxAlternatives)
      found = found.flatMap((mine) => part.map((other) => mine.concat(other)));
  }
  return found;
}

/** `null` if any value is `null`. */
function all<T>(values: readonly (T | null)[]): readonly T[] | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length ? known : null;
}

function ofTerm({ field, any }: Term): Needs | null {
  switch (field) {
    case 'vmc':
    case 'conn': {
      const among = all(
        any.map((choice) => (choice.is === 'number' && choice.op === '=' ? choice.value : null)),
      );
      return among ? [[{ on: field === 'vmc' ? 'vmcNo' : 'conn', among }]] : null;
    }
    case 'cmd': {
      const among = all(any.map(cmdOf));
      return among ? [[{ on: 'cmd', among }]] : null;
    }
    case 'fold':
      return [[{ on: 'cmd', among: namesInRole('heartbeat') }]];
    case 'code':
    case 'severity':
      return [[{ on: 'cmd', among: namesInRole('fault') }]];
    case 'dir': {
      const among = any.flatMap((choice) =>
        choice.is === 'word' ? [choice.word as Direction] : (['in', 'out'] as const),
      );
      return [[{ on: 'dir', among }]];
    }
    case 'kind': {
      const among = all(any.map((choice) => (choice.is === 'word' ? (choice.word as Entry['kind']) : null)));
      return among ? [[{ on: 'kind', among }]] : null;
    }
    case 'time':
    case 'id':
    case 'size': {
      const bounds = all(any.map(boundsOf));
      const on = field === 'time' ? 'at' : field;
      return bounds?.map(({ from, to }) => [{ on, from, to }]) ?? null;
    }
    case 'finding': {
      const among = findingSet(any);
      return [[{ on: 'finding', among: among === null ? null : [...among] }]];
    }
    case 'text':
    case 'order':
    case 'product':
    case 'body': {
      const needles = all(any.map((choice) => (field === 'text' ? textNeedle(choice) : needleOf(choice))));
      return needles?.map((needle) => [{ on: 'text', needle }]) ?? null;
    }
    case 'gap':
    case 'latency':
    case 'answered':
    case 'peer':
    case 'amount':
    case 'head':
    case 'seq':
    case 'note':
    case 'mark':
      return null;
  }
}

function cmdOf(choice: Choice): string | null {
  if (choice.is !== 'text' || choice.how !== 'equals') return null;
  const cmd = foldCase(choice.value).trim();
  return isPlainNeedle(cmd) ? cmd : null;
}

function textNeedle(choice: Choice): string | null {
  if (choice.is !== 'text') return null;
  const value = foldCase(choice.value);
  const needle = choice.how === 'equals' ? value.trim() : value;
  return needle.length >= shortestNeedle && isPlainNeedle(needle) ? needle : null;
}

function boundsOf(choice: Choice): Bounds | null {
  switch (choice.is) {
    case 'number':
      return {
        from: choice.op === '<' || choice.op === '<=' ? null : choice.value,
        to: choice.op === '>' || choice.op === '>=' ? null : choice.value,
      };
    case 'range':
      return { from: choice.from, to: choice.to };
    case 'time': {
      const { op, when } = choice;
      // Times are whole milliseconds, so the last one is just before the exclusive end.
      const last = endOf(when) - 1;
      if (op === '<' || op === '<=') return { from: null, to: op === '<' ? startOf(when) : last };
      return { from: op === '>' ? endOf(when) : startOf(when), to: op === '=' ? last : null };
    }
    case 'timeRange':
      return { from: startOf(choice.from), to: endOf(choice.to) - 1 };
    case 'present':
    case 'word':
    case 'text':
    case 'regex':
    case 'member':
      return null;
  }
}
