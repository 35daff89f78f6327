/**
 * Regular expressions whose time grows with the text only, never with what stands in it: no pattern from a person or a saved
 * filter can stall the app, which the engine of the language could not promise. A subset of JavaScript's, always without case:
 * `. ^ $ | ( ) [ ] * + ? { }` and the classes \d \w \s; no references back, no looking around.
 */
import { Automaton, type Step } from './automaton';
import { Refusal } from './errors';
import { parseRegex, type RegexNode } from './regexParse';

export const maxSourceLength = 200;
/** Of a pattern with its repeats written out. */
const maxSteps = 500;

/** Ready to judge many texts. `at`: where the source stands in the filter, for the errors. */
export function compileRegex(source: string, at = 0): (text: string) => boolean {
  if (source === '') throw new Refusal('valueMissing', at, 0, { field: '~' });
  if (source.length > maxSourceLength)
    throw new Refusal('regexTooLong', at + maxSourceLength, source.length - maxSourceLength, {
      max: maxSourceLength,
    });
  const steps = stepsOf(parseRegex(source, at));
  if (steps === null) throw new Refusal('regexTooBig', at, source.length);
  const automaton = new Automaton(steps);
  return (text) => automaton.test(text);
}

/** `null`: too many. */
function stepsOf(whole: RegexNode): readonly Step[] | null {
  const steps: Step[] = [];
  // Counted too, since a repeated nothing makes no steps.
  let visits = 0;
  const split = (): number => steps.push({ do: 'split', a: 0, b: 0 }) - 1;
  const add = (node: RegexNode): boolean => {
    visits += 1;
    if (steps.length > maxSteps || visits > 4 * maxSteps) return false;
    switch (node.is) {
      case 'char':
        steps.push({ do: 'char', set: node.set });
        return true;
      case 'start':
      case 'end':
        steps.push({ do: node.is });
        return true;
      case 'seq':
        return node.of.every(add);
      case 'alt': {
        const leaves: number[] = [];
        for (const [i, each] of node.of.entries()) {
          if (i === node.of.length - 1) {
            if (!add(each)) return false;
            break;
          }
          const fork = split();
          if (!add(each)) return false;
          leaves.push(split());
          steps[fork] = { do: 'split', a: fork + 1, b: steps.length };
        }
        for (const leave of leaves) steps[leave] = { do: 'split', a: steps.length, b: steps.length };
        return true;
      }
      case 'repeat': {
        for (let i = 0; i < node.min; i += 1) if (!add(node.of)) return false;
        if (node.max === Infinity) {
          const fork = split();
          if (!add(node.of)) return false;
          steps.push({ do: 'split', a: fork, b: fork });
          steps[fork] = { do: 'split', a: fork + 1, b: steps.length };
          return true;
        }
        const forks: number[] = [];
        for (let i = node.min; i < node.max; i += 1) {
          forks.push(split());
          if (!add(node.of)) return false;
        }
        for (const fork of forks) steps[fork] = { do: 'split', a: fork + 1, b: steps.length };
        return true;
      }
    }
  };
  if (!add(whole) || steps.length > maxSteps) return null;
  steps.push({ do: 'match' });
  return steps;
}
