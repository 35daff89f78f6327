/** A saved list of steps: commands, waits and questions to the person, one after the other. Shipped ones are in `shared/sequences`. */
import { z } from 'zod';
import { commandNames, type CommandName } from '../commands/index';
import { isForRuns, rowOf } from '../commands/kit/rows';
import { longestErrorText, longestName, mostSteps } from '../limits';
import type { Words } from '../words';

const line = z.string().trim().min(1).max(longestName);
const text = z.string().trim().min(1).max(longestErrorText);
const languages = z
  .strictObject({ en: text.exactOptional(), zh: text.exactOptional() })
  .refine(({ en, zh }) => (en ?? zh) !== undefined, { message: 'empty' });
/** In both languages or in one; a plain text is a name, which is the same in every language. */
export const ownText = z.union([text, languages]);
type InLanguages = Partial<Words>;
export type OwnText = string | InLanguages;

/** A text without a language is in the one whose characters it has. */
export const inLanguages = (question: OwnText): InLanguages =>
  typeof question !== 'string'
    ? question
    : /\p{Script=Han}/u.test(question)
      ? { zh: question }
      : { en: question };

export const longestWait = 24 * 3_600;

const command = () => ({
  do: z.literal('command'),
  /** What nothing can ever prove is passed by all the same. */
  withoutProof: z.literal(true).exactOptional(),
  /** Passed over where the machine's program has no such command. */
  optional: z.literal(true).exactOptional(),
});
const input = z.lazy(() => z.record(z.string().max(64), z.json()));
const wait = () => z.strictObject({ do: z.literal('wait'), seconds: z.int().min(1).max(longestWait) });
const ask = () => z.strictObject({ do: z.literal('ask'), question: ownText });
const askInLanguages = () =>
  ask().extend({ question: ownText.transform((question): OwnText => inLanguages(question)) });

const all = commandNames as [CommandName, ...CommandName[]];
const forRuns = commandNames.filter(isForRuns) as [CommandName, ...CommandName[]];

interface Filled {
  readonly do: string;
  readonly name?: CommandName | undefined;
  readonly input?: Readonly<Record<string, z.core.util.JSONType>> | null | undefined;
}
/** An input that its command's row would not take. */
const fits = (step: Filled): boolean =>
  step.name === undefined || step.input == null || rowOf(step.name).input.safeParse(step.input).success;

/** `input` null: it is asked for when the sequence is started. */
const sequenceStep = z.lazy(() =>
  z
    .discriminatedUnion('do', [
      z.strictObject({ ...command(), name: z.enum(forRuns), input: input.nullable() }),
      wait(),
      askInLanguages(),
    ])
    .refine(fits, { path: ['input'], message: 'input' }),
);
/** Of an earlier run, whose input a row may not take any more. */
export const storedRunStep = z.lazy(() =>
  z.discriminatedUnion('do', [z.strictObject({ ...command(), name: z.enum(all), input }), wait(), ask()]),
);
/** The same with every input. */
export const runStep = z.lazy(() => storedRunStep.refine(fits, { path: ['input'], message: 'input' }));

/** A workshop's own, known by its name. */
export const ownSequence = z.lazy(() =>
  z.strictObject({
    name: line,
    note: z.string().trim().max(longestErrorText),
    steps: z.array(sequenceStep).min(1).max(mostSteps),
  }),
);

export type SequenceStep = z.infer<typeof sequenceStep>;
export type RunStep = z.infer<typeof runStep>;
export type OwnSequence = z.infer<typeof ownSequence>;

export interface Sequence {
  readonly name: OwnText;
  /** When it is for; '': nothing was said. */
  readonly note: OwnText;
  readonly steps: readonly SequenceStep[];
}

export type RefusedSequenceReason =
  | 'noEntry'
  | 'noName'
  | 'unknownMember'
  | 'wrongValue'
  | 'wrongInput'
  | 'tooLong'
  | 'twice'
  | 'tooMany';

/** One in a file that is left out. */
export interface RefusedSequence {
  /** Where it begins in the file, counted from 1. */
  readonly line: number;
  readonly name: string | null;
  readonly reason: RefusedSequenceReason;
  /** The step it lies in, counted from 1; `null`: in none. */
  readonly step: number | null;
  readonly member: string | null;
}

export interface SequencesImport {
  readonly fileName: string;
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  readonly refused: readonly RefusedSequence[];
}

/** What the workshop has, and what of its file could not be read at the start. */
export interface OwnSequences {
  readonly all: readonly OwnSequence[];
  readonly refused: readonly RefusedSequence[];
  /** The file as it was found, kept beside the one that was written since; `null`: all of it could be read, or it stands as it was. */
  readonly aside: string | null;
}
