/** A procedure: a saved list of commands, waits and questions, one after the other. Built-in ones are in `shared/sequences`. */
import { z } from 'zod';
import { commandNames, type CommandName } from '../commands/index';
import { isForRuns, rowOf } from '../commands/kit/rows';
import { longestErrorText, longestName, longestPerMachine, mostMachinesOfRun, mostSteps } from '../limits';
import type { Words } from '../words';
import type { JsonObject } from './json';

const line = z.string().trim().min(1).max(longestName);
const text = z.string().trim().min(1).max(longestErrorText);
const languages = z
  .strictObject({ en: text.exactOptional(), zh: text.exactOptional() })
  .refine(({ en, zh }) => (en ?? zh) !== undefined, { message: 'empty' });
/** In one or both languages. Plain text is for names that are the same in every language. */
export const ownText = z.union([text, languages]);
type InLanguages = Partial<Words>;
export type OwnText = string | InLanguages;

/** The language of a plain text follows from its characters. */
export const inLanguages = (question: OwnText): InLanguages =>
  typeof question !== 'string'
    ? question
    : /\p{Script=Han}/u.test(question)
      ? { zh: question }
      : { en: question };

export const longestWait = 24 * 3_600;

const command = () => ({
  do: z.literal('command'),
  /** Continues although the command cannot be proved. */
  withoutProof: z.literal(true).exactOptional(),
  /** Skipped if the machine's program lacks the command. */
  optional: z.literal(true).exactOptional(),
});
const input = z.lazy(() => z.record(z.string().max(64), z.json()));
const wait = () => z.strictObject({ do: z.literal('wait'), seconds: z.int().min(1).max(longestWait) });
const ask = () => z.strictObject({ do: z.literal('ask'), question: ownText });
const askInLanguages = () =>
  ask().extend({ question: ownText.transform((question): OwnText => inLanguages(question)) });

const all = commandNames as [CommandName, ...CommandName[]];
const forRuns = commandNames.filter(isForRuns) as [CommandName, ...CommandName[]];

const isEachOnce = (inputs: readonly { readonly machines: readonly number[] }[]): boolean => {
  const numbers = inputs.flatMap(({ machines }) => machines);
  return new Set(numbers).size === numbers.length;
};
/** Machines with the same input share an entry. */
const perMachine = z.lazy(() =>
  z
    .array(z.strictObject({ machines: z.array(z.int().min(0)).min(1).max(mostMachinesOfRun), input }))
    .min(1)
    .max(mostMachinesOfRun)
    .refine((inputs) => JSON.stringify(inputs).length <= longestPerMachine, { message: 'tooLong' })
    .refine(isEachOnce, { message: 'twice' }),
);

type FilledInput = Readonly<Record<string, z.core.util.JSONType>>;
interface Filled {
  readonly do: string;
  readonly name?: CommandName | undefined;
  readonly input?: FilledInput | null | undefined;
  readonly perMachine?: readonly { readonly input: FilledInput }[] | undefined;
}
/** Whether the command's row accepts the inputs. */
const fits = ({ name, input: one, perMachine: own }: Filled): boolean =>
  name === undefined ||
  (own?.map(({ input: its }) => its) ?? [one]).every(
    (its) => its == null || rowOf(name).input.safeParse(its).success,
  );

/** `input` null: asked at the start of the procedure. */
const sequenceStep = z.lazy(() =>
  z
    .discriminatedUnion('do', [
      z.strictObject({ ...command(), name: z.enum(forRuns), input: input.nullable() }),
      wait(),
      askInLanguages(),
    ])
    .refine(fits, { path: ['input'], message: 'input' }),
);
/** A step stored by an earlier launch. A newer row may refuse its input. */
export const storedRunStep = z.lazy(() =>
  z.discriminatedUnion('do', [
    z.strictObject({
      ...command(),
      name: z.enum(all),
      input,
      /** Replaces `input`. A machine without an entry is left out. */
      perMachine: perMachine.exactOptional(),
    }),
    wait(),
    ask(),
  ]),
);
/** The same with a valid input. */
export const runStep = z.lazy(() => storedRunStep.refine(fits, { path: ['input'], message: 'input' }));

/** A workshop's own procedure, identified by its name. */
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
type CommandOfRun = Extract<RunStep, { readonly do: 'command' }>;
export type PerMachine = NonNullable<CommandOfRun['perMachine']>;

/** The input for one machine; `null`: the step has inputs per machine, but none for this one. */
export const inputFor = ({ input: one, perMachine: own }: CommandOfRun, machine: number): JsonObject | null =>
  own === undefined ? one : (own.find(({ machines }) => machines.includes(machine))?.input ?? null);

export interface Sequence {
  readonly name: OwnText;
  /** Its purpose; '': none given. */
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

/** A refused procedure of a file. */
export interface RefusedSequence {
  /** Its first line, counted from 1. */
  readonly line: number;
  readonly name: string | null;
  readonly reason: RefusedSequenceReason;
  /** The step with the problem, counted from 1; `null`: none. */
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

/** The workshop's procedures, and the unreadable part of their file at the start. */
export interface OwnSequences {
  readonly all: readonly OwnSequence[];
  readonly refused: readonly RefusedSequence[];
  /** The original file, kept next to the newly written one; `null`: completely readable, or unchanged. */
  readonly aside: string | null;
}
