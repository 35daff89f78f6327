/** Runs a compiled regular expression: all ways at once, and what was worked out for one character is remembered. */
import type { CharSet } from './regexParse';

/** `split` goes on at both places; `start` and `end` hold at the text's ends only. */
export type Step =
  | { readonly do: 'char'; readonly set: CharSet }
  | { readonly do: 'split'; readonly a: number; readonly b: number }
  | { readonly do: 'start' | 'end' | 'match' };

interface State {
  readonly places: readonly number[];
  /** A match ends here, or does where the text ends here. */
  readonly matches: boolean;
  readonly matchesAtEnd: boolean;
  readonly next: Map<number, State>;
}

/** States and steps remembered at most; then it begins anew. */
const remembered = 20_000;

export class Automaton {
  private readonly steps: readonly Step[];
  private states = new Map<string, State>();
  private count = 0;
  private first: State;

  constructor(steps: readonly Step[]) {
    this.steps = steps;
    this.first = this.state([0], true);
  }

  /** Whether the pattern is found anywhere. */
  test(text: string): boolean {
    let state = this.first;
    for (let i = 0; i < text.length; i += 1) {
      if (state.matches) return true;
      const code = text.charCodeAt(i);
      let next = state.next.get(code);
      if (next === undefined) {
        next = this.after(state, code);
        this.count += 1;
        if (this.count > remembered) this.forget();
        else state.next.set(code, next);
      }
      state = next;
    }
    return state.matches || state.matchesAtEnd;
  }

  private forget(): void {
    this.states = new Map();
    this.count = 0;
    this.first = this.state([0], true);
  }

  private after(state: State, code: number): State {
    const places: number[] = [];
    for (const place of state.places) {
      const step = this.steps[place];
      if (step?.do === 'char' && contains(step.set, code)) places.push(place + 1);
    }
    // It may begin anew at every character.
    places.push(0);
    return this.state(places, false);
  }

  private state(from: readonly number[], isStart: boolean): State {
    const { places, matches } = this.closure(from, isStart, false);
    const key = `${isStart ? '^' : ''}${matches ? '!' : ''}${places.join()}`;
    const known = this.states.get(key);
    if (known !== undefined) return known;
    const atEnd = this.closure(from, isStart, true);
    const state: State = { places, matches, matchesAtEnd: atEnd.matches, next: new Map() };
    this.states.set(key, state);
    this.count += 1;
    return state;
  }

  /** Where one can stand without taking a character. */
  private closure(
    from: readonly number[],
    isStart: boolean,
    isEnd: boolean,
  ): { places: number[]; matches: boolean } {
    const seen = new Set<number>();
    const places: number[] = [];
    const open = [...from];
    let matches = false;
    for (let place = open.pop(); place !== undefined; place = open.pop()) {
      if (seen.has(place)) continue;
      seen.add(place);
      const step = this.steps[place];
      if (step === undefined) continue;
      if (step.do === 'char') places.push(place);
      else if (step.do === 'split') open.push(step.a, step.b);
      else if (step.do === 'match') matches = true;
      else {
        // Kept, since it tells this state from others at the end of the text.
        if (step.do === 'end') places.push(place);
        if (step.do === 'start' ? isStart : isEnd) open.push(place + 1);
      }
    }
    return { places: places.toSorted((a, b) => a - b), matches };
  }
}

function contains({ ranges, negated }: CharSet, code: number): boolean {
  const char = String.fromCharCode(code);
  const lower = char.toLowerCase();
  const upper = char.toUpperCase();
  const isIn = (value: number): boolean => ranges.some(([from, to]) => value >= from && value <= to);
  const found =
    isIn(code) ||
    (lower.length === 1 && isIn(lower.charCodeAt(0))) ||
    (upper.length === 1 && isIn(upper.charCodeAt(0)));
  return found !== negated;
}
