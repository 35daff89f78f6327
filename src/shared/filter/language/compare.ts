/** Compiles choices to tests of single values. */
import { foldCase, textTest } from './patterns';
import { compileRegex } from './regex';
import { endOf, startOf } from './times';
import type { Choice, ChoiceOf, Comparison } from './tree';

/** Whether at least one test passes. */
export function some<T>(tests: readonly ((value: T) => boolean)[]): (value: T) => boolean {
  const [first] = tests;
  if (tests.length === 1 && first !== undefined) return first;
  return (value) => {
    for (const test of tests) if (test(value)) return true;
    return false;
  };
}

const no = (): boolean => false;

export function compare(op: Comparison, wanted: number): (value: number) => boolean {
  switch (op) {
    case '=':
      return (value) => value === wanted;
    case '>':
      return (value) => value > wanted;
    case '>=':
      return (value) => value >= wanted;
    case '<':
      return (value) => value < wanted;
    case '<=':
      return (value) => value <= wanted;
  }
}

/** A time covers the span of its precision: `<=` a day includes its end, `>` a day begins at its end. */
function momentTest({ op, when }: ChoiceOf<'time'>): (at: number) => boolean {
  const [from, to] = [startOf(when), endOf(when)];
  switch (op) {
    case '=':
      return (at) => at >= from && at < to;
    case '>':
      return (at) => at >= to;
    case '>=':
      return (at) => at >= from;
    case '<':
      return (at) => at < from;
    case '<=':
      return (at) => at < to;
  }
}

/** Tests a number (also ms since 1970). Choices of other kinds never match. */
export function numberTest(choice: Choice): (value: number) => boolean {
  switch (choice.is) {
    case 'present':
      return () => true;
    case 'number':
      return compare(choice.op, choice.value);
    case 'range':
      return (value) => value >= choice.from && value <= choice.to;
    case 'time':
      return momentTest(choice);
    case 'timeRange': {
      const [from, to] = [startOf(choice.from), endOf(choice.to)];
      return (at) => at >= from && at < to;
    }
    case 'word':
    case 'text':
    case 'regex':
    case 'member':
      return no;
  }
}

/** Tests a text, given as received and through `foldCase`. Choices of other kinds never match. */
export function stringTest(choice: Choice): (text: string, folded: string) => boolean {
  switch (choice.is) {
    case 'present':
      return (text) => text !== '';
    case 'text': {
      const test = textTest(choice);
      return (_, folded) => test(folded);
    }
    case 'regex': {
      const test = compileRegex(choice.source);
      return (text) => test(text);
    }
    case 'word':
    case 'number':
    case 'range':
    case 'time':
    case 'timeRange':
    case 'member':
      return no;
  }
}

/** Tests a text against any of the choices; `null` never matches. */
export function textOf(any: readonly Choice[]): (text: string | null, folded?: string) => boolean {
  const equal = any.every((choice) => choice.is === 'text' && choice.how === 'equals');
  if (equal) {
    const wanted = new Set(any.map((choice) => (choice.is === 'text' ? foldCase(choice.value).trim() : '')));
    return (text, folded) => text !== null && wanted.has((folded ?? foldCase(text)).trim());
  }
  const tests = any.map(stringTest);
  return (text, folded) => {
    if (text === null) return false;
    const small = folded ?? foldCase(text);
    return tests.some((test) => test(text, small));
  };
}

/** Tests a fixed word; `null` never matches. */
export function wordOf(any: readonly Choice[]): (word: string | null) => boolean {
  const isAny = any.some(({ is }) => is === 'present');
  const wanted = new Set(any.flatMap((choice) => (choice.is === 'word' ? [choice.word] : [])));
  return (word) => word !== null && (isAny || wanted.has(word));
}
