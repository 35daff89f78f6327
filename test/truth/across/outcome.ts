/** The desk's verdict on one command against what the machine did. */
import { isDeepStrictEqual } from 'node:util';
import type { Command } from '#shared/model/command';
import type { Verdict } from '../play';
import { Tally, truthHeads } from '../tally';
import type { Wish } from './ends';

const { confirmed, falselyConfirmed, falselyFailed, ...judged } = truthHeads;
/** The table's columns in order, with those of one place and of two. */
const acrossHeads = {
  confirmed,
  falselyConfirmed,
  falselyFailed,
  falselyRefused: 'refused, but given',
  twice: 'executed twice',
  differs: 'differs from the site',
  unanswered: 'no answer',
  unknownDone: 'unknown, done',
  unknownNotDone: 'unknown, not done',
  ...judged,
} as const;
export type AcrossVerdict = keyof typeof acrossHeads;

/** Verdicts that must not occur. */
export const falseAcross: ReadonlySet<AcrossVerdict> = new Set([
  'falselyConfirmed',
  'falselyFailed',
  'falselyRefused',
  'twice',
  'differs',
  'unanswered',
] as const);

export const acrossTally = (): Tally<AcrossVerdict> => new Tally<AcrossVerdict>(acrossHeads, falseAcross);

export interface AcrossOutcome {
  readonly name: string;
  readonly request: string;
  readonly verdict: AcrossVerdict;
  /** The desk's answer, or the last step that it shows. */
  readonly reason: string;
}

export interface AcrossPlayed {
  readonly outcomes: readonly AcrossOutcome[];
  readonly frames: number;
  /** Messages on one of the two connections to the broker. */
  readonly messages: number;
}

interface Truth {
  readonly isTwice: boolean;
  readonly wasCaused: (command: Command) => boolean;
  readonly verdictOf: (command: Command) => Verdict;
}

/** `there`: the command as the site has it; `null`: the site has given none. */
export function acrossOutcome(wish: Wish, there: Command | null, truth: Truth): AcrossOutcome {
  const { name, request, result, shown } = wish;
  const reason = shown?.steps.at(-1)?.what ?? result ?? '';
  return { name, request, verdict: verdictOf(wish, there, truth), reason };
}

function verdictOf({ result, shown }: Wish, there: Command | null, truth: Truth): AcrossVerdict {
  if (truth.isTwice) return 'twice';
  if (result === null) return 'unanswered';
  if (result === 'siteUnknown')
    return there !== null && truth.wasCaused(there) ? 'unknownDone' : 'unknownNotDone';
  // Nothing must reach the machine, not even later.
  if (result !== 'given') return there === null ? 'refused' : 'falselyRefused';
  if (shown === null || there === null) return 'differs';
  const verdict = truth.verdictOf(shown);
  if (verdict === 'falselyConfirmed' || verdict === 'falselyFailed') return verdict;
  return isDeepStrictEqual(shown, there) ? verdict : 'differs';
}
